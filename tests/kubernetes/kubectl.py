"""Members at their terminals: kubeconfigs fetched over REST, kubectl against the real API server."""

import subprocess
from pathlib import Path
from typing import Any

import yaml

from apps.clusters.kubeconfig import reduce_kubeconfig
from celery_workers.kubernetes.client import Client
from tests.kubernetes.conftest import Portal, carry_out_hints
from tests.testbed.cluster.programs import KUBECTL


class Terminal:
    """kubectl with one kubeconfig."""

    def __init__(self, kubeconfig: str, directory: Path) -> None:
        self.path = directory / "kubeconfig"
        self.path.write_text(kubeconfig)
        document = yaml.safe_load(kubeconfig)
        self.namespace = document["contexts"][0]["context"]["namespace"]
        self.api = Client(reduce_kubeconfig(document))

    def __call__(self, *arguments: str, given: str = "") -> "subprocess.CompletedProcess[str]":
        # Discovery is kept in the home directory, which tests leave alone.
        command = [str(KUBECTL), "--kubeconfig", str(self.path), "--cache-dir", str(self.path.parent / "cache"), *arguments]
        return subprocess.run(command, input=given, capture_output=True, text=True, timeout=60, check=False)

    def may(self, verb: str, what: str, *, namespace: str = "") -> bool:
        """As the server says it: `what` is such as pods/log or deployments.apps."""
        resource, _, subresource = what.partition("/")
        name, _, group = resource.partition(".")
        attributes = {"verb": verb, "resource": name, "group": group, "subresource": subresource}
        spec = {"resourceAttributes": {**attributes, "namespace": namespace or self.namespace}}
        review = {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview", "spec": spec}
        answer = self.api.create("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review)
        return bool(answer["status"]["allowed"])


def ask_for_kubeconfig(client: Any, portal: Portal, **body: Any) -> dict[str, Any]:
    """The operation, carried out."""
    asked = client.post(f"/api/v1/projects/{portal.project.pk}/kubeconfigs/", {"cluster": portal.cluster.slug, **body})
    assert asked.status_code == 202, asked.json()
    carry_out_hints()
    found: dict[str, Any] = client.get(f"/api/v1/operations/{asked.json()['id']}/").json()
    return found


def terminal_of(client: Any, portal: Portal, directory: Path) -> Terminal:
    operation = ask_for_kubeconfig(client, portal)
    assert operation["state"] == "succeeded", operation
    taken = client.post(f"/api/v1/operations/{operation['id']}/secret/")
    assert taken.status_code == 200, taken.json()
    directory.mkdir(exist_ok=True)
    return Terminal(taken.json()["secret"], directory)
