"""Network exceptions of projects, carried into the clusters in which their projects are."""

from uuid import UUID

import structlog

from apps.clusters.models import Cluster, ClusterConnection, ClusterKind
from apps.core.errors import Unavailable
from apps.core.sentences import say
from apps.isolation import services as isolation
from apps.isolation.models import NetworkException
from apps.tenants.models import Project
from celery_workers.kubernetes import projects
from celery_workers.kubernetes.client import NotFound, Refused
from celery_workers.kubernetes.clusters import client_for
from celery_workers.kubernetes.openings import Hindered
from celery_workers.kubernetes.paths import collection

_log = structlog.get_logger(__name__)


def write_for(project_id: UUID) -> None:
    """Carry the project's exceptions to every cluster where it is, and those of others that it has answered.

    What fails is tried again by the next sweep.
    """
    for one in {project_id, *isolation.settle(project_ids=[project_id])}:
        _carry(one)


def _carry(project_id: UUID) -> None:
    project = Project.objects.filter(pk=project_id).select_related("tenant").first()
    if project is None:
        return
    generations = dict(NetworkException.objects.filter(project=project).values_list("pk", "generation"))
    reached = ClusterConnection.objects.filter(cluster__kind=ClusterKind.KUBERNETES).values("cluster")
    there, failed = set[str](), False
    for cluster in Cluster.objects.filter(pk__in=reached):
        try:
            client = client_for(cluster)
            client.get(f"{collection('v1', 'Namespace')}/{project.namespace}")
            projects.ensure(client, cluster, project)
            there.add(cluster.slug)
        except NotFound:
            continue
        except (Unavailable, Refused) as failure:
            failed = True
            _log.warning("networks-not-written", cluster=cluster.slug, project=str(project), error=str(failure))
            reason = say("network-not-applied", reason=str(failure))
            hindered: Hindered = {pk: (generation, reason) for pk, generation in generations.items()}
            isolation.record_applied(cluster=cluster.slug, hindered=hindered)
    if not failed:
        isolation.observe(generations=generations, clusters=there)


def write_pending() -> None:
    """Carry on with what could not be told yet, and find projects that have come since they were named."""
    isolation.settle(project_ids=NetworkException.objects.unanswered().values_list("project", flat=True).distinct())
    for project_id in NetworkException.objects.pending().values_list("project", flat=True).distinct():
        write_for(project_id)
