"""What an app asks of quotas: one workload a replica, so that it shares the quota with jobs one replica at a time."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.core.sentences import say
from apps.inference.models import RUNS, App, AppReplica, ReplicaPhase
from apps.inference.services._life import SUBJECT, drain, lock_app, settle, wake
from apps.inference.spec import AppSpec
from apps.isolation.services import sandbox_of
from apps.quotas import services as quotas
from apps.quotas.models import Workload
from apps.tenants.access import actor_of_user


def pod_request(spec: AppSpec, *, tenant_id: UUID) -> quotas.PodRequest:
    runtime, required = sandbox_of(tenant_id)
    return quotas.PodRequest(
        name="replica",
        count=1,
        min_count=1,
        cpu_millicores=spec.cpu_millicores,
        memory_bytes=spec.memory_bytes,
        devices=tuple(map(quotas.DeviceNeed.of, spec.devices)),
        image_only=not spec.command,
        no_image=not spec.image,
        runtime=runtime if required else "",
    )


def ask_for_replica(app: App, spec: AppSpec) -> AppReplica:
    """Make one more replica, and have it wait for its quota as whoever deployed the app. Raises as quotas.enqueue does."""
    app.replicas_made += 1
    replica = AppReplica(
        tenant_id=app.tenant_id, project_id=app.project_id, app=app, number=app.replicas_made, revision=app.revision
    )
    quotas.enqueue(
        actor=actor_of_user(app.owner),
        project=app.project,
        subject_kind=SUBJECT,
        subject_id=replica.pk,
        subject_name=f"{app.name}-{replica.number}",
        priority=app.priority,
        gang=True,
        cluster=app.cluster.slug,
        pods=[pod_request(spec, tenant_id=app.tenant_id)],
    )
    replica.save(force_insert=True)
    return replica


class ReplicaWorkload:
    """A replica as the subject of a workload. Quotas holds the workload's lock when it calls."""

    def admitted(self, workload: Workload) -> None:
        replica = _replica_of(workload)
        if replica.phase != ReplicaPhase.WAITING:
            return
        replica.phase, replica.admitted_at, replica.said = ReplicaPhase.STARTING, timezone.now(), []
        replica.node = next((place["node"] for place in workload.placements), "")
        replica.save(update_fields=["phase", "admitted_at", "said", "node"])
        _tell(replica)

    def evicted(self, workload: Workload, *, reason: str, message: str, said: list[dict[str, Any]]) -> None:
        """Let it answer what is under way and go; another one queues in its place."""
        replica = _replica_of(workload)
        if replica.phase in RUNS and replica.phase != ReplicaPhase.DRAINING:
            drain(replica, said=[say("replica-preempted")])
            _tell(replica)

    def waiting(self, workload: Workload) -> None:
        """Keep why it waits, so that the app can say it."""
        replica = _replica_of(workload)
        said = quotas.explain(workload)["said"]
        if replica.phase == ReplicaPhase.WAITING and said != replica.said:
            replica.said = said
            replica.save(update_fields=["said"])
            _tell(replica, act=False)

    def may_grow(self, workload: Workload) -> bool:
        return False

    def grown(self, workload: Workload) -> None:
        raise AssertionError("a replica is one pod")

    def shrinking(self, workload: Workload, *, message: str) -> None:
        raise AssertionError("a replica is one pod")

    def path(self, workload: Workload) -> str:
        """The app's page."""
        app_id = AppReplica.objects.values_list("app_id", flat=True).get(pk=workload.subject_id)
        return f"/t/{workload.tenant.slug}/p/{workload.project.slug}/apps/{app_id}"


def _tell(replica: AppReplica, *, act: bool = True) -> None:
    app = lock_app(replica.app_id)
    if app is None:
        return
    if act:
        wake(app)
    settle(app)


def _replica_of(workload: Workload) -> AppReplica:
    return AppReplica.objects.select_for_update(of=("self",)).get(pk=workload.subject_id)
