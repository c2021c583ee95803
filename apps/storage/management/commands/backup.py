"""manage.py backup: everything that cannot be made again, as one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.storage.backup import BackupRefused
from apps.storage.backup.write import write_backup


class Command(BaseCommand):
    help = "Write the database as of one moment and all objects it names to one file, while everything runs on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The file to make, such as hanse-2026-01-31.tar.")
        parser.add_argument("--secrets", type=Path, help="A directory whose files are added (the embedded installation's).")

    def handle(self, *args: Any, file: Path, secrets: Path | None, **options: Any) -> None:
        try:
            made = write_backup(to=file, secrets=secrets)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        for path in made.objects_absent:
            self.stderr.write(f"named by the database, but not there: {path}")
        self.stdout.write(
            f"{file}: the database as of {made.made_at} ({made.database_bytes:,} bytes) and {made.objects:,} objects "
            f"({made.objects_bytes:,} bytes)."
        )
        if secrets is None:
            self.stdout.write("Keep HANSE_TOKEN_KEY and HANSE_ENCRYPTION_KEYS elsewhere: a restore needs them.")
