"""What workers do with apps: walk towards what is wanted, and write down what they saw."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.clusters.models import ClusterKind
from apps.core.errors import Problem, Unavailable
from apps.core.outbox import publish
from apps.core.sentences import Said, as_json, say
from apps.inference.models import LIVE, OVER, App, AppReplica, ReplicaPhase, Revision
from apps.inference.rollout import Seen, plan, plan_places
from apps.inference.services._life import drain, end, locked, replicas_of, settle, wake, wanted_revision
from apps.inference.services.asking import ask_for_replica
from apps.inference.spec import AppSpec
from apps.monitoring import services as monitoring
from apps.secrets import services as secrets
from apps.secrets.errors import SecretGone
from apps.storage import services as storage
from apps.tenants.models import Tenant

# One that was ready so long counts as one that worked: what broke it is not what it is.
PROVEN_SECONDS = 60
MOST_PAUSE_SECONDS = 120
# What could not be asked for is asked for again.
BLOCKED_SECONDS = 30
# How long what is over is still shown.
KEPT = timedelta(days=1)


@transaction.atomic
def roll_out(*, app_id: UUID) -> datetime | None:
    """Take the next step towards what is wanted: ask for replicas, let others go.

    What cannot be asked for is said with the app, and tried again. Returns when there is more to do by the clock.
    """
    # Before the app, as whoever changes the tenant locks them.
    tenant_id = App.objects.filter(pk=app_id).values_list("tenant_id", flat=True).first()
    if tenant_id is None or Tenant.objects.held(tenant_id) is None or (app := locked(app_id)) is None:
        return None
    replicas = replicas_of(app)
    spec = wanted_revision(app).parsed_spec()
    now = timezone.now()
    choose = plan_places if app.cluster.kind == ClusterKind.KUBERNETES else plan
    next_step = choose(
        wanted=app.wanted,
        revision=app.revision,
        rollout=spec.rollout,
        replicas=[Seen(one.number, one.revision, one.phase, one.pod) for one in replicas],
    )
    for replica in replicas:
        if replica.number in next_step.drain:
            drain(replica)
    app.blocked, later = [], None
    if app.restart_at is not None and app.restart_at > now:
        later = app.restart_at
    else:
        for _ in range(next_step.start):
            try:
                with transaction.atomic():
                    ask_for_replica(app, spec)
            except Problem as problem:
                app.blocked = problem.members.get("said") or as_json([say("app-blocked", problem=problem.detail)])
                later = now + timedelta(seconds=BLOCKED_SECONDS)
                break
    settle(app)
    return later


@transaction.atomic
def remove_when_empty(*, app_id: UUID) -> bool:
    """Remove an app that is to go and has no replica any more; True when it is gone."""
    app = locked(app_id)
    if app is None:
        return True
    if app.deleting_at is None or replicas_of(app):
        return False
    _remove(app)
    return True


@transaction.atomic
def carried_out(*, app_id: UUID, fence: int, generation: int, due: datetime | None, later: datetime | None) -> None:
    """Note that `generation` was carried out under the lease `fence`; what was due when that began is due `later` again."""
    app = locked(app_id)
    if app is None or app.fence != fence:
        return
    app.observed_generation = max(app.observed_generation, min(generation, app.generation))
    app.end_pause()
    fields = ["observed_generation", "failed_tries", "retry_at"]
    if app.next_reconcile_at == due:
        app.next_reconcile_at = later
        fields.append("next_reconcile_at")
    app.save(update_fields=fields)


@transaction.atomic
def not_carried_out(*, app_id: UUID, fence: int, message: str) -> None:
    """Say why the app cannot be carried out now; it is tried again after a pause that grows with each try."""
    app = locked(app_id)
    if app is None or app.fence != fence:
        return
    app.pause(now=timezone.now())
    app.blocked = as_json([say("app-blocked", problem=message)])
    app.save(update_fields=["failed_tries", "retry_at", "blocked"])
    settle(app)


@transaction.atomic
def placed(*, replica_id: UUID, port: int) -> None:
    """Keep where a replica is to listen, before it is started."""
    AppReplica.objects.filter(pk=replica_id).update(port=port)


@transaction.atomic
def probed(*, replica_id: UUID, ready: bool) -> None:
    """Write whether a replica answers its probe, when that is news. One that never has by its time has failed."""
    app, replica = _locked(replica_id)
    if replica is None or app is None:
        return
    if replica.phase not in (ReplicaPhase.STARTING, ReplicaPhase.READY, ReplicaPhase.UNREADY):
        return
    now = timezone.now()
    if ready and replica.phase != ReplicaPhase.READY:
        replica.phase, replica.ready_at = ReplicaPhase.READY, now
    elif not ready and replica.phase == ReplicaPhase.READY:
        replica.phase = ReplicaPhase.UNREADY
    elif not ready and replica.phase == ReplicaPhase.STARTING:
        seconds = _spec_of(replica).probe.start_seconds
        if replica.admitted_at is None or now - replica.admitted_at < timedelta(seconds=seconds):
            return
        # It holds its quota until its process is gone.
        drain(replica, said=[say("replica-late", seconds=seconds)])
        _count_failure(app, replica)
    else:
        return
    replica.save(update_fields=["phase", "ready_at"])
    wake(app)
    settle(app)


@transaction.atomic
def off_gate(*, replica_ids: Sequence[UUID]) -> None:
    """Note that no new request is sent to these any more."""
    AppReplica.objects.filter(pk__in=replica_ids, off_gate_at=None).update(off_gate_at=timezone.now())


@transaction.atomic
def ended(*, replica_id: UUID, said: Sequence[Said]) -> None:
    """Write that a replica's process is gone. `said`: how it ended by itself; nothing when it was told to. Idempotent."""
    app, replica = _locked(replica_id)
    if replica is None or app is None or replica.phase in OVER:
        return
    late = replica.phase == ReplicaPhase.DRAINING and any(one["code"] == "replica-late" for one in replica.said)
    if late:
        end(replica, ReplicaPhase.FAILED)
    elif replica.phase in LIVE and said:
        _count_failure(app, replica)
        end(replica, ReplicaPhase.FAILED, said=said)
    else:
        end(replica, ReplicaPhase.STOPPED)
    wake(app)
    settle(app)


@transaction.atomic
def forget_old() -> None:
    """Drop replicas that are over for long, with what is kept of their workloads."""
    AppReplica.objects.filter(finished_at__lt=timezone.now() - KEPT).delete()


def variables_of(revision: Revision) -> dict[str, str]:
    """Variables from secrets that a revision's replicas are given. Raises Unavailable when one cannot be given any more."""
    given = {}
    try:
        for one in revision.parsed_spec().env_from:
            pinned = revision.pinned[one.secret]
            entries = secrets.open_version(secret_id=UUID(pinned["secret_id"]), version=pinned["version"])
            for key in [one.key] if one.key else sorted(entries):
                given[one.name or key] = entries[key].decode()
    except (SecretGone, UnicodeDecodeError, KeyError) as error:
        raise Unavailable(
            f"A secret of revision {revision.number} cannot be given any more ({error}); deploy a new revision."
        ) from error
    return given


def _count_failure(app: App, replica: AppReplica) -> None:
    """Let what ended by itself be made anew: at once the first time, later the more often it happens."""
    if replica.revision != app.revision:
        return
    now = timezone.now()
    proven = replica.ready_at is not None and now - replica.ready_at > timedelta(seconds=PROVEN_SECONDS)
    app.failures = 1 if proven else app.failures + 1
    pause = 0 if app.failures == 1 else min(2 ** (app.failures - 1), MOST_PAUSE_SECONDS)
    app.restart_at = now + timedelta(seconds=pause)


def _remove(app: App) -> None:
    monitoring.forget_subject(subject_kind=App.live_kind, subject_id=app.pk)
    storage.let_go(producer_kind=App.live_kind, producer_id=app.pk)
    publish(op="removed", subject=app)
    app.delete()


def _locked(replica_id: UUID) -> tuple[App | None, AppReplica | None]:
    """A replica and its app, locked as `locked` does; None when they are gone."""
    found = AppReplica.objects.filter(pk=replica_id)
    app_id = found.values_list("app_id", flat=True).first()
    app = locked(app_id) if app_id else None
    return app, found.select_for_update(of=("self",)).first() if app else None


def _spec_of(replica: AppReplica) -> AppSpec:
    return Revision.objects.get(app_id=replica.app_id, number=replica.revision).parsed_spec()
