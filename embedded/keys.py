"""Secrets of one installation: made once, kept in files that only its owner reads."""

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path


def _random() -> str:
    return secrets.token_urlsafe(36)


def _fernet_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _easy_to_type() -> str:
    """60 bits in letters that nobody mistakes for each other."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(3))


@dataclass(frozen=True)
class Keys:
    """`demonstration` is the password of the demonstration logins: a known one would let every user of this machine
    run programs as the one who typed `make run`."""

    secret_key: str
    token_key: str
    encryption_keys: str
    database: str
    database_owner: str
    database_web: str
    database_worker: str
    redis: str
    seaweedfs: str
    control: str
    demonstration: str

    @classmethod
    def of(cls, directory: Path) -> "Keys":
        """Those in `directory`; what is missing is made."""
        makers: dict[str, Callable[[], str]] = {"encryption_keys": _fernet_key, "demonstration": _easy_to_type}
        return cls(**{field.name: _kept(directory / field.name, makers.get(field.name, _random)) for field in fields(cls)})


def _kept(file: Path, make: Callable[[], str]) -> str:
    if not file.exists():
        file.touch(0o600)
        file.write_text(make())
    return file.read_text().strip()
