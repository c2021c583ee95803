"""Secrets of a project: written, rotated, destroyed, and shown to nobody."""

import base64

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection

from apps.audit.models import AuditEntry
from apps.core.models import IdempotencyRecord, OutboxEvent
from apps.secrets import services
from apps.secrets.errors import SecretGone
from apps.secrets.models import Secret, SecretVersion
from celery_workers import removal
from tests.factories import make_project, make_secret

VALUE = "correct-horse-battery-staple"


def address(project, secret=None, rest=""):
    below = f"{getattr(secret, 'pk', secret)}/" if secret else ""
    return f"/api/v1/projects/{project.pk}/secrets/{below}{rest}"


def columns(table: str) -> str:
    """Everything that the database holds of a table, as a dump would have it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - a name of ours
        return str(cursor.fetchall())


@pytest.fixture
def developer(as_role):
    return as_role("developer")


class TestCreate:
    def test_values_are_in_no_answer_and_encrypted_where_they_are_kept(self, developer):
        client, project = developer

        answer = client.once(address(project), {"name": "tracker", "data": {"api-key": VALUE}}, key="one")

        assert answer.status_code == 201
        secret = Secret.objects.get()
        assert answer.json()["keys"] == ["api-key"]
        said = [answer, client.get(address(project)), client.get(address(project, secret))]
        said.append(client.get(address(project, secret, "versions/")))
        encoded = base64.b64encode(VALUE.encode()).decode()
        tables = [IdempotencyRecord, AuditEntry, OutboxEvent, Secret, SecretVersion]
        for text in [*(one.content.decode() for one in said), *(columns(model._meta.db_table) for model in tables)]:
            assert VALUE not in text
            assert encoded not in text
        assert services.open_version(secret_id=secret.pk, version=1) == {"api-key": VALUE.encode()}

    def test_a_file_comes_in_base64(self, developer):
        client, project = developer
        content = bytes(range(256))

        answer = client.post(
            address(project), {"name": "keystore", "binary_data": {"store.jks": base64.b64encode(content).decode()}}
        )

        assert answer.status_code == 201
        assert services.open_version(secret_id=answer.json()["id"], version=1) == {"store.jks": content}

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"name": "Tracker", "data": {"a": "b"}}, "/name"),
            ({"name": "tracker"}, "/data"),
            ({"name": "tracker", "data": {"a b": "c"}}, "/data/a b"),
            ({"name": "tracker", "data": {"..": "c"}}, "/data/.."),
            ({"name": "tracker", "data": {"a": ""}}, "/data/a"),
            ({"name": "tracker", "data": {"a": "b"}, "binary_data": {"a": "Yg=="}}, "/binary_data/a"),
            ({"name": "tracker", "binary_data": {"a": "no base64"}}, "/binary_data/a"),
            ({"name": "tracker", "data": {"a": "b" * 300_000}}, "/data"),
            ({"name": "git", "kind": "basic-auth", "data": {"username": "ann"}}, "/data/password"),
            ({"name": "git", "kind": "basic-auth", "data": {"password": "x", "token": "y"}}, "/data/token"),
            ({"name": "own", "kind": "registry", "data": {"server": "https://a.example"}}, "/data/server"),
            ({"name": "own", "kind": "registry", "data": {"username": "ann"}}, "/data/password"),
            ({"name": "own", "kind": "registry", "data": {"password": "with its line end\n"}}, "/data/password"),
            ({"name": "git", "kind": "ssh-auth", "data": {"ssh-privatekey": "x"}}, "/data/known_hosts"),
            ({"name": "tracker", "kind": "tls", "data": {"a": "b"}}, "/kind"),
        ],
    )
    def test_what_is_wrong_is_named_and_nothing_is_kept(self, developer, body, pointer):
        client, project = developer

        answer = client.post(address(project), body)

        assert answer.status_code == 422
        assert pointer in [wrong["pointer"] for wrong in answer.json()["errors"]]
        assert not Secret.objects.exists()

    def test_a_name_is_there_once_in_a_project(self, developer):
        client, project = developer
        make_secret(make_project(project.tenant), "tracker")
        make_secret(project, "tracker")

        assert client.post(address(project), {"name": "tracker", "data": {"a": "b"}}).status_code == 409


class TestRotate:
    def test_makes_a_version_and_keeps_the_old_one(self, developer):
        client, project = developer
        secret = make_secret(project, api_key="old-value")

        answer = client.post(address(project, secret, "rotate/"), {"data": {"api-key": "new-value"}})

        assert (answer.status_code, answer.json()["newest"]) == (200, 2)
        numbers = [version["number"] for version in client.get(address(project, secret, "versions/")).json()["results"]]
        assert numbers == [2, 1]
        assert services.open_version(secret_id=secret.pk, version=1) == {"api-key": b"old-value"}
        assert services.open_version(secret_id=secret.pk, version=2) == {"api-key": b"new-value"}


class TestDestroy:
    def test_an_old_version_loses_its_values_and_keeps_its_place(self, developer):
        client, project = developer
        secret = make_secret(project, versions=2)

        assert client.change("delete", address(project, secret, "versions/1/")).status_code == 204

        versions = client.get(address(project, secret, "versions/")).json()["results"]
        assert [bool(version["destroyed_at"]) for version in versions] == [False, True]
        with pytest.raises(SecretGone):
            services.open_version(secret_id=secret.pk, version=1)
        assert SecretVersion.objects.get(number=1).data == ""

    def test_not_the_newest_by_itself(self, developer):
        client, project = developer
        secret = make_secret(project, versions=2)

        answer = client.change("delete", address(project, secret, "versions/2/"))

        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/newest-version")

    def test_the_whole_secret_by_typing_its_name(self, developer):
        client, project = developer
        secret = make_secret(project, "tracker")

        assert client.change("delete", address(project, secret), {"confirm": "trackers"}).status_code == 422
        assert client.change("delete", address(project, secret), {"confirm": "tracker"}).status_code == 204

        assert not SecretVersion.objects.exists()
        assert client.post(address(project), {"name": "tracker", "data": {"a": "b"}}).status_code == 201

    def test_a_removed_project_takes_its_secrets_along(self, as_role):
        client, project = as_role("owner")
        make_secret(project, "tracker")

        preview = client.get(f"/api/v1/projects/{project.pk}/preview/").json()
        answer = client.change("delete", f"/api/v1/projects/{project.pk}/", {"confirm": project.slug})
        removal.remove_project(project.pk)

        assert [casualty["name"] for casualty in preview["casualties"]] == ["tracker"]
        assert answer.status_code == 202
        assert not Secret.objects.exists()
        assert AuditEntry.objects.filter(action="secret.destroy").exists()


class TestRotateEncryptionKey:
    def test_moves_everything_to_the_first_key_and_says_what_is_left(self, db, settings, capsys):
        old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
        settings.ENCRYPTION_KEYS = [old]
        secret = make_secret(make_project(), api_key=VALUE, versions=3)

        settings.ENCRYPTION_KEYS = [new, old]
        with pytest.raises(CommandError, match="3 values are left"):
            call_command("rotate_encryption_key", "--check")
        call_command("rotate_encryption_key")
        call_command("rotate_encryption_key", "--check")

        settings.ENCRYPTION_KEYS = [new]
        assert "3 under the first key, 0 left under old keys" in capsys.readouterr().out
        assert services.open_version(secret_id=secret.pk, version=1) == {"api-key": VALUE.encode()}

    def test_what_no_key_decrypts_is_told_and_left_as_it_is(self, db, settings):
        settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
        make_secret(make_project())
        before = columns("secrets_secretversion")

        settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
        with pytest.raises(CommandError, match="put it back"):
            call_command("rotate_encryption_key")

        assert columns("secrets_secretversion") == before

    def test_a_row_that_changed_meanwhile_is_not_overwritten(self, db, settings):
        from apps.core.rotation import _replace

        old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
        settings.ENCRYPTION_KEYS = [old]
        make_secret(make_project(), api_key="first")
        version = SecretVersion.objects.get()

        settings.ENCRYPTION_KEYS = [new, old]
        version.data = '{"api-key": "c2Vjb25k"}'
        version.save()

        assert _replace(SecretVersion, "data", version.pk, "what it was", "what was made of it")
        assert SecretVersion.objects.get().data == '{"api-key": "c2Vjb25k"}'
