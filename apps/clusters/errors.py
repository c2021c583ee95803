"""What can go wrong with clusters."""

from http import HTTPStatus

from apps.core.errors import Problem


class FlavorInUse(Problem):
    code, status = "flavor-in-use", HTTPStatus.CONFLICT
    title = "Quotas speak of this flavor"
    advice = "Take the flavor out of all quotas and shares of its cluster first; then it can be removed."


class FlavorOfPool(Problem):
    code, status = "flavor-of-pool", HTTPStatus.CONFLICT
    title = "The flavor belongs to a node pool"
    advice = "It is made, changed and removed with its pool: change the nodes of the pool, or remove the pool."


class NodePoolInUse(Problem):
    code, status = "node-pool-in-use", HTTPStatus.CONFLICT
    title = "Tenants have quota in this node pool"
    advice = (
        "Take the pool's flavors out of all quotas and shares of its cluster first; then its nodes can be everybody's "
        "again. Work that runs there goes on."
    )


class DrainUnfinished(Problem):
    code, status = "drain-unfinished", HTTPStatus.CONFLICT
    title = "Not everything has left the node"
    advice = (
        "The operation's `result.waiting` says what is still there and what keeps it: a disruption budget that allows no "
        "eviction now, or a pod that takes long to end. What left stays away; the node stays cordoned. Mend it and drain "
        "again, with more patience if need be, or uncordon the node."
    )


class KueueNotFound(Problem):
    code, status = "kueue-not-found", HTTPStatus.CONFLICT
    title = "No Kueue that Hanse speaks to was found in this cluster"
    advice = (
        "Install Kueue 0.19 or later in the cluster and check again on the cluster's page; `needed` is the API version that "
        "it has to serve. Until then the portal decides what starts there."
    )


class LocalComputeOff(Problem):
    code, status = "local-compute-off", HTTPStatus.CONFLICT
    title = "This installation does not run jobs on its own machine"
    advice = (
        "Local compute is no isolation boundary and is off unless Hanse is started in development mode with "
        "HANSE_LOCAL_COMPUTE=1, as `make run` does."
    )


class ClusterInUse(Problem):
    code, status = "cluster-in-use", HTTPStatus.CONFLICT
    title = "Quotas or jobs refer to this cluster"
    advice = (
        "Take back the quotas and cohorts that it has, and delete its jobs; then it can be removed. What runs in the "
        "cluster itself is not touched by removing it here."
    )
