"""Jobs that tests begin with, and what workers would say of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from apps.jobs import services
from apps.jobs.models import Job, JobPhase
from apps.jobs.placement import wanted_replicas
from apps.jobs.services import ReplicaSeen
from apps.quotas import services as quotas
from apps.tenants.models import Project

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def spec(**fields: Any) -> dict[str, Any]:
    """A job of two small replicas, as somebody would send it; `role` changes its role, `policy` its fault policy."""
    role = {
        "name": "worker",
        "replicas": 2,
        "command": ["python", "train.py"],
        "cpu_millicores": 500,
        "memory_bytes": "256Mi",
        **fields.pop("role", {}),
    }
    document: dict[str, Any] = {"name": "digits", "roles": [role], **fields}
    if policy := document.pop("policy", None):
        document["fault_policy"] = policy
    return document


def address(project: Project, job: Job | str = "", rest: str = "") -> str:
    below = f"{getattr(job, 'pk', job)}/" if job else ""
    return f"/api/v1/projects/{project.pk}/jobs/{below}{rest}"


def submitted(client: Any, project: Project, **fields: Any) -> Job:
    """A job that the client submitted by REST."""
    response = client.post(address(project), spec(**fields))
    assert response.status_code == 201, response.json()
    return Job.objects.get(pk=response.json()["id"])


def admit(job: Job) -> Job:
    """Run a round of admission in every cluster where the tenant has a quota."""
    for cluster_id in job.tenant.quotas.values_list("cluster_id", flat=True):
        quotas.admit(cluster_id=cluster_id)
    return fresh(job)


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def seen(rank: int, phase: str, **fields: Any) -> ReplicaSeen:
    """What a watcher found, at a moment that follows from the rank."""
    moments = {"started_at": NOON + timedelta(seconds=rank)}
    if phase in ("succeeded", "failed", "lost", "stopped"):
        moments["finished_at"] = NOON + timedelta(seconds=60 + rank)
    return ReplicaSeen(**{"rank": rank, "phase": phase, **moments, **fields})


def observe(job: Job, *replicas: ReplicaSeen, now: datetime = NOON) -> Job:
    job = fresh(job)
    services.observe(job_id=job.pk, attempt=job.attempt, replicas=replicas, now=now)
    return fresh(job)


def carry_out(job: Job) -> Job:
    """The reconciler did what is wanted: replicas that nobody wants are stopped, the newest generation is carried out."""
    job = fresh(job)
    if not wanted_replicas(job):
        going = [seen(rank, "stopped") for rank in job.replicas_now().values_list("rank", flat=True)]
        services.observe(job_id=job.pk, attempt=job.attempt, replicas=going, now=NOON)
    services.reconciled(job_id=job.pk, fence=job.fence, generation=job.generation)
    return fresh(job)


def run(job: Job) -> Job:
    """Admit a queued job and see all its replicas run."""
    job = carry_out(admit(job))
    return observe(job, *(seen(replica.rank, "running") for replica in job.replicas_now()))


def bring_to(phase: str, client: Any, project: Project, **fields: Any) -> Job:
    """A job in this phase, by the way that a job gets there; nothing of it is on its way to elsewhere."""
    if phase == JobPhase.DRAFT:
        response = client.post(f"{address(project)}?draft=true", spec(**fields))
        assert response.status_code == 201, response.json()
        return Job.objects.get(pk=response.json()["id"])
    if phase == JobPhase.RESTARTING:
        fields["policy"] = {"restart": "on-failure"}
    job = submitted(client, project, **fields)
    match phase:
        case JobPhase.ADMITTED:
            job = admit(job)
        case JobPhase.STARTING:
            job = observe(admit(job), seen(0, "starting"))
        case JobPhase.RUNNING:
            job = run(job)
        case JobPhase.SUSPENDED | JobPhase.CANCELLED:
            act = {JobPhase.SUSPENDED: "suspend", JobPhase.CANCELLED: "cancel"}[JobPhase(phase)]
            assert client.post(address(project, job, f"{act}/")).status_code == 200
        case JobPhase.PREEMPTED:
            job = run(job)
            from apps.core.registries import workload_subjects
            from apps.quotas.models import Workload

            workload = Workload.objects.get(subject_id=job.pk)
            workload_subjects["job"].evicted(workload, reason="Preempted", message="Made way.", said=[])
        case JobPhase.RESTARTING:
            job = carry_out(observe(run(job), seen(0, "failed", exit_code=3)))
        case JobPhase.SUCCEEDED:
            job = observe(run(job), seen(0, "succeeded", exit_code=0), seen(1, "succeeded", exit_code=0))
        case JobPhase.FAILED:
            job = carry_out(observe(run(job), seen(0, "failed", exit_code=3)))
    job = fresh(job)
    assert job.phase == phase
    return job
