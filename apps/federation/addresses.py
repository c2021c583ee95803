"""Addresses of a Pulsar cluster, as a person types them."""

from urllib.parse import urlsplit, urlunsplit

# scheme -> its port when none is given
WEB, SERVICE = {"http": 8080, "https": 8443}, {"pulsar": 6650, "pulsar+ssl": 6651}


def normal(url: str, ports: dict[str, int]) -> str:
    """The address as it is kept: scheme, host, port. Raises ValueError, saying what would be right."""
    schemes = " or ".join(f"{scheme}://" for scheme in ports)
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise ValueError("This is no URL.") from error
    if parts.scheme not in ports or not parts.hostname:
        raise ValueError(f"Give an address that begins with {schemes}, such as {next(iter(ports))}://pulsar.example.org.")
    if parts.username is not None or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("Only scheme, host and port: credentials and paths do not belong here.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return urlunsplit((parts.scheme, f"{host}:{port or ports[parts.scheme]}", "", "", ""))


def place(url: str) -> tuple[str, int]:
    """Host and port of an address that was made normal."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or 0
