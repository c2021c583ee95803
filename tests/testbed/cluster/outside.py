"""Operators run here beside the cluster, not in it: their own manifests, with their services leading to this machine.

A service of type ExternalName takes the API server to 127.0.0.1, so webhooks and aggregated APIs stay described as their
authors describe them, by service; only the port is told.
"""

import base64
import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.testbed.cluster.pki import Authority, Pair

_PODS = {"Deployment"}


@dataclass(frozen=True)
class Trust:
    """What an operator's webhooks are trusted by. Operators that look after it themselves keep it, as it is right."""

    authority: Authority
    server: Pair

    @classmethod
    def made(cls, *, authority: str, service: str, namespace: str) -> "Trust":
        issuer = Authority.made(authority, hosts=[authority])
        return cls(issuer, issuer.issue(service, hosts=[f"{service}.{namespace}.svc"]))

    @property
    def bundle(self) -> str:
        return _base64(self.authority.pair.certificate)

    def secret_data(self) -> dict[str, str]:
        """The form in which cert-controller keeps them."""
        issuer = self.authority.pair
        files = {"ca.crt": issuer.certificate, "ca.key": issuer.key}
        files |= {"tls.crt": self.server.certificate, "tls.key": self.server.key}
        return {name: _base64(content) for name, content in files.items()}


def outside(documents: Iterable[dict[str, Any]], *, ports: Mapping[str, int], trust: Trust) -> Iterator[dict[str, Any]]:
    """The manifests without what would run in the cluster. `ports`: name of a service -> where its server listens here."""
    for given in documents:
        if not given or given["kind"] in _PODS:
            continue
        document = copy.deepcopy(given)
        match document["kind"]:
            case "Service" if document["metadata"]["name"] in ports:
                document["spec"] = {"type": "ExternalName", "externalName": "localhost"}
            case "Service":
                continue
            case "Secret":
                document["data"] = trust.secret_data()
            case "APIService":
                document["spec"]["service"]["port"] = ports[document["spec"]["service"]["name"]]
            case "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration":
                for webhook in document["webhooks"]:
                    _lead(webhook["clientConfig"], ports, trust)
            case "CustomResourceDefinition" if "webhook" in document["spec"].get("conversion", {}):
                _lead(document["spec"]["conversion"]["webhook"]["clientConfig"], ports, trust)
        yield document


def _lead(configuration: dict[str, Any], ports: Mapping[str, int], trust: Trust) -> None:
    configuration["service"]["port"] = ports[configuration["service"]["name"]]
    configuration["caBundle"] = trust.bundle


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
