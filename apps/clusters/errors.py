"""What can go wrong with clusters."""

from http import HTTPStatus

from apps.core.errors import Problem


class FlavorInUse(Problem):
    code, status = "flavor-in-use", HTTPStatus.CONFLICT
    title = "Quotas speak of this flavor"


class LocalComputeOff(Problem):
    code, status = "local-compute-off", HTTPStatus.CONFLICT
    title = "This installation does not run jobs on its own machine"


class ClusterKindUnsupported(Problem):
    code, status = "cluster-kind-unsupported", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "This version cannot drive a cluster of this kind"
