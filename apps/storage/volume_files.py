"""Volumes of this machine: where their directories are."""

from pathlib import Path
from uuid import UUID

from django.conf import settings


def shelf() -> Path:
    """What holds them all. Beside the jobs, whose user passes through it."""
    return Path(settings.LOCAL_COMPUTE_DIRECTORY) / ".volumes"


def directory_of(volume_id: UUID) -> Path:
    return shelf() / str(volume_id)
