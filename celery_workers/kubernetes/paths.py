"""Where objects are in the API: the one table of the kinds and versions that Hanse makes."""

from apps.clusters.entry import GATEWAY_VERSION
from apps.clusters.models import KUEUE_VERSION
from celery_workers.kubernetes.manifests.labels import Manifest

_CLUSTER_WIDE = {
    ("v1", "Namespace"): "namespaces",
    ("v1", "PersistentVolume"): "persistentvolumes",
    ("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy"): "validatingadmissionpolicies",
    ("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding"): "validatingadmissionpolicybindings",
    (KUEUE_VERSION, "ClusterQueue"): "clusterqueues",
    (KUEUE_VERSION, "Cohort"): "cohorts",
    (KUEUE_VERSION, "ResourceFlavor"): "resourceflavors",
    (KUEUE_VERSION, "WorkloadPriorityClass"): "workloadpriorityclasses",
}
_IN_NAMESPACES = {
    ("v1", "ConfigMap"): "configmaps",
    ("v1", "Event"): "events",
    ("v1", "LimitRange"): "limitranges",
    ("v1", "PersistentVolumeClaim"): "persistentvolumeclaims",
    ("v1", "Pod"): "pods",
    ("v1", "ResourceQuota"): "resourcequotas",
    ("v1", "Secret"): "secrets",
    ("v1", "Service"): "services",
    ("v1", "ServiceAccount"): "serviceaccounts",
    ("networking.k8s.io/v1", "NetworkPolicy"): "networkpolicies",
    ("apps/v1", "Deployment"): "deployments",
    ("autoscaling/v2", "HorizontalPodAutoscaler"): "horizontalpodautoscalers",
    ("policy/v1", "PodDisruptionBudget"): "poddisruptionbudgets",
    ("networking.k8s.io/v1", "Ingress"): "ingresses",
    (GATEWAY_VERSION, "HTTPRoute"): "httproutes",
    ("batch/v1", "Job"): "jobs",
    ("jobset.x-k8s.io/v1alpha2", "JobSet"): "jobsets",
    ("rbac.authorization.k8s.io/v1", "Role"): "roles",
    ("rbac.authorization.k8s.io/v1", "RoleBinding"): "rolebindings",
    ("kubeflow.org/v1", "PyTorchJob"): "pytorchjobs",
    ("kubeflow.org/v1", "TFJob"): "tfjobs",
    ("kubeflow.org/v2beta1", "MPIJob"): "mpijobs",
    ("trainer.kubeflow.org/v1alpha1", "TrainingRuntime"): "trainingruntimes",
    ("trainer.kubeflow.org/v1alpha1", "TrainJob"): "trainjobs",
    ("scheduling.k8s.io/v1alpha2", "PodGroup"): "podgroups",
    (KUEUE_VERSION, "LocalQueue"): "localqueues",
    (KUEUE_VERSION, "Workload"): "workloads",
}


def path_of(manifest: Manifest) -> str:
    """The path of this very object."""
    return f"{collection_of(manifest)}/{manifest['metadata']['name']}"


def collection_of(manifest: Manifest) -> str:
    """The path of its kind, in its namespace if it has one."""
    return collection(manifest["apiVersion"], manifest["kind"], manifest["metadata"].get("namespace", ""))


def collection(version: str, kind: str, namespace: str = "") -> str:
    """The path of a kind; without a namespace, in all of them. Raises KeyError for a kind that Hanse does not make."""
    root = f"/apis/{version}" if "/" in version else f"/api/{version}"
    if (version, kind) in _CLUSTER_WIDE:
        return f"{root}/{_CLUSTER_WIDE[version, kind]}"
    plural = _IN_NAMESPACES[version, kind]
    return f"{root}/namespaces/{namespace}/{plural}" if namespace else f"{root}/{plural}"
