"""What can go wrong with clusters."""

from http import HTTPStatus

from apps.core.errors import Problem


class FlavorInUse(Problem):
    code, status = "flavor-in-use", HTTPStatus.CONFLICT
    title = "Quotas speak of this flavor"
    advice = "Take the flavor out of the quotas and shares that name it; then it can be removed."


class LocalComputeOff(Problem):
    code, status = "local-compute-off", HTTPStatus.CONFLICT
    title = "This installation does not run jobs on its own machine"
    advice = "Local compute is no isolation boundary and off unless `HANSE_LOCAL_COMPUTE=1`; production mode refuses it."


class ClusterKindUnsupported(Problem):
    code, status = "cluster-kind-unsupported", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "This version cannot drive a cluster of this kind"
    advice = "`kind` is `local` in this version."
