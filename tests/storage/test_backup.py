"""What a backup holds, and what is refused of it. (Started again from one: tests/stack/test_backup.py.)"""

import os
import secrets
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from apps.core.ids import new_id
from apps.storage import objects, services
from apps.storage.backup import BackupRefused
from apps.storage.backup.write import Manifest, write_backup
from apps.storage.models import StoredObject
from embedded.postgres import PROGRAMS
from portal.settings.environment import REPOSITORY

pytestmark = pytest.mark.django_db(transaction=True)

Restore = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def _programs(monkeypatch) -> None:
    monkeypatch.setenv("PATH", f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def restore(tmp_path: Path) -> Iterator[Restore]:
    """`manage.py restore` into an empty database and object store; answers the finished command."""
    name = f"restored_{secrets.token_hex(4)}"
    server = urlsplit(os.environ["HANSE_DATABASE_URL"])
    admin = psycopg2.connect(server._replace(path="/postgres").geturl())
    admin.autocommit = True
    admin.cursor().execute(f"CREATE DATABASE {name}")

    def run(file: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", "restore", str(file)],
            cwd=REPOSITORY,
            env={
                **os.environ,
                "HANSE_DATABASE_URL": server._replace(path=f"/{name}").geturl(),
                "HANSE_REDIS_PREFIX": name,
                "HANSE_OBJECTS_URL": f"file://{tmp_path}/restored",
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
        )

    yield run
    admin.cursor().execute(f"DROP DATABASE {name}")
    admin.close()


def stored(content: bytes) -> StoredObject:
    return services.put(
        tenant_id=new_id(),
        project_id=new_id(),
        producer_kind="job",
        producer_id=new_id(),
        purpose="artifact",
        name="model.npz",
        source=content,
    )


def back_up(directory: Path) -> tuple[Path, Manifest]:
    file = directory / "backup.tar"
    return file, write_backup(to=file)


def without_its_end(file: Path) -> Path:
    """The same backup as an interruption would have left it: without the manifest, which comes last."""
    cut = file.with_name("cut.tar")
    with tarfile.open(file) as whole, tarfile.open(cut, "w") as part:
        for member in whole:
            if member.name != "manifest.json":
                part.addfile(member, whole.extractfile(member))
    return cut


def with_a_changed_object(file: Path, content: bytes) -> Path:
    changed = file.with_name("changed.tar")
    changed.write_bytes(file.read_bytes().replace(content, content[::-1]))
    return changed


class TestBackup:
    def test_and_restore_give_back_each_object_byte_for_byte(self, tmp_path, restore):
        kept = stored(os.urandom(3_000_000))
        content = services.read(stored=kept)
        file, manifest = back_up(tmp_path)

        restored = restore(file)

        assert restored.returncode == 0, restored.stderr
        assert (tmp_path / "restored" / kept.path).read_bytes() == content
        assert (manifest.objects, manifest.objects_bytes) == (1, 3_000_000)

    def test_holds_none_of_the_keys(self, tmp_path):
        file, _ = back_up(tmp_path)

        whole = file.read_bytes()

        assert not [key for key in (*settings.ENCRYPTION_KEYS, settings.TOKEN_KEY) if key.encode() in whole]

    def test_is_readable_by_its_owner_alone_and_replaces_nothing(self, tmp_path):
        file, _ = back_up(tmp_path)

        assert file.stat().st_mode & 0o077 == 0
        with pytest.raises(BackupRefused, match="there already"):
            write_backup(to=file)

    def test_tells_of_an_object_that_the_database_names_in_vain(self, tmp_path):
        gone = stored(b"x")
        objects.delete(gone.path)

        assert back_up(tmp_path)[1].objects_absent == [gone.path]

    def test_keeps_the_sweep_from_deleting_what_it_is_about_to_copy(self, tmp_path, monkeypatch):
        given_up = stored(b"given up while the backup runs")
        deleted: list[int] = []
        plainly_opened = objects.opened

        def while_copying(path: str) -> Any:
            services.let_go(producer_kind="job", producer_id=given_up.producer_id)
            deleted.append(in_another_process("from apps.storage import services; print(services.sweep())"))
            return plainly_opened(path)

        monkeypatch.setattr(objects, "opened", while_copying)
        _, manifest = back_up(tmp_path)

        assert (deleted, manifest.objects_absent) == ([0], [])
        assert services.sweep() == 1


class TestRestore:
    def test_of_an_interrupted_backup_is_refused(self, tmp_path, restore):
        file, _ = back_up(tmp_path)

        refused = restore(without_its_end(file))

        assert refused.returncode == 1
        assert "interrupted" in refused.stderr

    def test_with_other_keys_is_refused_and_names_the_setting(self, tmp_path, restore):
        file, _ = back_up(tmp_path)

        refused = restore(file, HANSE_ENCRYPTION_KEYS="c29tZSBvdGhlciBrZXkgb2YgdGhpcnR5LXR3byBieTA=")

        assert refused.returncode == 1
        assert "set HANSE_ENCRYPTION_KEYS" in refused.stderr

    def test_into_a_database_that_holds_something_is_refused(self, tmp_path, restore):
        file, _ = back_up(tmp_path)

        refused = restore(file, HANSE_DATABASE_URL=this_database())

        assert refused.returncode == 1
        assert "not empty" in refused.stderr

    def test_of_a_damaged_object_is_refused_and_names_it(self, tmp_path, restore):
        content = os.urandom(1000)
        kept = stored(content)
        file, _ = back_up(tmp_path)

        refused = restore(with_a_changed_object(file, content))

        assert refused.returncode == 1
        assert kept.path in refused.stderr


def this_database() -> str:
    server = urlsplit(os.environ["HANSE_DATABASE_URL"])
    return server._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def in_another_process(code: str) -> int:
    """What a line of Python prints that runs beside us on the same database."""
    result = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        cwd=REPOSITORY,
        env={**os.environ, "HANSE_DATABASE_URL": this_database(), "DJANGO_SETTINGS_MODULE": "portal.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(result.stdout)
