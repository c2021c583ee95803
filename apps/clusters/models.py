"""Where things run: clusters, their nodes, and flavors (classes of hardware)."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

import orjson
from django.db import models
from django.utils import timezone

from apps.clusters.access import Access, Credential
from apps.core.fields import EncryptedTextField
from apps.core.ids import Ids, new_id
from apps.core.models import Live
from apps.tenants.actor import Actor
from apps.tenants.models import SLUG


class ClusterKind(models.TextChoices):
    LOCAL = "local"
    KUBERNETES = "kubernetes"


class AdmittedBy(models.TextChoices):
    """Who decides what starts in a cluster."""

    PORTAL = "portal"
    KUEUE = "kueue"


class OnDrift(models.TextChoices):
    """What becomes of namespaces that somebody else changed: put right by and by, or left until that is asked for."""

    REPAIR = "repair"
    LEAVE = "leave"


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


# What Hanse writes to Kueue, and reads.
KUEUE_VERSION = "kueue.x-k8s.io/v1beta2"
STALE_AFTER = timedelta(seconds=60)


def runtime_capability(runtime_class: str) -> str:
    """Among the capabilities of a cluster: that it has this RuntimeClass."""
    return f"runtime-class {runtime_class}"


def tenants_seen(actor: Actor, permission: str) -> Ids:
    """Tenants in which the actor holds `permission`, on the tenant itself or on one of its projects."""
    by_project = (actor.tenant_of_project[project] for project in actor.projects_with(permission).each)
    return Ids({*actor.tenants_with(permission).each, *by_project})


class ClusterQuerySet(models.QuerySet["Cluster"]):
    def permitted(self, actor: Actor) -> "ClusterQuerySet":
        """All, for platform roles; else those in which a visible tenant holds a quota (quotas refers to clusters)."""
        if "clusters.view" in actor.on_platform:
            return self
        return self.filter(quotas__tenant_id__among=tenants_seen(actor, "clusters.view")).distinct()


class Cluster(Live):
    """A compute cluster. What is known of it carries its age: `last_seen_at`."""

    live_kind: ClassVar[str] = "cluster"

    slug = models.CharField(max_length=40, unique=True, validators=[SLUG])
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=12, choices=ClusterKind.choices)
    zone = models.CharField(max_length=60, blank=True)
    labels = models.JSONField(default=dict, blank=True)
    admission = models.CharField(max_length=6, choices=AdmittedBy.choices, default=AdmittedBy.PORTAL)
    health = models.CharField(max_length=10, choices=Health.choices, default=Health.UNKNOWN)
    health_message = models.CharField(max_length=300, blank=True)
    health_said = models.JSONField(default=list, help_text="The same as codes with arguments.")
    versions = models.JSONField(default=dict, editable=False)
    capabilities = models.JSONField(default=dict, editable=False)
    storage_classes = models.JSONField(
        default=list, editable=False, help_text="{name, provisioner, default, expandable, reclaim_policy, waits} of each."
    )
    proposals = models.JSONField(default=list, editable=False, help_text="Flavors that would cover what none does.")
    findings = models.JSONField(default=list, editable=False, help_text="Of the last preflight.")
    findings_at = models.DateTimeField(null=True, editable=False, help_text="When the last preflight ended.")
    on_drift = models.CharField(max_length=6, choices=OnDrift.choices, default=OnDrift.REPAIR)
    app_entry = models.JSONField(
        null=True, help_text="What leads from outside to apps (apps/clusters/entry.py); null: nothing."
    )
    drifted = models.JSONField(default=list, editable=False, help_text="What was changed there, when last compared.")
    compared_at = models.DateTimeField(null=True, editable=False, help_text="When it was compared.")
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


class ConnectionManager(models.Manager["ClusterConnection"]):
    def get_queryset(self) -> models.QuerySet["ClusterConnection"]:
        """Without the secret: requests may write it and have no right to read it (core.policies)."""
        return super().get_queryset().defer("secret")


class ClusterConnection(models.Model):
    """How the API server of a cluster is reached. `number` grows with every change, so that clients are built anew."""

    cluster = models.OneToOneField(Cluster, on_delete=models.CASCADE, primary_key=True, related_name="connection")
    server = models.CharField(max_length=300)
    tls_server_name = models.CharField(max_length=253, blank=True)
    ca_certificate = models.TextField(blank=True, help_text="PEM; empty: what the portal's machines believe.")
    auth = models.CharField(max_length=11, choices=[("token", "Token"), ("certificate", "Client certificate")])
    secret = EncryptedTextField(help_text="The credential as JSON.")
    number = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField(null=True, help_text="When the cluster will no longer take the credential.")
    given_at = models.DateTimeField(default=timezone.now, help_text="When the credential was given.")

    objects: ClassVar[ConnectionManager] = ConnectionManager()

    def access(self) -> Access:
        """With the secret, for workers. Requests have no right to read it."""
        return Access(self.server, Credential(**orjson.loads(self.secret)), self.ca_certificate, self.tls_server_name)


class NodePool(models.Model):
    """Nodes of a cluster that are kept for some tenants: for those that have quota of the pool's flavors, for nobody else.

    Its nodes carry a label and a taint, which a worker keeps there; its flavors are the cluster's own with both of them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="pools")
    name = models.CharField(max_length=20, validators=[SLUG])
    description = models.CharField(max_length=300, blank=True)
    node_names = models.JSONField(default=list, help_text="These nodes,")
    node_labels = models.JSONField(default=dict, help_text="and those that have all of these labels; {}: no others.")
    kept = models.JSONField(default=list, editable=False, help_text="Names of nodes on which label and taint were put.")
    drifted = models.JSONField(default=list, editable=False, help_text="What somebody else took from nodes, newest first.")
    failure = models.CharField(max_length=300, blank=True, help_text="Why the cluster does not take it; empty: it does.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cluster", "name"], name="one_node_pool_a_name")]

    def __str__(self) -> str:
        return self.name


class FlavorQuerySet(models.QuerySet["Flavor"]):
    def permitted(self, actor: Actor) -> "FlavorQuerySet":
        """Those of the reader's clusters; of pools those that one of the reader's tenants has quota of."""
        if "clusters.view" in actor.on_platform:
            return self
        theirs = models.Q(quota_lines__quota__tenant_id__among=tenants_seen(actor, "clusters.view"))
        seen = self.filter(cluster__in=Cluster.objects.permitted(actor))
        return seen.filter(models.Q(pool=None) | theirs).distinct()


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
    pool = models.ForeignKey(NodePool, on_delete=models.PROTECT, null=True, editable=False, related_name="flavors")
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
    requested = models.JSONField(default=dict, help_text="What runs there asked for, whoever it belongs to.")
    ours = models.JSONField(default=dict, help_text="What of it is work that Hanse started.")
    lost = models.JSONField(default=dict, help_text="Devices that it has, and that fell ill.")
    taints = models.JSONField(default=list)
    about = models.JSONField(default=dict, help_text="GPU model, driver, CUDA, container runtime and so on.")
    used = models.JSONField(default=dict, help_text="Measured, where the cluster measures; not what was asked for.")
    health = models.CharField(max_length=10, choices=Health.choices, default=Health.UNKNOWN)
    health_message = models.CharField(max_length=300, blank=True)
    health_said = models.JSONField(default=list, help_text="The same as codes with arguments.")
    schedulable = models.BooleanField(default=True)
    last_seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cluster", "name"], name="one_node_a_name")]


class CapacitySampleQuerySet(models.QuerySet["CapacitySample"]):
    def curves(self, *, since: datetime, until: datetime, step: timedelta) -> list[dict[str, Any]]:
        """Means over stretches of `step`, by flavor and resource, oldest first. A stretch without samples is left out."""
        stretch = models.Func(
            models.Value(step),
            models.F("at"),
            models.Value(since),
            function="date_bin",
            output_field=models.DateTimeField(),
        )
        rows = (
            self.filter(at__gte=since, at__lt=until)
            .values("flavor", "resource", stretch=stretch)
            .annotate(**{f"mean_{name}": models.Avg(name) for name in CAPACITY_PARTS})
            .order_by("flavor", "resource", "stretch")
        )
        return [dict(row) for row in rows]


CAPACITY_PARTS = ("allocatable", "ours", "others", "unhealthy")


class CapacitySample(models.Model):
    """What there was of a flavor at one moment of a stretch of SAMPLED_EVERY. Where the cluster was not seen, there is none.

    allocatable: on nodes that answer, cordoned ones among them; ours and others: what work there asked for of it.
    unhealthy: what is not allocatable because its node does not answer, or because the device fell ill.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="capacity_samples")
    at = models.DateTimeField(help_text="When the stretch began.")
    flavor = models.CharField(max_length=40)
    resource = models.CharField(max_length=10)
    allocatable = models.BigIntegerField()
    ours = models.BigIntegerField()
    others = models.BigIntegerField()
    unhealthy = models.BigIntegerField()

    objects: ClassVar[models.Manager["CapacitySample"]] = CapacitySampleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "at", "flavor", "resource"], name="one_capacity_sample_a_stretch")
        ]
