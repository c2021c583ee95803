"""manage.py rotate_encryption_key: encrypt everything with the first key of HANSE_ENCRYPTION_KEYS."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core.rotation import elsewhere, encrypted_columns, rotate


class Command(BaseCommand):
    help = (
        "Encrypts all secrets at rest anew with the first key of HANSE_ENCRYPTION_KEYS, while Hanse runs. May be "
        "interrupted and run again. An old key may go from the list once nothing is left under it; "
        "exit status 1 while something is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only tell what is left under old keys.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        found = [rotate(model, field, write=not check) for model, field in encrypted_columns()]
        found += [rotate_elsewhere(not check) for rotate_elsewhere in elsewhere]
        for column in found:
            self.stdout.write(
                f"{column.column}: {column.current} under the first key, {column.old} left under old keys"
                + (f", {column.unreadable} that no key decrypts" if column.unreadable else "")
            )
        left, lost = sum(column.old for column in found), sum(column.unreadable for column in found)
        if lost:
            raise CommandError(f"{lost} values are encrypted with a key that is not in HANSE_ENCRYPTION_KEYS; put it back")
        if left:
            raise CommandError(f"{left} values are left under old keys; keep these and run this again")
        self.stdout.write("Nothing is left under old keys; they may go from HANSE_ENCRYPTION_KEYS.")
