"""Filling an empty installation from a backup, and making sure that it is all there."""

import hashlib
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import IO

import orjson
import redis
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from apps.audit.models import AuditChain
from apps.audit.services import breaks
from apps.storage import objects
from apps.storage.backup import DATABASE, FORMAT, MANIFEST, OBJECTS, BackupRefused, keys, postgres
from apps.storage.backup.write import Manifest
from apps.storage.models import StoredObject

Say = Callable[[str], None]


def restore_backup(*, source: Path, say: Say) -> Manifest:
    """Fill the empty database and object store from a backup, migrate to this release, and verify.

    Raises BackupRefused: before anything is changed when the backup is damaged, of a newer release, made with keys that
    are not set here, or when the database is not empty; after it when what was restored does not verify.
    """
    with _opened(source) as archive:
        manifest = read_manifest(archive)
        _refuse_unless_possible(manifest)
        with tempfile.TemporaryDirectory(prefix="hanse-restore-") as directory:
            dumped = Path(directory) / DATABASE
            _extract_database(archive, manifest, dumped)
            say(f"Database of {manifest.made_at}, {manifest.database_bytes:,} bytes")
            postgres.restore(dumped)
        # Another database is behind this connection now; nothing that it remembers of the old one is true.
        connection.close()
        _restore_objects(archive, manifest, say)
    _forget_redis()
    call_command("migrate", verbosity=0, interactive=False)
    _verify(manifest)
    say("Verified: every object is there, unchanged, and every chain of the audit trail holds.")
    return manifest


def read_manifest(archive: tarfile.TarFile) -> Manifest:
    """Raises BackupRefused when there is none: then the backup was interrupted, or the file is something else."""
    try:
        member = archive.extractfile(MANIFEST)
    except KeyError:
        member = None
    if member is None:
        raise BackupRefused(f"The file holds no {MANIFEST}: it is no backup of Hanse, or one that was interrupted.")
    given = orjson.loads(member.read())
    if given.get("format") != FORMAT:
        raise BackupRefused(f"The backup has format {given.get('format')}; this release reads format {FORMAT}.")
    return Manifest(**{each.name: given[each.name] for each in fields(Manifest)})


def _refuse_unless_possible(manifest: Manifest) -> None:
    if lacking := keys.missing(manifest.keys):
        raise BackupRefused(
            f"The backup was made with other keys: set {', '.join(lacking)} to the ones of that installation first. "
            "(HANSE_ENCRYPTION_KEYS takes several; the first encrypts, all decrypt.)"
        )
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    if newer := [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]:
        raise BackupRefused(f"The backup is of a newer release ({manifest.version}): this one lacks {', '.join(newer[:3])}.")
    if there := connection.introspection.table_names():
        raise BackupRefused(f"The database is not empty ({len(there)} tables). A backup is restored into an empty one only.")


def _extract_database(archive: tarfile.TarFile, manifest: Manifest, into: Path) -> None:
    member = archive.extractfile(DATABASE)
    assert member is not None  # noqa: S101 - the manifest is written after it
    with into.open("wb") as file:
        digest = hashlib.sha256()
        while block := member.read(objects.BLOCK_BYTES):
            digest.update(block)
            file.write(block)
    if digest.hexdigest() != manifest.database_sha256:
        raise BackupRefused("The database in the backup is damaged: its SHA-256 is not the one in the manifest.")


def _restore_objects(archive: tarfile.TarFile, manifest: Manifest, say: Say) -> None:
    expected = dict(StoredObject.objects.values_list("path", "sha256"))
    damaged = []
    for member in archive:
        if not member.name.startswith(OBJECTS):
            continue
        path = member.name.removeprefix(OBJECTS)
        content: IO[bytes] | None = archive.extractfile(member)
        if path not in expected or content is None:
            raise BackupRefused(f"The backup holds an object that its database does not name: {path}")
        if objects.write(path, content).sha256 != expected[path]:
            damaged.append(path)
    if damaged:
        raise BackupRefused(f"{len(damaged)} objects in the backup are damaged, among them {damaged[0]}.")
    say(f"{manifest.objects:,} objects, {manifest.objects_bytes:,} bytes")


def _forget_redis() -> None:
    """Whatever Redis holds is of another time: streams begin anew, and readers are told to ask again."""
    client = redis.from_url(settings.REDIS_URL, socket_timeout=5, socket_connect_timeout=3)
    try:
        for key in client.scan_iter(match=f"{settings.REDIS_PREFIX}:*", count=1000):
            client.delete(key)
    finally:
        client.close()


def _verify(manifest: Manifest) -> None:
    absent = set(manifest.objects_absent)
    named = StoredObject.objects.filter(given_up_at=None).values_list("path", flat=True).iterator()
    if missing := [path for path in named if path not in absent and not objects.exists(path)]:
        raise BackupRefused(f"{len(missing)} objects are missing after the restore, among them {missing[0]}.")
    chains = AuditChain.objects.values_list("pk", flat=True)
    if broken := [found for chain in chains for found in breaks(chain)]:
        raise BackupRefused(f"The audit trail does not hold in {len(broken)} places; first: {broken[0].what}.")


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(source, "r:") as archive:
            yield archive
    except (FileNotFoundError, tarfile.ReadError) as error:
        raise BackupRefused(f"{source} cannot be read as a backup: {error}") from error
