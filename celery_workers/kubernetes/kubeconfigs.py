"""A kubeconfig for one member: the cluster's address, and a token of their own account that ends by itself."""

import base64
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import yaml

from apps.accounts.models import User
from apps.clusters.models import Cluster, ClusterConnection
from apps.core import operations
from apps.core.errors import NotVisible
from apps.core.models import Operation
from apps.tenants.access import actor_of_user
from apps.tenants.models import Project
from celery_workers.kubernetes import asked, members, projects
from celery_workers.kubernetes.clusters import client_for


def run(operation_id: UUID) -> None:
    """Carry out the operation: whoever asked takes the file, once. What they may no longer have, they do not get."""
    operation = operations.pending(operation_id)
    if operation is None:
        return
    found = _still_allowed(operation)
    if found is None:
        operations.finish(operation_id=operation_id, problem=NotVisible("The project, the cluster or your role is gone."))
        return
    user, project, cluster = found
    with asked.failures_told(operation_id):
        client = client_for(cluster)
        projects.ensure(client, cluster, project)
        members.write_project(client, cluster, project)
        account = members.make_account(client, cluster, user)
        request = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest"}
        spec = {"expirationSeconds": operation.arguments["minutes"] * 60}
        status = client.create(f"{account}/token", {**request, "spec": spec})["status"]
        connection = ClusterConnection.objects.get(cluster=cluster)
        operations.finish(
            operation_id=operation_id,
            result={
                "cluster": cluster.slug,
                "namespace": project.namespace,
                "server": connection.server,
                "expires_at": _moment(status["expirationTimestamp"]).isoformat(),
            },
            secret=render(connection, cluster=cluster, project=project, token=status["token"]),
        )


def render(connection: ClusterConnection, *, cluster: Cluster, project: Project, token: str) -> str:
    """As kubectl reads it. YAML."""
    at: dict[str, Any] = {"server": connection.server}
    if connection.ca_certificate:
        at["certificate-authority-data"] = base64.b64encode(connection.ca_certificate.encode()).decode()
    if connection.tls_server_name:
        at["tls-server-name"] = connection.tls_server_name
    name = f"{project.tenant.slug}-{project.slug}@{cluster.slug}"
    user = f"hanse@{cluster.slug}"
    document = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": cluster.slug, "cluster": at}],
        "users": [{"name": user, "user": {"token": token}}],
        "contexts": [{"name": name, "context": {"cluster": cluster.slug, "user": user, "namespace": project.namespace}}],
        "current-context": name,
    }
    return yaml.safe_dump(document, sort_keys=False)


def _still_allowed(operation: Operation) -> tuple[User, Project, Cluster] | None:
    user = User.objects.people().filter(pk=operation.user_id, is_active=True).first()
    cluster = Cluster.objects.filter(pk=operation.arguments["cluster_id"]).first()
    if user is None or cluster is None:
        return None
    mine = Project.objects.select_related("tenant").permitted(actor_of_user(user), "kubectl.use")
    project = mine.filter(pk=operation.subject_id, deleting_at=None).first()
    return (user, project, cluster) if project else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
