"""The code of a job from git: fetched once, kept as an archive that is the same for the same commit."""

import gzip
import hashlib
import io
import os
import shutil
import tarfile
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast
from uuid import UUID

import structlog
from django.conf import settings

from apps.code import services as code
from apps.code.archives import MOST_FILES, MOST_UNPACKED_BYTES, Contents, inside
from apps.core.errors import Unavailable
from apps.jobs import services as jobs
from apps.jobs.inputs import GitSource, Source
from apps.jobs.models import JobCode
from apps.jobs.services.inputs import WORKER
from apps.secrets import services as secrets
from apps.secrets.errors import SecretGone
from celery_workers.git.client import Blob, Refused, Repository, fetch

_PREFIX = "hanse-git-"
_LEFT_OVER_SECONDS = 3600
_log = structlog.get_logger(__name__)


def fetch_code(job_id: UUID) -> None:
    """Fetch what a job waits for; whoever finds that somebody else does, or that it is done, leaves it."""
    row = jobs.begin_fetch(job_id=job_id)
    if row is None:
        return
    try:
        _fetch(row, cast(GitSource, cast(Source, row.job.parsed_spec().source).git))  # an archive is never waited for
    except Refused as refusal:
        jobs.code_failed(job_id=job_id, code=refusal.code, message=refusal.sentence)
    except Unavailable as problem:
        _log.warning("code-not-fetched", job_id=str(job_id), detail=problem.detail)
        jobs.code_unavailable(job_id=job_id, message=problem.detail)


def _fetch(row: JobCode, git: GitSource) -> None:
    credentials = _credentials(row, git)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        directory = Path(name)
        (directory / "repository").mkdir()
        repository = fetch(
            url=git.url,
            ref=git.commit or git.ref,
            credentials=credentials,
            into=directory / "repository",
            most_bytes=settings.CODE_BYTES,
        )
        blobs = _checked(repository.blobs(git.path))
        archive = directory / "code.tar.gz"
        contents = _pack(repository, blobs, archive)
        with archive.open("rb") as packed:
            digest = hashlib.file_digest(packed, "sha256").hexdigest()
        kept = code.keep_tree(
            actor=WORKER,
            tenant_id=row.job.tenant_id,
            project_id=row.job.project_id,
            url=git.url,
            commit=repository.commit,
            path=git.path,
            source=archive,
            sha256=digest,
            size_bytes=archive.stat().st_size,
            contents=contents,
        )
    jobs.code_fetched(job_id=row.job_id, code=kept)


def _credentials(row: JobCode, git: GitSource) -> Mapping[str, bytes]:
    if git.secret is None:
        return {}
    pinned = secrets.pin(project_id=row.job.project_id, name=git.secret, version=git.secret_version)
    if pinned is None:
        raise Refused("secret-unusable", f"there is no secret {git.secret} any more.")
    try:
        opened = secrets.open_version(secret_id=pinned.secret_id, version=pinned.version)
    except SecretGone as problem:
        raise Refused("secret-unusable", f"{git.secret} was destroyed.") from problem
    jobs.note_credentials(job_id=row.job_id, pinned=pinned)
    return opened


def _checked(blobs: Sequence[Blob]) -> Sequence[Blob]:
    if not blobs:
        raise Refused("code-not-found", "there is no file in it.")
    if len(blobs) > MOST_FILES:
        raise Refused("code-too-large", f"it has {len(blobs)} files; {MOST_FILES} may be fetched.")
    size = sum(blob.size_bytes for blob in blobs)
    if size > MOST_UNPACKED_BYTES:
        raise Refused("code-too-large", f"it is {size // 2**20} MiB; {MOST_UNPACKED_BYTES // 2**20} MiB may be fetched.")
    return blobs


def _pack(repository: Repository, blobs: Sequence[Blob], archive: Path) -> Contents:
    """Write the tree as a tar.gz that depends on nothing but its content. Links that lead out of it are left out."""
    files = unpacked = 0
    with (
        archive.open("wb") as file,
        gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0, compresslevel=6) as zipped,
        tarfile.open(fileobj=zipped, mode="w|", format=tarfile.PAX_FORMAT) as tar,
        repository.reader() as reader,
    ):
        for blob in blobs:
            content = reader.read(blob)
            header = tarfile.TarInfo(blob.name)
            header.mode = 0o755 if blob.mode == "100755" else 0o644
            if blob.mode == "120000":
                header.type, header.linkname = tarfile.SYMTYPE, content.decode(errors="surrogateescape")
                if not inside(header.name, header.linkname):
                    continue
                tar.addfile(header)
                continue
            header.size = len(content)
            tar.addfile(header, io.BytesIO(content))
            files, unpacked = files + 1, unpacked + len(content)
    return Contents("tar.gz", files, unpacked)


def tidy() -> None:
    """Delete what a worker that was killed while it fetched has left."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        found = left.stat(follow_symlinks=False)
        if found.st_uid == os.geteuid() and time.time() - found.st_mtime > _LEFT_OVER_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
