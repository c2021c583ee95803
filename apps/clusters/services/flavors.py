"""Acts on flavors."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from apps.audit import services as audit
from apps.clusters.errors import FlavorInUse, FlavorOfPool
from apps.clusters.models import Cluster, Flavor
from apps.clusters.services._changes import apply, record, write_queues
from apps.core.errors import NameTaken
from apps.core.outbox import publish
from apps.core.uniqueness import refused_when_taken
from apps.tenants.actor import Actor

_FLAVOR_FIELDS = ("description", "model", "unit_memory_bytes", "device_resource", "node_labels", "node_taints")


@transaction.atomic
def create_flavor(*, actor: Actor, cluster: Cluster, name: str, kind: str, **fields: Any) -> Flavor:
    """Name a class of hardware of the cluster. Raises NameTaken."""
    with refused_when_taken(NameTaken(f"{cluster} has a flavor {name}.", at="/name")):
        flavor = Flavor.objects.create(cluster=cluster, name=name, kind=kind, **fields)
    publish(op="added", subject=flavor)
    write_queues(cluster.pk)
    audit.record(
        actor=actor,
        action="flavor.create",
        kind="flavor",
        subject_id=flavor.pk,
        label=f"{cluster}/{name}",
        after={"cluster": cluster.slug, "name": name, "kind": str(kind), **fields},
    )
    return flavor


@transaction.atomic
def change_flavor(*, actor: Actor, flavor: Flavor, changes: Mapping[str, Any]) -> Flavor:
    """Change what a flavor says of its hardware. Its name and kind stay: quotas and workloads speak of them.

    Raises FlavorOfPool.
    """
    _require_own(flavor)
    before = apply(flavor, changes, _FLAVOR_FIELDS)
    if before:
        publish(op="changed", subject=flavor)
        write_queues(flavor.cluster_id)
        record(actor, "flavor.change", "flavor", flavor, before)
    return flavor


@transaction.atomic
def remove_flavor(*, actor: Actor, flavor: Flavor) -> None:
    """Forget a flavor. Raises FlavorInUse while a quota or a share speaks of it, FlavorOfPool."""
    _require_own(flavor)
    pk = flavor.pk
    try:
        with transaction.atomic():
            flavor.delete()
    except ProtectedError as error:
        raise FlavorInUse(
            f"Take {flavor.name} out of the quotas and shares of {flavor.cluster} first, then remove it.",
            references=len(error.protected_objects),
        ) from error
    flavor.pk = pk
    publish(op="removed", subject=flavor)
    write_queues(flavor.cluster_id)
    audit.record(actor=actor, action="flavor.remove", kind="flavor", subject_id=pk, label=f"{flavor.cluster}/{flavor.name}")


def _require_own(flavor: Flavor) -> None:
    if flavor.pool is not None:
        raise FlavorOfPool(f"{flavor.name} is of the node pool {flavor.pool.name}.", pool=flavor.pool.name)
