"""Registering clusters, changing them, and how they are reached."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils import timezone

from apps.audit import services as audit
from apps.clusters.access import Access, expires_at, require_credential
from apps.clusters.entry import GATEWAY_VERSION, EntryKind
from apps.clusters.errors import ClusterInUse, KueueNotFound, LocalComputeOff
from apps.clusters.models import KUEUE_VERSION, AdmittedBy, Cluster, ClusterConnection, ClusterKind, FlavorKind
from apps.clusters.services._changes import apply, record
from apps.clusters.services.flavors import create_flavor
from apps.core import operations, outward
from apps.core.errors import Conflict, InvalidRequest, NameTaken
from apps.core.models import Operation
from apps.core.outbox import hint, publish
from apps.core.uniqueness import refused_when_taken
from apps.tenants.actor import Actor

_CLUSTER_FIELDS = ("name", "zone", "labels", "on_drift", "app_entry")
# Where the credential is sent, and whom that place has to be: with another of these, it must be given again.
_BINDING = ("server", "tls_server_name", "ca_certificate")


@transaction.atomic
def register_local_cluster(*, actor: Actor, slug: str = "local", name: str = "This machine") -> Cluster:
    """Make this machine a cluster, with the flavor `cpu`; when it is one already, that."""
    known = Cluster.objects.filter(kind=ClusterKind.LOCAL).first()
    if known is not None:
        return known
    cluster = _create_cluster(actor=actor, slug=slug, name=name, kind=ClusterKind.LOCAL)
    create_flavor(actor=actor, cluster=cluster, name="cpu", kind=FlavorKind.CPU, description="Processor and memory.")
    return cluster


@transaction.atomic
def create_cluster(
    *,
    actor: Actor,
    slug: str,
    name: str,
    kind: str,
    zone: str = "",
    labels: Mapping[str, str] | None = None,
    access: Access | None = None,
) -> Cluster:
    """Register a cluster; one of the kind kubernetes with how it is reached.

    Raises LocalComputeOff when this machine may not be one, NameTaken when the slug, or this machine, is registered,
    InvalidRequest for an address that Hanse may not be sent to.
    """
    if kind == ClusterKind.LOCAL:
        return _create_local(actor=actor, slug=slug, name=name, zone=zone, labels=labels, access=access)
    if access is None:
        raise InvalidRequest(errors=[{"pointer": "/connection", "detail": "A cluster of the kind kubernetes needs it."}])
    _require_reachable(access)
    require_credential(access.credential, "/connection")
    cluster = _create_cluster(
        actor=actor, slug=slug, name=name, kind=kind, zone=zone, labels=labels, connection=describe_access(access)
    )
    ClusterConnection.objects.create(cluster=cluster, **_columns(access))
    hint("kubernetes.look", cluster_id=cluster.pk)
    return cluster


def _create_local(
    *, actor: Actor, slug: str, name: str, zone: str, labels: Mapping[str, str] | None, access: Access | None
) -> Cluster:
    if access is not None:
        raise InvalidRequest(errors=[{"pointer": "/connection", "detail": "This machine needs none."}])
    if not settings.LOCAL_COMPUTE:
        raise LocalComputeOff("Start Hanse with HANSE_LOCAL_COMPUTE=1 in development mode; it is no isolation boundary.")
    known = Cluster.objects.filter(kind=ClusterKind.LOCAL).first()
    if known is not None:
        raise NameTaken(f"This machine is registered already, as {known.slug}.", cluster_id=str(known.pk))
    cluster = _create_cluster(actor=actor, slug=slug, name=name, kind=ClusterKind.LOCAL, zone=zone, labels=labels)
    create_flavor(actor=actor, cluster=cluster, name="cpu", kind=FlavorKind.CPU, description="Processor and memory.")
    return cluster


def _create_cluster(
    *,
    actor: Actor,
    slug: str,
    name: str,
    kind: str,
    zone: str = "",
    labels: Mapping[str, str] | None = None,
    connection: Mapping[str, Any] | None = None,
) -> Cluster:
    fields = {"name": name, "kind": kind, "zone": zone, "labels": dict(labels or {})}
    with refused_when_taken(NameTaken(f"There is a cluster {slug}.", at="/slug")):
        cluster = Cluster.objects.create(slug=slug, **fields)
    publish(op="added", subject=cluster)
    after = {"slug": slug, **fields, **({"connection": connection} if connection else {})}
    audit.record(
        actor=actor, action="cluster.register", kind="cluster", subject_id=cluster.pk, label=cluster.slug, after=after
    )
    return cluster


@transaction.atomic
def change_cluster(*, actor: Actor, cluster: Cluster, changes: Mapping[str, Any]) -> Cluster:
    """Change name, zone, labels, what becomes of namespaces that somebody changed, or what leads to apps from outside.

    Raises InvalidRequest for an entry that this cluster does not have.
    """
    if entry := changes.get("app_entry"):
        _require_entry(cluster, entry)
    before = apply(cluster, changes, _CLUSTER_FIELDS)
    if before:
        publish(op="changed", subject=cluster)
        record(actor, "cluster.change", "cluster", cluster, before)
    return cluster


def _require_entry(cluster: Cluster, entry: Mapping[str, Any]) -> None:
    if cluster.kind != ClusterKind.KUBERNETES:
        raise InvalidRequest(
            errors=[{"pointer": "/app_entry", "detail": "Apps of the kind local have an address by themselves."}]
        )
    if entry["kind"] == EntryKind.GATEWAY and cluster.capabilities.get("gateway") != GATEWAY_VERSION:
        detail = f"Of {cluster.slug} it is not known that it serves {GATEWAY_VERSION}."
        raise InvalidRequest(errors=[{"pointer": "/app_entry/kind", "detail": detail}])


@transaction.atomic
def change_admission(*, actor: Actor, cluster: Cluster, admission: str) -> Cluster:
    """Let the portal or the cluster's Kueue decide what starts; what Kueue goes by is written, or removed.

    Raises KueueNotFound where no Kueue that Hanse speaks to was found. The caller sees to it that no work is there.
    """
    if admission == AdmittedBy.KUEUE and cluster.capabilities.get("kueue") != KUEUE_VERSION:
        raise KueueNotFound(f"Of {cluster.slug} it is not known that it serves {KUEUE_VERSION}.", needed=KUEUE_VERSION)
    before = apply(cluster, {"admission": admission}, ("admission",))
    if before:
        publish(op="changed", subject=cluster)
        record(actor, "cluster.change-admission", "cluster", cluster, before)
        hint("kubernetes.write_queues", cluster_id=cluster.pk)
    return cluster


@transaction.atomic
def change_connection(*, actor: Actor, cluster: Cluster, changes: Mapping[str, Any]) -> Cluster:
    """Change how a cluster is reached: any of server, tls_server_name, ca_certificate, credential.

    Raises Conflict for this machine, InvalidRequest when a credential would be sent to a place that it was not given for.
    """
    known = ClusterConnection.objects.filter(cluster=cluster).first()
    if known is None:
        raise Conflict("This cluster is this machine; nothing is needed to reach it.")
    moved = [name for name in _BINDING if name in changes and changes[name] != getattr(known, name)]
    credential = changes.get("credential")
    if moved and credential is None:
        detail = f"With another {moved[0]}, give the token or client certificate again."
        raise InvalidRequest(errors=[{"pointer": "/connection", "detail": detail}])
    if credential is None:
        return cluster
    place = {name: changes.get(name, getattr(known, name)) for name in _BINDING}
    access = Access(credential=credential, **place)
    _require_reachable(access)
    require_credential(credential, "/connection")
    before = describe_connection(known)
    # Not `save()`: it would read back what a request may not.
    columns = {**_columns(access), "number": F("number") + 1, "given_at": timezone.now()}
    ClusterConnection.objects.filter(cluster=cluster).update(**columns)
    cluster.generation += 1
    cluster.save(update_fields=["generation"])
    publish(op="changed", subject=cluster)
    audit.record(
        actor=actor,
        action="cluster.change-connection",
        kind="cluster",
        subject_id=cluster.pk,
        label=cluster.slug,
        before=before,
        after={**describe_access(access), "credential": "changed"},
    )
    hint("kubernetes.look", cluster_id=cluster.pk)
    return cluster


@transaction.atomic
def begin_preflight(*, actor: Actor, cluster: Cluster) -> Operation:
    """Ask a worker to look what the cluster has and lacks. Raises Conflict for this machine."""
    if cluster.kind != ClusterKind.KUBERNETES:
        raise Conflict("This cluster is this machine; there is nothing to look at.")
    operation = operations.begin(
        user_id=actor.user_id,
        kind="cluster.preflight",
        task="kubernetes.preflight",
        subject_kind=Cluster.live_kind,
        subject_id=cluster.pk,
    )
    audit.record(actor=actor, action="cluster.preflight", kind="cluster", subject_id=cluster.pk, label=cluster.slug)
    return operation


@transaction.atomic
def begin_comparison(*, actor: Actor, cluster: Cluster, repair: bool) -> Operation:
    """Have the namespaces of projects compared with what they should be, and put right. Raises Conflict for this machine."""
    if cluster.kind != ClusterKind.KUBERNETES:
        raise Conflict("This cluster is this machine; projects have no namespaces there.")
    operation = operations.begin(
        user_id=actor.user_id,
        kind="cluster.drift",
        task="kubernetes.compare",
        subject_kind=Cluster.live_kind,
        subject_id=cluster.pk,
        repair=int(repair),
    )
    if repair:
        audit.record(actor=actor, action="cluster.repair", kind="cluster", subject_id=cluster.pk, label=cluster.slug)
    return operation


@transaction.atomic
def remove_cluster(*, actor: Actor, cluster: Cluster) -> None:
    """Forget a cluster, its nodes, flavors and credential. What runs there is not touched. Raises ClusterInUse."""
    pk, slug = cluster.pk, cluster.slug
    try:
        with transaction.atomic():
            cluster.delete()
    except ProtectedError as error:
        raise ClusterInUse(
            f"Quotas, cohorts or jobs refer to {slug}: {len(error.protected_objects)} of them stand in the way.",
            references=len(error.protected_objects),
        ) from error
    cluster.pk = pk
    publish(op="removed", subject=cluster)
    audit.record(actor=actor, action="cluster.remove", kind="cluster", subject_id=pk, label=slug)


def describe_access(access: Access) -> dict[str, Any]:
    """As the audit trail keeps it: never what is secret."""
    ends = expires_at(access.credential)
    return {
        **{name: getattr(access, name) for name in _BINDING},
        "auth": access.credential.auth,
        "expires_at": ends.isoformat() if ends else None,
    }


def describe_connection(connection: ClusterConnection) -> dict[str, Any]:
    return {
        **{name: getattr(connection, name) for name in (*_BINDING, "auth")},
        "expires_at": connection.expires_at.isoformat() if connection.expires_at else None,
    }


def _columns(access: Access) -> dict[str, Any]:
    return {
        **{name: getattr(access, name) for name in _BINDING},
        "auth": access.credential.auth,
        "secret": orjson.dumps(access.credential.as_json()).decode(),
        "expires_at": expires_at(access.credential),
    }


def _require_reachable(access: Access) -> None:
    """Whether it may be asked. It is looked at again, and pinned, whenever a worker connects."""
    try:
        outward.require_safe_url(access.server)
    except outward.Refused as refused:
        raise InvalidRequest(errors=[{"pointer": "/connection/server", "detail": str(refused)}]) from refused
