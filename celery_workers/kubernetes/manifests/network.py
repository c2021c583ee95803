"""A project's network: closed, but for itself, for names, and for what is opened by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.labels import Manifest

_DNS = [{"protocol": protocol, "port": 53} for protocol in ("UDP", "TCP")]


@dataclass(frozen=True)
class Opening:
    """Networks outside, or another project, to or from which a project is open. Without ports: all of the protocol.

    `without`: what inside the networks stays closed.
    """

    name: str
    cidrs: tuple[str, ...] = ()
    ports: tuple[tuple[int, int], ...] = ()
    protocol: str = "TCP"
    direction: Literal["egress", "ingress"] = "egress"
    project: UUID | None = None
    without: tuple[str, ...] = ()


def policies(openings: Iterable[Opening]) -> dict[str, Manifest]:
    """Specs of NetworkPolicies by their names. They add up: each opens, none closes what another opened."""
    everywhere: Manifest = {"podSelector": {}}
    inside: list[Manifest] = [{"podSelector": {}}]
    dns = {
        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}},
        "podSelector": {"matchLabels": {"k8s-app": "kube-dns"}},
    }
    return {
        "hanse-closed": {**everywhere, "policyTypes": ["Ingress", "Egress"]},
        "hanse-inside": {
            **everywhere,
            "policyTypes": ["Ingress", "Egress"],
            "ingress": [{"from": inside}],
            "egress": [{"to": inside}],
        },
        "hanse-dns": {**everywhere, "policyTypes": ["Egress"], "egress": [{"to": [dns], "ports": _DNS}]},
        **{f"hanse-{opening.name}": {**everywhere, **_open(opening)} for opening in openings},
    }


def _open(opening: Opening) -> Manifest:
    peers: list[Manifest] = [
        {"ipBlock": {"cidr": cidr, **({"except": list(opening.without)} if opening.without else {})}}
        for cidr in opening.cidrs
    ]
    if opening.project is not None:
        marks = {**labels.MANAGED_BY, labels.PROJECT: str(opening.project)}
        peers.append({"namespaceSelector": {"matchLabels": marks}})
    ports = [
        {"protocol": opening.protocol, "port": first, **({"endPort": last} if last != first else {})}
        for first, last in opening.ports
    ]
    far = {"egress": "to", "ingress": "from"}[opening.direction]
    return {
        "policyTypes": [opening.direction.capitalize()],
        opening.direction: [{far: peers, "ports": ports or [{"protocol": opening.protocol}]}],
    }
