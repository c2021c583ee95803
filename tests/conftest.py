"""What all tests share."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _quick_and_apart(tmp_path: Path, settings) -> None:
    """Each test keeps its objects to itself; passwords are hashed cheaply."""
    settings.OBJECTS_URL = f"file://{tmp_path}/objects"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
