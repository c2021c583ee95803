"""Finding a free port on loopback."""

import socket


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def next_free(first: int, *, taken: frozenset[int] = frozenset()) -> int:
    """The first free port from `first` on that is not among `taken`. Raises RuntimeError when 200 in a row are busy."""
    for port in range(first, first + 200):
        if port not in taken and is_free(port):
            return port
    raise RuntimeError(f"no free port from {first} to {first + 199}")
