"""What two parties write to each other: signed letters (JWS, Ed25519), with tokens sealed to who may read them (HPKE).

A letter is one line of text. It says the same whether a portal hands it over or a person carries it as a file, and nobody
on the way can change it, read a token in it, or use it a second time as another.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import jwt
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from mnemonic import Mnemonic

from apps.federation.errors import LetterRefused

ALGORITHM, TYPE = "EdDSA", "hanse-letter"
MOST_BYTES = 32 * 1024
_SEALING = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_WORDS, _BITS_A_WORD = 8, 11


@dataclass(frozen=True)
class PublicKeys:
    """What a party is known by: the key that its letters are signed with, and the one that tokens are sealed to."""

    sign: str
    seal: str

    @property
    def fingerprint(self) -> str:
        """Eight words (88 bits) that two officers read to each other."""
        digest = int.from_bytes(hashlib.sha256(f"{self.sign} {self.seal}".encode()).digest())
        words = _words()
        return " ".join(words[digest >> _BITS_A_WORD * place & len(words) - 1] for place in range(_WORDS))


@dataclass(frozen=True)
class PrivateKeys:
    """They never leave their portal."""

    sign: str
    seal: str

    @classmethod
    def new(cls) -> "PrivateKeys":
        sign, seal = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
        return cls(_text(sign.private_bytes_raw()), _text(seal.private_bytes_raw()))

    @property
    def public(self) -> PublicKeys:
        sign = Ed25519PrivateKey.from_private_bytes(raw(self.sign)).public_key()
        seal = X25519PrivateKey.from_private_bytes(raw(self.seal)).public_key()
        return PublicKeys(_text(sign.public_bytes_raw()), _text(seal.public_bytes_raw()))


@dataclass(frozen=True)
class Letter:
    """`agreement` is the same on both sides, from the invitation to the end. `recipient` 0: whoever is given it."""

    id: UUID
    kind: str
    agreement: UUID
    sender: int
    recipient: int
    body: Mapping[str, Any]
    written_at: datetime
    expires_at: datetime


def write(letter: Letter, keys: PrivateKeys) -> str:
    claims = {
        "jti": str(letter.id),
        "kind": letter.kind,
        "agreement": str(letter.agreement),
        "iss": str(letter.sender),
        "aud": str(letter.recipient),
        "iat": int(letter.written_at.timestamp()),
        "exp": int(letter.expires_at.timestamp()),
        "body": dict(letter.body),
    }
    key = Ed25519PrivateKey.from_private_bytes(raw(keys.sign))
    return jwt.encode(claims, key, algorithm=ALGORITHM, headers={"typ": TYPE})


def open_letter(text: str) -> Letter:
    """What it claims to be, unproven: whom to ask for the key. Raises LetterRefused for what is none."""
    if len(text) > MOST_BYTES:
        raise LetterRefused("It is too long for a letter of Hanse.")
    try:
        if jwt.get_unverified_header(text).get("typ") != TYPE:
            raise LetterRefused("It is signed, but no letter of Hanse.")
        claims = jwt.decode(text, options={"verify_signature": False})
        require_keepable(claims)
        return Letter(
            id=UUID(claims["jti"]),
            kind=str(claims["kind"]),
            agreement=UUID(claims["agreement"]),
            sender=int(claims["iss"]),
            recipient=int(claims["aud"]),
            body={**claims["body"]},
            written_at=datetime.fromtimestamp(int(claims["iat"])).astimezone(),
            expires_at=datetime.fromtimestamp(int(claims["exp"])).astimezone(),
        )
    except (jwt.InvalidTokenError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise LetterRefused(
            "It cannot be read as a letter of Hanse. Copy all of it, from the first to the last sign."
        ) from error


def require_keepable(claims: Any) -> None:
    """Raises LetterRefused for a NUL in a text, and ValueError for half a character: no database keeps either."""
    if "\0" in (texts := "".join(_texts(claims))):
        raise LetterRefused("It has a text that cannot be kept.")
    texts.encode()


def prove(text: str, *, key: str) -> None:
    """Raises LetterRefused unless it was signed with the key and its time is not over."""
    try:
        public = Ed25519PublicKey.from_public_bytes(raw(key))
        jwt.decode(text, public, algorithms=[ALGORITHM], options={"verify_aud": False})
    except jwt.ExpiredSignatureError as error:
        raise LetterRefused("Its time is over. Ask the other party for a new one.") from error
    except (jwt.InvalidTokenError, ValueError) as error:
        raise LetterRefused(
            "Its signature is not of the party that it names: it was changed, or somebody else wrote it."
        ) from error


def seal(secret: str, *, key: str, about: UUID) -> str:
    """Encrypt for the holder of the key; it opens only as a part of the agreement `about`."""
    public = X25519PublicKey.from_public_bytes(raw(key))
    return _text(_SEALING.encrypt(secret.encode(), public, info=about.bytes))


def unseal(sealed: str, *, keys: PrivateKeys, about: UUID) -> str:
    """Raises LetterRefused for what was sealed to somebody else, or for another agreement."""
    try:
        private = X25519PrivateKey.from_private_bytes(raw(keys.seal))
        return _SEALING.decrypt(raw(sealed), private, info=about.bytes).decode()
    except (InvalidTag, ValueError) as error:
        raise LetterRefused("What is sealed in it was not sealed to this party.") from error


def is_key(text: str) -> bool:
    """Whether it can be a public key of either kind."""
    try:
        return len(raw(text)) == 32
    except ValueError:
        return False


def _texts(document: Any) -> Iterator[str]:
    """All of them, names too, however deep they are."""
    waiting = [document]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one


@cache
def _words() -> list[str]:
    return list(Mnemonic("english").wordlist)


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def raw(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
