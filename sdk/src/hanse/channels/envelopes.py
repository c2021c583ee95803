"""One message: encrypted to the other party's workers and signed by ours, so that no broker reads, changes or invents one.

Sealed by HPKE (X25519, ChaCha20-Poly1305) and signed with Ed25519, with keys of one edition of one contract. What stands
beside the payload (epoch, number, part, name) is bound to it by both: a part cannot be moved to another place.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from hanse.channels.access import Access

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class Forged(Exception):
    """It was not written by the other party's workers for this place, or was changed on the way."""


@dataclass(frozen=True)
class Place:
    """Where a part belongs: the `part` of `parts` of the payload `seq` of an epoch. `run`: of the worker that wrote it."""

    epoch: int
    seq: int
    part: int
    parts: int
    name: str
    run: str

    @property
    def key(self) -> tuple[int, int]:
        """In its epoch, in the order of sending."""
        return self.seq, self.part


@dataclass(frozen=True)
class Sealed:
    content: bytes
    properties: Mapping[str, str]


class OfAnotherSession(Exception):
    """An earlier or a later job under the contract wrote it."""


class Envelopes:
    """Of one channel of a contract, in one session: seals what goes out, opens what comes in."""

    def __init__(self, access: Access, channel: str, session: str) -> None:
        self._session = session
        self._about = f"hanse-channel-2|{access.contract}|{access.edition}|{channel}|{session}"
        self._us, self._them = access.us, access.them
        self._sign = Ed25519PrivateKey.from_private_bytes(_raw(access.private.sign))
        self._seal_to = X25519PublicKey.from_public_bytes(_raw(access.theirs.seal))
        self._opened_with = X25519PrivateKey.from_private_bytes(_raw(access.private.seal))
        self._signed_by = Ed25519PublicKey.from_public_bytes(_raw(access.theirs.sign))

    def seal(self, place: Place, plain: bytes) -> Sealed:
        about = self._of(self._us, self._them, place)
        content = _SUITE.encrypt(plain, self._seal_to, info=about)
        digest = hashlib.sha256(content).hexdigest()
        signature = self._sign.sign(about + digest.encode())
        properties = {name: str(getattr(place, name)) for name in ("epoch", "seq", "part", "parts", "name", "run")}
        properties |= {"session": self._session, "sha256": digest, "signature": base64.b64encode(signature).decode()}
        return Sealed(content, properties)

    def open(self, properties: Mapping[str, str], content: bytes) -> tuple[Place, bytes]:
        """Raises Forged, OfAnotherSession."""
        if properties.get("session", "") != self._session:
            raise OfAnotherSession
        try:
            epoch, seq, part, parts = (int(properties[name]) for name in ("epoch", "seq", "part", "parts"))
            place = Place(epoch, seq, part, parts, properties["name"], properties["run"])
            about = self._of(self._them, self._us, place)
            digest = hashlib.sha256(content).hexdigest()
            self._signed_by.verify(base64.b64decode(properties["signature"]), about + digest.encode())
            return place, _SUITE.decrypt(content, self._opened_with, info=about)
        except (KeyError, ValueError, TypeError, InvalidSignature, InvalidTag) as error:
            raise Forged(f"{error!r}") from error

    def _of(self, sender: int, recipient: int, place: Place) -> bytes:
        numbers = f"{place.epoch}|{place.seq}|{place.part}|{place.parts}"
        return f"{self._about}|{sender}|{recipient}|{numbers}|{place.run}|{place.name}".encode()


def _raw(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
