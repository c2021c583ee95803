"""Which keys an installation holds, told without the keys."""

import hashlib

from django.conf import settings


def fingerprints() -> dict[str, list[str]]:
    """Of each kind of key that rows depend on, the first 16 hexadecimal digits of the SHA-256 of each."""
    held = {
        "HANSE_TOKEN_KEY": [settings.TOKEN_KEY],
        "HANSE_ENCRYPTION_KEYS": settings.ENCRYPTION_KEYS,
    }
    return {name: [hashlib.sha256(key.encode()).hexdigest()[:16] for key in keys] for name, keys in held.items()}


def missing(wanted: dict[str, list[str]]) -> list[str]:
    """The settings that lack a key which `wanted` names: without it, part of a backup could not be read."""
    held = fingerprints()
    return [name for name, prints in wanted.items() if not set(prints) <= set(held.get(name, []))]
