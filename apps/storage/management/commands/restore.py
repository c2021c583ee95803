"""manage.py restore: fill an empty installation from a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.storage.backup import BackupRefused
from apps.storage.backup.read import restore_backup


class Command(BaseCommand):
    help = "Fill an empty database and object store from a file that `backup` made, migrate, and verify all of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            restored = restore_backup(source=file, say=self.stdout.write)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Restored as of {restored.made_at}. Jobs that ran then are found lost: see their fault policy.")
