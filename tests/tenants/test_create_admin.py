"""The first administrator comes from the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.audit.models import AuditEntry
from apps.tenants.models import Member
from tests.factories import make_user


def create_admin(*options: str) -> str:
    out = io.StringIO()
    call_command("create_admin", "--email", "Admin@hanse.example", "--name", "Ada", *options, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
class TestCreateAdmin:
    def test_it_shows_a_password_once_that_signs_in(self):
        said = create_admin()

        admin = User.objects.get(email="admin@hanse.example")
        assert admin.check_password(said.split()[-1])
        assert admin.password_is_temporary
        assert Member.objects.get().role == "platform-admin"
        assert {entry.actor_label for entry in AuditEntry.objects.all()} == {"manage.py create_admin"}

    def test_a_second_time_changes_nothing(self):
        create_admin()
        password = User.objects.get().password

        said = create_admin()

        assert "unchanged" in said
        assert User.objects.get().password == password
        assert Member.objects.count() == 1

    def test_an_account_that_is_there_becomes_one(self):
        somebody = make_user(email="admin@hanse.example")

        create_admin()

        assert Member.objects.get().user == somebody

    def test_the_password_can_come_by_stdin_and_is_then_not_shown(self, monkeypatch):
        monkeypatch.setattr("sys.stdin", io.StringIO("correct-horse-battery\n"))

        said = create_admin("--password-stdin")

        assert "horse" not in said
        assert User.objects.get().check_password("correct-horse-battery")

    def test_a_weak_password_is_refused(self, monkeypatch):
        monkeypatch.setattr("sys.stdin", io.StringIO("password\n"))

        with pytest.raises(CommandError, match="too common"):
            create_admin("--password-stdin")

        assert not User.objects.exists()
