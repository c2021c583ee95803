"""Kueue, as it is released: all job kinds that the testbed's operators serve, visibility API and conversion included."""

from collections.abc import Iterator
from typing import Any

import yaml

from embedded.processes import Process
from tests.testbed.cluster.outside import Trust, outside
from tests.testbed.cluster.plane import Plane
from tests.testbed.cluster.programs import KUEUE

PORTS = ("kueue-webhook", "kueue-visibility", "kueue-health", "kueue-metrics")
NAMESPACE = "kueue-system"
_SERVICES = {"kueue-webhook-service": "kueue-webhook", "kueue-visibility-server": "kueue-visibility"}
_FRAMEWORKS = [
    *("batch/job", "jobset.x-k8s.io/jobset", "kubeflow.org/mpijob", "kubeflow.org/pytorchjob", "kubeflow.org/tfjob"),
    *("kubeflow.org/xgboostjob", "kubeflow.org/paddlejob", "kubeflow.org/jaxjob", "trainer.kubeflow.org/trainjob"),
    *("sparkoperator.k8s.io/sparkapplication", "pod", "deployment", "statefulset"),
]
_OWN = {"clusterqueue", "cohort", "resourceflavor", "workload"}


def prepare(plane: Plane) -> Iterator[dict[str, Any]]:
    """Write its certificates and configuration; the objects to apply before it starts."""
    directory = plane.directory / "kueue"
    directory.mkdir(exist_ok=True)
    trust = Trust.made(authority="kueue-ca", service="kueue-webhook-service", namespace=NAMESPACE)
    trust.server.write(directory / "webhook")
    plane.write_kubeconfig("kueue", "system:masters")
    for document in plane.programs.documents(KUEUE):
        if document["kind"] == "ConfigMap":
            given = yaml.safe_load(document["data"]["controller_manager_config.yaml"])
            (directory / "config.yaml").write_text(yaml.safe_dump(_configured(given, plane)))
        elif document["kind"].endswith("WebhookConfiguration"):
            document["webhooks"] = [one for one in document["webhooks"] if _is_served(one["name"])]
        ports = {service: plane.ports[name] for service, name in _SERVICES.items()}
        yield from outside([document], ports=ports, trust=trust)


def process(plane: Plane) -> Process:
    directory = plane.directory / "kueue"
    command = [
        *("/usr/bin/env", f"POD_NAMESPACE={NAMESPACE}", str(plane.programs.path("kueue"))),
        f"--config={directory / 'config.yaml'}",
        f"--kubeconfig={plane.path_of_kubeconfig('kueue')}",
    ]
    # Its visibility server keeps its certificate in the directory it is started in.
    return Process("kueue", command, group="operators", clean_environment=True, directory=directory)


def _configured(given: dict[str, Any], plane: Plane) -> dict[str, Any]:
    """Its own default configuration, on our ports, with the frameworks that are served here."""
    ports = plane.ports
    return {
        **given,
        "namespace": NAMESPACE,
        "health": {"healthProbeBindAddress": f"127.0.0.1:{ports['kueue-health']}"},
        "metrics": {"bindAddress": f"127.0.0.1:{ports['kueue-metrics']}", "enableClusterQueueResources": True},
        "webhook": {
            "host": "127.0.0.1",
            "port": ports["kueue-webhook"],
            "certDir": str(plane.directory / "kueue" / "webhook"),
        },
        "visibilityServer": {"bindAddress": "127.0.0.1", "bindPort": ports["kueue-visibility"]},
        "leaderElection": {"leaderElect": False},
        "internalCertManagement": {
            "enable": True,
            "webhookServiceName": "kueue-webhook-service",
            "webhookSecretName": "kueue-webhook-server-cert",
        },
        "integrations": {"frameworks": _FRAMEWORKS},
        "featureGates": {"SparkApplicationIntegration": True},
        # Gangs are all or nothing: what does not come up in time gives its quota back and queues again.
        "waitForPodsReady": {
            "timeout": "5m",
            "blockAdmission": False,
            "requeuingStrategy": {"timestamp": "Eviction", "backoffBaseSeconds": 10, "backoffMaxSeconds": 300},
        },
    }


def _is_served(webhook: str) -> bool:
    """`mpytorchjob.kb.io` is of pytorchjob."""
    kind = webhook.removesuffix(".kb.io")[1:]
    return kind in _OWN or any(framework.rsplit("/", 1)[-1] == kind for framework in _FRAMEWORKS)
