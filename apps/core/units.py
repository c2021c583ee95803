"""Amounts as people write them, parsed once, at the edge. Inside, memory is bytes and CPU is thousandths of a core."""

import re

_BYTES = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}
_QUANTITY = re.compile(r"^(\d{1,18})(\.\d{1,9})?(Ki|Mi|Gi|Ti|k|M|G|T)?$")


def parse_bytes(text: str) -> int:
    """Read a Kubernetes quantity such as "512Mi" or "2G" as bytes. Raises ValueError, saying what would be right."""
    match = _QUANTITY.match(text.strip())
    if not match:
        raise ValueError(f"{text!r} is no amount of memory; write bytes or a quantity such as 512Mi or 2Gi")
    whole, fraction, unit = match.groups()
    return round(float(whole + (fraction or "")) * _BYTES[unit or ""])


def format_bytes(amount_bytes: int) -> str:
    """Write bytes for a person: 1536 MiB is "1.5 GiB"."""
    size = float(amount_bytes)
    for unit in ("B", "KiB", "MiB", "GiB"):
        if abs(size) < 1024:
            return f"{size:.4g} {unit}"
        size /= 1024
    return f"{size:.4g} TiB"


def format_amount(resource: str, amount: int) -> str:
    """Write an amount of a resource for a person: cpu in cores, memory in GiB, devices as they are."""
    if resource == "memory":
        return format_bytes(amount)
    if resource == "cpu":
        return f"{amount / 1000:g} cores" if amount != 1000 else "1 core"
    return f"{amount} {resource}{'s' if amount != 1 else ''}"


def brief_amount(resource: str, amount: int, flavor: str = "") -> str:
    """Write an amount in signs that every language shares: "2 GPU a100", "1.5 CPU", "4 GiB"; of no resource the number."""
    if resource == "memory":
        return format_bytes(amount)
    if resource == "cpu":
        return f"{amount / 1000:g} CPU"
    return " ".join(filter(None, (str(amount), resource.upper(), flavor)))
