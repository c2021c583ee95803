"""Acts on volumes, and what workers saw of them. What is wanted is carried out by the back end of the volume's cluster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from apps.audit.services import record
from apps.clusters.models import Cluster, ClusterKind
from apps.core import registries
from apps.core.errors import InvalidRequest, NameTaken, NotVisible
from apps.core.notifications import notify
from apps.core.outbox import hint, publish
from apps.core.registries import Mounted
from apps.core.sentences import Said, as_json, say
from apps.core.uniqueness import refused_when_taken
from apps.storage.errors import VolumeLimitReached, VolumeUsed
from apps.storage.models import AccessMode, ReclaimPolicy, Volume, VolumeLimit, VolumePhase
from apps.tenants.actor import Actor
from apps.tenants.errors import BeingRemoved
from apps.tenants.models import Project, Tenant

# At which shares of its size people are told that a volume fills, and below which they may be told again.
TOLD_AT_PERCENT, FORGOTTEN_BELOW_PERCENT = (80, 95), 75
# So many hinder a deletion at most that are told by name.
MOST_MOUNTED = 100
_LOOKED_AT_AGAIN = timedelta(seconds=5)


# ---- what users do


@transaction.atomic
def create_volume(
    *,
    actor: Actor,
    project: Project,
    name: str,
    cluster: str,
    size_bytes: int,
    access_mode: str = AccessMode.READ_WRITE_ONCE,
    storage_class: str = "",
    reclaim_policy: str = ReclaimPolicy.DELETE,
) -> Volume:
    """Have a volume made in a cluster that the project may use.

    Raises InvalidRequest for a cluster or a storage class that is not there, NameTaken within the project,
    VolumeLimitReached when the tenant may have no more.
    """
    held = Project.objects.held(project.pk)
    if held is None:
        raise NotVisible
    if held.deleting_at is not None:
        raise BeingRemoved(f"{held.name} is being removed.")
    place = clusters_of(project).filter(slug=cluster).first()
    if place is None:
        detail = f"This project may use no cluster {cluster}."
        raise InvalidRequest(errors=[{"pointer": "/cluster", "detail": detail}])
    chosen = _class_of(place, storage_class)
    _require_room(project.tenant_id, more_bytes=size_bytes, more_volumes=1)
    volume = Volume(
        tenant_id=project.tenant_id,
        project=project,
        cluster=place,
        name=name,
        size_bytes=size_bytes,
        access_mode=access_mode,
        storage_class=chosen,
        reclaim_policy=reclaim_policy,
        next_reconcile_at=timezone.now(),
        created_by_id=actor.user_id,
    )
    with refused_when_taken(NameTaken(f"This project has a volume {name}.", at="/name")):
        volume.save(force_insert=True)
    publish(op="added", subject=volume)
    audit("create", volume, actor=actor, after=_describe(volume))
    hint("storage.reconcile_volume", volume_id=volume.pk)
    return volume


@transaction.atomic
def change_volume(*, actor: Actor, volume: Volume, **changes: Any) -> Volume:
    """Resize it, or say what becomes of its files when it is deleted. `volume` is locked.

    Raises InvalidRequest for a size that its class does not take, VolumeLimitReached.
    """
    before = _describe(volume)
    size_bytes = changes.get("size_bytes", volume.size_bytes)
    if volume.deleting_at is not None:
        raise VolumeUsed(f"{volume.name} is being deleted.")
    if size_bytes != volume.size_bytes:
        if wrong := wrong_size(volume, size_bytes):
            raise InvalidRequest(errors=[{"pointer": "/size_bytes", "detail": wrong}])
        if size_bytes > volume.size_bytes:
            _require_room(volume.tenant_id, more_bytes=size_bytes - volume.size_bytes)
    for name, value in changes.items():
        setattr(volume, name, value)
    if _describe(volume) == before:
        return volume
    volume.generation += 1
    volume.save(update_fields=[*changes, "generation"])
    publish(op="changed", subject=volume)
    audit("change", volume, actor=actor, before=before, after=_describe(volume))
    hint("storage.reconcile_volume", volume_id=volume.pk)
    return volume


@transaction.atomic
def remove_volume(*, actor: Actor, volume: Volume) -> None:
    """Have it deleted, with its files unless they are to be retained. `volume` is locked, so nothing mounts it meanwhile.

    Raises VolumeUsed while something that is not over mounts it.
    """
    if users := mounted_by(volume, most=MOST_MOUNTED):
        named = ", ".join(f"{one.kind} {one.name}" for one in users[:3])
        raise VolumeUsed(
            f"{len(users)} that are not over mount {volume.name}: {named}{' …' if len(users) > 3 else ''}",
            mounted_by=[{"kind": one.kind, "id": str(one.id), "name": one.name} for one in users],
        )
    _begin_removal(volume, actor=actor)


def forget_of_project(*, actor: Actor, project_id: UUID, most: int) -> None:
    """Have some volumes of a project that is being removed deleted; whatever mounted them went before."""
    with transaction.atomic():
        rows = Volume.objects.select_for_update(of=("self",), no_key=True).select_related("cluster")
        for volume in rows.filter(project_id=project_id, deleting_at=None)[:most]:
            _begin_removal(volume, actor=actor)


@transaction.atomic
def limit_tenant(*, actor: Actor, row: VolumeLimit, **limits: int | None) -> VolumeLimit:
    """Say what all volumes of a tenant may be together. Below what there is, nothing is added, and none is deleted."""
    before = {"most_bytes": row.most_bytes, "most_volumes": row.most_volumes}
    after = {**before, **limits}
    if before == after:
        return row
    row.most_bytes, row.most_volumes = after["most_bytes"], after["most_volumes"]
    row.generation += 1
    row.save()
    record(
        actor=actor,
        action="tenant.limit-volumes",
        kind="tenant",
        subject_id=row.tenant_id,
        label=row.tenant.slug,
        tenant_id=row.tenant_id,
        before=before,
        after=after,
    )
    return row


# ---- what is asked


def clusters_of(project: Project) -> Any:
    """Clusters in which the project's tenant has quota: there its jobs run, so there its volumes can be."""
    return Cluster.objects.filter(quotas__tenant_id=project.tenant_id).distinct()


def mounted_by(volume: Volume, *, most: int = MOST_MOUNTED) -> list[Mounted]:
    """What mounts it, or will, and is not over."""
    return [one for users in registries.volume_users.values() for one in users(volume.pk, most)][:most]


def to_mount(*, project_id: UUID, name: str) -> Volume | None:
    """A volume that is there, locked so that it is not deleted meanwhile."""
    rows = Volume.objects.select_for_update(of=("self",), no_key=True).select_related("cluster")
    return rows.filter(project_id=project_id, name=name, deleting_at=None).first()


def total_of(tenant_id: UUID) -> dict[str, int]:
    """What all volumes of a tenant are together, those that are being deleted among them."""
    total = Volume.objects.filter(tenant_id=tenant_id).aggregate(
        volumes=Count("pk"), size_bytes=Sum("size_bytes", default=0)
    )
    return {name: int(amount) for name, amount in total.items()}


def limit_of(tenant: Tenant) -> VolumeLimit:
    return VolumeLimit.objects.filter(tenant=tenant).first() or VolumeLimit(tenant=tenant)


def wrong_size(volume: Volume, size_bytes: int) -> str:
    """Why it cannot have this size, as a sentence; empty when it can."""
    if volume.cluster.kind == ClusterKind.LOCAL:
        if size_bytes < (volume.used_bytes or 0):
            return f"It holds {volume.used_bytes:,} bytes."
        return ""
    if size_bytes < volume.size_bytes:
        return "Volumes of a cluster only grow."
    if not expandable(volume):
        return f"Volumes of the class {volume.storage_class} keep the size that they were made with."
    if volume.phase != VolumePhase.BOUND:
        return "It is not made yet; make another of the size that you want."
    return ""


def expandable(volume: Volume) -> bool:
    if volume.cluster.kind == ClusterKind.LOCAL:
        return True
    known = {one["name"]: one for one in volume.cluster.storage_classes}
    return bool(known.get(volume.storage_class, {}).get("expandable"))


def _class_of(cluster: Cluster, wanted: str) -> str:
    """The class by its name, or the cluster's own choice. Raises InvalidRequest."""
    if cluster.kind == ClusterKind.LOCAL:
        if wanted:
            detail = f"{cluster.slug} is a machine without storage classes; leave it empty."
            raise InvalidRequest(errors=[{"pointer": "/storage_class", "detail": detail}])
        return ""
    names = [one["name"] for one in cluster.storage_classes]
    standard = [one["name"] for one in cluster.storage_classes if one["default"]]
    if wanted in names or (not wanted and standard):
        return wanted or str(standard[0])
    offered = f"it has: {', '.join(names)}" if names else "it has none at all; an operator must make one there"
    asked = f"no storage class {wanted}" if wanted else "no storage class of its own choice"
    detail = f"{cluster.slug} has {asked}; {offered}."
    raise InvalidRequest(errors=[{"pointer": "/storage_class", "detail": detail}])


def _require_room(tenant_id: UUID, *, more_bytes: int, more_volumes: int = 0) -> None:
    """Whoever asks for more of the tenant at the same time waits here. Raises VolumeLimitReached."""
    VolumeLimit.objects.get_or_create(tenant_id=tenant_id)
    limit = VolumeLimit.objects.select_for_update(no_key=True).select_related("tenant").get(tenant_id=tenant_id)
    has = total_of(tenant_id)
    if limit.most_volumes is not None and has["volumes"] + more_volumes > limit.most_volumes and more_volumes:
        raise VolumeLimitReached(
            f"{limit.tenant.name} has {has['volumes']} volumes and may have {limit.most_volumes}.",
            most_volumes=limit.most_volumes,
            volumes=has["volumes"],
        )
    if limit.most_bytes is not None and has["size_bytes"] + more_bytes > limit.most_bytes:
        raise VolumeLimitReached(
            f"The volumes of {limit.tenant.name} have {has['size_bytes']:,} of {limit.most_bytes:,} bytes; this needs "
            f"{more_bytes:,}.",
            most_bytes=limit.most_bytes,
            size_bytes=has["size_bytes"],
            asked_bytes=more_bytes,
        )


# ---- what workers saw


@dataclass(frozen=True)
class VolumeSeen:
    """A volume as its back end found it. `again`: when to look next. None: nobody knows."""

    phase: VolumePhase
    again: timedelta
    said: Sequence[Said] = ()
    capacity_bytes: int | None = None
    size_enforced: bool | None = None
    used_bytes: int | None = None
    files: int | None = None
    measured_at: datetime | None = None


@transaction.atomic
def carried_out(*, volume_id: UUID, fence: int, generation: int, seen: VolumeSeen) -> None:
    """Write down what is there under the lease `fence`, with `generation` carried out."""
    volume = _locked(volume_id, fence)
    if volume is None:
        return
    before = _shown(volume)
    volume.observed_generation = max(volume.observed_generation, min(generation, volume.generation))
    volume.end_pause()
    volume.next_reconcile_at = timezone.now() + seen.again
    volume.phase, volume.said = seen.phase, as_json(seen.said)
    volume.capacity_bytes, volume.size_enforced = seen.capacity_bytes, seen.size_enforced
    if seen.measured_at is not None:
        volume.used_bytes, volume.files, volume.measured_at = seen.used_bytes, seen.files, seen.measured_at
        _tell_when_full(volume)
    volume.save()
    if _shown(volume) != before:
        publish(op="changed", subject=volume)


@transaction.atomic
def not_carried_out(*, volume_id: UUID, fence: int, problem: str) -> None:
    """It cannot be now: say so, and try again after a growing pause."""
    volume = _locked(volume_id, fence)
    if volume is None:
        return
    now = timezone.now()
    volume.pause(now=now)
    volume.next_reconcile_at = volume.retry_at
    said = as_json([say("volume-blocked", problem=problem[:300].rstrip(".") + ".")])
    changed, volume.said = volume.said != said, said
    volume.save(update_fields=["failed_tries", "retry_at", "next_reconcile_at", "said"])
    if changed:
        publish(op="changed", subject=volume)


@transaction.atomic
def still_there(*, volume_id: UUID, fence: int) -> None:
    """What it is of is being deleted elsewhere, and is not gone yet: look again soon."""
    volume = _locked(volume_id, fence)
    if volume is None:
        return
    said = as_json([say("volume-goes")])
    changed, volume.said = volume.said != said, said
    volume.observed_generation, volume.next_reconcile_at = volume.generation, timezone.now() + _LOOKED_AT_AGAIN
    volume.save(update_fields=["said", "observed_generation", "next_reconcile_at"])
    if changed:
        publish(op="changed", subject=volume)


@transaction.atomic
def gone(*, volume_id: UUID, fence: int) -> None:
    """Nothing is left of a volume that was to be deleted."""
    volume = _locked(volume_id, fence)
    if volume is not None and volume.deleting_at is not None:
        publish(op="removed", subject=volume)
        volume.delete()


def _locked(volume_id: UUID, fence: int) -> Volume | None:
    """None when it is gone, or when somebody else holds its lease by now."""
    rows = Volume.objects.select_for_update(of=("self",), no_key=True).select_related("project__tenant")
    return rows.filter(pk=volume_id, fence=fence).first()


def _shown(volume: Volume) -> Mapping[str, Any]:
    fields = ("observed_generation", "phase", "said", "capacity_bytes", "size_enforced", "used_bytes", "files")
    return {name: getattr(volume, name) for name in fields}


def _tell_when_full(volume: Volume) -> None:
    percent = (volume.used_bytes or 0) * 100 // volume.size_bytes
    reached = max((step for step in TOLD_AT_PERCENT if percent >= step), default=0)
    if reached > volume.told_percent:
        volume.told_percent = reached
        notify(
            "volume.fills",
            object_kind=Volume.live_kind,
            object_id=volume.pk,
            path=f"/t/{volume.project.tenant.slug}/p/{volume.project.slug}/volumes/{volume.pk}",
            to=[volume.created_by_id],
            tenant_id=volume.tenant_id,
            project_id=volume.project_id,
            name=volume.name,
            percent=percent,
        )
    elif percent < FORGOTTEN_BELOW_PERCENT:
        volume.told_percent = 0


def _begin_removal(volume: Volume, *, actor: Actor) -> None:
    if volume.deleting_at is not None:
        return
    volume.deleting_at = volume.next_reconcile_at = timezone.now()
    volume.generation += 1
    volume.save(update_fields=["deleting_at", "next_reconcile_at", "generation"])
    publish(op="changed", subject=volume)
    audit("delete", volume, actor=actor, before=_describe(volume))
    hint("storage.reconcile_volume", volume_id=volume.pk)


def _describe(volume: Volume) -> dict[str, Any]:
    """A volume as the audit trail keeps it."""
    return {
        "name": volume.name,
        "cluster": volume.cluster.slug,
        "size_bytes": volume.size_bytes,
        "access_mode": str(volume.access_mode),
        "storage_class": volume.storage_class,
        "reclaim_policy": str(volume.reclaim_policy),
    }


def audit(
    act: str,
    volume: Volume,
    *,
    actor: Actor,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record(
        actor=actor,
        action=f"volume.{act}",
        kind=Volume.live_kind,
        subject_id=volume.pk,
        label=volume.name,
        tenant_id=volume.tenant_id,
        project_id=volume.project_id,
        before=before,
        after=after,
    )
