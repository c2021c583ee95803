"""What a cluster serves, held against the versions of operators that Hanse speaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from apps.clusters.models import runtime_capability
from celery_workers.kubernetes.client import Client, Forbidden, Json, NotFound

# capability -> (API group, versions in the order of preference, kind). The one table of versions that Hanse speaks.
SPOKEN: Mapping[str, tuple[str, tuple[str, ...], str]] = {
    "kueue": ("kueue.x-k8s.io", ("v1beta2", "v1beta1"), "ClusterQueue"),
    "jobset": ("jobset.x-k8s.io", ("v1alpha2",), "JobSet"),
    "pytorch": ("kubeflow.org", ("v1",), "PyTorchJob"),
    "tensorflow": ("kubeflow.org", ("v1",), "TFJob"),
    "mpi": ("kubeflow.org", ("v2beta1",), "MPIJob"),
    "trainer": ("trainer.kubeflow.org", ("v1alpha1",), "TrainJob"),
    "spark": ("sparkoperator.k8s.io", ("v1beta2",), "SparkApplication"),
    "gangs": ("scheduling.k8s.io", ("v1alpha2",), "PodGroup"),
    "metrics": ("metrics.k8s.io", ("v1beta1",), "NodeMetrics"),
    "gateway": ("gateway.networking.k8s.io", ("v1", "v1beta1"), "HTTPRoute"),
    "network-policies": ("networking.k8s.io", ("v1",), "NetworkPolicy"),
}
# Newer or older ones may work; they are not what the tests run against.
OLDEST, NEWEST = (1, 33), (1, 37)
_DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class"
_AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"


@dataclass(frozen=True)
class Served:
    """API group/version -> kinds."""

    kinds: Mapping[str, frozenset[str]]
    # RuntimeClass -> its handler.
    runtimes: Mapping[str, str] = field(default_factory=dict)
    # As Cluster.storage_classes has them, by name.
    storage_classes: Sequence[Json] = ()

    def has(self, group_version: str, kind: str) -> bool:
        return kind in self.kinds.get(group_version, frozenset())

    def capabilities(self) -> dict[str, str]:
        """Of each capability the version that is spoken with it: the most preferred that is served."""
        found = {}
        for name, (group, versions, kind) in SPOKEN.items():
            spoken = next((version for version in versions if self.has(f"{group}/{version}", kind)), None)
            if spoken:
                found[name] = f"{group}/{spoken}"
        return found | {runtime_capability(name): handler for name, handler in sorted(self.runtimes.items())}

    def groups(self) -> frozenset[str]:
        return frozenset(group_version.rpartition("/")[0] for group_version in self.kinds)


def discover(client: Client) -> Served:
    """All groups, versions and kinds, in one request. Raises Unavailable."""
    document = client.get("/apis", accept=_AGGREGATED)
    kinds: dict[str, frozenset[str]] = {}
    for group in document.get("items", []):
        for version in group.get("versions", []):
            name = f"{group['metadata']['name']}/{version['version']}"
            kinds[name] = frozenset(_kind(resource) for resource in version.get("resources", []))
    return Served(kinds, _runtimes(client), _storage_classes(client))


def _runtimes(client: Client) -> dict[str, str]:
    """Where Hanse may not see them, none is known."""
    try:
        found = client.get("/apis/node.k8s.io/v1/runtimeclasses").get("items", [])
    except (Forbidden, NotFound):
        return {}
    return {one["metadata"]["name"]: str(one["handler"]) for one in found}


def _storage_classes(client: Client) -> list[Json]:
    """Of several that are marked as the cluster's own choice, the API server takes the newest; so does this."""
    try:
        found = client.get("/apis/storage.k8s.io/v1/storageclasses").get("items", [])
    except (Forbidden, NotFound):
        return []
    marked = [one for one in found if one["metadata"].get("annotations", {}).get(_DEFAULT_CLASS) == "true"]
    default = max(marked, key=lambda one: one["metadata"]["creationTimestamp"], default=None)
    return [
        {
            "name": one["metadata"]["name"],
            "provisioner": one["provisioner"],
            "default": one is default,
            "expandable": bool(one.get("allowVolumeExpansion")),
            "reclaim_policy": one.get("reclaimPolicy", "Delete"),
            "waits": one.get("volumeBindingMode") == "WaitForFirstConsumer",
        }
        for one in sorted(found, key=lambda one: str(one["metadata"]["name"]))
    ]


def _kind(resource: Json) -> str:
    return str(resource.get("responseKind", {}).get("kind", ""))
