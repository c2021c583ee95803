"""Fields of our own."""

from functools import cache
from typing import Any

import orjson
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models.fields.json import KeyTransform


@cache
def _fernet() -> MultiFernet:
    if not settings.ENCRYPTION_KEYS:
        raise ImproperlyConfigured("HANSE_ENCRYPTION_KEYS is empty: secrets cannot be stored")
    return MultiFernet([Fernet(key) for key in settings.ENCRYPTION_KEYS])


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that is encrypted in the database (MultiFernet: the first key encrypts, every key decrypts)."""

    def get_prep_value(self, value: Any) -> Any:
        return value if not value else _fernet().encrypt(str(value).encode()).decode()

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        return value if not value else _fernet().decrypt(value.encode()).decode()


class ListedJSONField(models.JSONField):
    """JSON that lists show in every row, read with orjson: a fifth of the processor time."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return value if value is None or isinstance(expression, KeyTransform) else orjson.loads(value)
