"""From a job and its replicas to what each one needs to start: command, place, and the environment that frameworks read.

The same job gives the same answer every time, so a reconciler may ask as often as it likes.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.core import signing

from apps.clusters.models import AdmittedBy, ClusterKind
from apps.jobs.buckets import places
from apps.jobs.kinds import Kind
from apps.jobs.models import WANTED, Job, Replica
from apps.jobs.spec import Framework, JobSpec
from apps.jobs.volumes import variables
from apps.quotas.devices import devices_of
from apps.quotas.models import Workload

# Below the ports that systems hand out by themselves (32768 and up), so that a listener finds its own free.
_FIRST_PORT, _PORTS = 20_000, 12_000
_REPORT_SALT = "hanse.jobs.report"


@dataclass(frozen=True)
class WantedReplica:
    """One replica, whole enough to be started but for its secrets (apps/jobs/given.py).

    `flavors`: the classes of hardware that it needs of one node, its devices' among them.
    `files` belong into its working directory, by name; with `code` that is where the job's code lies.
    """

    rank: int
    role: str
    index: int
    node: str
    local_rank: int
    world_size: int
    image: str | None
    command: tuple[str, ...]
    env: Mapping[str, str]
    cpu_millicores: int
    memory_bytes: int
    devices: Mapping[str, int]
    deadline_at: datetime | None
    flavors: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    code: bool = False


def wanted_replicas(job: Job) -> list[WantedReplica]:
    """What should exist of this job now, whole enough to be started; nothing when none should."""
    if job.phase not in WANTED or job.cluster is None:
        return []
    workload = Workload.objects.get(subject_kind=Job.live_kind, subject_id=job.pk)
    replicas = job.replicas_now()
    if not job.spec["gang"] and job.cluster.admission == AdmittedBy.PORTAL:
        replicas = replicas.exclude(node="")  # the others wait for room
    return _placed(job, list(replicas), workload.pod_sets)


def newest_replicas(job: Job) -> list[WantedReplica]:
    """The same of the job's newest attempt as it was begun, whether it is still wanted or not; for whoever looks at it."""
    workload = Workload.objects.get(subject_kind=Job.live_kind, subject_id=job.pk)
    return _placed(job, list(job.replicas_now()), workload.pod_sets)


def _placed(job: Job, replicas: Sequence[Replica], pod_sets: Sequence[Mapping[str, Any]]) -> list[WantedReplica]:
    """pod_sets: those of the job's workload, which say what its needs were resolved to."""
    spec = job.parsed_spec()
    roles = {role.name: role for role in spec.roles}
    together = _Gang.of(job, spec, replicas) if spec.gang else None
    everyone = len(replicas) if spec.gang else spec.replicas
    requests = {pod_set["name"]: pod_set["requests"] for pod_set in pod_sets}
    devices = {name: devices_of(amounts) for name, amounts in requests.items()}
    # Pods are machines of their own; elsewhere the processes of one machine are told apart.
    together_on_nodes = spec.gang and job.cluster is not None and job.cluster.kind == ClusterKind.LOCAL
    where = {**places(job), **variables(job, spec.volumes)}
    on_node: Counter[str] = Counter()
    wanted = []
    for replica in replicas:
        role = roles[replica.role]
        # An independent replica is a world of its own.
        gang = together or _Gang.of(job, spec, [replica])
        # A replica with devices sees only its own.
        local_rank = on_node[replica.node] if together_on_nodes and not devices[role.name] else 0
        on_node[replica.node] += 1
        wanted.append(
            WantedReplica(
                rank=replica.rank,
                role=role.name,
                index=replica.index,
                node=replica.node,
                local_rank=local_rank,
                world_size=len(gang.hosts),
                image=role.image,
                command=tuple(role.command),
                env={**role.env, **gang.environment(replica, local_rank), **_hanse(job, replica, everyone), **where},
                cpu_millicores=role.cpu_millicores,
                memory_bytes=role.memory_bytes,
                devices=devices[role.name],
                deadline_at=job.deadline_at,
                flavors=tuple(sorted(requests[role.name])),
                code=spec.source is not None,
                files={"hostfile": gang.hostfile()} if gang.has_hostfile else {},
            )
        )
    return wanted


def port_of(job: Job) -> int:
    """The first port of an attempt: the same for all its replicas, another after a restart, unlikely to be another job's."""
    seed = hashlib.sha256(f"{job.pk}/{job.attempt}".encode()).digest()
    return _FIRST_PORT + int.from_bytes(seed[:4]) % _PORTS


def report_token(job: Job) -> str:
    """Lets a workload report on its own attempt and do nothing else."""
    return signing.Signer(salt=_REPORT_SALT).sign_object([str(job.pk), job.attempt])


def read_report_token(token: str) -> tuple[str, int]:
    """The job id and attempt that a token stands for. Raises signing.BadSignature."""
    job_id, attempt = signing.Signer(salt=_REPORT_SALT).unsign_object(token)
    return str(job_id), int(attempt)


def _hanse(job: Job, replica: Replica, everyone: int) -> dict[str, str]:
    return {
        "HANSE_JOB_ID": str(job.pk),
        "HANSE_JOB_NAME": job.name,
        "HANSE_ATTEMPT": str(job.attempt),
        "HANSE_ROLE": replica.role,
        "HANSE_ROLE_INDEX": str(replica.index),
        "HANSE_REPLICA_INDEX": str(replica.rank),
        "HANSE_REPLICA_COUNT": str(everyone),
        "HANSE_ARTIFACTS": "artifacts",
        "HANSE_REPORT_URL": f"{settings.PUBLIC_URL}/api/v1/report/",
        "HANSE_REPORT_TOKEN": report_token(job),
    }


@dataclass(frozen=True)
class _Gang:
    """All replicas of one attempt, as they find one another."""

    framework: Framework
    port: int
    hosts: tuple[str, ...]
    by_role: Mapping[str, tuple[int, ...]]
    alone: bool = False
    has_hostfile: bool = False

    @classmethod
    def of(cls, job: Job, spec: JobSpec, replicas: Sequence[Replica]) -> "_Gang":
        by_role: dict[str, list[int]] = defaultdict(list)
        for replica in replicas:
            by_role[replica.role].append(replica.rank)
        return cls(
            framework=spec.framework,
            port=port_of(job),
            hosts=tuple(_host(job, replica) for replica in replicas),
            by_role={role: tuple(ranks) for role, ranks in by_role.items()},
            alone=not spec.gang,
            has_hostfile=spec.framework is Framework.MPI and spec.kind is not Kind.MPIJOB,  # whose operator writes one
        )

    def environment(self, replica: Replica, local_rank: int) -> dict[str, str]:
        # One that is alone has a port of its own, too.
        size, rank = str(len(self.hosts)), "0" if self.alone else str(replica.rank)
        master, port = self.hosts[0], str(self.port + (replica.rank if self.alone else 0))
        variables = {
            "RANK": rank,
            "WORLD_SIZE": size,
            "LOCAL_RANK": str(local_rank),
            "MASTER_ADDR": master,
            "MASTER_PORT": port,
        }
        match self.framework:
            case Framework.PYTORCH:  # as torchrun reads its own options
                variables |= {"PET_NNODES": size, "PET_NODE_RANK": rank, "PET_MASTER_ADDR": master, "PET_MASTER_PORT": port}
            case Framework.TENSORFLOW:
                variables["TF_CONFIG"] = orjson.dumps(self._tf_config(replica)).decode()
            case Framework.MPI if self.has_hostfile:
                variables |= {"HANSE_HOSTFILE": "hostfile", "OMPI_MCA_orte_default_hostfile": "hostfile"}
            case Framework.XGBOOST:  # as Rabit's tracker and workers read them
                variables |= {
                    "DMLC_TRACKER_URI": master,
                    "DMLC_TRACKER_PORT": port,
                    "DMLC_TASK_ID": rank,
                    "DMLC_NUM_WORKER": size,
                }
            case Framework.SPARK:
                variables["SPARK_MASTER_URL"] = f"spark://{master}:{port}"
        return variables

    def hostfile(self) -> str:
        """One line a host, as Open MPI reads it."""
        return "".join(f"{host} slots={slots}\n" for host, slots in Counter(self.hosts).items())

    def _tf_config(self, replica: Replica) -> dict[str, object]:
        return {
            "cluster": {
                role: [f"{self.hosts[rank]}:{self.port + 1 + rank}" for rank in ranks]
                for role, ranks in self.by_role.items()
            },
            "task": {"type": replica.role, "index": replica.index},
        }


def _host(job: Job, replica: Replica) -> str:
    """Where the other replicas reach this one: this machine, or the pod's name in its headless service."""
    assert job.cluster is not None  # noqa: S101 (only placed jobs have replicas)
    if job.cluster.kind == ClusterKind.LOCAL:
        return "127.0.0.1"
    pod = pod_name(job.pk, job.attempt, replica.rank)
    return f"{pod}.{service_name(job.pk)}.{job.project.namespace}.svc"


def service_name(job_id: UUID) -> str:
    """What is made of a job in a cluster is called so, or begins so."""
    return f"job-{job_id.hex}"


def pod_name(job_id: UUID, attempt: int, rank: int) -> str:
    return f"{service_name(job_id)}-{attempt}-{rank}"
