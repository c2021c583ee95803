"""Who may do what in the namespaces of projects, kept as Hanse knows it.

Bindings are compared everywhere at once whenever a role changes, and now and then: a cluster lists them in one request.
"""

from collections.abc import Iterable
from uuid import UUID

import structlog

from apps.accounts.models import User
from apps.clusters.models import Cluster, ClusterConnection, ClusterKind
from apps.core.errors import Unavailable
from apps.tenants.models import Project
from apps.tenants.namespaces import Rung, rungs_of
from celery_workers.kubernetes import left_over
from celery_workers.kubernetes.client import Client, NotFound, Refused
from celery_workers.kubernetes.clusters import client_for
from celery_workers.kubernetes.manifests import labels, members
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.manifests.project import ProjectInCluster
from celery_workers.kubernetes.paths import collection, path_of

_log = structlog.get_logger(__name__)


def write_everywhere() -> None:
    """Bring every cluster up to date; one that does not answer, or does not permit it, holds up no other."""
    reached = ClusterConnection.objects.filter(cluster__kind=ClusterKind.KUBERNETES).values("cluster")
    for cluster in Cluster.objects.filter(pk__in=reached):
        try:
            write(client_for(cluster), cluster)
        except (Unavailable, Refused) as failure:
            _log.warning("members-not-written", cluster=cluster.slug, error=str(failure))


def write(client: Client, cluster: Cluster) -> None:
    """Bind members to what they may do now, wherever that is not so, and end the accounts of those who left.

    Raises Unavailable or Refused.
    """
    ours = labels.selector({**labels.MANAGED_BY, labels.CLUSTER: str(cluster.pk)})
    bound: dict[UUID, dict[str, list[Manifest]]] = {}
    for page in client.pages(collection(members.RBAC_VERSION, "RoleBinding"), {"labelSelector": ours}):
        for binding in page["items"]:
            project_id = labels.id_in(binding["metadata"]["labels"], labels.PROJECT)
            if project_id is not None:
                names = bound.setdefault(project_id, {})
                names[binding["metadata"]["name"]] = binding.get("subjects") or []
    projects = list(Project.objects.filter(pk__in=bound).select_related("tenant"))
    rungs = rungs_of(projects)
    for project in projects:
        wanted = {members.name_of(rung): members.subjects(cluster.pk, rungs[project.pk][rung]) for rung in Rung}
        there = {name: [_plain(subject) for subject in subjects] for name, subjects in bound[project.pk].items()}
        if there != wanted:
            write_project(client, cluster, project)
    _end_accounts(client, cluster, ours)


def write_project(client: Client, cluster: Cluster, project: Project) -> None:
    """Apply roles and bindings of one namespace, whoever changed them: who may do what is nobody else's to say."""
    for manifest in wanted(cluster, project):
        client.apply(path_of(manifest), manifest, force=True)


def wanted(cluster: Cluster, project: Project) -> list[Manifest]:
    about = ProjectInCluster(
        cluster_id=cluster.pk,
        tenant_id=project.tenant_id,
        project_id=project.pk,
        tenant=project.tenant.slug,
        project=project.slug,
        namespace=project.namespace,
    )
    return members.of_members(about, rungs_of([project])[project.pk])


def make_account(client: Client, cluster: Cluster, user: User) -> str:
    """The path of the member's account, made if need be. Raises Unavailable or Refused."""
    account = members.account(cluster.pk, user.pk, label=user.label)
    for manifest in (*members.home(cluster.pk), account):
        client.apply(path_of(manifest), manifest, force=True)
    return path_of(account)


def _end_accounts(client: Client, cluster: Cluster, ours: str) -> None:
    """Delete accounts of those who are active no more: with the account every token of it ends."""
    path = collection("v1", "ServiceAccount", members.namespace_of_members(cluster.pk))
    try:
        accounts = [one for page in client.pages(path, {"labelSelector": ours}) for one in page["items"]]
    except NotFound:
        return
    owners = {pk: one for one in accounts if (pk := labels.id_in(one["metadata"]["labels"], members.MEMBER))}
    for pk in owners.keys() - _active(owners):
        left_over.delete(client, "v1", "ServiceAccount", owners[pk])


def _active(user_ids: Iterable[UUID]) -> set[UUID]:
    return set(User.objects.filter(pk__in=list(user_ids), is_active=True).values_list("pk", flat=True))


def _plain(subject: Manifest) -> Manifest:
    return {name: subject[name] for name in ("kind", "name", "namespace") if name in subject}
