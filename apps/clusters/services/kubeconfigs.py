"""Kubeconfigs of members."""

from django.db import transaction

from apps.audit import services as audit
from apps.clusters.models import Cluster, ClusterKind
from apps.core import operations
from apps.core.errors import Conflict
from apps.core.models import Operation
from apps.tenants.actor import Actor
from apps.tenants.models import Project
from apps.tenants.services import require_session

# What an API server gives out at least; a token that lives longer than a working day is no short-lived one.
FEWEST_MINUTES, MOST_MINUTES = 10, 12 * 60


@transaction.atomic
def begin_kubeconfig(*, actor: Actor, project: Project, cluster: Cluster, minutes: int) -> Operation:
    """Have a kubeconfig made for whoever asks, to be taken once.

    Raises NeedsSession for a token, which may hold less than its owner, and Conflict for this machine.
    """
    require_session(actor)
    if cluster.kind != ClusterKind.KUBERNETES:
        raise Conflict("This cluster is this machine; there is nothing in it for kubectl.")
    operation = operations.begin(
        user_id=actor.user_id,
        kind="project.kubeconfig",
        task="kubernetes.kubeconfig",
        subject_kind=Project.live_kind,
        subject_id=project.pk,
        cluster_id=cluster.pk,
        minutes=minutes,
    )
    audit.record(
        actor=actor,
        action="kubeconfig.create",
        kind="project",
        subject_id=project.pk,
        label=f"{project} in {cluster}",
        tenant_id=project.tenant_id,
        project_id=project.pk,
        after={"cluster": cluster.slug, "minutes": minutes},
    )
    return operation
