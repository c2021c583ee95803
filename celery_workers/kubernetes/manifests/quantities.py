"""Amounts as Kubernetes writes them."""


def quantity(resource: str, amount: int) -> str:
    """`cpu` is given in millicores, everything else in its own unit (bytes, pieces)."""
    return f"{amount}m" if resource == "cpu" else str(amount)
