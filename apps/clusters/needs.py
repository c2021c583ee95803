"""What Hanse needs to be permitted in a cluster: the one table, from which manifests, preflight and docs are made."""

from collections.abc import Iterable
from dataclasses import dataclass

import yaml

NAMESPACE, ACCOUNT = "hanse-system", "hanse"
_READ = ("get", "list", "watch")
_OWN = ("get", "list", "watch", "create", "update", "patch", "delete")


@dataclass(frozen=True)
class Need:
    """Verbs on resources of one API group, everywhere in the cluster. `blocking`: without it the cluster is of no use."""

    group: str
    resources: tuple[str, ...]
    verbs: tuple[str, ...]
    why: str
    blocking: bool = False

    def rule(self) -> dict[str, list[str]]:
        return {"apiGroups": [self.group], "resources": list(self.resources), "verbs": list(self.verbs)}


NEEDS = (
    Need("", ("nodes",), _READ, "Sees the hardware and how it is.", blocking=True),
    Need("", ("nodes",), ("patch",), "Cordons and uncordons nodes, and marks those of node pools."),
    Need("node.k8s.io", ("runtimeclasses",), ("get", "list"), "Sees which sandboxes pods can run in."),
    Need("", ("pods", "pods/log"), _READ, "Sees what became of replicas, and reads their logs.", blocking=True),
    Need("", ("pods",), ("create", "delete", "patch"), "Starts and ends replicas.", blocking=True),
    # By WebSocket that is a get; since 1.35 a create, too.
    Need("", ("pods/exec",), ("get", "create"), "Opens shells in replicas."),
    Need("", ("pods/eviction",), ("create",), "Drains nodes."),
    Need("policy", ("poddisruptionbudgets",), _OWN, "Says what a drain would wait for, and keeps apps up meanwhile."),
    Need("", ("events",), _READ, "Says why a replica does not start."),
    Need("", ("namespaces",), _OWN, "Makes a namespace for each project.", blocking=True),
    Need("", ("resourcequotas", "limitranges", "serviceaccounts"), _OWN, "Keeps namespaces to their limits."),
    Need("", ("serviceaccounts/token",), ("create",), "Gives members a token of their own for kubectl."),
    Need("", ("configmaps", "secrets", "services"), _OWN, "Gives replicas their files, secrets and names.", blocking=True),
    Need("networking.k8s.io", ("networkpolicies",), _OWN, "Keeps tenants' networks apart."),
    Need("discovery.k8s.io", ("endpointslices",), ("get", "list"), "Knows the API server's addresses, to keep them closed."),
    Need("rbac.authorization.k8s.io", ("roles", "rolebindings"), _OWN, "Lets members use kubectl in their namespaces."),
    Need(
        "admissionregistration.k8s.io",
        ("validatingadmissionpolicies", "validatingadmissionpolicybindings"),
        _OWN,
        "Has the cluster refuse what would go round quotas and the scheduler.",
    ),
    Need("", ("persistentvolumeclaims",), _OWN, "Makes volumes, and lets members use them by kubectl."),
    Need("", ("persistentvolumes",), ("get", "patch"), "Keeps the files of volumes that are to be retained."),
    # What Hanse grants to members it has to hold itself: no account gives away more than it has.
    Need("apps", ("deployments", "statefulsets", "replicasets"), _OWN, "Runs apps, and lets members run tools by kubectl."),
    Need("apps", ("deployments/scale", "statefulsets/scale"), ("get", "patch", "update"), "Lets members scale their tools."),
    Need("autoscaling", ("horizontalpodautoscalers",), _OWN, "Has apps grow and shrink with their load."),
    Need("batch", ("cronjobs",), _OWN, "Lets members run their own jobs again and again."),
    Need("batch", ("jobs",), _OWN, "Runs jobs.", blocking=True),
    Need("scheduling.k8s.io", ("priorityclasses",), _OWN, "Gives jobs their priority."),
    Need("scheduling.k8s.io", ("podgroups",), _OWN, "Starts gangs as a whole where the scheduler does that."),
    Need("storage.k8s.io", ("storageclasses",), _READ, "Sees which volumes there can be."),
    Need("networking.k8s.io", ("ingresses",), _OWN, "Leads from outside to public apps, by an ingress controller."),
    Need("gateway.networking.k8s.io", ("httproutes",), _OWN, "Leads from outside to public apps, by a Gateway."),
    Need("networking.k8s.io", ("ingressclasses",), ("get", "list"), "Sees how apps can be reached."),
    Need("apiextensions.k8s.io", ("customresourcedefinitions",), ("get", "list"), "Sees which operators are installed."),
    Need("metrics.k8s.io", ("nodes", "pods"), ("get", "list"), "Measures use."),
    Need(
        "kueue.x-k8s.io",
        ("clusterqueues", "localqueues", "resourceflavors", "cohorts", "workloads", "workloadpriorityclasses"),
        _OWN,
        "Writes quotas into Kueue, and reads what it admits.",
    ),
    Need("kueue.x-k8s.io", ("workloads/status",), ("patch",), "Tells Kueue that pods run, and that work has ended."),
    Need("jobset.x-k8s.io", ("jobsets",), _OWN, "Runs jobs of several roles."),
    Need("kubeflow.org", ("pytorchjobs", "tfjobs", "mpijobs", "xgboostjobs"), _OWN, "Runs jobs by the training operators."),
    Need("trainer.kubeflow.org", ("trainjobs", "trainingruntimes"), _OWN, "Runs jobs by the Trainer."),
    Need("sparkoperator.k8s.io", ("sparkapplications",), _OWN, "Runs Spark."),
)


def access_manifest() -> str:
    """Namespace, ServiceAccount, ClusterRole, binding and token: apply it, and give Hanse the token. YAML."""
    about = {"name": ACCOUNT, "namespace": NAMESPACE}
    token = {"name": f"{ACCOUNT}-token", "namespace": NAMESPACE}
    token_of = {"annotations": {"kubernetes.io/service-account.name": ACCOUNT}}
    return _yaml(
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}},
        {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": about},
        {
            "apiVersion": "v1",
            "kind": "Secret",
            "type": "kubernetes.io/service-account-token",
            "metadata": {**token, **token_of},
        },
        _role(ACCOUNT, NEEDS),
        _binding(ACCOUNT, {"kind": "ServiceAccount", **about}),
    )


def grant_manifest(missing: Iterable[Need], *, username: str) -> str:
    """The rules that are missing, bound to whom the credential stands for. YAML."""
    name = "hanse-missing"
    if username.startswith("system:serviceaccount:"):
        namespace, account = username.split(":")[2:4]
        subject = {"kind": "ServiceAccount", "name": account, "namespace": namespace}
    else:
        subject = {"kind": "User", "name": username, "apiGroup": "rbac.authorization.k8s.io"}
    return _yaml(_role(name, missing), _binding(name, subject))


def _role(name: str, needs: Iterable[Need]) -> dict[str, object]:
    return {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRole",
        "metadata": {"name": name},
        "rules": [need.rule() for need in needs],
    }


def _binding(name: str, subject: dict[str, str]) -> dict[str, object]:
    return {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": name},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": name},
        "subjects": [subject],
    }


def _yaml(*documents: dict[str, object]) -> str:
    return yaml.safe_dump_all(documents, sort_keys=False, default_flow_style=None, width=120)
