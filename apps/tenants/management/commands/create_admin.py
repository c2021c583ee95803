"""manage.py create_admin: the first administrator of the platform."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.core.errors import Problem
from apps.tenants.actor import Actor, system_actor
from apps.tenants.models import Member
from apps.tenants.permissions import PERMISSIONS, Role
from apps.tenants.services import add_member


class Command(BaseCommand):
    help = "Make an account that administers the platform, or make an account that is there one. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--password-stdin", action="store_true", help="Read the password of a new account from stdin.")

    def handle(self, *args: Any, email: str, name: str, password_stdin: bool, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email!r} is no e-mail address") from error
        password = sys.stdin.readline().rstrip("\n") if password_stdin else ""
        if password_stdin and not password:
            raise CommandError("no password came on stdin")
        try:
            made = self._make(email, name, password)
        except Problem as problem:
            wrong = " ".join(error["detail"] for error in problem.errors)
            raise CommandError(f"{problem} {wrong}".strip()) from problem
        if made and not password_stdin:
            self.stdout.write(f"{email} administers the platform. Password, shown once: {made}")
        elif made:
            self.stdout.write(f"{email} administers the platform.")
        else:
            self.stdout.write(f"{email} has an account, which administers the platform; its password is unchanged.")

    @transaction.atomic
    def _make(self, email: str, name: str, password: str) -> str:
        """Returns the password of an account that was made, or ""."""
        actor = _whoever_runs_commands()
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            user, password = accounts.create_user(actor=actor, email=email, name=name, password=password)
        else:
            password = ""
        if not Member.objects.filter(tenant=None, user=user, role=Role.PLATFORM_ADMIN).exists():
            add_member(actor=actor, role=Role.PLATFORM_ADMIN, user=user)
        return password


def _whoever_runs_commands() -> Actor:
    """Whoever may run commands on the server may do everything; the trail names the command."""
    system = system_actor("manage.py create_admin")
    return Actor(user_id=system.user_id, label=system.label, on_platform=frozenset(PERMISSIONS))
