"""What the world sees of an app: one document for lists, the single app and events; nothing depends on the reader."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings

from apps.clusters.models import ClusterKind
from apps.inference.models import App, AppKey, AppReplica, Revision, entry_of, host_label_of, place_of, service_of
from apps.inference.spec import without_values


def address_of(app: App) -> str:
    """Where it answers; empty where nothing leads to apps from outside."""
    if app.cluster.kind == ClusterKind.KUBERNETES:
        entry = entry_of(app)
        return entry.address_of(host_label_of(app)) if entry else ""
    return f"{settings.APPS_URL}{place_of(app, app.project.namespace)}" if settings.APPS_URL else ""


def inside_address_of(app: App) -> str:
    """Where it answers inside its cluster; empty where that is no network of its own."""
    in_pods = app.cluster.kind == ClusterKind.KUBERNETES
    return f"http://{service_of(app.name)}.{app.project.namespace}.svc" if in_pods else ""


def app_document(app: App) -> dict[str, Any]:
    return {
        "id": app.pk,
        "version": app.version,
        "generation": app.generation,
        "tenant_id": app.tenant_id,
        "tenant_slug": app.project.tenant.slug,
        "project_id": app.project_id,
        "project_slug": app.project.slug,
        "cluster": {"id": app.cluster_id, "name": app.cluster.slug},
        "owner": {"id": app.owner_id, "name": app.owner.name},
        "name": app.name,
        "description": app.description,
        "priority": app.priority,
        "access": app.access,
        "phase": "deleting" if app.deleting_at else app.phase,
        "message": app.message,
        "said": app.said,
        "stopped": app.stopped,
        "replicas": app.replicas,
        "autoscaling": ({"max_replicas": app.max_replicas, "cpu_percent": app.cpu_percent} if app.max_replicas else None),
        "scaling": app.scaling,
        "replicas_ready": app.replicas_ready,
        "revision": app.revision,
        "serving_revision": app.serving_revision,
        "address": address_of(app),
        "inside_address": inside_address_of(app),
        "created_at": app.created_at,
    }


def render_apps(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = App.objects.select_related("project__tenant", "cluster", "owner").filter(pk__in=list(ids))
    return {row.pk: app_document(row) for row in rows}


def revision_document(revision: Revision, *, values: bool) -> dict[str, Any]:
    """`values`: whether the reader may see what variables are set to."""
    return {
        "number": revision.number,
        "note": revision.note,
        "rolled_back_to": revision.rolled_back_to,
        "deployed_by": {"id": revision.deployed_by_id, "name": revision.deployed_by.name},
        "created_at": revision.created_at,
        "spec": revision.spec if values else without_values(revision.spec),
        "files": [{"path": file.path, "size_bytes": file.size_bytes} for file in revision.files.all()],
        "secrets": [{"name": name, "version": one["version"]} for name, one in sorted(revision.pinned.items())],
    }


def replica_document(replica: AppReplica) -> dict[str, Any]:
    fields = ("number", "revision", "phase", "said", "node", "pod", "created_at", "admitted_at", "ready_at", "finished_at")
    return {field: getattr(replica, field) for field in fields}


def key_document(key: AppKey) -> dict[str, Any]:
    fields = ("id", "consumer", "hint", "requests_per_minute", "created_at", "expires_at", "revoked_at", "last_used_at")
    return {
        **{field: getattr(key, field) for field in (*fields, "passed", "held_back")},
        "created_by": {"id": key.created_by_id, "name": key.created_by.name},
    }
