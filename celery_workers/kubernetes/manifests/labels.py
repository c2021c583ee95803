"""How Hanse marks what it makes, so that it can be listed, watched and removed again, and is taken for nobody else's."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

Manifest = dict[str, Any]

DOMAIN = "hanse.dev"
MANAGED_BY = {"app.kubernetes.io/managed-by": "hanse"}
CLUSTER, TENANT, PROJECT = f"{DOMAIN}/cluster", f"{DOMAIN}/tenant", f"{DOMAIN}/project"
# Annotation of a namespace: whence images of its pods may come, parted by commas; without it, from everywhere.
REGISTRIES = f"{DOMAIN}/registries"
# Annotation of a namespace: the RuntimeClass without which no pod starts there.
SANDBOX = f"{DOMAIN}/required-runtime-class"
# Annotation of a namespace: node pools whose taint its pods may tolerate, parted by commas.
POOLS = f"{DOMAIN}/node-pools"
IMAGE_PULL = f"{DOMAIN}/image-pull"
VOLUME = f"{DOMAIN}/volume"
WORKLOAD, ASKING = f"{DOMAIN}/workload", f"{DOMAIN}/asking"
JOB, ATTEMPT, ROLE, RANK = f"{DOMAIN}/job", f"{DOMAIN}/attempt", f"{DOMAIN}/role", f"{DOMAIN}/rank"
APP, REVISION = f"{DOMAIN}/app", f"{DOMAIN}/revision"
# Pods that an operator makes are alike: the rank of the first of them, and the operator's number of each.
FIRST_RANK, INDEX = f"{DOMAIN}/first-rank", "training.kubeflow.org/replica-index"
COMPLETION = "batch.kubernetes.io/job-completion-index"


def of_project(*, cluster_id: UUID, tenant_id: UUID, project_id: UUID) -> dict[str, str]:
    """cluster: the id under which this portal knows the cluster, which tells two portals in one cluster apart."""
    return {**MANAGED_BY, CLUSTER: str(cluster_id), TENANT: str(tenant_id), PROJECT: str(project_id)}


def id_in(labels: Mapping[str, str], label: str) -> UUID | None:
    """Whose it is, as its label says; somebody may have written anything there."""
    try:
        return UUID(labels[label])
    except (KeyError, ValueError):
        return None


def selector(labels: Mapping[str, str]) -> str:
    """The labels as a selector of the API."""
    return ",".join(f"{name}={value}" for name, value in sorted(labels.items()))
