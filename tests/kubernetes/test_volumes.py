"""Volumes in a cluster: claims that its provisioners bind, which the tests stand in for with volumes made by hand."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from apps.clusters import services as clusters
from apps.storage import volumes
from apps.storage.models import Volume, VolumeLimit
from apps.tenants.access import actor_of_user
from celery_workers import compute
from celery_workers.kubernetes.client import Forbidden, NotFound
from celery_workers.kubernetes.served import discover
from celery_workers.watchers.hardware import HardwareOfClusters
from tests.eventually import eventually
from tests.factories import make_user, make_volume
from tests.jobs.jobs import address
from tests.kubernetes.conftest import Portal

pytestmark = pytest.mark.django_db(transaction=True)
CLASSES, VOLUMES = "/apis/storage.k8s.io/v1/storageclasses", "/api/v1/persistentvolumes"
GIB = 2**30


@pytest.fixture
def classes(portal: Portal) -> Iterator[tuple[str, str]]:
    """(a class of which claims are bound at once, one whose claims wait for a pod), as the portal knows them."""
    names = (f"fast-{uuid4().hex[:6]}", f"near-{uuid4().hex[:6]}")
    for name, mode in zip(names, ("Immediate", "WaitForFirstConsumer"), strict=True):
        about = {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": name}}
        how = {"provisioner": "kubernetes.io/no-provisioner", "allowVolumeExpansion": True, "volumeBindingMode": mode}
        portal.api.create(CLASSES, {**about, **how})
    look(portal)
    yield names
    for name in names:
        portal.api.delete(f"{CLASSES}/{name}")


def look(portal: Portal) -> None:
    """What the watch of hardware does now and then."""
    served = discover(portal.api)
    clusters.record_served(
        cluster=portal.cluster,
        versions={},
        capabilities=served.capabilities(),
        storage_classes=served.storage_classes,
    )
    portal.cluster.refresh_from_db()


def provisioned(portal: Portal, storage_class: str, *, size: str = "1Gi") -> str:
    """A volume that a claim of the class will be bound to."""
    name = f"pv-{uuid4().hex[:8]}"
    spec = {
        "capacity": {"storage": size},
        "accessModes": ["ReadWriteOnce", "ReadWriteMany"],
        "storageClassName": storage_class,
        "persistentVolumeReclaimPolicy": "Delete",
        "hostPath": {"path": f"/tmp/{name}"},
    }
    portal.api.create(VOLUMES, {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": name}, "spec": spec})
    return name


def asked(portal: Portal, storage_class: str, **fields: Any) -> Volume:
    return carried_out(make_volume(portal.project, cluster="lab", storage_class=storage_class, **fields))


def carried_out(volume: Volume) -> Volume:
    compute.reconcile_volume(volume.pk)
    volume.refresh_from_db()
    return volume


def until(volume: Volume, phase: str) -> Volume:
    eventually(lambda: carried_out(volume).phase == phase, within=30, what=f"{phase} (it is {volume.phase}: {volume.why})")
    return volume


def claim_path(volume: Volume) -> str:
    return f"/api/v1/namespaces/{volume.project.namespace}/persistentvolumeclaims/{volume.claim}"


class TestStorageClasses:
    def test_are_known_with_what_they_can(self, portal: Portal, classes):
        known = {one["name"]: one for one in portal.cluster.storage_classes}

        fast, near = known[classes[0]], known[classes[1]]
        assert (fast["provisioner"], fast["expandable"], fast["reclaim_policy"]) == (
            "kubernetes.io/no-provisioner",
            True,
            "Delete",
        )
        assert (fast["waits"], near["waits"]) == (False, True)

    def test_are_seen_by_the_watch_of_hardware(self, portal: Portal, classes):
        type(portal.cluster).objects.update(storage_classes=[])
        watch = HardwareOfClusters()
        try:
            eventually(
                lambda: watch.step() or set(classes) <= {one["name"] for one in fresh(portal).storage_classes},
                within=30,
                what="classes that were seen",
            )
        finally:
            watch.close()


def fresh(portal: Portal) -> Any:
    portal.cluster.refresh_from_db()
    return portal.cluster


class TestAVolumeInACluster:
    def test_is_a_claim_of_the_projects_namespace_and_bound_by_the_cluster(self, portal: Portal, classes):
        provisioned(portal, classes[0])

        volume = until(asked(portal, classes[0]), "bound")

        assert (volume.capacity_bytes, volume.size_enforced, volume.used_bytes) == (GIB, True, None)
        claim = portal.api.get(claim_path(volume))
        assert claim["spec"]["accessModes"] == ["ReadWriteOnce"]
        assert claim["spec"]["resources"]["requests"]["storage"] == str(GIB)
        assert claim["metadata"]["labels"]["hanse.dev/volume"] == str(volume.pk)

    def test_says_what_it_waits_for(self, portal: Portal, classes):
        near = asked(portal, classes[1])

        eventually(lambda: carried_out(near).why == "It is made where the first job that mounts it runs.", what=near.why)

    def test_that_nobody_provisions_says_what_the_cluster_says(self, portal: Portal, classes):
        volume = asked(portal, classes[0])
        claim = portal.api.get(claim_path(volume))
        # As a provisioner tells of it.
        about = {name: claim["metadata"][name] for name in ("name", "namespace", "uid")}
        portal.api.create(
            f"/api/v1/namespaces/{volume.project.namespace}/events",
            {
                "apiVersion": "v1",
                "kind": "Event",
                "metadata": {"name": "full", "namespace": volume.project.namespace},
                "involvedObject": {"kind": "PersistentVolumeClaim", **about},
                "type": "Warning",
                "reason": "ProvisioningFailed",
                "message": "the pool is full",
                "lastTimestamp": "2999-01-01T00:00:00Z",
            },
        )

        assert carried_out(volume).why == "The cluster has not made it yet: the pool is full"

    def test_grows_once_the_cluster_has_enlarged_it(self, portal: Portal, classes):
        bound_to = provisioned(portal, classes[0])
        volume = until(asked(portal, classes[0]), "bound")
        actor = actor_of_user(make_user())

        volumes.change_volume(actor=actor, volume=Volume.objects.get(pk=volume.pk), size_bytes=2 * GIB)

        assert carried_out(volume).why == "The cluster is enlarging it."
        claim = portal.api.get(claim_path(volume))
        assert claim["spec"]["resources"]["requests"]["storage"] == str(2 * GIB)
        # As the resizer of a driver does it.
        portal.api.patch(f"{VOLUMES}/{bound_to}", {"spec": {"capacity": {"storage": "2Gi"}}})
        portal.api.patch(f"{claim_path(volume)}/status", {"status": {"capacity": {"storage": "2Gi"}}})
        assert (carried_out(volume).capacity_bytes, volume.why) == (2 * GIB, "")

    def test_that_is_to_be_retained_leaves_what_it_was_bound_to(self, portal: Portal, classes):
        bound_to = provisioned(portal, classes[0])
        volume = until(asked(portal, classes[0], reclaim_policy="Retain"), "bound")

        assert portal.api.get(f"{VOLUMES}/{bound_to}")["spec"]["persistentVolumeReclaimPolicy"] == "Retain"
        goes(volume)
        assert portal.api.get(f"{VOLUMES}/{bound_to}")["status"]["phase"] in ("Bound", "Released")

    def test_goes_from_the_cluster_before_it_goes_here(self, portal: Portal, classes):
        provisioned(portal, classes[0])
        volume = until(asked(portal, classes[0]), "bound")

        goes(volume)

        with pytest.raises(NotFound):
            portal.api.get(claim_path(volume))

    def test_that_somebody_else_deleted_is_lost_and_not_made_anew_empty(self, portal: Portal, classes):
        provisioned(portal, classes[0])
        volume = until(asked(portal, classes[0]), "bound")
        portal.api.delete(claim_path(volume))

        until(volume, "lost")

        assert carried_out(volume).phase == "lost"
        with pytest.raises(NotFound):
            portal.api.get(claim_path(volume))


class TestTheLimitOfATenant:
    def test_counts_in_the_cluster_what_members_make_there_by_kubectl(self, portal: Portal, classes):
        VolumeLimit.objects.create(tenant=portal.project.tenant, most_volumes=2, most_bytes=3 * GIB)
        volume = asked(portal, classes[0])
        claim = portal.api.get(claim_path(volume))
        path = claim_path(volume).rpartition("/")[0]

        def by_kubectl(name: str, size: str) -> None:
            spec = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": size}}}
            about = {"metadata": {"name": name, "namespace": claim["metadata"]["namespace"]}, "spec": spec}
            portal.api.create(path, {"apiVersion": "v1", "kind": "PersistentVolumeClaim", **about})

        with pytest.raises(Forbidden, match="exceeded quota"):
            by_kubectl("too-large", "3Gi")
        by_kubectl("fits", "1Gi")
        with pytest.raises(Forbidden, match="exceeded quota"):
            by_kubectl("one-too-many", "1Mi")


class TestAJobInACluster:
    def test_mounts_the_claim_where_it_says_and_keeps_it_there(self, portal: Portal, classes, as_role):
        provisioned(portal, classes[0])
        volume = until(asked(portal, classes[0]), "bound")

        job = portal.until(portal.submit(volumes=[{"name": "scratch", "path": "/data"}]), "running")

        (pod,) = portal.pods(job)
        claimed = {"claimName": volume.claim, "readOnly": True}
        (mounted,) = [one for one in pod["spec"]["volumes"] if one.get("persistentVolumeClaim") == claimed]
        container = pod["spec"]["containers"][0]
        assert {"name": mounted["name"], "mountPath": "/data", "readOnly": True} in container["volumeMounts"]
        assert {"name": "HANSE_VOLUME_SCRATCH", "value": "/data"} in container["env"]
        admin, _ = as_role("admin", project=portal.project)
        refused = admin.change("delete", f"/api/v1/projects/{portal.project.pk}/volumes/{volume.pk}/")
        assert [one["name"] for one in refused.json()["mounted_by"]] == ["resnet"]

    def test_of_several_replicas_is_refused_what_only_one_node_mounts(self, portal: Portal, classes):
        asked(portal, classes[0])
        role = {"command": ["python"], "image": "registry.example.org/train:3", "replicas": 2}

        answer = portal.client.post(
            address(portal.project), {"name": "resnet", "roles": [role], "volumes": [{"name": "scratch"}]}
        )

        assert answer.json()["errors"][0]["pointer"] == "/volumes/0/name"


def goes(volume: Volume) -> None:
    volumes.remove_volume(actor=actor_of_user(make_user()), volume=Volume.objects.get(pk=volume.pk))
    eventually(
        lambda: compute.reconcile_volume(volume.pk) or not Volume.objects.filter(pk=volume.pk).exists(),
        within=30,
        what="a volume that is gone",
    )
