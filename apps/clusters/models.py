"""Where things run: clusters, their nodes, and flavors (classes of hardware)."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import models

from apps.core.ids import new_id
from apps.core.models import Live
from apps.tenants.actor import Actor
from apps.tenants.models import SLUG


class ClusterKind(models.TextChoices):
    LOCAL = "local"
    KUBERNETES = "kubernetes"


class Health(models.TextChoices):
    HEALTHY = "healthy"
    DEGRADED = "degraded"
    DOWN = "down"
    UNKNOWN = "unknown"


class FlavorKind(models.TextChoices):
    """What a flavor's unit is. `cpu` flavors cover the resources cpu and memory; the others one kind of device."""

    CPU = "cpu"
    GPU = "gpu"
    FPGA = "fpga"
    RDMA = "rdma"


STALE_AFTER = timedelta(seconds=60)


def tenants_seen(actor: Actor, permission: str) -> set[UUID]:
    """Tenants in which the actor holds `permission`, on the tenant itself or on one of its projects."""
    by_project = {actor.tenant_of_project[project] for project in actor.projects_with(permission)}
    return {*actor.tenants_with(permission), *by_project}


class ClusterQuerySet(models.QuerySet["Cluster"]):
    def permitted(self, actor: Actor) -> "ClusterQuerySet":
        """All, for platform roles; else those in which a visible tenant holds a quota (quotas refers to clusters)."""
        if "clusters.view" in actor.on_platform:
            return self
        return self.filter(quotas__tenant_id__in=tenants_seen(actor, "clusters.view")).distinct()


class Cluster(Live):
    """A compute cluster. What is known of it carries its age: `last_seen_at`."""

    live_kind: ClassVar[str] = "cluster"

    slug = models.CharField(max_length=40, unique=True, validators=[SLUG])
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=12, choices=ClusterKind.choices)
    zone = models.CharField(max_length=60, blank=True)
    labels = models.JSONField(default=dict, blank=True)
    health = models.CharField(max_length=10, choices=Health.choices, default=Health.UNKNOWN)
    health_message = models.CharField(max_length=300, blank=True)
    versions = models.JSONField(default=dict, editable=False)
    capabilities = models.JSONField(default=dict, editable=False)
    last_seen_at = models.DateTimeField(null=True, editable=False)
    announced_at = models.DateTimeField(null=True, editable=False, help_text="When its last event was published.")
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager["Cluster"]] = ClusterQuerySet.as_manager()

    def seen_ago(self, now: datetime) -> timedelta | None:
        """How old what is known of it is; None when it was never seen."""
        return None if self.last_seen_at is None else now - self.last_seen_at

    def is_stale(self, now: datetime) -> bool:
        """Not seen for a while: what is shown of it is shown with its age, and nothing new starts there."""
        return self.last_seen_at is None or now - self.last_seen_at > STALE_AFTER

    def __str__(self) -> str:
        return self.slug


class FlavorQuerySet(models.QuerySet["Flavor"]):
    def permitted(self, actor: Actor) -> "FlavorQuerySet":
        if "clusters.view" in actor.on_platform:
            return self
        return self.filter(cluster__in=Cluster.objects.permitted(actor))


class Flavor(Live):
    """A class of hardware in one cluster (Kueue: ResourceFlavor)."""

    live_kind: ClassVar[str] = "flavor"

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="flavors")
    name = models.CharField(max_length=40, validators=[SLUG])
    kind = models.CharField(max_length=6, choices=FlavorKind.choices)
    description = models.CharField(max_length=300, blank=True)
    model = models.CharField(max_length=100, blank=True, help_text="Such as NVIDIA A100-SXM4-80GB.")
    unit_memory_bytes = models.PositiveBigIntegerField(null=True, blank=True, help_text="Memory of one device.")
    device_resource = models.CharField(
        max_length=100, blank=True, help_text="The device's name in the cluster, such as nvidia.com/gpu."
    )
    node_labels = models.JSONField(default=dict, blank=True)
    node_taints = models.JSONField(default=list, blank=True)
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager["Flavor"]] = FlavorQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cluster", "name"], name="one_flavor_a_name")]

    @property
    def resources(self) -> tuple[str, ...]:
        """Names of the resources that quotas and requests of this flavor speak of."""
        return ("cpu", "memory") if self.kind == FlavorKind.CPU else (str(self.kind),)

    def __str__(self) -> str:
        return self.name


class Node(models.Model):
    """A machine of a cluster. Amounts: {"<flavor>": {"<resource>": int}}; cpu in millicores, memory in bytes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="nodes")
    name = models.CharField(max_length=253)
    zone = models.CharField(max_length=60, blank=True)
    labels = models.JSONField(default=dict)
    allocatable = models.JSONField(default=dict)
    used = models.JSONField(default=dict, help_text="Measured, where the cluster measures; not what was asked for.")
    health = models.CharField(max_length=10, choices=Health.choices, default=Health.UNKNOWN)
    health_message = models.CharField(max_length=300, blank=True)
    schedulable = models.BooleanField(default=True)
    last_seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cluster", "name"], name="one_node_a_name")]
