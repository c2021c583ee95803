"""Members of projects in a cluster: what each rung may do in a namespace, and the accounts that stand on it.

The accounts lie in a namespace of their own, where nobody makes pods: in that of a project, whoever may make a pod there
could let it run as somebody else.

What no rung has, and why: network policies, roles and quotas, for they are the walls; exec and port-forward, for a stream
that is open outlives the role by which it was opened, and the trail would not know of it.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from apps.tenants.namespaces import Rung
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.manifests.project import ProjectInCluster

RBAC = "rbac.authorization.k8s.io"
RBAC_VERSION = f"{RBAC}/v1"
MEMBER = f"{labels.DOMAIN}/member"
_READ, _WRITE = ("get", "list", "watch"), ("create", "update", "patch", "delete")
_OPERATORS = {
    "jobset.x-k8s.io": ("jobsets",),
    "kubeflow.org": ("pytorchjobs", "tfjobs", "mpijobs", "xgboostjobs"),
    "trainer.kubeflow.org": ("trainjobs",),
    "sparkoperator.k8s.io": ("sparkapplications",),
}


def _rule(group: str, resources: Sequence[str], verbs: Sequence[str]) -> Manifest:
    return {"apiGroups": [group], "resources": list(resources), "verbs": list(verbs)}


_SEES = [
    _rule("", ("pods", "pods/log", "events", "services", "configmaps", "persistentvolumeclaims"), _READ),
    _rule("", ("resourcequotas", "limitranges", "serviceaccounts"), _READ),
    _rule("apps", ("deployments", "statefulsets", "replicasets"), _READ),
    _rule("batch", ("jobs", "cronjobs"), _READ),
    _rule("networking.k8s.io", ("networkpolicies",), _READ),
    _rule(RBAC, ("roles", "rolebindings"), _READ),
    _rule("kueue.x-k8s.io", ("localqueues", "workloads"), _READ),
    _rule("metrics.k8s.io", ("pods",), ("get", "list")),
    *(_rule(group, kinds, _READ) for group, kinds in _OPERATORS.items()),
]
_WORKS = [
    _rule("", ("pods",), ("create", "patch", "delete")),
    # Written, not read: values of secrets are shown to nobody who does not govern the project.
    _rule("", ("secrets",), _WRITE),
    _rule("", ("configmaps", "persistentvolumeclaims"), _WRITE),
    _rule("apps", ("deployments", "statefulsets"), _WRITE),
    _rule("apps", ("deployments/scale", "statefulsets/scale"), ("get", "patch", "update")),
    _rule("batch", ("jobs", "cronjobs"), _WRITE),
    *(_rule(group, kinds, _WRITE) for group, kinds in _OPERATORS.items()),
]
_GOVERNS = [_rule("", ("secrets",), _READ)]
_RULES = {Rung.VIEWER: _SEES, Rung.DEVELOPER: [*_SEES, *_WORKS], Rung.ADMIN: [*_SEES, *_WORKS, *_GOVERNS]}


def namespace_of_members(cluster_id: UUID) -> str:
    """Where the accounts are. Two portals in one cluster keep theirs apart."""
    return f"hanse-members-{cluster_id.hex[-10:]}"


def account_of(user_id: UUID) -> str:
    return f"member-{user_id.hex}"


def name_of(rung: Rung) -> str:
    """Of the role in each namespace, and of what binds it."""
    return f"hanse-{rung}"


def of_members(project: ProjectInCluster, members: Mapping[Rung, Sequence[UUID]]) -> list[Manifest]:
    """Roles and bindings of a project's namespace."""
    marks = labels.of_project(cluster_id=project.cluster_id, tenant_id=project.tenant_id, project_id=project.project_id)
    return [
        manifest
        for rung in Rung
        for manifest in (
            {
                **_about("Role", name_of(rung), project.namespace, marks),
                "rules": _RULES[rung],
            },
            {
                **_about("RoleBinding", name_of(rung), project.namespace, marks),
                "roleRef": {"apiGroup": RBAC, "kind": "Role", "name": name_of(rung)},
                "subjects": subjects(project.cluster_id, members.get(rung, ())),
            },
        )
    ]


def subjects(cluster_id: UUID, members: Sequence[UUID]) -> list[Manifest]:
    namespace = namespace_of_members(cluster_id)
    return [{"kind": "ServiceAccount", "name": account_of(pk), "namespace": namespace} for pk in sorted(members)]


def home(cluster_id: UUID) -> list[Manifest]:
    """The namespace of the accounts, in which nothing runs."""
    name, marks = namespace_of_members(cluster_id), {**labels.MANAGED_BY, labels.CLUSTER: str(cluster_id)}
    metadata = {"name": name, "labels": {**marks, "pod-security.kubernetes.io/enforce": "restricted"}}
    return [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": metadata},
        {
            "apiVersion": "v1",
            "kind": "ResourceQuota",
            "metadata": {"name": "hanse", "namespace": name, "labels": marks},
            "spec": {"hard": {"pods": "0"}},
        },
    ]


def account(cluster_id: UUID, user_id: UUID, *, label: str) -> Manifest:
    """`label`: whom the account is of, for whoever reads the cluster."""
    marks = {**labels.MANAGED_BY, labels.CLUSTER: str(cluster_id), MEMBER: str(user_id)}
    metadata = {
        "name": account_of(user_id),
        "namespace": namespace_of_members(cluster_id),
        "labels": marks,
        "annotations": {f"{labels.DOMAIN}/name": label},
    }
    return {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata, "automountServiceAccountToken": False}


def _about(kind: str, name: str, namespace: str, marks: Mapping[str, str]) -> Manifest:
    metadata = {"name": name, "namespace": namespace, "labels": dict(marks)}
    return {"apiVersion": RBAC_VERSION, "kind": kind, "metadata": metadata}
