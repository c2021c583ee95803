"""Keeping code by its content, and forgetting what nobody uses."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone

from apps.audit.services import record
from apps.code.archives import Contents, unpack
from apps.code.errors import CodeInUse
from apps.code.models import Code, Origin
from apps.core.ids import new_id
from apps.core.outbox import publish
from apps.storage import services as storage
from apps.tenants.actor import Actor
from apps.tenants.models import Project

# Without a job that refers to it.
KEPT = timedelta(days=30)
FORGOTTEN_AT_ONCE = 100


def keep_upload(
    *, actor: Actor, project: Project, name: str, source: Path, sha256: str, size_bytes: int, contents: Contents
) -> tuple[Code, bool]:
    """Keep an archive that was inspected; (what is kept, whether it is new). The same bytes are kept once."""
    return _keep(
        actor=actor,
        tenant_id=project.tenant_id,
        project_id=project.pk,
        source=source,
        key={"origin": Origin.UPLOAD, "sha256": sha256},
        about={"name": name, "size_bytes": size_bytes, **_of(contents), "created_by_id": actor.user_id},
    )


def keep_tree(
    *,
    actor: Actor,
    tenant_id: UUID,
    project_id: UUID,
    url: str,
    commit: str,
    path: str,
    source: Path,
    sha256: str,
    size_bytes: int,
    contents: Contents,
) -> Code:
    """Keep what was fetched from git, once a commit and path."""
    name = url.rstrip("/").rpartition("/")[2].removesuffix(".git")[:200] or "code"
    code, _ = _keep(
        actor=actor,
        tenant_id=tenant_id,
        project_id=project_id,
        source=source,
        key={"origin": Origin.GIT, "url": url, "commit": commit, "path": path},
        about={"name": name, "sha256": sha256, "size_bytes": size_bytes, **_of(contents)},
    )
    return code


def _of(contents: Contents) -> dict[str, Any]:
    return {"format": contents.format, "files": contents.files, "unpacked_bytes": contents.unpacked_bytes}


def _keep(
    *, actor: Actor, tenant_id: UUID, project_id: UUID, source: Path, key: dict[str, Any], about: dict[str, Any]
) -> tuple[Code, bool]:
    place = {"tenant_id": tenant_id, "project_id": project_id}
    if known := _known(project_id, key):
        return known, False
    code_id = new_id()
    stored = storage.put(
        **place,
        producer_kind=Code.live_kind,
        producer_id=code_id,
        purpose="code",
        name=about["name"],
        source=source,
        media_type="application/zip" if about["format"] == "zip" else "application/gzip",
    )
    with transaction.atomic():
        made = Code(id=code_id, **place, **key, **about, stored=stored)
        Code.objects.bulk_create([made], ignore_conflicts=True)
        if Code.objects.filter(pk=code_id).exists():
            publish(op="added", subject=made)
            _audit("keep", made, actor=actor)
            return made, True
    storage.delete(stored=stored)  # somebody else kept the same at this moment
    known = _known(project_id, key)
    assert known is not None  # noqa: S101 - it was in the way
    return known, False


def _known(project_id: UUID, key: dict[str, Any]) -> Code | None:
    known = Code.objects.filter(project_id=project_id, **key).first()
    if known is not None:
        note_use(known.pk)
    return known


def note_use(code_id: UUID) -> None:
    Code.objects.filter(pk=code_id).update(used_at=timezone.now())


@contextmanager
def opened(code: Code) -> Iterator[Callable[[Path], None]]:
    """A way to write the code's files into a directory, which it makes, as often as one likes while the block runs.

    Raises ObjectMissing, and as archives.unpack does.
    """
    with tempfile.TemporaryFile(prefix="hanse-code-") as archive:
        for block in storage.stream(stored=code.stored):
            archive.write(block)
        archive.flush()
        yield partial(unpack, archive, size_bytes=code.size_bytes, links=code.origin == Origin.GIT)


@transaction.atomic
def delete_code(*, actor: Actor, code: Code) -> None:
    """Forget one code. Raises CodeInUse when a job refers to it."""
    publish(op="removed", subject=code)
    _audit("delete", code, actor=actor)
    try:
        code.delete()
    except ProtectedError as error:
        raise CodeInUse from error
    storage.let_go(producer_kind=Code.live_kind, producer_id=code.pk)


def forget_unused(*, now: datetime, kept: "QuerySet[Any, Any]") -> None:
    """Forget what was not used for a while and is not among the ids `kept`. Safe to run twice, and by two at a time."""
    _forget(Code.objects.filter(used_at__lt=now - KEPT).exclude(pk__in=kept).order_by("used_at"), most=FORGOTTEN_AT_ONCE)


def forget_of_project(*, project_id: UUID, most: int) -> None:
    """Forget some of the code of a project that is being removed, when no job refers to it any more."""
    _forget(Code.objects.filter(project_id=project_id), most=most)


def _forget(rows: "QuerySet[Code, Code]", *, most: int) -> None:
    for pk in list(rows.values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            code = rows.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
            if code is not None:
                publish(op="removed", subject=code)
                code.delete()
                storage.let_go(producer_kind=Code.live_kind, producer_id=pk)


def _audit(act: str, code: Code, *, actor: Actor) -> None:
    record(
        actor=actor,
        action=f"code.{act}",
        kind=Code.live_kind,
        subject_id=code.pk,
        label=code.name,
        tenant_id=code.tenant_id,
        project_id=code.project_id,
        after={"sha256": code.sha256, "origin": code.origin, "url": code.url, "commit": code.commit},
    )
