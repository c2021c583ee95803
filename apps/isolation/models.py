"""How projects are kept apart in clusters, and where that is opened."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import User
from apps.core.models import Live
from apps.core.sentences import Said
from apps.tenants.models import Project, Tenant


class Direction(models.TextChoices):
    """Seen from the project, in Kubernetes' words."""

    EGRESS = "egress"
    INGRESS = "ingress"


class Protocol(models.TextChoices):
    TCP = "TCP"
    UDP = "UDP"
    SCTP = "SCTP"


class ExceptionState(models.TextChoices):
    APPLYING = "applying"
    OPEN = "open"
    WAITING = "waiting"
    REFUSED = "refused"
    # What it opens is nowhere yet: no cluster has its project.
    NOWHERE = "nowhere"


class NetworkExceptionQuerySet(models.QuerySet["NetworkException"]):
    def pending(self) -> "NetworkExceptionQuerySet":
        """Those that some cluster has not been told of as they are now."""
        return self.exclude(observed_generation=models.F("generation"))

    def unanswered(self) -> "NetworkExceptionQuerySet":
        return self.exclude(peer="").filter(answered=False)


class NetworkException(Live):
    """A door in a project's closed network: to or from a network outside, or another project.

    Two projects reach one another once each has opened its own side: that is the other's consent, and a project that does
    not answer looks like one that is not there.

    applying -> open | waiting (for the other side) | refused (a cluster does not open it) | nowhere (no cluster has the
    project yet; it opens with the first)
    """

    live_kind: ClassVar[str] = "network-exception"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="network_exceptions", db_index=False)
    address = models.CharField(max_length=81, help_text="Of the project, as tenant/project: for those who do not see it.")
    name = models.CharField(max_length=40)
    description = models.CharField(max_length=500, blank=True)
    direction = models.CharField(max_length=7, choices=Direction.choices)
    protocol = models.CharField(max_length=4, choices=Protocol.choices)
    ports = models.JSONField(default=list, help_text="Such as 443 or 8000-8100; none: all of the protocol.")
    cidr = models.CharField(max_length=49, blank=True)
    peer = models.CharField(max_length=81, blank=True, help_text="Another project, as tenant/project.")
    # Found by workers: a project must not be able to ask who else is there.
    peer_tenant = models.ForeignKey(Tenant, on_delete=models.SET_NULL, null=True, related_name="+")
    peer_project = models.ForeignKey(Project, on_delete=models.SET_NULL, null=True, related_name="+")
    answered = models.BooleanField(default=False, help_text="The peer has opened its side.")
    clusters = models.JSONField(default=dict, help_text="What hinders it, as a sentence, by cluster; null: it is open.")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    generation = models.PositiveBigIntegerField(default=1, editable=False)
    observed_generation = models.PositiveBigIntegerField(default=0, editable=False)

    objects: ClassVar[NetworkExceptionQuerySet] = NetworkExceptionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="one_network_exception_a_name"),
            models.CheckConstraint(condition=Q(cidr="") ^ Q(peer=""), name="network_exception_has_one_end"),
        ]
        indexes = [
            models.Index(
                fields=["project"],
                condition=~Q(observed_generation=models.F("generation")),
                name="network_exception_to_apply",
            )
        ]

    @property
    def state(self) -> ExceptionState:
        if self.observed_generation != self.generation:
            return ExceptionState.APPLYING
        if any(self.clusters.values()):
            return ExceptionState.REFUSED
        if self.peer and not self.answered:
            return ExceptionState.WAITING
        return ExceptionState.OPEN if self.clusters else ExceptionState.NOWHERE

    @property
    def in_clusters(self) -> list[dict[str, Any]]:
        """Where the project is, and what hinders it there."""
        told = {slug: Said(**said) if said else None for slug, said in sorted(self.clusters.items())}
        return [
            {"cluster": slug, "open": said is None, "text": str(said or ""), "said": said} for slug, said in told.items()
        ]

    def as_audited(self) -> dict[str, Any]:
        fields = ("name", "description", "direction", "protocol", "ports", "cidr", "peer")
        return {name: getattr(self, name) for name in fields}

    def __str__(self) -> str:
        return self.name


class Sandbox(models.TextChoices):
    """Whether pods of a tenant run in the sandbox that its RuntimeClass names (gVisor, Kata)."""

    OFF = "off"
    # Hanse's own pods do, where the cluster has it.
    OPTIONAL = "optional"
    # All do, whoever makes them; where the cluster does not have it, none starts.
    REQUIRED = "required"


class TenantIsolation(models.Model):
    """What the platform lets a tenant do beyond its quota. Without a row: open what is public, run every image."""

    tenant = models.OneToOneField(Tenant, on_delete=models.CASCADE, primary_key=True, related_name="isolation")
    networks = models.JSONField(null=True, help_text="CIDRs within which it may open its projects; null: what is public.")
    registries = models.JSONField(null=True, help_text="Registries, or paths in them, of its images; null: whichever.")
    sandbox = models.CharField(max_length=8, choices=Sandbox.choices, default=Sandbox.OFF)
    runtime_class = models.CharField(max_length=63, blank=True, help_text="RuntimeClass of the sandbox, such as gvisor.")
    generation = models.PositiveBigIntegerField(default=1, editable=False)
