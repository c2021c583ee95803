"""What a job is in a Kubernetes cluster: pods of ours, or one object of an operator that makes them.

Which shapes of a job an operator can make; how its object is written says `celery_workers/kubernetes/manifests/kinds.py`.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    PODS = "pods"
    PYTORCHJOB = "PyTorchJob"
    TFJOB = "TFJob"


# What a cluster must be seen to serve (celery_workers/kubernetes/served.py).
CAPABILITY = {Kind.PYTORCHJOB: "pytorch", Kind.TFJOB: "tensorflow"}
_FRAMEWORK = {Kind.PYTORCHJOB: "pytorch", Kind.TFJOB: "tensorflow"}
TF_ROLES = {"chief": "Chief", "master": "Master", "ps": "PS", "worker": "Worker", "evaluator": "Evaluator"}


class Role(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def min_replicas(self) -> int | None: ...


def refusal(kind: Kind, *, framework: str, gang: bool, roles: Sequence[Role]) -> str:
    """Why a job of this shape is none of this kind; empty when it is one."""
    if kind is Kind.PODS:
        return ""
    if framework != _FRAMEWORK[kind]:
        return f"a {kind} goes with framework: {_FRAMEWORK[kind]}"
    if not gang or any(role.min_replicas is not None for role in roles):
        return f"a {kind} starts whole: neither gang: false nor min_replicas goes with it; kind: pods has them"
    if kind is Kind.PYTORCHJOB and len(roles) > 1:
        return "a PyTorchJob has one role; its first replica is the master"
    if kind is Kind.TFJOB and (other := [role.name for role in roles if role.name not in TF_ROLES]):
        return f"the roles of a TFJob are called {', '.join(TF_ROLES)}; {other[0]} is none of them"
    return ""
