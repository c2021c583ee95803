"""Apps in a Kubernetes cluster: a Deployment within the places that were admitted for its pods, and what belongs to it.

Which pod comes and goes is for the cluster to say; how many there may be, and what they run, is said here. What becomes of
them `kubernetes.serving` sees.
"""

from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from django.utils import timezone

from apps.core.errors import Unavailable
from apps.inference import services
from apps.inference.models import ADMITTED, App, AppReplica, entry_of, host_label_of
from apps.inference.rollout import Seen, rolls
from apps.inference.services import wanted_revision
from apps.quotas.devices import devices_of
from apps.quotas.models import Workload
from celery_workers.kubernetes import left_over, projects
from celery_workers.kubernetes.attempt import classes_of, sandbox_in
from celery_workers.kubernetes.client import Client, NotFound, Refused
from celery_workers.kubernetes.clusters import client_for
from celery_workers.kubernetes.manifests import app as manifests
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.app import AppRun, ScalingOf
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.paths import collection, path_of

# Who says how many pods there are. A field manager of its own: an autoscaler takes over from it without a gap.
SCALER = "hanse-replicas"
# What somebody changed in the cluster is put right within so long.
AGAIN, AGAIN_LEAVING = timedelta(seconds=60), timedelta(seconds=2)


def carry_out(leased: App) -> datetime:
    """Have the cluster run what is wanted in the places that there are. Returns when to look again.

    Raises Unavailable when the cluster does not take it.
    """
    client = client_for(leased.cluster)
    app = App.objects.select_related("project__tenant", "cluster").get(pk=leased.pk)
    places = list(AppReplica.objects.filter(app=app, phase__in=ADMITTED).order_by("number"))
    again = timezone.now() + AGAIN
    if app.deleting_at is not None:
        _remove(client, app, *manifests.KINDS)
        return timezone.now() + AGAIN_LEAVING
    if not places or not app.max_replicas:
        _remove(client, app, manifests.SCALER_KIND)
    if not places:
        _scale(client, app, 0)
        return again
    wanted = manifests.belongings(_run_of(app, places))
    projects.ensure(client, app.cluster, app.project)
    with _refusals_told():
        for manifest in wanted:
            _apply(client, manifest, count=min(app.wanted, len(places)))
    _close(client, app, wanted)
    _scale(client, app, len(places))
    _forget_secrets(client, app)
    return again


def is_gone(app: App) -> bool:
    """Whether the cluster holds nothing any more of an app that is being removed. Raises Unavailable."""
    if app.deleting_at is None:
        return False
    client = client_for(app.cluster)
    kinds = (*manifests.KINDS, ("v1", "Pod"))
    return not any(_is_there(client, app, version, kind) for version, kind in kinds)


def _run_of(app: App, places: list[AppReplica]) -> AppRun:
    """What the Deployment is to run. Hardware is that of the place which was admitted first: all pods are alike."""
    revision = wanted_revision(app)
    spec = revision.parsed_spec()
    requests = Workload.objects.get(subject_id=places[0].pk).pod_sets[0]["requests"]
    surge = min(spec.rollout.max_surge, max(0, len(places) - app.wanted))
    exchanged = rolls(app.revision, [Seen(one.number, one.revision, one.phase, one.pod) for one in places])
    return AppRun(
        cluster_id=app.cluster_id,
        tenant_id=app.tenant_id,
        project_id=app.project_id,
        app_id=app.pk,
        name=app.name,
        namespace=app.project.namespace,
        revision=revision.number,
        spec=spec,
        flavors=tuple(sorted(requests)),
        devices=devices_of(requests),
        classes=classes_of(app.cluster),
        runtime_class=sandbox_in(app.cluster, app.tenant_id),
        variables=services.variables_of(revision),
        surge=surge,
        entry=entry_of(app),
        host=host_label_of(app),
        scaling=_scaling_of(app, len(places)) if app.max_replicas else None,
        paused=exchanged and not surge and not spec.rollout.max_unavailable,
    )


def _scaling_of(app: App, places: int) -> ScalingOf:
    most = min(app.within_bounds(places), places)
    return ScalingOf(min(app.replicas, most), most, app.cpu_percent)


def _apply(client: Client, manifest: Manifest, *, count: int) -> None:
    """Apply it; a Deployment that is not there yet begins with so many pods, as it would with one if nobody said it."""
    path = path_of(manifest)
    if manifest["kind"] == "Deployment":
        try:
            client.get(path)
        except NotFound:
            begun = {**manifest, "spec": {**manifest["spec"], "replicas": count}}
            client.apply(path, begun, manager=SCALER, force=True)
    client.apply(path, manifest, force=True)


def _scale(client: Client, app: App, places: int) -> None:
    """Say how many pods there are, if there is a Deployment; an autoscaler's choice stands as long as there are places."""
    manifest = manifests.replicas(app.name, app.project.namespace, min(app.wanted, places))
    try:
        there = client.get(path_of(manifest))["spec"]["replicas"]
    except NotFound:
        return
    if app.max_replicas and 0 < there <= places:
        return
    with _refusals_told():
        client.apply(path_of(manifest), manifest, manager=SCALER, force=True)


def _close(client: Client, app: App, wanted: Sequence[Manifest]) -> None:
    """Take away what led there from outside and does not any more."""
    led = (manifests.INGRESS_KIND, manifests.ROUTE_KIND, manifests.POLICY_KIND)
    kept = {(one["apiVersion"], one["kind"]) for one in wanted}
    _remove(client, app, *(kind for kind in led if kind not in kept))


def _forget_secrets(client: Client, app: App) -> None:
    """Remove what only revisions were given of which no pod is left."""
    kept = set(AppReplica.objects.filter(app=app, finished_at=None).values_list("revision", flat=True)) | {app.revision}
    _remove(client, app, ("v1", "Secret"), kept={manifests.secret_name(app.name, revision) for revision in kept})


def _remove(client: Client, app: App, *kinds: tuple[str, str], kept: Container[str] = ()) -> None:
    for version, kind in kinds:
        with suppress(NotFound):  # there is none of a kind that is not served
            left_over.remove(client, version, kind, _selector(app), kept=kept, namespace=app.project.namespace)


def _is_there(client: Client, app: App, version: str, kind: str) -> bool:
    pages = client.pages(collection(version, kind, app.project.namespace), {"labelSelector": _selector(app)})
    try:
        return any(page["items"] for page in pages)
    except NotFound:
        return False


def _selector(app: App) -> str:
    return labels.selector({**labels.MANAGED_BY, labels.CLUSTER: str(app.cluster_id), labels.APP: str(app.pk)})


@contextmanager
def _refusals_told() -> Iterator[None]:
    """Raises Unavailable for what the cluster does not take, in its words: it is tried again, and said with the app."""
    try:
        yield
    except Refused as refusal:
        raise Unavailable(f"The cluster does not take it: {refusal}") from refusal
