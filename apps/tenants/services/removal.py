"""The end of projects and tenants: an act asks for it, workers take away what belongs to them, the row goes last.

What the act says is done at once: nothing is started or changed there any more. The rest is carried out in small pieces
(celery_workers/removal.py), each of which reports here how much is left and what it waits for.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from apps.accounts import services as accounts
from apps.core import registries, sentences
from apps.core.errors import Conflict, NotVisible
from apps.core.outbox import hint, publish
from apps.core.registries import Toll
from apps.core.sentences import Said
from apps.core.tolls import tolls_of
from apps.tenants.actor import Actor, system_actor
from apps.tenants.errors import BeingRemoved, ConfirmationWrong
from apps.tenants.models import REMOVED, Member, Project, Tenant, TenantPhase
from apps.tenants.services import projects, tenants
from apps.tenants.services.service_accounts import retire_service_accounts

REMOVER = system_actor("removal")


def preview_project_removal(*, project: Project) -> list[Toll]:
    """What removing the project would stop and delete."""
    return tolls_of(project.tenant_id, project.pk, REMOVED)


@transaction.atomic
def remove_project(*, actor: Actor, project: Project, confirm: str) -> Project:
    """Begin to remove a project: what runs in it is stopped, then all that is in it goes, then the project.

    Raises ConfirmationWrong unless `confirm` is the slug, BeingRemoved when that was asked for already, NotVisible when
    it is gone.
    """
    # The strong lock: whoever submits at this moment is seen by the worker, or finds the project being removed.
    row = Project.objects.select_for_update(of=("self",)).select_related("tenant").filter(pk=project.pk).first()
    if row is None:
        raise NotVisible
    if row.deleting_at is not None:
        raise BeingRemoved(f"{row.name} is being removed.")
    if confirm != row.slug:
        raise ConfirmationWrong(f"Type {row.slug} to remove this project.")
    accounts.raise_access(Member.objects.filter(project=row).user_ids())
    projects.record(actor, "project.remove", row, before=projects.describe(row))
    _begin(row)
    return row


@transaction.atomic
def remove_tenant(*, actor: Actor, tenant: Tenant, confirm: str) -> Tenant:
    """Begin to remove a tenant that is draining or closed: for its members it is gone at once.

    Raises ConfirmationWrong unless `confirm` is the slug, Conflict in another phase, BeingRemoved, NotVisible.
    """
    row = Tenant.objects.select_for_update().filter(pk=tenant.pk).first()
    if row is None:
        raise NotVisible
    if row.deleting_at is not None:
        raise BeingRemoved(f"{row.name} is being removed.")
    if confirm != row.slug:
        raise ConfirmationWrong(f"Type {row.slug} to remove this tenant.")
    if "remove" not in row.acts:
        raise Conflict(f"A tenant that is {row.phase} cannot be removed; drain it first.", acts=row.acts)
    accounts.raise_access(Member.objects.filter(tenant=row).user_ids())
    tenants.record(actor, "tenant.remove", row, before=tenants.describe(row))
    row.phase = TenantPhase.CLOSED
    _begin(row)
    return row


def begin_projects(*, tenant: Tenant) -> None:
    """Begin to remove those projects of a tenant being removed that are not yet, with no further question."""
    for pk in list(tenant.projects.staying().values_list("pk", flat=True)):
        with transaction.atomic():
            project = Project.objects.select_for_update().filter(pk=pk, deleting_at=None).first()
            if project is not None:
                _begin(project)


@transaction.atomic
def note_removal(*, row: Project | Tenant, left: Mapping[str, int], why: Sequence[Said] = (), failed: bool = False) -> None:
    """Say how many things of each kind are left, and what the removal waits for.

    failed: it cannot be carried out now; it is tried again after a pause that grows. Refused from an old lease.
    """
    found = type(row).objects.select_for_update(no_key=True).filter(pk=row.pk, fence=row.fence).first()
    if found is None:
        return
    now_left = {kind: count for kind, count in left.items() if count}
    removal = {
        "total": max(found.removal["total"], sum(now_left.values())),
        "left": now_left,
        "said": sentences.as_json(why),
    }
    if failed:
        found.pause(now=timezone.now())
    else:
        found.end_pause()
    told = removal != found.removal
    found.removal = removal
    found.save(update_fields=["removal", "failed_tries", "retry_at"])
    if told:
        publish(op="changed", subject=found)


@transaction.atomic
def finish_project(*, project: Project) -> bool:
    """Delete the row of a project of which nothing is left outside; False when something new has come there."""
    row = Project.objects.select_for_update(of=("self",)).select_related("tenant").filter(pk=project.pk).first()
    if row is None or row.fence != project.fence:
        return True
    for change in registries.tenant_changes.values():
        change(REMOVER, row.tenant_id, row.pk, REMOVED)
    projects.record(REMOVER, "project.removed", row, before=projects.describe(row))
    publish(op="removed", subject=row)
    if row.tenant.deleting_at is not None:
        hint("tenants.remove_tenant", tenant_id=row.tenant_id)
    return _delete(row)


@transaction.atomic
def finish_tenant(*, tenant: Tenant) -> bool:
    """The same for a tenant, when no project of it is left: with its quotas, members, templates and programs."""
    row = Tenant.objects.select_for_update().filter(pk=tenant.pk).first()
    if row is None or row.fence != tenant.fence:
        return True
    for change in registries.tenant_changes.values():
        change(REMOVER, row.pk, None, REMOVED)
    retire_service_accounts(tenant=row)
    tenants.record(REMOVER, "tenant.removed", row, before=tenants.describe(row))
    publish(op="removed", subject=row)
    return _delete(row)


def _begin(row: Project | Tenant) -> None:
    found = tolls_of(row.pk, None, REMOVED) if isinstance(row, Tenant) else tolls_of(row.tenant_id, row.pk, REMOVED)
    left = {toll.kind: toll.count for toll in found}
    row.deleting_at = timezone.now()
    row.removal = {"total": sum(left.values()), "left": left, "said": []}
    row.generation += 1
    row.save()
    publish(op="changed", subject=row)
    if isinstance(row, Tenant):
        hint("tenants.remove_tenant", tenant_id=row.pk)
    else:
        hint("tenants.remove_project", project_id=row.pk)


def _delete(row: Any) -> bool:
    """In a savepoint of its own, so that what came meanwhile only undoes this transaction."""
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        transaction.set_rollback(True)
        return False
    return True
