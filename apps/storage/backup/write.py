"""Making a backup while everything runs on."""

import hashlib
import io
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import orjson
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from apps.storage import locks, objects
from apps.storage.backup import DATABASE, FORMAT, MANIFEST, OBJECTS, SECRETS, BackupRefused, keys, postgres
from apps.storage.errors import ObjectMissing
from apps.storage.models import StoredObject


@dataclass
class Manifest:
    """What a backup holds; the last entry of the file, so that one without it was interrupted.

    `objects_absent`: paths that rows named although nothing was there, found when the backup was made.
    """

    format: int
    version: str
    made_at: str
    postgresql: str
    migrations: list[list[str]]
    keys: dict[str, list[str]]
    database_sha256: str = ""
    database_bytes: int = 0
    objects: int = 0
    objects_bytes: int = 0
    objects_absent: list[str] = field(default_factory=list)


def write_backup(*, to: Path, secrets: Path | None = None, now: datetime | None = None) -> Manifest:
    """Write a backup to the file `to`, which appears when it is whole.

    The database is dumped as of one moment; objects are written once and never change, and none is deleted meanwhile, so
    those that the dump names are the right ones however long copying takes. `secrets`: a directory whose files are added.
    Raises BackupRefused.
    """
    if to.exists():
        raise BackupRefused(f"{to} is there already.")
    to.parent.mkdir(parents=True, exist_ok=True)
    unfinished = to.with_name(f".{to.name}.unfinished")
    unfinished.touch(0o600)
    try:
        with tarfile.open(unfinished, "w") as archive, _moment() as snapshot:
            manifest = _begun(now or datetime.now(UTC))
            _add_database(archive, manifest, snapshot, beside=unfinished.parent)
            for path, size_bytes in _named_objects():
                _add_object(archive, manifest, path, size_bytes)
            for file in sorted(secrets.iterdir()) if secrets else ():
                archive.add(file, f"{SECRETS}{file.name}")
            _add_bytes(archive, MANIFEST, orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2))
        unfinished.rename(to)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


@contextmanager
def _moment() -> Iterator[str]:
    """A transaction that sees the database as of its begin, whatever others commit; yields its snapshot's name."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for limit in ("idle_in_transaction_session_timeout", "lock_timeout", "statement_timeout"):
            cursor.execute(f"SET LOCAL {limit} = 0")
        # Before the first look at rows: what a sweep deleted until now, this moment does not name any more.
        locks.keep_all()
        cursor.execute("SELECT pg_export_snapshot()")
        yield str(cursor.fetchone()[0])


def _begun(now: datetime) -> Manifest:
    applied = MigrationRecorder(connection).applied_migrations()
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
    return Manifest(
        format=FORMAT,
        version=settings.VERSION,
        made_at=now.isoformat(timespec="seconds"),
        postgresql=server,
        migrations=sorted([app, name] for app, name in applied),
        keys=keys.fingerprints(),
    )


def _named_objects() -> Iterator[tuple[str, int]]:
    return StoredObject.objects.filter(given_up_at=None).order_by("pk").values_list("path", "size_bytes").iterator()


def _add_database(archive: tarfile.TarFile, manifest: Manifest, snapshot: str, *, beside: Path) -> None:
    with tempfile.NamedTemporaryFile(dir=beside, prefix=".database-") as file:
        postgres.dump(Path(file.name), snapshot=snapshot)
        with Path(file.name).open("rb") as dumped:
            manifest.database_sha256 = hashlib.file_digest(dumped, "sha256").hexdigest()
        manifest.database_bytes = Path(file.name).stat().st_size
        archive.add(file.name, DATABASE)


def _add_object(archive: tarfile.TarFile, manifest: Manifest, path: str, size_bytes: int) -> None:
    try:
        stored = objects.opened(path)
    except ObjectMissing:
        manifest.objects_absent.append(path)
        return
    entry = tarfile.TarInfo(f"{OBJECTS}{path}")
    entry.size, entry.mode = size_bytes, 0o600
    with stored:
        archive.addfile(entry, stored)
    manifest.objects += 1
    manifest.objects_bytes += size_bytes


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))
