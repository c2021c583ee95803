"""Which addresses a project may be opened to: rules over networks and ports, without a table."""

import re
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network

Network = IPv4Network | IPv6Network
PORTS = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")


def _networks(*texts: str) -> tuple[Network, ...]:
    return tuple(ip_network(text) for text in texts)


# Nobody opens these: the machine itself, its neighbours on the link with what clouds tell a machine of itself and its
# credentials, and whoever listens to all. The last two of IPv6 are IPv4 in other clothes.
NEVER = (
    *_networks("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "100.100.100.200/32", "224.0.0.0/4", "240.0.0.0/4"),
    *_networks("::/128", "::1/128", "fe80::/10", "ff00::/8", "fd00:ec2::254/128", "::ffff:0:0/96", "64:ff9b::/96"),
)
# Where nodes, pods and other people's machines are: opened only to tenants whom the platform lets.
PRIVATE = (
    *_networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15"),
    *_networks("fc00::/7", "2002::/16", "2001::/32"),
)


def within(inner: Network, outer: Network) -> bool:
    return inner.version == outer.version and inner.subnet_of(outer)  # type: ignore[arg-type]  # of one version both


def is_within(network: Network, allowed: Iterable[Network]) -> bool:
    return any(within(network, one) for one in allowed)


def is_permitted(network: Network, limits: Iterable[Network] | None) -> bool:
    """Whether a tenant may open it; `limits` None: whatever is public."""
    if is_within(network, NEVER):
        return False
    return not is_within(network, PRIVATE) if limits is None else is_within(network, limits)


def left_out(network: Network, limits: Iterable[Network] | None, *, guarded: Iterable[Network] = ()) -> list[Network]:
    """What of a permitted network stays closed all the same, since it is wide enough to hold what nobody may open.

    guarded: addresses of one cluster that are closed to everybody, such as its API server's.
    """
    closed = (*NEVER, *guarded, *(PRIVATE if limits is None else ()))
    inside = {one for one in closed if one != network and within(one, network)}
    return sorted((one for one in inside if not is_within(one, inside - {one})), key=str)


def ports_of(text: str) -> tuple[int, int]:
    """First and last port of `443` or `8000-8100`. Raises ValueError."""
    found = PORTS.fullmatch(text)
    if found is None:
        raise ValueError("A port such as 443, or several such as 8000-8100.")
    first = int(found[1])
    last = int(found[2] or first)
    if not 1 <= first <= last <= 65535:
        raise ValueError("Ports are 1 to 65535, the lower one first.")
    return first, last


def overlap(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether some port is in both; none at all means every port."""
    left, right = [ports_of(text) for text in ours], [ports_of(text) for text in theirs]
    return not left or not right or any(a[0] <= b[1] and b[0] <= a[1] for a in left for b in right)
