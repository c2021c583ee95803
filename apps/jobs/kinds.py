"""What a job is in a Kubernetes cluster: pods of ours, or one object of an operator that makes them.

Which shapes of a job an operator can make; how its object is written says `celery_workers/kubernetes/manifests/kinds.py`.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    PODS = "pods"
    JOB = "Job"
    JOBSET = "JobSet"
    PYTORCHJOB = "PyTorchJob"
    TFJOB = "TFJob"
    MPIJOB = "MPIJob"
    TRAINJOB = "TrainJob"


# What a cluster must be seen to serve (celery_workers/kubernetes/served.py). Every one serves Job.
CAPABILITY = {
    Kind.JOBSET: "jobset",
    Kind.PYTORCHJOB: "pytorch",
    Kind.TFJOB: "tensorflow",
    Kind.MPIJOB: "mpi",
    Kind.TRAINJOB: "trainer",
}
# Pods that are made alike must find one another by what an operator, or a number on each of them, can say.
_FRAMEWORKS: Mapping[Kind, Collection[str]] = {
    Kind.JOB: ("pytorch", "mpi", "xgboost", "custom"),
    Kind.JOBSET: ("pytorch", "xgboost", "custom"),
    Kind.PYTORCHJOB: ("pytorch",),
    Kind.TFJOB: ("tensorflow",),
    Kind.MPIJOB: ("mpi",),
    Kind.TRAINJOB: ("pytorch", "xgboost", "custom"),
}
TF_ROLES = {"chief": "Chief", "master": "Master", "ps": "PS", "worker": "Worker", "evaluator": "Evaluator"}
LAUNCHER, WORKER = "launcher", "worker"


class Role(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def replicas(self) -> int: ...

    @property
    def min_replicas(self) -> int | None: ...

    @property
    def serves(self) -> bool: ...


def refusal(kind: Kind, *, framework: str, gang: bool, roles: Sequence[Role]) -> str:
    """Why a job of this shape is none of this kind; empty when it is one."""
    if kind is Kind.PODS:
        return ""
    if framework not in _FRAMEWORKS[kind]:
        return f"a {kind} goes with framework: {' or '.join(_FRAMEWORKS[kind])}"
    if not gang or any(role.min_replicas is not None for role in roles):
        return f"a {kind} starts whole: neither gang: false nor min_replicas goes with it; kind: pods has them"
    match kind:
        case Kind.PYTORCHJOB if len(roles) > 1:
            return "a PyTorchJob has one role; its first replica is the master"
        case Kind.JOB | Kind.TRAINJOB if len(roles) > 1:
            return f"a {kind} has one role; kind: JobSet has several"
        case Kind.JOBSET if len(roles) > 1 and framework != "custom":
            return f"a JobSet of framework {framework} has one role, for its replicas are told their ranks by their number"
        case Kind.TFJOB if other := [role.name for role in roles if role.name not in TF_ROLES]:
            return f"the roles of a TFJob are called {', '.join(TF_ROLES)}; {other[0]} is none of them"
        case Kind.MPIJOB if len(roles) > 1:
            return _refusal_of_mpi(roles)
    return ""


def is_led(kind: Kind, roles: Sequence[Role]) -> bool:
    """Whether the first replica launches what the others serve, though they are of one role."""
    return kind is Kind.MPIJOB and len(roles) == 1


def _refusal_of_mpi(roles: Sequence[Role]) -> str:
    by_name = {role.name: role for role in roles}
    if by_name.keys() != {LAUNCHER, WORKER}:
        return f"an MPIJob has one role, whose first replica launches, or two that are called {LAUNCHER} and {WORKER}"
    if by_name[LAUNCHER].replicas > 1 or by_name[LAUNCHER].serves or not by_name[WORKER].serves:
        return f"an MPIJob has one {LAUNCHER}, which the {WORKER}s serve (serves: true)"
    return ""
