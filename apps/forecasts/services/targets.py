"""What the cloud consists of, as its operators tell it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.audit.services import record
from apps.core.bulk import update_each
from apps.core.errors import InvalidRequest
from apps.forecasts.models.targets import PARENT_KINDS, Target, TargetKind
from apps.tenants.actor import Actor
from apps.tenants.models import Tenant

_MOST_SAID = 100
# The fleet as a whole, where something must be named.
FLEET = UUID(int=0)
# What an import says of a target, beside what it is called.
_SAID = (
    "tenant_id",
    "parent_id",
    "zone",
    "size",
    "labels",
    "vcpus",
    "memory_bytes",
    "local_disk_bytes",
    "link_bits_per_second",
    "synthetic",
)


@dataclass(frozen=True, kw_only=True)
class TargetSpec:
    """A target as somebody describes it. tenant: a slug. parent: the name of the host, or of a host's cluster."""

    kind: str
    name: str
    tenant: str = ""
    parent: str = ""
    zone: str = ""
    size: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    vcpus: int | None = None
    memory_bytes: int | None = None
    local_disk_bytes: int | None = None
    link_bits_per_second: int | None = None
    synthetic: bool = False


@dataclass(frozen=True)
class Imported:
    added: int
    changed: int
    unchanged: int


@transaction.atomic
def import_targets(*, actor: Actor, targets: Sequence[TargetSpec]) -> Imported:
    """Add what is new by kind and name, and change what differs; what is not named stays.

    All or nothing. Raises InvalidRequest, naming each target that cannot be taken by its place.
    """
    tenants = dict(Tenant.objects.filter(slug__in={target.tenant for target in targets}).values_list("slug", "pk"))
    wrong = _wrong_by_themselves(targets, tenants)
    added = changed = 0
    # Hosts before what is on them, so that one import may bring both.
    for kind in (TargetKind.CLUSTER, TargetKind.HOST, TargetKind.VM):
        asked = {place: target for place, target in enumerate(targets) if target.kind == kind}
        parents = _ids(PARENT_KINDS.get(kind), {target.parent for target in asked.values()})
        rows = []
        for place, target in asked.items():
            if target.parent and target.parent not in parents:
                wrong.append(_at(place, "parent", f"There is no {PARENT_KINDS.get(kind, 'parent')} of this name."))
            rows.append(_row(target, tenants.get(target.tenant), parents.get(target.parent)))
        if not wrong:
            of_kind = _written(kind, rows)
            added, changed = added + of_kind[0], changed + of_kind[1]
    if wrong:
        raise InvalidRequest("Nothing was imported.", errors=wrong[:_MOST_SAID])
    counts = Imported(added, changed, len(targets) - added - changed)
    if added or changed:
        record(actor=actor, action="fleet.import", kind="fleet", subject_id=FLEET, label="fleet", after=asdict(counts))
    return counts


@transaction.atomic
def remove_target(*, actor: Actor, target: Target) -> None:
    """Forget a target with all that is known of it. What is on it stays, and is on nothing known."""
    record(
        actor=actor,
        action="fleet.remove",
        kind="target",
        subject_id=target.pk,
        label=target.name,
        tenant_id=target.tenant_id,
        before={"kind": target.kind, "name": target.name},
    )
    target.delete()


def _wrong_by_themselves(targets: Sequence[TargetSpec], tenants: dict[str, UUID]) -> list[dict[str, str]]:
    wrong, seen = [], set()
    for place, target in enumerate(targets):
        if (target.kind, target.name) in seen:
            wrong.append(_at(place, "name", f"This {target.kind} is there twice."))
        seen.add((target.kind, target.name))
        if target.tenant and target.kind != TargetKind.VM:
            wrong.append(_at(place, "tenant", "Only VMs belong to tenants; hosts and clusters are the platform's own."))
        elif target.tenant and target.tenant not in tenants:
            wrong.append(_at(place, "tenant", "There is no tenant of this name."))
    return wrong


def _at(place: int, name: str, detail: str) -> dict[str, str]:
    return {"pointer": f"/targets/{place}/{name}", "detail": detail}


def _ids(kind: str | None, names: Iterable[str]) -> dict[str, UUID]:
    """Ids by names; none of no kind."""
    return dict(Target.objects.filter(kind=kind, name__in=set(names) - {""}).values_list("name", "pk")) if kind else {}


def _row(target: TargetSpec, tenant_id: UUID | None, parent_id: UUID | None) -> Target:
    said = asdict(target)
    del said["tenant"], said["parent"]
    return Target(**said, tenant_id=tenant_id, parent_id=parent_id)


def _written(kind: str, rows: list[Target]) -> tuple[int, int]:
    """How many of one kind are new, and how many differed."""
    names = [row.name for row in rows]
    # In one order, so that no two imports wait for each other.
    locked = Target.objects.select_for_update(no_key=True).filter(kind=kind, name__in=names).order_by("name")
    known = {row.name: row for row in locked}
    new = sorted((row for row in rows if row.name not in known), key=attrgetter("name"))
    differing = [known[row.name] for row in rows if row.name in known and _said(known[row.name]) != _said(row)]
    said = {row.name: row for row in rows}
    for row in differing:
        row.generation += 1
        for name in _SAID:
            setattr(row, name, getattr(said[row.name], name))
    # Two imports of the same new targets at once: the second changes what the first added.
    unique, changes = ["kind", "name"], [*_SAID]
    Target.objects.bulk_create(new, update_conflicts=True, unique_fields=unique, update_fields=changes, batch_size=1000)
    update_each(differing, [*_SAID, "generation"])
    return len(new), len(differing)


def _said(row: Target) -> list[Any]:
    return [getattr(row, name) for name in _SAID]
