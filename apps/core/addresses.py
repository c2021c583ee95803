"""Which addresses Hanse may be sent to by what somebody wrote (a repository, an identity provider).

A name is resolved here once, and whoever connects must connect to the address that was checked, not ask again: a name may
mean something else a moment later.
"""

import socket
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings

from apps.core.errors import Problem, Unavailable

_NAT64 = IPv6Network("64:ff9b::/96")


class AddressRefused(Problem):
    code, status = "address-refused", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "The portal does not connect to this address"
    advice = (
        "Names are resolved first, and addresses of this machine or of private networks are refused unless they are in "
        "`HANSE_ALLOWED_NETWORKS`. Use a public address, or ask whoever runs the portal to add the network."
    )


def resolve(host: str, port: int) -> str:
    """An IP address of `host` that may be connected to. Raises AddressRefused; Unavailable when the name is unknown."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unavailable(f"The name {host} cannot be resolved.") from error
    addresses = [ip_address(str(place[0]).partition("%")[0]) for *_, place in found]
    for address in addresses:
        if may_connect(address):
            return str(address)
    raise AddressRefused(f"{host} is in a private network that is not among the allowed ones.", host=host)


def may_connect(address: IPv4Address | IPv6Address) -> bool:
    """Whether it is public, or inside one of the allowed networks."""
    plain = _inner(address)
    if any(plain.version == network.version and plain in network for network in settings.ALLOWED_NETWORKS):
        return True
    return plain.is_global and not plain.is_multicast


def is_allowed_network(address: str) -> bool:
    """Whether it is inside one of the allowed networks, be it public or not."""
    plain = _inner(ip_address(address))
    return any(plain.version == network.version and plain in network for network in settings.ALLOWED_NETWORKS)


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for, where it stands for one."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)
