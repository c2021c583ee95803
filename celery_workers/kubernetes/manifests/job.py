"""One attempt of a job: a pod a rank, the headless service by which they find one another, and what they bring along.

Pods, not Jobs or JobSets: every replica has an environment, a node and a rank of its own (ranks may have gaps, when
only some are tried again), and whether one is tried again is for the portal to say. Their names follow from the job,
the attempt and the rank, so that making one twice is "already there". The service owns everything else.
"""

from base64 import b64encode
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from apps.jobs.given import Given
from apps.jobs.placement import WantedReplica, pod_name, service_name
from apps.jobs.volumes import Mount
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.manifests.project import ACCOUNT
from celery_workers.kubernetes.manifests.quantities import quantity

CONTAINER = "replica"
WORK, CODE, SECRETS, FILES = "/hanse/work", "/hanse/code", "/hanse/secrets", "/hanse/files"
# Nobody in particular, as the Pod Security level `restricted` wants it; the volumes are theirs.
USER = 1000
# What the Pod Security level `restricted` asks of a pod and of its containers.
RESTRICTED_POD = {
    "runAsNonRoot": True,
    "runAsUser": USER,
    "runAsGroup": USER,
    "seccompProfile": {"type": "RuntimeDefault"},
}
RESTRICTED_CONTAINER = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
GRACE_SECONDS = 30
# Variables whose value opens something: kept in the secret, not in the pod, which more people may read.
_CLOSED = ("HANSE_REPORT_TOKEN",)
# Variables that name a file beside the working directory.
_IN_FILES = ("HANSE_HOSTFILE", "OMPI_MCA_orte_default_hostfile")


@dataclass(frozen=True)
class NodeClass:
    """A flavor as a pod asks for it: its devices' name in the cluster, and the nodes that have them."""

    resource: str = ""
    node_labels: Mapping[str, str] = field(default_factory=dict)
    node_taints: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True)
class CodeFile:
    path: str
    executable: bool


@dataclass(frozen=True)
class Run:
    """What all replicas of an attempt have in common.

    code: its files, in the parts in which they travel. gangs: the API by which the scheduler places all pods or none.
    runtime_class: of the sandbox they run in; empty: the cluster's own. mounts: volumes of the job.
    """

    cluster_id: UUID
    tenant_id: UUID
    project_id: UUID
    job_id: UUID
    job_name: str
    attempt: int
    namespace: str
    flavors: Mapping[str, NodeClass]
    deadline_seconds: int | None = None
    code: Sequence[Sequence[CodeFile]] = ()
    gangs: str = ""
    runtime_class: str = ""
    mounts: Sequence[Mount] = ()


def marks_of(run: Run) -> dict[str, str]:
    """Labels of everything of the job."""
    project = labels.of_project(cluster_id=run.cluster_id, tenant_id=run.tenant_id, project_id=run.project_id)
    return {**project, labels.JOB: str(run.job_id)}


def service(run: Run) -> Manifest:
    """Gives each pod a name that the others resolve, also before it is ready. One for all attempts."""
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": metadata_of(run, service_name(run.job_id), owner=None),
        "spec": {
            "clusterIP": "None",
            "publishNotReadyAddresses": True,
            "selector": {labels.JOB: str(run.job_id)},
        },
    }


def secret(run: Run, role: str, given: Given, wanted: WantedReplica, *, owner: str) -> Manifest:
    """What replicas of a role are given and nobody else may read; it lasts as long as the attempt."""
    closed = {name: wanted.env[name] for name in _CLOSED if name in wanted.env}
    entries = {f"env.{name}": value.encode() for name, value in {**closed, **given.env}.items()}
    entries |= {key: given.files[path] for path, key in _keys(given.files).items()}
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": metadata_of(run, secret_name(run, role), owner=owner) | {"labels": marks_of_attempt(run)},
        "type": "Opaque",
        "immutable": True,
        "data": {key: b64encode(value).decode() for key, value in sorted(entries.items())},
    }


def secret_name(run: Run, role: str) -> str:
    return f"{service_name(run.job_id)}-{run.attempt}-{role}"


def code_map(run: Run, number: int, contents: Sequence[bytes], *, owner: str) -> Manifest:
    """Part `number` of the job's code; `contents` of the files of that part, in their order."""
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": metadata_of(run, _code_name(run, number), owner=owner),
        "immutable": True,
        "binaryData": {f"f{place}": b64encode(content).decode() for place, content in enumerate(contents)},
    }


def files_map(run: Run, wanted: WantedReplica, *, owner: str) -> Manifest:
    """Files that the portal writes for replicas of a role, such as a hostfile."""
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": metadata_of(run, secret_name(run, wanted.role), owner=owner) | {"labels": marks_of_attempt(run)},
        "data": dict(wanted.files),
    }


def pod_group(run: Run, pods: int, *, owner: str) -> Manifest:
    """All pods of an attempt, for a scheduler that places all of them or none (KEP-4671)."""
    return {
        "apiVersion": run.gangs,
        "kind": "PodGroup",
        "metadata": metadata_of(run, _group_name(run), owner=owner) | {"labels": marks_of_attempt(run)},
        "spec": {"schedulingPolicy": {"gang": {"minCount": pods}}},
    }


def _group_name(run: Run) -> str:
    return f"{service_name(run.job_id)}-{run.attempt}"


def pod(run: Run, wanted: WantedReplica, given: Given, *, owner: str) -> Manifest:
    """One replica. owner: uid of the job's service."""
    name = pod_name(run.job_id, run.attempt, wanted.rank)
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": metadata_of(run, name, owner=owner)
        | {"labels": {**marks_of_attempt(run), labels.ROLE: wanted.role, labels.RANK: str(wanted.rank)}},
        "spec": {
            "restartPolicy": "Never",
            "hostname": name,
            "subdomain": service_name(run.job_id),
            **({"schedulingGroup": {"podGroupName": _group_name(run)}} if run.gangs else {}),
            **pod_spec(run, wanted, environment_of(run, wanted, given), given, nodes=[wanted.node]),
        },
    }


def pod_spec(
    run: Run,
    wanted: WantedReplica,
    environment: Sequence[Manifest],
    given: Given,
    *,
    nodes: Sequence[str],
    container: str = CONTAINER,
) -> Manifest:
    """What a replica runs and where, whoever makes its pod. nodes: where the portal placed it; empty: it did not."""
    volumes = _volumes(run, wanted, given)
    return {
        "serviceAccountName": ACCOUNT,
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        **({"runtimeClassName": run.runtime_class} if run.runtime_class else {}),
        "terminationGracePeriodSeconds": GRACE_SECONDS,
        **({"activeDeadlineSeconds": run.deadline_seconds} if run.deadline_seconds else {}),
        "securityContext": {**RESTRICTED_POD, "fsGroup": USER, "fsGroupChangePolicy": "OnRootMismatch"},
        **_place(run, wanted, nodes),
        "containers": [
            {
                "name": container,
                "image": wanted.image,
                "imagePullPolicy": "IfNotPresent",
                **({"command": [literal(word) for word in wanted.command]} if wanted.command else {}),
                "workingDir": CODE if wanted.code else WORK,
                "env": list(environment),
                "resources": resources_of(
                    run.flavors,
                    cpu_millicores=wanted.cpu_millicores,
                    memory_bytes=wanted.memory_bytes,
                    devices=wanted.devices,
                ),
                "securityContext": RESTRICTED_CONTAINER,
                "volumeMounts": [
                    {"name": volume["name"], "mountPath": path, **({"readOnly": True} if closed else {})}
                    for volume, path, closed in volumes
                ],
            }
        ],
        "volumes": [volume for volume, _, _ in volumes],
    }


def metadata_of(run: Run, name: str, *, owner: str | None) -> Manifest:
    metadata: Manifest = {
        "name": name,
        "namespace": run.namespace,
        "labels": marks_of(run),
        "annotations": {f"{labels.DOMAIN}/name": run.job_name},
    }
    if owner is not None:
        # As a controller: so tools that drain nodes know that somebody looks after it.
        metadata["ownerReferences"] = [
            {"apiVersion": "v1", "kind": "Service", "name": service_name(run.job_id), "uid": owner, "controller": True}
        ]
    return metadata


def marks_of_attempt(run: Run) -> dict[str, str]:
    return {**marks_of(run), labels.ATTEMPT: str(run.attempt)}


def _place(run: Run, wanted: WantedReplica, nodes: Sequence[str]) -> Manifest:
    """Nodes of its flavors; exactly those where the portal placed it, for there it counts what is free."""
    place = nodes_of(run.flavors, wanted.flavors, devices=wanted.devices)
    named = sorted(set(filter(None, nodes)))
    if named:
        # One term a node: a field may be compared with one value only.
        terms = [{"matchFields": [{"key": "metadata.name", "operator": "In", "values": [name]}]} for name in named]
        required = {"nodeSelectorTerms": terms}
        place["affinity"] = {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": required}}
    return place


def nodes_of(classes: Mapping[str, NodeClass], flavors: Iterable[str], *, devices: Collection[str]) -> Manifest:
    """Nodes of all these flavors; what the devices' flavors say of a node goes before what the others say."""
    chosen = [classes[name] for name in sorted(flavors, key=lambda name: (name in devices, name))]
    selected = {label: value for flavor in chosen for label, value in flavor.node_labels.items()}
    taints = [taint for flavor in chosen for taint in flavor.node_taints]
    nodes: Manifest = {}
    if selected:
        nodes["nodeSelector"] = dict(sorted(selected.items()))
    if taints:
        tolerations = [_toleration(taint) for taint in taints]
        nodes["tolerations"] = [one for place, one in enumerate(tolerations) if one not in tolerations[:place]]
    return nodes


def _toleration(taint: Mapping[str, str]) -> Manifest:
    value = taint.get("value", "")
    matched = {"operator": "Equal", "value": value} if value else {"operator": "Exists"}
    effect = {"effect": taint["effect"]} if taint.get("effect") else {}
    return {"key": taint["key"], **matched, **effect}


def resources_of(
    classes: Mapping[str, NodeClass], *, cpu_millicores: int, memory_bytes: int, devices: Mapping[str, int]
) -> Manifest:
    """Requests and limits are the same: what was admitted is what it may use."""
    amounts = {"cpu": cpu_millicores, "memory": memory_bytes}
    for flavor, pieces in devices.items():
        resource = classes[flavor].resource
        amounts[resource] = amounts.get(resource, 0) + pieces
    said = {resource: quantity(resource, amount) for resource, amount in amounts.items()}
    return {"requests": said, "limits": dict(said)}


def environment_of(run: Run, wanted: WantedReplica, given: Given) -> list[Manifest]:
    threads = str(max(1, wanted.cpu_millicores // 1000))
    plain = {
        "PYTHONUNBUFFERED": "1",
        "OMP_NUM_THREADS": threads,
        "OPENBLAS_NUM_THREADS": threads,
        "HOME": WORK,
        **wanted.env,
        **{name: f"{FILES}/{wanted.env[name]}" for name in _IN_FILES if name in wanted.env},
        **({"HANSE_CODE": CODE} if wanted.code else {}),
        **({"HANSE_SECRETS": SECRETS} if given.files else {}),
        "HANSE_ARTIFACTS": f"{WORK}/artifacts",
        "HANSE_REPLICA": f"{run.job_id}.{run.attempt}.{wanted.rank}",
    }
    closed = [name for name in _CLOSED if name in plain]
    name = secret_name(run, wanted.role)
    return [
        *({"name": key, "value": literal(value)} for key, value in sorted(plain.items()) if key not in closed),
        *(
            {"name": key, "valueFrom": {"secretKeyRef": {"name": name, "key": f"env.{key}"}}}
            for key in sorted({*closed, *given.env})
        ),
    ]


def literal(text: str) -> str:
    """Kubernetes replaces $(NAME) in commands and variables; people wrote what they meant."""
    return text.replace("$", "$$")


def _volumes(run: Run, wanted: WantedReplica, given: Given) -> list[tuple[Manifest, str, bool]]:
    """(volume, where it is mounted, whether read-only)."""
    shared = {"medium": "Memory", "sizeLimit": str(wanted.memory_bytes // 2)}
    volumes: list[tuple[Manifest, str, bool]] = [
        ({"name": "work", "emptyDir": {}}, WORK, False),
        # Frameworks hand data between processes there; the 64 MiB that containers have of it are too few.
        ({"name": "shared-memory", "emptyDir": shared}, "/dev/shm", False),  # noqa: S108
    ]
    if wanted.code:
        sources = [_code_source(run, number, files) for number, files in enumerate(run.code)]
        volumes.append(({"name": "code", "projected": {"sources": sources}}, CODE, True))
    if wanted.files:
        source: dict[str, Any] = {"name": secret_name(run, wanted.role)}
        volumes.append(({"name": "files", "configMap": source}, FILES, True))
    if given.files:
        items = [{"key": key, "path": path} for path, key in _keys(given.files).items()]
        held = {"secretName": secret_name(run, wanted.role), "items": items, "defaultMode": 0o440}
        volumes.append(({"name": "secrets", "secret": held}, SECRETS, True))
    for number, mount in enumerate(run.mounts):
        claimed = {"claimName": mount.claim, **({"readOnly": True} if mount.read_only else {})}
        volumes.append(({"name": f"volume-{number}", "persistentVolumeClaim": claimed}, mount.path, mount.read_only))
    return volumes


def _code_source(run: Run, number: int, files: Sequence[CodeFile]) -> Manifest:
    items = [
        {"key": f"f{place}", "path": file.path, "mode": 0o555 if file.executable else 0o444}
        for place, file in enumerate(files)
    ]
    return {"configMap": {"name": _code_name(run, number), "items": items}}


def _code_name(run: Run, number: int) -> str:
    return f"{service_name(run.job_id)}-code-{number}"


def _keys(files: Mapping[str, bytes]) -> dict[str, str]:
    """Keys of a Secret for paths, which may hold what keys may not."""
    return {path: f"file.{number}" for number, path in enumerate(sorted(files))}
