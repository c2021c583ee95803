"""What must be true before the portal's processes start: tables as the code expects them, static files in place.

Run as `python -m embedded.prepare` in the environment of the installation.
"""

import hashlib
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from embedded.layout import REPOSITORY


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    _collect_static()
    return 0


def _collect_static() -> None:
    """Static files come with packages, so they are collected again only when the lock has changed."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    lock = hashlib.sha256((REPOSITORY / "requirements.txt").read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != lock:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(lock)


if __name__ == "__main__":
    sys.exit(main())
