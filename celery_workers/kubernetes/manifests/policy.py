"""What a cluster refuses in the namespaces of projects, whoever asks: what neither roles nor Pod Security keep from pods.

One ValidatingAdmissionPolicy a cluster, which the API server itself evaluates: no webhook that could be away. Whoever may
change nodes, as Hanse itself, may send pods to them; nobody else may go round the scheduler, and with it round quotas.
"""

from collections.abc import Collection
from uuid import UUID

import orjson

from apps.clusters.pools import key_of
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.labels import Manifest

VERSION = "admissionregistration.k8s.io/v1"
# Taints by which a cluster keeps pods away for its own reasons: its control plane's nodes, and those that are cordoned.
_KEPT_AWAY = (
    "node-role.kubernetes.io/control-plane",
    "node-role.kubernetes.io/master",
    "node.kubernetes.io/unschedulable",
)


def name_of(cluster_id: UUID) -> str:
    """Two portals in one cluster keep theirs apart."""
    return f"hanse-projects-{cluster_id.hex[-10:]}"


_ANNOTATIONS = "namespaceObject.metadata.?annotations.orValue({})"
# As apps.isolation.images.full_name has it: names of Docker's own leave their registry out.
_FULL_NAME = (
    'one.contains("/") && (one.split("/")[0].contains(".") || one.split("/")[0].contains(":") || '
    'one.split("/")[0] == "localhost" || one.split("/")[0] != one.split("/")[0].lowerAscii()) ? one : '
    '"docker.io/" + (one.contains("/") ? one : "library/" + one)'
)


def of_cluster(cluster_id: UUID, *, priorities: Collection[str]) -> list[Manifest]:
    """The policy, and what puts it in force.

    priorities: classes of the cluster that a pod may name; all others would let it push away those of other tenants.
    """
    name, marks = name_of(cluster_id), {**labels.MANAGED_BY, labels.CLUSTER: str(cluster_id)}
    about = {"apiVersion": VERSION, "metadata": {"name": name, "labels": marks}}
    policy = {
        "failurePolicy": "Fail",
        "matchConstraints": {
            "namespaceSelector": {
                "matchLabels": marks,
                "matchExpressions": [{"key": labels.PROJECT, "operator": "Exists"}],
            },
            "resourceRules": [
                {
                    "apiGroups": [""],
                    "apiVersions": ["v1"],
                    "resources": ["pods", "pods/ephemeralcontainers"],
                    "operations": ["CREATE", "UPDATE"],
                },
            ],
        },
        "variables": [
            {"name": "governsNodes", "expression": 'authorizer.group("").resource("nodes").check("patch").allowed()'},
            {"name": "before", "expression": _tolerations("oldObject", given="oldObject != null && ")},
            {"name": "now", "expression": _tolerations("object")},
            {
                "name": "pools",
                "expression": f'{_ANNOTATIONS}[?"{labels.POOLS}"].orValue("").split(",")',
            },
            {"name": "imagesBefore", "expression": f"oldObject != null ? ({_images('oldObject')}) : []"},
            {"name": "images", "expression": f"({_images('object')}).filter(one, !(one in variables.imagesBefore))"},
            {
                "name": "registries",
                "expression": f'{_ANNOTATIONS}[?"{labels.REGISTRIES}"].orValue("").split(",")',
            },
        ],
        "validations": [*_validations(sorted(priorities), pool_key=key_of(cluster_id))],
    }
    binding = {"policyName": name, "validationActions": ["Deny"]}
    return [
        {**about, "kind": "ValidatingAdmissionPolicy", "spec": policy},
        {**about, "kind": "ValidatingAdmissionPolicyBinding", "spec": binding},
    ]


def _tolerations(pod: str, *, given: str = "") -> str:
    return f"{given}has({pod}.spec.tolerations) ? {pod}.spec.tolerations : []"


def _images(pod: str) -> str:
    """Every image that the pod has a node pull."""
    optional = [
        f"(has({pod}.spec.{kind}) ? {pod}.spec.{kind}.map(one, one.image) : [])"
        for kind in ("initContainers", "ephemeralContainers")
    ]
    mounted = f"{pod}.spec.volumes.filter(one, has(one.image)).map(one, one.image.reference)"
    return " + ".join(
        [f"{pod}.spec.containers.map(one, one.image)", *optional, f"(has({pod}.spec.volumes) ? {mounted} : [])"]
    )


def _validations(priorities: list[str], *, pool_key: str) -> list[Manifest]:
    named = orjson.dumps(["", *priorities]).decode()
    kept_away = orjson.dumps(_KEPT_AWAY).decode()
    return [
        {
            # Once it has a node, which the scheduler wrote there, that never changes.
            "expression": 'request.operation != "CREATE" || !has(object.spec.nodeName) || object.spec.nodeName == "" '
            "|| variables.governsNodes",
            "message": "Pods of a project are placed by the scheduler: leave out spec.nodeName.",
        },
        {
            "expression": f"!has(object.spec.priorityClassName) || object.spec.priorityClassName in {named}",
            "messageExpression": '"Pods of a project may not have the priority class " + object.spec.priorityClassName + '
            '": name none, or submit a job with a priority of its tenant."',
            "message": "Pods of a project may not have this priority class.",
        },
        {
            # Of a pod that is there, tolerations are only added to.
            "expression": "size(variables.now) == size(variables.before) || variables.governsNodes || "
            f'variables.now.all(one, has(one.key) && one.key != "" && !(one.key in {kept_away}))',
            "message": "Pods of a project may not tolerate every taint, nor those of control planes and cordoned nodes.",
        },
        {
            # What runs goes on. Hanse itself renders it into jobs; its pods that only pull images run nothing of the tenant.
            "expression": f'request.operation != "CREATE" || !("{labels.SANDBOX}" in {_ANNOTATIONS}) || '
            f'object.spec.?runtimeClassName.orValue("") == {_ANNOTATIONS}["{labels.SANDBOX}"] || variables.governsNodes',
            "messageExpression": '"Pods of this tenant run in a sandbox: set spec.runtimeClassName to " + '
            f'{_ANNOTATIONS}["{labels.SANDBOX}"] + "."',
            "message": "Pods of this tenant run in a sandbox only.",
        },
        {
            "expression": f'variables.now.all(one, !has(one.key) || one.key != "{pool_key}" || '
            "(has(one.value) && one.value in variables.pools) || "
            # It may go on with what it has.
            "variables.before.exists(had, had == one))",
            "message": "This node pool is kept for tenants that have quota in it.",
        },
        {
            "expression": f'!("{labels.REGISTRIES}" in {_ANNOTATIONS}) || variables.images.map(one, {_FULL_NAME}).all('
            'one, variables.registries.exists(registry, one.startsWith(registry + "/")))',
            "messageExpression": '"Images of this tenant come from " + variables.registries.join(", ") + " only."',
            "message": "Images of this tenant come from the registries that the platform lists only.",
        },
    ]
