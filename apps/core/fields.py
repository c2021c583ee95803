"""Fields of our own."""

from functools import cache
from typing import Any

import orjson
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models.fields.json import KeyTransform


@cache
def _fernets(keys: tuple[str, ...]) -> tuple[Fernet, ...]:
    if not keys:
        raise ImproperlyConfigured("HANSE_ENCRYPTION_KEYS is empty: secrets cannot be stored")
    return tuple(Fernet(key) for key in keys)


def _fernet() -> MultiFernet:
    return MultiFernet(_fernets(tuple(settings.ENCRYPTION_KEYS)))


def encrypt(text: str) -> str:
    return _fernet().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    return _fernet().decrypt(text.encode()).decode()


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that is encrypted in the database (MultiFernet: the first key encrypts, every key decrypts)."""

    def get_prep_value(self, value: Any) -> Any:
        return value if not value else encrypt(str(value))

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        return value if not value else decrypt(value)


def is_under_first_key(encrypted: str) -> bool:
    """Whether what the database holds was encrypted with the key that encrypts now."""
    try:
        _fernets(tuple(settings.ENCRYPTION_KEYS))[0].decrypt(encrypted.encode())
    except InvalidToken:
        return False
    return True


def under_first_key(encrypted: str) -> str | None:
    """The same text encrypted with the first key; None when none of the keys decrypts it."""
    try:
        return _fernet().rotate(encrypted.encode()).decode()
    except InvalidToken:
        return None


class ListedJSONField(models.JSONField):
    """JSON that lists show in every row, read with orjson: a fifth of the processor time."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return value if value is None or isinstance(expression, KeyTransform) else orjson.loads(value)
