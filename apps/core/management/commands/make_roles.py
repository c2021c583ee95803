"""Make the roles of the database: run once before the first migrate, as an administrator of the PostgreSQL server."""

import sys
from argparse import ArgumentParser
from typing import Any

import psycopg2
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from apps.core import roles
from apps.core.walls import OWNER


class Command(BaseCommand):
    help = (
        "Make hanse_owner, hanse_web and hanse_worker, and give the database to the first. Set HANSE_DATABASE_URL to an "
        "administrator's (or the former owner's) for this one command. May be repeated; nothing is lost."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--passwords",
            action="store_true",
            help="Read passwords from standard input, one `role password` a line; roles that are not named keep theirs.",
        )

    def handle(self, *_: Any, passwords: bool, **__: Any) -> None:
        given = _passwords() if passwords else {}
        with connection.cursor():  # connects as the settings say
            try:
                roles.make_roles(connection.connection, given)
            except psycopg2.Error as error:
                raise CommandError(f"PostgreSQL refused: {error}") from error
        self.stdout.write(f"{', '.join(roles.ROLES)} are there; the database is {OWNER}'s.")


def _passwords() -> dict[str, str]:
    given = dict(line.split(maxsplit=1) for line in sys.stdin.read().splitlines() if line.strip())
    if unknown := sorted(set(given) - set(roles.ROLES)):
        raise CommandError(f"There are no roles {', '.join(unknown)}; there are {', '.join(roles.ROLES)}.")
    return given
