"""What all acts and observations of apps share: the lock, the phase that follows from the replicas, telling."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.audit.services import record
from apps.clusters.models import ClusterKind
from apps.core.outbox import hint, publish
from apps.core.sentences import Said, as_json, in_english, read_said, say
from apps.inference.models import LIVE, App, AppPhase, AppQuerySet, AppReplica, ReplicaPhase, Revision
from apps.quotas import services as quotas
from apps.quotas.models import Workload
from apps.tenants.actor import Actor

# What a replica's workload is called among workloads.
SUBJECT = "app-replica"
# So many ends of a revision's replicas in a row say that it does not work.
FAILURES_THAT_TELL = 3

WORDS = {
    "app-stopped": "Stopped: no replica runs.",
    "app-ready": "All replicas are ready ({wanted}).",
    "app-deploying": "Revision {revision}: {ready} of {wanted} replicas are ready.",
    "app-degraded": "{ready} of {wanted} replicas are ready; the others are being replaced.",
    "app-fails": "Revision {revision} does not stay up: {count} of its replicas have ended by themselves.",
    "app-old-serves": "Revision {revision} goes on serving.",
    "app-removed": "It is being removed.",
    "replica-exited": "The last one ended with exit code {number}.",
    "replica-killed": "The last one was ended by signal {signal}.",
    "replica-memory": "The last one used more memory than it had asked for.",
    "replica-late": "The last one did not answer its probe within {seconds} seconds.",
    "replica-lost": "The last one went with its machine or its runner.",
    "replica-not-started": "The last one could not be started: its command is not there, or not to be run.",
    "replica-preempted": "It gives its place to work of a higher priority.",
    "replica-image": "Its image cannot be had: {message}",
    "replica-unschedulable": "The cluster finds no node for its pod: {message}",
    "replica-held-up": "Its pod does not start: {message}",
    "replica-simulated": "Its node is simulated: no container runs, no probe was sent and no request would be answered.",
    "replica-refused": "The cluster makes no pod for it: {message}",
    "app-grows": "{ready} replicas are ready; by its load it is to have {wanted}.",
    "scaling-by-load": "{percent} % of the processors asked for are in use; {target} % are aimed at.",
    "scaling-at-most": "Load asks for more than the {most} replicas that it may have.",
    "scaling-blind": "The autoscaler cannot measure: {message}",
    "app-blocked": "{problem}",
}


def locked(app_id: UUID) -> App | None:
    """The app, locked after the workloads of its replicas, as quotas locks them; None when it is gone."""
    running = AppReplica.objects.filter(app_id=app_id, finished_at=None).values("pk")
    workloads = Workload.objects.select_for_update(of=("self",)).filter(subject_kind=SUBJECT, subject_id__in=running)
    list(workloads.order_by("pk").values_list("pk"))
    return lock_app(app_id)


def lock_app(app_id: UUID) -> App | None:
    """The app alone, for who holds a workload already, or touches none."""
    rows = App.objects.select_for_update(of=("self",)).select_related("project__tenant", "cluster", "owner")
    return rows.filter(pk=app_id).first()


def lock_apps(apps: AppQuerySet) -> list[App]:
    """Lock many apps before anything is done to the first: each act locks the trail, and two must not wait crosswise."""
    return list(apps.select_for_update(of=("self",)).order_by("pk"))


def replicas_of(app: App) -> list[AppReplica]:
    """Those that are not over."""
    return list(app.instances.filter(finished_at=None).order_by("number"))


def wake(app: App) -> None:
    """Have a reconciler look at the app."""
    App.objects.filter(pk=app.pk).update(next_reconcile_at=timezone.now())
    hint("inference.reconcile", app_id=app.pk)


def end(replica: AppReplica, phase: ReplicaPhase, *, said: Sequence[Said] = ()) -> None:
    """Note the end of a replica, and give its quota back."""
    replica.phase, replica.finished_at = phase, timezone.now()
    if said:
        replica.said = as_json(said)
    replica.save(update_fields=["phase", "finished_at", "said"])
    quotas.forget(subject_kind=SUBJECT, subject_id=replica.pk)


def drain(replica: AppReplica, *, said: Sequence[Said] = ()) -> None:
    """Send it no new request; it is stopped when those under way are answered. One without a process is over at once."""
    in_pods = replica.app.cluster.kind == ClusterKind.KUBERNETES
    if replica.phase == ReplicaPhase.WAITING or (in_pods and not replica.pod):
        end(replica, ReplicaPhase.STOPPED, said=said)
        return
    replica.phase, replica.draining_at = ReplicaPhase.DRAINING, timezone.now()
    replica.said = as_json(said)
    replica.save(update_fields=["phase", "draining_at", "said"])


def settle(app: App) -> None:
    """Draw the app's phase from its replicas, and tell when anything of it changed."""
    replicas = replicas_of(app)
    live = [one for one in replicas if one.phase in LIVE]
    ready = sum(one.phase == ReplicaPhase.READY for one in live)
    new_ready = sum(one.phase == ReplicaPhase.READY and one.revision == app.revision for one in live)
    old = any(one.revision != app.revision for one in live)
    if app.wanted and new_ready >= _enough(app) and not old:
        app.serving_revision = app.revision
    phase, said = _judge(app, live, ready=ready, new_ready=new_ready, old=old)
    app.phase, app.said, app.message = phase, as_json(said), in_english(said)[:1000]
    app.replicas_ready = ready
    app.save(
        update_fields=[
            *("phase", "said", "message", "replicas_ready", "serving_revision", "replicas_made", "failures"),
            *("restart_at", "blocked"),
        ]
    )
    publish(op="changed", subject=app)


def _judge(app: App, live: Sequence[AppReplica], *, ready: int, new_ready: int, old: bool) -> tuple[AppPhase, list[Said]]:
    if not app.wanted:
        return AppPhase.STOPPED, [say("app-removed" if app.deleting_at else "app-stopped")]
    why = _why(app, live)
    if new_ready >= _enough(app) and not old:
        grows = [say("app-grows", ready=new_ready, wanted=app.wanted), *why]
        return AppPhase.READY, grows if new_ready < app.wanted else [say("app-ready", wanted=app.wanted)]
    if app.failures >= FAILURES_THAT_TELL and new_ready < app.wanted:
        fails = say("app-fails", revision=app.revision, count=app.failures)
        serving = app.serving_revision
        stays = [say("app-old-serves", revision=serving)] if ready and serving and serving != app.revision else []
        return (AppPhase.DEGRADED if ready else AppPhase.FAILED), [fails, *last_end(app), *stays, *why]
    if app.serving_revision == app.revision and new_ready < app.wanted:
        degraded = say("app-degraded", ready=ready, wanted=app.wanted)
        return (AppPhase.DEGRADED if ready else AppPhase.FAILED), [degraded, *last_end(app), *why]
    return AppPhase.DEPLOYING, [say("app-deploying", revision=app.revision, ready=new_ready, wanted=app.wanted), *why]


def _enough(app: App) -> int:
    """How many have to be ready for the app to be: what an autoscaler wants besides comes and goes with the load."""
    return min(app.wanted, app.replicas)


def _why(app: App, live: Sequence[AppReplica]) -> list[Said]:
    """Why a replica that is wanted is not there: what keeps it from being asked for, or what it waits for."""
    waits: list[dict[str, Any]] = next((one.said for one in live if one.phase != ReplicaPhase.READY and one.said), [])
    return read_said(app.blocked or waits)


def last_end(app: App) -> list[Said]:
    """How the last replica of the wanted revision that failed did."""
    failed = AppReplica.objects.filter(app=app, revision=app.revision, phase=ReplicaPhase.FAILED)
    found = failed.order_by("-number").values_list("said", flat=True).first()
    return read_said(found or [])


def wanted_revision(app: App) -> Revision:
    return Revision.objects.get(app=app, number=app.revision)


def audit(app: App, act: str, *, actor: Actor, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
    record(
        actor=actor,
        action=f"app.{act}",
        kind=App.live_kind,
        subject_id=app.pk,
        label=app.name,
        tenant_id=app.tenant_id,
        project_id=app.project_id,
        before=before,
        after=after,
    )
