"""What can go wrong with clusters."""

from http import HTTPStatus

from apps.core.errors import Problem


class FlavorInUse(Problem):
    code, status = "flavor-in-use", HTTPStatus.CONFLICT
    title = "Quotas speak of this flavor"
    advice = "Take the flavor out of all quotas and shares of its cluster first; then it can be removed."


class LocalComputeOff(Problem):
    code, status = "local-compute-off", HTTPStatus.CONFLICT
    title = "This installation does not run jobs on its own machine"
    advice = (
        "Local compute is no isolation boundary and is off unless Hanse is started in development mode with "
        "HANSE_LOCAL_COMPUTE=1, as `make run` does."
    )


class ClusterKindUnsupported(Problem):
    code, status = "cluster-kind-unsupported", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "This version cannot drive a cluster of this kind"
    advice = "Register a cluster of the kind local: the machine on which Hanse runs."
