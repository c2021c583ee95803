"""Of Kubernetes clusters, most of which do not answer."""

from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.utils import timezone

from apps.clusters import services as clusters
from apps.clusters.access import Access, Credential
from apps.clusters.models import Cluster, Node, NodePool
from apps.core.models import Operation
from apps.jobs import services as jobs
from apps.jobs.models import Job
from apps.quotas.models import Workload
from tests.celery_workers.conftest import Portal
from tests.celery_workers.scenes.jobs import admitted_job
from tests.celery_workers.scenes.scene import Scene
from tests.factories import (
    make_exception,
    make_flavor,
    make_kubernetes,
    make_node,
    make_quota,
)


def a_cluster_that_does_not_answer(portal: Portal, number: int = 0) -> dict[str, Any]:
    settings.ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    access = Access("https://127.0.0.1:9", Credential(token="s3cr3t"))
    return {"cluster_id": str(make_kubernetes(f"far-away-{number}", access=access).pk)}


def a_preflight_that_nobody_answers(portal: Portal) -> dict[str, Any]:
    return {"operation_id": str(_preflight(portal).pk)}


def a_node_to_cordon(portal: Portal) -> dict[str, Any]:
    cordon = clusters.set_schedulable(actor=portal.actor, node=_node_far_away(portal), schedulable=False)
    return {"operation_id": str(cordon.pk)}


def _node_far_away(portal: Portal) -> Node:
    return make_node(Cluster.objects.get(pk=a_cluster_that_does_not_answer(portal)["cluster_id"]))


def a_drain_to_foretell(portal: Portal) -> dict[str, Any]:
    return {"operation_id": str(clusters.preview_drain(actor=portal.actor, node=_node_far_away(portal)).pk)}


def a_node_to_drain(portal: Portal) -> dict[str, Any]:
    """What draining does in a cluster that answers: tests/kubernetes/test_drain.py."""
    node = _node_far_away(portal)
    drain = clusters.drain_node(actor=portal.actor, node=node, patience_seconds=60, unmanaged=False)
    return {"operation_id": str(drain.pk)}


def an_image_to_pull(portal: Portal) -> dict[str, Any]:
    """What that does in a cluster that answers: tests/kubernetes/test_images.py."""
    cluster = Cluster.objects.get(pk=a_cluster_that_does_not_answer(portal)["cluster_id"])
    make_quota(portal.project.tenant, cluster, {make_flavor(cluster, "v100", "gpu"): {"gpu": 8}})
    asked = {"image": "registry.example.org/train:3", "cluster": cluster.slug, "flavor": "v100"}
    return {"operation_id": str(jobs.pull_image(actor=portal.actor, project=portal.project, **asked).pk)}


def a_job_to_show(portal: Portal) -> dict[str, Any]:
    """What is shown of one that runs: tests/kubernetes/test_shown.py."""
    job = Job.objects.get(pk=admitted_job(portal)["job_id"])
    job.cluster = Cluster.objects.get(pk=a_cluster_that_does_not_answer(portal)["cluster_id"])
    job.save(update_fields=["cluster"])
    make_flavor(job.cluster)
    return {"operation_id": str(jobs.show_manifests(actor=portal.actor, job=job).pk)}


def namespaces_to_compare(portal: Portal) -> dict[str, Any]:
    """What comparing finds in a cluster that answers: tests/kubernetes/test_drift.py."""
    cluster = Cluster.objects.get(pk=a_cluster_that_does_not_answer(portal)["cluster_id"])
    return {"operation_id": str(clusters.begin_comparison(actor=portal.actor, cluster=cluster, repair=True).pk)}


def a_kubeconfig_to_make(portal: Portal) -> dict[str, Any]:
    """Of a cluster that answers: tests/kubernetes/test_members.py."""
    cluster = Cluster.objects.get(pk=a_cluster_that_does_not_answer(portal)["cluster_id"])
    asked = clusters.begin_kubeconfig(actor=portal.actor, project=portal.project, cluster=cluster, minutes=60)
    return {"operation_id": str(asked.pk)}


def a_network_to_open(portal: Portal) -> dict[str, Any]:
    """What that does in a cluster that answers: tests/kubernetes/test_networks.py."""
    a_cluster_that_does_not_answer(portal)
    return {"project_id": str(make_exception(portal.project, "models").project_id)}


def a_node_pool_to_write(portal: Portal) -> dict[str, Any]:
    """What that does in a cluster that answers: tests/kubernetes/test_pools.py."""
    cluster_id = a_cluster_that_does_not_answer(portal)["cluster_id"]
    NodePool.objects.create(cluster_id=cluster_id, name="aurora", node_names=["a"])
    Node.objects.create(cluster_id=cluster_id, name="a")
    return {"cluster_id": cluster_id}


def _preflight(portal: Portal) -> Operation:
    cluster = Cluster.objects.get(pk=a_cluster_that_does_not_answer(portal, Cluster.objects.count())["cluster_id"])
    return clusters.begin_preflight(actor=portal.actor, cluster=cluster)


def a_cluster_to_tidy(portal: Portal) -> dict[str, Any]:
    """What tidying does in one that answers: tests/kubernetes/test_tidy.py."""
    a_cluster_that_does_not_answer(portal)
    return {}


def a_workload_to_hand_over(portal: Portal) -> dict[str, Any]:
    """What asking does where Kueue answers: tests/kubernetes/test_kueue.py."""
    job = portal.submit("true")
    cluster_id = a_cluster_that_does_not_answer(portal)["cluster_id"]
    waiting = Workload.objects.filter(subject_id=job.pk)
    waiting.update(cluster=cluster_id, handed_at=timezone.now(), asking=1, active=False)
    return {"workload_id": str(waiting.get().pk), "cluster_id": cluster_id}


SCENES: dict[str, Scene] = {
    "kubernetes.ask": a_workload_to_hand_over,
    "kubernetes.compare": namespaces_to_compare,
    "kubernetes.drain": a_node_to_drain,
    "kubernetes.kubeconfig": a_kubeconfig_to_make,
    "kubernetes.look": a_cluster_that_does_not_answer,
    "kubernetes.preview_drain": a_drain_to_foretell,
    "kubernetes.pull_image": an_image_to_pull,
    "kubernetes.show_job": a_job_to_show,
    "kubernetes.set_schedulable": a_node_to_cordon,
    "kubernetes.preflight": a_preflight_that_nobody_answers,
    "kubernetes.tidy": a_cluster_to_tidy,
    "kubernetes.write_members": a_cluster_to_tidy,
    "kubernetes.write_networks": a_network_to_open,
    "kubernetes.write_pools": a_node_pool_to_write,
    "kubernetes.write_queues": a_cluster_that_does_not_answer,
}
