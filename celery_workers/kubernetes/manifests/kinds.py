"""One attempt of a job as the object of an operator, which makes the pods and tells them how they find one another.

The pods of a part are alike. Whose they are their labels say, as on pods of ours; their ranks are counted from the first
of the part by the number that the operator gives to each. The object tries nothing again, cleans nothing and knows of no
queue: that is the portal's. `suspend` is how it is told to make no more pods.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from apps.jobs.given import Given
from apps.jobs.kinds import LAUNCHER, TF_ROLES, Kind
from apps.jobs.placement import WantedReplica, service_name
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.job import Run, environment_of, marks_of_attempt, metadata_of, pod_spec
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.paths import collection

_OF_A_RANK = ("RANK", "PET_NODE_RANK", "DMLC_TASK_ID", "HANSE_REPLICA_INDEX")
_OF_THE_FIRST = ("MASTER_ADDR", "PET_MASTER_ADDR", "DMLC_TRACKER_URI")
# Of one replica, and not to be had from a template.
_OF_ONE = ("HANSE_REPLICA",)
# Where images for MPI that run as nobody in particular look for keys, and how their workers wait for the launcher.
MPI_KEYS, MPI_WAIT = "/home/mpiuser/.ssh", ("/usr/sbin/sshd", "-De", "-f", "/home/mpiuser/.sshd_config")
# Longer ones would make names of pods that are none.
_LONGEST_PART = 8


@dataclass(frozen=True)
class Part:
    """Replicas that are alike, by rank. `counted_from`: the number that the operator gives to the first of them."""

    name: str
    replicas: Sequence[WantedReplica]
    counted_from: int = 0


@dataclass(frozen=True)
class _Operated:
    """`said`: variables that the operator sets, or that go with no template. `index`: label with a replica's number.

    first: by what name the first replica is reached, of the object's name and the part's; None: as pods of ours.
    keeps_failed: suspended, it leaves pods that have failed, with their logs, though it has not seen yet that they did.
    """

    version: str
    container: str
    index: str
    said: Collection[str]
    parts: Callable[[Sequence[WantedReplica]], list[Part]]
    spec: Callable[[Run, Sequence[Part], Sequence[Manifest]], Manifest]
    first: Callable[[str, str], str] | None = None
    suspended_by: tuple[str, ...] = ("suspend",)
    keeps_failed: bool = True


def render(
    kind: Kind, run: Run, wanted: Sequence[WantedReplica], given: Mapping[str, Given], *, owner: str
) -> list[Manifest]:
    """The object of all replicas of an attempt, after what it refers to. given: by role. owner: uid of the job's service."""
    operated = _OPERATED[kind]
    parts = operated.parts(sorted(wanted, key=lambda one: one.rank))
    templates = [_template(operated, run, part, given[part.replicas[0].role], alone=len(parts) == 1) for part in parts]
    metadata = metadata_of(run, name_of(run.job_id, run.attempt), owner=owner) | {"labels": marks_of_attempt(run)}
    made = {
        "apiVersion": operated.version,
        "kind": str(kind),
        "metadata": metadata,
        "spec": operated.spec(run, parts, templates),
    }
    if kind is Kind.TRAINJOB:
        return [_training_runtime(operated, metadata, run, parts, templates), made]
    return [made]


def name_of(job_id: UUID, attempt: int) -> str:
    return f"{service_name(job_id)}-{attempt}"


def path_of(kind: Kind, namespace: str, job_id: UUID, attempt: int) -> str:
    return f"{collection(_OPERATED[kind].version, kind, namespace)}/{name_of(job_id, attempt)}"


def suspended(kind: Kind) -> Manifest:
    """The change that lets an object make no pods any more."""
    change: Manifest = True  # type: ignore[assignment]
    for name in reversed(("spec", *_OPERATED[kind].suspended_by)):
        change = {name: change}
    return change


def may_be_suspended(kind: Kind, *, failed: bool) -> bool:
    """Whether an object of which a replica has failed, or none has, loses nothing by it."""
    return _OPERATED[kind].keeps_failed or not failed


def is_suspended(kind: Kind, found: Manifest) -> bool:
    """Whether an object makes no pods until somebody lets it."""
    value = found["spec"]
    for name in _OPERATED[kind].suspended_by:
        value = value.get(name) or {}
    return value is True


def _template(operated: _Operated, run: Run, part: Part, given: Given, *, alone: bool) -> Manifest:
    first = part.replicas[0]
    counted = {labels.FIRST_RANK: str(first.rank - part.counted_from)}
    marks = {**marks_of_attempt(run), labels.ROLE: first.role, **counted}
    left_out = {*operated.said, *_OF_ONE, *(() if alone else _OF_A_RANK)}
    environment = [
        _shared(one, operated, run, part) for one in environment_of(run, first, given) if one["name"] not in left_out
    ]
    nodes = [replica.node for replica in part.replicas]
    return {
        "metadata": {"labels": marks},
        "spec": pod_spec(run, first, environment, given, nodes=nodes, container=operated.container),
    }


def _shared(variable: Manifest, operated: _Operated, run: Run, part: Part) -> Manifest:
    """A variable of one replica as one of all that are alike."""
    name = variable["name"]
    if name in ("HANSE_ROLE_INDEX", *_OF_A_RANK):
        return {"name": name, "valueFrom": {"fieldRef": {"fieldPath": f"metadata.labels['{operated.index}']"}}}
    if name in _OF_THE_FIRST and operated.first is not None:
        return {"name": name, "value": operated.first(name_of(run.job_id, run.attempt), part.name)}
    return variable


def _workers(wanted: Sequence[WantedReplica]) -> list[Part]:
    return [Part("Worker", wanted)]


def _by_role(wanted: Sequence[WantedReplica]) -> list[Part]:
    roles: dict[str, list[WantedReplica]] = {}
    for replica in wanted:
        roles.setdefault(replica.role, []).append(replica)
    if all(len(role) <= _LONGEST_PART for role in roles):
        return [Part(role, replicas) for role, replicas in roles.items()]
    return [Part(f"part-{number}", replicas) for number, replicas in enumerate(roles.values())]


def _of_tensorflow(wanted: Sequence[WantedReplica]) -> list[Part]:
    return [Part(TF_ROLES[part.replicas[0].role], part.replicas) for part in _by_role(wanted)]


def _of_mpi(wanted: Sequence[WantedReplica]) -> list[Part]:
    """The launcher and the workers. One that has devices is the first worker, too, and the others are counted from 1."""
    launcher = next((one for one in wanted if one.role == LAUNCHER), wanted[0])
    workers = [one for one in wanted if one is not launcher]
    parts = [Part("Launcher", [launcher])]
    if workers and workers[0].role == launcher.role:
        workers = [replace(one, command=MPI_WAIT) for one in workers]
    return [*parts, Part("Worker", workers, counted_from=int(_launcher_works(launcher, workers)))] if workers else parts


def _kubeflow(replicas: str) -> Callable[[Run, Sequence[Part], Sequence[Manifest]], Manifest]:
    def spec(run: Run, parts: Sequence[Part], templates: Sequence[Manifest]) -> Manifest:
        return {
            # No backoffLimit: an operator whose limit is passed deletes the pods that failed, with their logs.
            "runPolicy": {"cleanPodPolicy": "None"},
            replicas: _specs(parts, templates),
        }

    return spec


def _specs(parts: Sequence[Part], templates: Sequence[Manifest]) -> Manifest:
    return {
        part.name: {"replicas": len(part.replicas), "restartPolicy": "Never", "template": template}
        for part, template in zip(parts, templates, strict=True)
    }


def _launcher_works(launcher: WantedReplica, workers: Sequence[WantedReplica]) -> bool:
    return bool(launcher.devices) or not workers or workers[0].role == launcher.role


def _mpi_spec(run: Run, parts: Sequence[Part], templates: Sequence[Manifest]) -> Manifest:
    launcher, workers = parts[0].replicas[0], parts[1].replicas if len(parts) > 1 else []
    one = workers[0] if workers else launcher
    return {
        # Its launcher is a Job, which keeps the pod that failed.
        "runPolicy": {"cleanPodPolicy": "None", "backoffLimit": 0},
        "slotsPerWorker": sum(one.devices.values()) or max(1, one.cpu_millicores // 1000),
        "runLauncherAsWorker": _launcher_works(launcher, workers),
        "sshAuthMountPath": MPI_KEYS,
        "mpiReplicaSpecs": _specs(parts, templates),
    }


def _job_spec(run: Run, parts: Sequence[Part], templates: Sequence[Manifest]) -> Manifest:
    # In the service of the job its pods have the very names that pods of ours have.
    return _indexed(parts[0], templates[0], {"subdomain": service_name(run.job_id)})


def _indexed(part: Part, template: Manifest, more: Manifest) -> Manifest:
    """A batch/v1 Job that numbers its pods and makes each of them once."""
    return {
        "completionMode": "Indexed",
        "completions": len(part.replicas),
        "parallelism": len(part.replicas),
        "backoffLimit": 0,
        "template": {**template, "spec": {"restartPolicy": "Never", **more, **template["spec"]}},
    }


def _jobset_spec(run: Run, parts: Sequence[Part], templates: Sequence[Manifest]) -> Manifest:
    return {
        "failurePolicy": {"maxRestarts": 0},
        "replicatedJobs": [
            {"name": part.name, "replicas": 1, "template": {"spec": _indexed(part, template, {})}}
            for part, template in zip(parts, templates, strict=True)
        ],
    }


def _trainjob_spec(run: Run, parts: Sequence[Part], templates: Sequence[Manifest]) -> Manifest:
    runtime = {"apiGroup": "trainer.kubeflow.org", "kind": "TrainingRuntime", "name": name_of(run.job_id, run.attempt)}
    return {"runtimeRef": runtime, "trainer": {"numNodes": len(parts[0].replicas)}}


def _training_runtime(
    operated: _Operated, metadata: Manifest, run: Run, parts: Sequence[Part], templates: Sequence[Manifest]
) -> Manifest:
    """What the TrainJob of an attempt runs: a runtime of its own, so that its pods are those of every other kind."""
    jobset = _jobset_spec(run, parts, templates)
    for job in jobset["replicatedJobs"]:
        job["template"]["metadata"] = {"labels": {"trainer.kubeflow.org/trainjob-ancestor-step": "trainer"}}
    spec = {"mlPolicy": {"numNodes": len(parts[0].replicas)}, "template": {"spec": jobset}}
    return {"apiVersion": operated.version, "kind": "TrainingRuntime", "metadata": metadata, "spec": spec}


def _in_a_jobset(name: str, part: str) -> str:
    return f"{name}-{part}-0-0.{name}"


_RUN_POLICY = ("runPolicy", "suspend")
_OPERATED: Mapping[Kind, _Operated] = {
    # Workers only: a Master would give them an init container that the Pod Security level `restricted` does not let in.
    Kind.PYTORCHJOB: _Operated(
        "kubeflow.org/v1",
        "pytorch",
        labels.INDEX,
        ("PYTHONUNBUFFERED", "PET_NNODES"),
        _workers,
        _kubeflow("pytorchReplicaSpecs"),
        first=lambda name, _: f"{name}-worker-0",
        suspended_by=_RUN_POLICY,
        keeps_failed=False,
    ),
    Kind.TFJOB: _Operated(
        "kubeflow.org/v1",
        "tensorflow",
        labels.INDEX,
        ("TF_CONFIG", "WORLD_SIZE", "MASTER_PORT", *_OF_A_RANK, *_OF_THE_FIRST),
        _of_tensorflow,
        _kubeflow("tfReplicaSpecs"),
        suspended_by=_RUN_POLICY,
        keeps_failed=False,
    ),
    Kind.MPIJOB: _Operated(
        "kubeflow.org/v2beta1",
        "mpi",
        labels.INDEX,
        ("WORLD_SIZE", "LOCAL_RANK", "MASTER_PORT", "HANSE_ROLE_INDEX", *_OF_A_RANK, *_OF_THE_FIRST),
        _of_mpi,
        _mpi_spec,
        suspended_by=_RUN_POLICY,
    ),
    Kind.JOB: _Operated("batch/v1", "replica", labels.COMPLETION, (), _workers, _job_spec),
    Kind.JOBSET: _Operated(
        "jobset.x-k8s.io/v1alpha2", "replica", labels.COMPLETION, (), _by_role, _jobset_spec, first=_in_a_jobset
    ),
    # Its operator fills in the container of this name, in the job of this name.
    Kind.TRAINJOB: _Operated(
        "trainer.kubeflow.org/v1alpha1",
        "node",
        labels.COMPLETION,
        (),
        lambda wanted: [Part("node", wanted)],
        _trainjob_spec,
        first=_in_a_jobset,
    ),
}
