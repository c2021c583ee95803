"""An app as a cluster has it: a Deployment that exchanges its pods without loss, and the name by which they are called.

Everything is named after the app, whose name is its own in its project and never changes, so that making it twice is
"already there". How many pods there may be is said apart (`replicas`): where an autoscaler decides, that is its to say.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from uuid import UUID

from apps.clusters.entry import GATEWAY_VERSION, AppEntry, EntryKind
from apps.inference.models import service_of
from apps.inference.spec import AppSpec
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.job import (
    RESTRICTED_CONTAINER,
    RESTRICTED_POD,
    USER,
    WORK,
    NodeClass,
    literal,
    nodes_of,
    resources_of,
)
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.manifests.project import ACCOUNT

CONTAINER = "app"
HOST = "0.0.0.0"  # noqa: S104 - a pod has an address of its own, and its project's network policies
SERVICE_PORT = 80
PROBE_SECONDS = 2
# As on the kind local: so many unanswered probes in a row say that it does not serve.
MISSES_THAT_TELL = 3
# Between a pod being told to go and its server being told: as long as the news takes to whoever sends it requests.
UNLISTED_SECONDS = 5
# After the time to come up, what the cluster waits before it says that a revision does not.
_LATE_SECONDS = 60
_OLD_REVISIONS = 2
SCALER_KIND = ("autoscaling/v2", "HorizontalPodAutoscaler")
INGRESS_KIND = ("networking.k8s.io/v1", "Ingress")
ROUTE_KIND = (GATEWAY_VERSION, "HTTPRoute")
POLICY_KIND = ("networking.k8s.io/v1", "NetworkPolicy")
# Every kind that is made for an app; what is called goes first, what runs last.
KINDS = (
    INGRESS_KIND,
    ROUTE_KIND,
    POLICY_KIND,
    SCALER_KIND,
    ("policy/v1", "PodDisruptionBudget"),
    ("v1", "Service"),
    ("apps/v1", "Deployment"),
    ("v1", "Secret"),
)


@dataclass(frozen=True)
class ScalingOf:
    """Within which bounds the cluster's autoscaler chooses: those of the app, as far as there are places."""

    least: int
    most: int
    cpu_percent: int


@dataclass(frozen=True)
class AppRun:
    """What is wanted of an app in a cluster now.

    surge: pods more than wanted that there is quota for while one revision takes over from another; paused: it has to wait
    for that. flavors, devices: as admission chose them.
    """

    cluster_id: UUID
    tenant_id: UUID
    project_id: UUID
    app_id: UUID
    name: str
    namespace: str
    revision: int
    spec: AppSpec
    flavors: Sequence[str] = ()
    devices: Mapping[str, int] = field(default_factory=dict)
    classes: Mapping[str, NodeClass] = field(default_factory=dict)
    runtime_class: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    surge: int = 0
    paused: bool = False
    scaling: ScalingOf | None = None
    entry: AppEntry | None = None
    host: str = ""

    @property
    def marks(self) -> dict[str, str]:
        project = labels.of_project(cluster_id=self.cluster_id, tenant_id=self.tenant_id, project_id=self.project_id)
        return {**project, labels.APP: str(self.app_id)}


def belongings(run: AppRun) -> list[Manifest]:
    """Everything of it, in the order in which it is made."""
    scaler = [_scaler(run, run.scaling)] if run.scaling else []
    secret = [_secret(run)] if run.variables else []
    opened = _opened(run, run.entry) if run.entry else []
    return [*secret, _service(run), _budget(run), _deployment(run), *scaler, *opened]


def secret_name(app_name: str, revision: int) -> str:
    return f"{service_of(app_name)}-{revision}"


def replicas(name: str, namespace: str, count: int) -> Manifest:
    """How many pods a Deployment has, to be applied by a manager of its own."""
    metadata = {"name": service_of(name), "namespace": namespace}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": {"replicas": count}}


def _object(run: AppRun, version: str, kind: str, *, name: str = "", **content: object) -> Manifest:
    metadata = {"name": name or service_of(run.name), "namespace": run.namespace, "labels": run.marks}
    return {"apiVersion": version, "kind": kind, "metadata": metadata, **content}


def _secret(run: AppRun) -> Manifest:
    """Variables that the replicas of a revision are given and nobody else may read."""
    data = {name: b64encode(value.encode()).decode() for name, value in sorted(run.variables.items())}
    return _object(run, "v1", "Secret", name=secret_name(run.name, run.revision), type="Opaque", immutable=True, data=data)


def _service(run: AppRun) -> Manifest:
    port = {"name": "http", "protocol": "TCP", "port": SERVICE_PORT, "targetPort": "http"}
    return _object(run, "v1", "Service", spec={"selector": _selected(run), "ports": [port]})


def _budget(run: AppRun) -> Manifest:
    """Whoever drains nodes takes one pod at a time; one that does not serve is no loss."""
    return _object(
        run,
        "policy/v1",
        "PodDisruptionBudget",
        spec={
            "maxUnavailable": 1,
            "unhealthyPodEvictionPolicy": "AlwaysAllow",
            "selector": {"matchLabels": _selected(run)},
        },
    )


def _scaler(run: AppRun, scaling: ScalingOf) -> Manifest:
    target = {"type": "Utilization", "averageUtilization": scaling.cpu_percent}
    return _object(
        run,
        *SCALER_KIND,
        spec={
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": service_of(run.name)},
            "minReplicas": scaling.least,
            "maxReplicas": scaling.most,
            "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": target}}],
        },
    )


def _opened(run: AppRun, entry: AppEntry) -> list[Manifest]:
    """What leads there from outside, and the one opening in the project's network through which it comes."""
    name, host = service_of(run.name), entry.host_of(run.host)
    from_there = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": entry.namespace}}}
    opening = {
        "podSelector": {"matchLabels": _selected(run)},
        "policyTypes": ["Ingress"],
        "ingress": [{"from": [from_there], "ports": [{"protocol": "TCP", "port": "http"}]}],
    }
    policy = _object(run, *POLICY_KIND, spec=opening)
    if entry.kind is EntryKind.GATEWAY:
        rule = {"backendRefs": [{"name": name, "port": SERVICE_PORT}]}
        parent = {"name": entry.name, "namespace": entry.namespace}
        return [policy, _object(run, *ROUTE_KIND, spec={"parentRefs": [parent], "hostnames": [host], "rules": [rule]})]
    to = {"service": {"name": name, "port": {"name": "http"}}}
    ingress = {
        "ingressClassName": entry.name,
        **({"tls": [{"hosts": [host]}]} if entry.tls else {}),
        "rules": [{"host": host, "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": to}]}}],
    }
    return [policy, _object(run, *INGRESS_KIND, spec=ingress)]


def _deployment(run: AppRun) -> Manifest:
    marks = {**run.marks, labels.REVISION: str(run.revision)}
    unavailable = run.spec.rollout.max_unavailable
    return _object(
        run,
        "apps/v1",
        "Deployment",
        spec={
            "selector": {"matchLabels": _selected(run)},
            "revisionHistoryLimit": _OLD_REVISIONS,
            "progressDeadlineSeconds": run.spec.probe.start_seconds + _LATE_SECONDS,
            "paused": run.paused,
            "strategy": {
                "type": "RollingUpdate",
                # With neither nothing could be exchanged; without quota for one more it is paused.
                "rollingUpdate": {"maxSurge": max(run.surge, 0 if unavailable else 1), "maxUnavailable": unavailable},
            },
            "template": {"metadata": {"labels": marks}, "spec": _pod(run)},
        },
    )


def _selected(run: AppRun) -> dict[str, str]:
    return {labels.APP: str(run.app_id)}


def _pod(run: AppRun) -> Manifest:
    shared = {"medium": "Memory", "sizeLimit": str(run.spec.memory_bytes // 2)}
    return {
        "serviceAccountName": ACCOUNT,
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        **({"runtimeClassName": run.runtime_class} if run.runtime_class else {}),
        "terminationGracePeriodSeconds": UNLISTED_SECONDS + run.spec.drain_seconds,
        "securityContext": {**RESTRICTED_POD, "fsGroup": USER, "fsGroupChangePolicy": "OnRootMismatch"},
        **nodes_of(run.classes, run.flavors, devices=run.devices),
        "topologySpreadConstraints": [
            {
                "maxSkew": 1,
                "topologyKey": key,
                "whenUnsatisfiable": "ScheduleAnyway",
                "labelSelector": {"matchLabels": _selected(run)},
                "matchLabelKeys": ["pod-template-hash"],
            }
            for key in ("topology.kubernetes.io/zone", "kubernetes.io/hostname")
        ],
        "containers": [_container(run)],
        "volumes": [{"name": "work", "emptyDir": {}}, {"name": "shared-memory", "emptyDir": shared}],
    }


def _container(run: AppRun) -> Manifest:
    spec, probe = run.spec, run.spec.probe
    own = {"HOST": HOST, "PORT": str(spec.port)}
    asked = {
        "httpGet": {"path": probe.path, "port": "http"},
        "timeoutSeconds": ceil(probe.timeout_seconds),
        "periodSeconds": PROBE_SECONDS,
    }
    environment = {
        "PYTHONUNBUFFERED": "1",
        "OMP_NUM_THREADS": str(max(1, spec.cpu_millicores // 1000)),
        "HOME": WORK,
        **spec.env,
        **own,
        "HANSE_APP": run.name,
        "HANSE_REVISION": str(run.revision),
    }
    return {
        "name": CONTAINER,
        "image": spec.image,
        "imagePullPolicy": "IfNotPresent",
        **({"command": [literal(word) for word in spec.command_with(own)]} if spec.command else {}),
        "workingDir": WORK,
        "env": [
            *({"name": name, "value": literal(value)} for name, value in sorted(environment.items())),
            *(
                {"name": name, "valueFrom": {"secretKeyRef": {"name": secret_name(run.name, run.revision), "key": name}}}
                for name in sorted(run.variables)
            ),
        ],
        "ports": [{"name": "http", "protocol": "TCP", "containerPort": spec.port}],
        "resources": resources_of(
            run.classes, cpu_millicores=spec.cpu_millicores, memory_bytes=spec.memory_bytes, devices=run.devices
        ),
        "securityContext": RESTRICTED_CONTAINER,
        # Until it answers for the first time, none asks whether it still does; what has not by its time is begun anew.
        "startupProbe": {**asked, "failureThreshold": ceil(probe.start_seconds / PROBE_SECONDS)},
        "readinessProbe": {**asked, "failureThreshold": MISSES_THAT_TELL},
        "lifecycle": {"preStop": {"sleep": {"seconds": UNLISTED_SECONDS}}},
        "volumeMounts": [
            {"name": "work", "mountPath": WORK},
            {"name": "shared-memory", "mountPath": "/dev/shm"},  # noqa: S108
        ],
    }
