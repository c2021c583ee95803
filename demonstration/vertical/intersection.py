"""Which rows two houses share, without either showing the others: private set intersection by Diffie-Hellman.

Each id becomes a point of Curve25519. Each house multiplies its own points with a secret number, then those of the other
side too, and gives them back in the order in which they came: equal ids, and only those, end as equal points. Points are
sent in the order of their bytes, which says nothing of the order of the rows.
"""

import hashlib

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from hanse.channels import Channels

from demonstration.vertical.tables import Unusable

_PRIME, _A, _BYTES = 2**255 - 19, 486662, 32


def shared_ids(link: Channels, ids: list[str], secret: bytes, *, epoch: int) -> list[str]:
    """Those of ours that the other side has too, in an order that is the same on both sides.

    `secret`: 32 bytes, the same when the epoch is run again. Raises Unusable when the other side's answer is none.
    """
    scalar = X25519PrivateKey.from_private_bytes(secret)
    ours = dict(sorted((_times(scalar, _point(one, link.access.contract)), one) for one in ids))
    link.send("blinded", b"".join(ours), epoch=epoch)
    theirs = _points(link.receive("blinded", epoch=epoch))
    if len(set(theirs)) < len(theirs):
        raise Unusable("The other party sent an id twice.")
    theirs_twice = [_times(scalar, point) for point in theirs]
    link.send("blinded twice", b"".join(theirs_twice), epoch=epoch)
    ours_twice = _points(link.receive("blinded twice", epoch=epoch))
    if len(ours_twice) != len(ours):
        raise Unusable(f"The other party answered {len(ours_twice)} ids of {len(ours)}.")
    both = set(theirs_twice)
    shared = [one for point, one in zip(ours_twice, ours.values(), strict=True) if point in both]
    return sorted(shared, key=lambda one: hashlib.sha256(one.encode()).digest())


def _point(one: str, contract: str) -> bytes:
    """A point of the curve that depends on nothing but the id and the contract, and whose logarithm nobody knows.

    Half of all hashes lie on the curve's twist: kept, they would tell one bit of an id. So it is hashed until one does not.
    """
    for attempt in range(256):
        digest = hashlib.sha256(f"hanse-intersection-1|{contract}|{attempt}|{one}".encode()).digest()
        u = int.from_bytes(digest, "little") % 2**255 % _PRIME
        if pow(u**3 + _A * u**2 + u, (_PRIME - 1) // 2, _PRIME) == 1:
            return u.to_bytes(_BYTES, "little")
    raise AssertionError("256 hashes off the curve: one time in 2**256.")


def _times(scalar: X25519PrivateKey, point: bytes) -> bytes:
    try:
        return scalar.exchange(X25519PublicKey.from_public_bytes(point))
    except ValueError as error:
        raise Unusable("The other party sent what is no point of the curve.") from error


def _points(joined: bytes) -> list[bytes]:
    if len(joined) % _BYTES:
        raise Unusable("The other party sent something else than points of the curve.")
    return [joined[at : at + _BYTES] for at in range(0, len(joined), _BYTES)]
