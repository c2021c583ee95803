"""What a cluster has and lacks, before jobs are sent there: a finding a question, with evidence and what to do."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal
from uuid import UUID

from apps.clusters import services as clusters
from apps.clusters.models import KUEUE_VERSION, AdmittedBy
from apps.clusters.needs import NEEDS, Need, grant_manifest
from apps.core import operations
from apps.core.sentences import Said, say
from celery_workers.kubernetes import asked
from celery_workers.kubernetes.client import Client, Forbidden, Refused
from celery_workers.kubernetes.clusters import client_for
from celery_workers.kubernetes.manifests import policy
from celery_workers.kubernetes.served import NEWEST, OLDEST, Served, discover

Level = Literal["fine", "advisory", "blocking"]
_ENFORCERS = {"cilium.io": "Cilium", "crd.projectcalico.org": "Calico", "crd.antrea.io": "Antrea"}
_OPERATORS = ("jobset", "pytorch", "tensorflow", "mpi", "trainer", "spark")
_ASKED_AT_ONCE = 8


@dataclass(frozen=True)
class Finding:
    """`evidence`: what was seen, word for word; `manifest`: YAML that mends it."""

    check: str
    level: Level
    text: Said
    evidence: list[str] = field(default_factory=list)
    fix: Said | None = None
    manifest: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "check": self.check,
            "level": self.level,
            "text": str(self.text),
            "said": self.text.as_json(),
            "evidence": self.evidence,
            "fix": str(self.fix) if self.fix else "",
            "fix_said": self.fix.as_json() if self.fix else None,
            "manifest": self.manifest,
        }


def run(operation_id: UUID) -> None:
    """Carry out the operation: look, and write down what was found, for whoever asked and on the cluster."""
    asked_of = asked.of_cluster(operation_id)
    if asked_of is None:
        return
    _, cluster = asked_of
    with asked.failures_told(operation_id):
        found = [finding.as_json() for finding in Preflight(client_for(cluster), cluster.admission).findings()]
        clusters.record_findings(cluster=cluster, findings=found)
        operations.finish(operation_id=operation_id, result={"findings": found})


class Preflight:
    """One look at one cluster. Raises Unavailable when it does not answer at all."""

    def __init__(self, client: Client, admission: str = AdmittedBy.PORTAL) -> None:
        self._client, self._admission = client, admission

    def findings(self) -> list[Finding]:
        checks: dict[str, Callable[[], Finding]] = {
            "version": self._version,
            "permissions": self._permissions,
            "kueue": self._kueue,
            "gangs": self._gangs,
            "operators": self._operators,
            "devices": self._devices,
            "metrics": self._metrics,
            "storage": self._storage,
            "network": self._network,
            "policy": self._policy,
            "sandboxes": self._sandboxes,
            "ingress": self._ingress,
        }
        return [self._asked(check, ask) for check, ask in checks.items()]

    def _asked(self, check: str, ask: Callable[[], Finding]) -> Finding:
        try:
            return ask()
        except (Forbidden, Refused) as refusal:
            unknown = say("preflight-unknown", reason=str(refusal))
            return Finding(check, "advisory", unknown, fix=say("preflight-unknown-fix"))

    @cached_property
    def _served(self) -> Served:
        return discover(self._client)

    def _version(self) -> Finding:
        version = self._client.get("/version")
        name = str(version.get("gitVersion", ""))
        number = tuple(int("".join(filter(str.isdigit, version.get(part, ""))) or 0) for part in ("major", "minor"))
        if OLDEST <= number <= NEWEST:
            return Finding("version", "fine", say("preflight-version-fine", version=name), [name])
        limits = {"oldest": "{}.{}".format(*OLDEST), "newest": "{}.{}".format(*NEWEST)}
        said = say("preflight-version-other", version=name, **limits)
        return Finding("version", "advisory", said, [name], say("preflight-version-fix"))

    def _permissions(self) -> Finding:
        """Asked one by one: lists of rules may be incomplete, as the API itself says."""
        needs = [need for need in NEEDS if self._is_served(need)]
        asked = [(need, verb, resource) for need in needs for resource in need.resources for verb in need.verbs]
        with ThreadPoolExecutor(_ASKED_AT_ONCE) as pool:
            allowed = list(pool.map(lambda one: self._may(one[0].group, one[2], one[1]), asked))
        user = self._username()
        refused = [one for one, yes in zip(asked, allowed, strict=True) if not yes]
        if not refused:
            return Finding("permissions", "fine", say("preflight-permissions-fine", user=user))
        missing = list(dict.fromkeys(need for need, _, _ in refused))
        return Finding(
            "permissions",
            "blocking" if any(need.blocking for need in missing) else "advisory",
            say("preflight-permissions-missing", user=user, count=len(refused)),
            [f"{verb} {resource}{need.group and '.' + need.group}: {need.why}" for need, verb, resource in refused],
            say("preflight-permissions-fix"),
            grant_manifest(missing, username=user),
        )

    def _is_served(self, need: Need) -> bool:
        return not need.group or need.group in self._served.groups()

    def _may(self, group: str, resource: str, verb: str) -> bool:
        name, _, subresource = resource.partition("/")
        attributes = {"group": group, "resource": name, "subresource": subresource, "verb": verb}
        review = {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview"}
        answer = self._client.create(
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", {**review, "spec": {"resourceAttributes": attributes}}
        )
        return bool(answer["status"].get("allowed"))

    def _username(self) -> str:
        review = {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}
        answer = self._client.create("/apis/authentication.k8s.io/v1/selfsubjectreviews", review)
        return str(answer["status"]["userInfo"]["username"])

    def _kueue(self) -> Finding:
        version = self._served.capabilities().get("kueue")
        if self._admission == AdmittedBy.KUEUE:
            if version == KUEUE_VERSION:
                return Finding("kueue", "fine", say("preflight-kueue-fine", version=version), [version])
            lost = say("preflight-kueue-lost", needed=KUEUE_VERSION)
            return Finding("kueue", "blocking", lost, [version] if version else [], say("preflight-kueue-fix"))
        if version:
            unused = say("preflight-kueue-unused", version=version)
            return Finding("kueue", "fine", unused, [version], say("preflight-kueue-unused-fix"))
        return Finding("kueue", "advisory", say("preflight-kueue-missing"), [], say("preflight-kueue-fix"))

    def _gangs(self) -> Finding:
        """Who sees to it that the replicas of a job start together: Kueue, the cluster's scheduler, or the portal alone."""
        version = self._served.capabilities().get("gangs")
        if self._admission == AdmittedBy.KUEUE:
            return Finding("gangs", "fine", say("preflight-gangs-kueue"))
        if version:
            return Finding("gangs", "fine", say("preflight-gangs-fine"), [version])
        return Finding("gangs", "advisory", say("preflight-gangs-missing"), [], say("preflight-gangs-fix"))

    def _operators(self) -> Finding:
        found = {name: version for name, version in self._served.capabilities().items() if name in _OPERATORS}
        if found:
            said = say("preflight-operators-fine", operators=", ".join(found))
            return Finding("operators", "fine", said, [f"{name} ({version})" for name, version in found.items()])
        return Finding("operators", "advisory", say("preflight-operators-missing"), [], say("preflight-operators-fix"))

    def _devices(self) -> Finding:
        devices: dict[str, int] = {}
        for page in self._client.pages("/api/v1/nodes"):
            for node in page["items"]:
                for name, amount in node["status"].get("allocatable", {}).items():
                    if "/" in name and not name.startswith("hugepages-"):
                        devices[name] = devices.get(name, 0) + int(amount)
        if devices:
            evidence = [f"{name}: {amount}" for name, amount in sorted(devices.items())]
            return Finding("devices", "fine", say("preflight-devices-fine", devices=", ".join(sorted(devices))), evidence)
        return Finding("devices", "advisory", say("preflight-devices-missing"), [], say("preflight-devices-fix"))

    def _metrics(self) -> Finding:
        version = self._served.capabilities().get("metrics")
        if version:
            return Finding("metrics", "fine", say("preflight-metrics-fine"), [version])
        return Finding("metrics", "advisory", say("preflight-metrics-missing"), [], say("preflight-metrics-fix"))

    def _storage(self) -> Finding:
        found = self._names("/apis/storage.k8s.io/v1/storageclasses")
        if found:
            return Finding("storage", "fine", say("preflight-storage-fine", classes=", ".join(found)), found)
        return Finding("storage", "advisory", say("preflight-storage-missing"), [], say("preflight-storage-fix"))

    def _network(self) -> Finding:
        found = [name for group, name in _ENFORCERS.items() if group in self._served.groups()]
        if found:
            return Finding("network", "fine", say("preflight-network-fine", by=", ".join(found)), found)
        return Finding("network", "advisory", say("preflight-network-unknown"), [], say("preflight-network-fix"))

    def _policy(self) -> Finding:
        """Whether the cluster itself refuses pods that would go round the scheduler."""
        group, kind = policy.VERSION.partition("/")[0], "ValidatingAdmissionPolicy"
        if not self._served.has(policy.VERSION, kind):
            return Finding("policy", "advisory", say("preflight-policy-missing"), [], say("preflight-policy-fix"))
        (need,) = (one for one in NEEDS if one.group == group)
        refused = [
            f"{verb} {resource}.{group}"
            for resource in need.resources
            for verb in need.verbs
            if not self._may(group, resource, verb)
        ]
        if refused:
            said = say("preflight-policy-forbidden", user=self._username())
            manifest = grant_manifest([need], username=self._username())
            return Finding("policy", "advisory", said, refused, say("preflight-permissions-fix"), manifest)
        return Finding("policy", "fine", say("preflight-policy-fine"), [policy.VERSION])

    def _sandboxes(self) -> Finding:
        """In what pods of a tenant can be kept from the kernel of their node."""
        found = [f"{name}: {handler}" for name, handler in sorted(self._served.runtimes.items())]
        if found:
            names = ", ".join(sorted(self._served.runtimes))
            return Finding("sandboxes", "fine", say("preflight-sandboxes-fine", names=names), found)
        return Finding("sandboxes", "advisory", say("preflight-sandboxes-none"), [], say("preflight-sandboxes-fix"))

    def _ingress(self) -> Finding:
        found = self._names("/apis/networking.k8s.io/v1/ingressclasses")
        if "gateway" in self._served.capabilities():
            found = [*found, "Gateway API"]
        if found:
            return Finding("ingress", "fine", say("preflight-ingress-fine", by=", ".join(found)), found)
        return Finding("ingress", "advisory", say("preflight-ingress-missing"), [], say("preflight-ingress-fix"))

    def _names(self, path: str) -> list[str]:
        return [item["metadata"]["name"] for page in self._client.pages(path) for item in page["items"]]
