"""One attempt of a job as the object of an operator, which makes the pods and tells them how they find one another.

The pods of a part are alike. Whose they are their labels say, as on pods of ours; their ranks are counted from the first
of the part by the number that the operator gives to each. The object tries nothing again, cleans nothing and knows of no
queue: that is the portal's. `suspend` is how it is told to make no more pods.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from apps.jobs.given import Given
from apps.jobs.kinds import TF_ROLES, Kind
from apps.jobs.placement import WantedReplica, service_name
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.job import Run, environment_of, marks_of_attempt, metadata_of, pod_spec
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.paths import collection

SUSPENDED: Manifest = {"spec": {"runPolicy": {"suspend": True}}}
_OF_A_RANK = ("RANK", "PET_NODE_RANK", "HANSE_REPLICA_INDEX")
_OF_THE_FIRST = ("MASTER_ADDR", "PET_MASTER_ADDR")


@dataclass(frozen=True)
class _Operated:
    """`replicas`: the field that holds the parts. `said`: variables that the operator sets, or that go with no template.

    `first`: the ending of the name by which the first replica is reached, where one part has them all and a replica's
    number is its rank; empty: the operator says how they find one another.
    """

    version: str
    replicas: str
    container: str
    said: Collection[str]
    first: str = ""


_OPERATED: Mapping[Kind, _Operated] = {
    # Workers only: a Master would give them an init container that the Pod Security level `restricted` does not let in.
    Kind.PYTORCHJOB: _Operated(
        "kubeflow.org/v1",
        "pytorchReplicaSpecs",
        "pytorch",
        ("PYTHONUNBUFFERED", "PET_NNODES", "HANSE_REPLICA"),
        first="worker-0",
    ),
    Kind.TFJOB: _Operated(
        "kubeflow.org/v1",
        "tfReplicaSpecs",
        "tensorflow",
        ("TF_CONFIG", "WORLD_SIZE", "MASTER_PORT", "HANSE_REPLICA", *_OF_A_RANK, *_OF_THE_FIRST),
    ),
}


def render(kind: Kind, run: Run, wanted: Sequence[WantedReplica], given: Mapping[str, Given], *, owner: str) -> Manifest:
    """The object of all replicas of an attempt. given: by role. owner: uid of the job's service."""
    operated = _OPERATED[kind]
    return {
        "apiVersion": operated.version,
        "kind": str(kind),
        "metadata": metadata_of(run, name_of(run.job_id, run.attempt), owner=owner) | {"labels": marks_of_attempt(run)},
        "spec": {
            # No backoffLimit: an operator whose limit is passed deletes the pods that failed, with their logs.
            "runPolicy": {"cleanPodPolicy": "None"},
            operated.replicas: {
                name: {
                    "replicas": len(part),
                    "restartPolicy": "Never",
                    "template": _template(operated, run, part, given[part[0].role]),
                }
                for name, part in _parts(kind, wanted).items()
            },
        },
    }


def name_of(job_id: UUID, attempt: int) -> str:
    return f"{service_name(job_id)}-{attempt}"


def path_of(kind: Kind, namespace: str, job_id: UUID, attempt: int) -> str:
    return f"{collection(_OPERATED[kind].version, kind, namespace)}/{name_of(job_id, attempt)}"


def is_suspended(found: Manifest) -> bool:
    """Whether an object makes no pods until somebody lets it."""
    return bool(found["spec"].get("runPolicy", {}).get("suspend"))


def _parts(kind: Kind, wanted: Sequence[WantedReplica]) -> dict[str, list[WantedReplica]]:
    """The replicas by the operator's words for them, each by rank."""
    parts: dict[str, list[WantedReplica]] = {}
    for replica in sorted(wanted, key=lambda one: one.rank):
        name = "Worker" if kind is Kind.PYTORCHJOB else TF_ROLES[replica.role]
        parts.setdefault(name, []).append(replica)
    return parts


def _template(operated: _Operated, run: Run, part: Sequence[WantedReplica], given: Given) -> Manifest:
    first = part[0]
    marks = {**marks_of_attempt(run), labels.ROLE: first.role, labels.FIRST_RANK: str(first.rank)}
    environment = [_shared(one, operated, run) for one in environment_of(run, first, given)]
    spec = pod_spec(
        run,
        first,
        [one for one in environment if one["name"] not in operated.said],
        given,
        nodes=[replica.node for replica in part],
        container=operated.container,
    )
    return {"metadata": {"labels": marks}, "spec": spec}


def _shared(variable: Manifest, operated: _Operated, run: Run) -> Manifest:
    """A variable of one replica as one of all that are alike."""
    name = variable["name"]
    if name in ("HANSE_ROLE_INDEX", *_OF_A_RANK):
        return {"name": name, "valueFrom": {"fieldRef": {"fieldPath": f"metadata.labels['{labels.INDEX}']"}}}
    if name in _OF_THE_FIRST:
        return {"name": name, "value": f"{name_of(run.job_id, run.attempt)}-{operated.first}"}
    return variable
