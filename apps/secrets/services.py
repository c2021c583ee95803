"""Acts on secrets. Values go in here and come out in `open_version` alone, which only workers call."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.utils import timezone

from apps.audit.services import record
from apps.core.errors import NameTaken
from apps.core.outbox import hint, publish
from apps.core.uniqueness import refused_when_taken
from apps.secrets.errors import NewestVersion, SecretGone
from apps.secrets.models import Secret, SecretKind, SecretVersion
from apps.tenants.actor import Actor
from apps.tenants.errors import ConfirmationWrong
from apps.tenants.models import Project

Entries = Mapping[str, bytes]
# `last_used_at` is for people: many jobs that start at once need not all write it.
_USE_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Pinned:
    """One version of a secret, whatever becomes of its name."""

    secret_id: UUID
    name: str
    kind: str
    version: int
    keys: tuple[str, ...]


@transaction.atomic
def create_secret(
    *, actor: Actor, project: Project, name: str, kind: SecretKind, entries: Entries, description: str = ""
) -> Secret:
    """Keep values under a name. Raises NameTaken within the project."""
    secret = Secret(
        tenant_id=project.tenant_id,
        project=project,
        name=name,
        kind=kind,
        description=description,
        keys=sorted(entries),
        created_by_id=actor.user_id,
    )
    with refused_when_taken(NameTaken(f"This project has a secret {name}.", at="/name")):
        secret.save(force_insert=True)
    _write_version(secret, entries, actor=actor)
    publish(op="added", subject=secret)
    _carry(secret)
    _audit("create", secret, actor=actor, after=describe(secret))
    return secret


@transaction.atomic
def rotate_secret(*, actor: Actor, secret: Secret, entries: Entries) -> Secret:
    """Give the secret new values, as a new version. Jobs that run keep what they were given."""
    before = describe(secret)
    secret.newest += 1
    secret.generation += 1
    secret.keys, secret.rotated_at = sorted(entries), timezone.now()
    secret.save(update_fields=["newest", "generation", "keys", "rotated_at"])
    _write_version(secret, entries, actor=actor)
    publish(op="changed", subject=secret)
    _carry(secret)
    _audit("rotate", secret, actor=actor, before=before, after=describe(secret))
    return secret


@transaction.atomic
def change_secret(*, actor: Actor, secret: Secret, description: str) -> Secret:
    """Change what people read about it."""
    before = describe(secret)
    if description == secret.description:
        return secret
    secret.description = description
    secret.generation += 1
    secret.save(update_fields=["description", "generation"])
    publish(op="changed", subject=secret)
    _audit("change", secret, actor=actor, before=before, after=describe(secret))
    return secret


@transaction.atomic
def destroy_version(*, actor: Actor, secret: Secret, version: SecretVersion) -> None:
    """Forget the values of an old version; doing it twice changes nothing. Raises NewestVersion."""
    if version.number == secret.newest:
        raise NewestVersion(f"Version {version.number} is the newest of {secret.name}.")
    if version.destroyed_at is not None:
        return
    version.data, version.destroyed_at = "", timezone.now()
    version.save(update_fields=["data", "destroyed_at"])
    secret.generation += 1
    secret.save(update_fields=["generation"])
    publish(op="changed", subject=secret)
    _audit("destroy-version", secret, actor=actor, before={"version": version.number}, after=None)


@transaction.atomic
def destroy_secret(*, actor: Actor, secret: Secret, confirm: str) -> None:
    """Forget all values and the name. Jobs that would still need them fail. Raises ConfirmationWrong."""
    if confirm != secret.name:
        raise ConfirmationWrong(f"Type {secret.name} to destroy this secret.")
    _carry(secret)
    _forget(actor, secret)


def forget_of_project(*, actor: Actor, project_id: UUID, most: int) -> None:
    """Forget some of the secrets of a project that is being removed."""
    for pk in list(Secret.objects.filter(project_id=project_id).values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            secret = Secret.objects.select_for_update(of=("self",)).filter(pk=pk).first()
            if secret is not None:
                _forget(actor, secret)


def _carry(secret: Secret) -> None:
    """What pulls images is in the namespaces of its project, not in single jobs."""
    if secret.kind == SecretKind.REGISTRY:
        hint("kubernetes.write_networks", project_id=secret.project_id)


def _forget(actor: Actor, secret: Secret) -> None:
    publish(op="removed", subject=secret)
    _audit("destroy", secret, actor=actor, before=describe(secret), after=None)
    secret.delete()


def pin(*, project_id: UUID, name: str, version: int | None = None) -> Pinned | None:
    """The version that a name stands for now: the asked one or the newest; None when there is none with a value."""
    wanted = SecretVersion.objects.filter(secret__project_id=project_id, secret__name=name, destroyed_at=None)
    found = (wanted.filter(number=version) if version else wanted).select_related("secret").order_by("-number").first()
    if found is None or (version is None and found.number != found.secret.newest):
        return None
    return Pinned(found.secret_id, name, found.secret.kind, found.number, tuple(found.keys))


def open_version(*, secret_id: UUID, version: int) -> dict[str, bytes]:
    """The values themselves, for the worker that hands them to replicas. Raises SecretGone."""
    found = SecretVersion.objects.filter(secret_id=secret_id, number=version, destroyed_at=None).first()
    if found is None:
        raise SecretGone(f"Version {version} of this secret was destroyed.")
    return {key: base64.b64decode(value) for key, value in orjson.loads(found.data).items()}


def note_use(secret_id: UUID) -> None:
    """Remember that a job was given it now. For people: no event, and at most once a minute."""
    now = timezone.now()
    rows = Secret.objects.filter(pk=secret_id)
    rows.exclude(last_used_at__gt=now - _USE_NOTED_EVERY).update(last_used_at=now)


def describe(secret: Secret) -> dict[str, Any]:
    """A secret as the audit trail keeps it: never a value."""
    return {
        "name": secret.name,
        "kind": secret.kind,
        "description": secret.description,
        "version": secret.newest,
        "keys": secret.keys,
    }


def _write_version(secret: Secret, entries: Entries, *, actor: Actor) -> None:
    encoded = {key: base64.b64encode(value).decode() for key, value in sorted(entries.items())}
    SecretVersion.objects.create(
        tenant_id=secret.tenant_id,
        secret=secret,
        number=secret.newest,
        keys=sorted(entries),
        size_bytes=sum(len(value) for value in entries.values()),
        data=orjson.dumps(encoded).decode(),
        created_by_id=actor.user_id,
    )


def _audit(
    act: str,
    secret: Secret,
    *,
    actor: Actor,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None,
) -> None:
    record(
        actor=actor,
        action=f"secret.{act}",
        kind=Secret.live_kind,
        subject_id=secret.pk,
        label=secret.name,
        tenant_id=secret.tenant_id,
        project_id=secret.project_id,
        before=before,
        after=after,
    )
