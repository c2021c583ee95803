"""Whose load is forecast: the clusters, hosts and virtual machines of a cloud."""

from collections.abc import Collection, Iterable
from typing import ClassVar

from django.db import connection, models
from django.utils import timezone

from apps.core.ids import new_id
from apps.tenants.actor import Actor
from apps.tenants.models import Tenant


class TargetKind(models.TextChoices):
    CLUSTER = "cluster"
    HOST = "host"
    VM = "vm"


# What a target of each kind is on.
PARENT_KINDS: dict[str, str] = {TargetKind.VM: TargetKind.HOST, TargetKind.HOST: TargetKind.CLUSTER}


class TargetQuerySet(models.QuerySet["Target"]):
    def permitted(self, actor: Actor) -> "TargetQuerySet":
        """All, for platform roles; else the virtual machines of the tenants that the actor may see them of."""
        if "fleet.view" in actor.on_platform:
            return self
        return self.filter(tenant_id__among=actor.tenants_with("fleet.view"))

    def held(self, names: Collection[str]) -> Iterable["Target"]:
        """Those of these names, of whatever kind, which nobody removes until the transaction ends."""
        table = connection.ops.quote_name(self.model._meta.db_table)
        # Raw, since the ORM has no FOR KEY SHARE; nothing of a user's enters the text.
        sql = f"SELECT id, kind, name, vcpus FROM {table} WHERE name = ANY (%s) FOR KEY SHARE"  # noqa: S608
        return self.raw(sql, [list(names)])

    def named(self) -> "TargetQuerySet":
        """With the names that are shown beside each. Of hosts PostgreSQL hides them from whoever may not see hosts."""
        return self.select_related("tenant", "parent")


class Target(models.Model):
    """A cluster, a host of it, or a virtual machine (VM) on a host. Those without a tenant are the platform's own.

    Its name is what the cloud calls it, and finds it again at the next import. What it is called in this table is no
    Cluster of `clusters`: nothing of Hanse runs there.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=7, choices=TargetKind.choices)
    # By bytes, so that the beginning of a name is a range of the index.
    name = models.CharField(max_length=200, db_collation="C")
    # A machine outlives the tenant's account here: it is the platform's until the cloud says otherwise.
    tenant = models.ForeignKey(Tenant, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="children", db_index=False)
    zone = models.CharField(max_length=60, blank=True)
    size = models.CharField(max_length=60, blank=True, help_text="What the cloud calls its size, such as c6.large.")
    labels = models.JSONField(default=dict, blank=True)
    vcpus = models.PositiveIntegerField(null=True)
    memory_bytes = models.PositiveBigIntegerField(null=True)
    local_disk_bytes = models.PositiveBigIntegerField(null=True, help_text="Of a VM: what a move must copy besides memory.")
    link_bits_per_second = models.PositiveBigIntegerField(null=True, help_text="Of a host: the link that moves go over.")
    synthetic = models.BooleanField(default=False, help_text="Made by the simulator; said so wherever it is shown.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager["Target"]] = TargetQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="one_target_a_name")]
        indexes = [
            models.Index(fields=["name", "id"], name="target_by_name"),
            models.Index(fields=["tenant", "name", "id"], name="target_of_tenant"),
            models.Index(fields=["parent", "name", "id"], name="target_on_parent"),
            models.Index(fields=["zone", "name", "id"], name="target_in_zone"),
        ]

    def __str__(self) -> str:
        return self.name
