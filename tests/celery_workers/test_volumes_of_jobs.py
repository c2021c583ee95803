"""Volumes of jobs: what one writes another reads, where the volume lies, and never more than its project may."""

import sys

import pytest
from django.db import transaction

from apps.clusters.models import Cluster
from apps.core.errors import InvalidRequest
from apps.jobs import services as jobs
from apps.jobs.inputs_document import inputs_document
from apps.jobs.models import Job
from apps.quotas.models import Workload
from apps.storage import volumes
from apps.storage.errors import VolumeUsed
from apps.storage.models import Volume
from apps.storage.volume_files import directory_of
from celery_workers import compute
from tests.celery_workers.conftest import Portal
from tests.celery_workers.test_inputs import said
from tests.factories import make_flavor, make_kubernetes, make_member, make_node, make_project, make_quota, make_volume

WRITES = "import os, pathlib; pathlib.Path(os.environ['HANSE_VOLUME_SCRATCH'], 'weights').write_text('trained')"
READS = "import os, pathlib; print(pathlib.Path(os.environ['HANSE_VOLUME_SCRATCH'], 'weights').read_text())"
FOREVER = (sys.executable, "-c", "import time; time.sleep(600)")
WRITTEN = [{"name": "scratch", "access": "write"}]
READ = [{"name": "scratch"}]


@pytest.fixture
def scratch(portal: Portal) -> Volume:
    return make_volume(portal.project)


@pytest.fixture
def lab(portal: Portal) -> Cluster:
    """Another cluster in which the project's tenant has quota."""
    lab = make_kubernetes("lab", storage_classes=[_CLASS])
    amounts = {"cpu": 8000, "memory": 2**34}
    make_quota(portal.project.tenant, lab, {make_flavor(lab, "lab-cpu"): amounts})
    make_node(lab, "lab-0", **{"lab-cpu": amounts})
    return lab


def refused(portal: Portal, mounted: list[dict[str, str]], **fields: object) -> list[dict[str, str]]:
    with pytest.raises(InvalidRequest) as refusal, transaction.atomic():
        portal.submit("true", volumes=mounted, **fields)
    assert not Job.objects.exists()
    return refusal.value.errors


class TestAJob:
    def test_writes_to_a_volume_and_another_reads_it(self, portal: Portal, scratch: Volume):
        writer = portal.until(portal.submit(sys.executable, "-c", WRITES, volumes=WRITTEN), "succeeded")
        portal.until_settled(writer)

        reader = portal.until(portal.submit(sys.executable, "-c", READS, volumes=READ), "succeeded")
        portal.until_settled(reader)

        assert said(reader, rank=0)[-1] == "trained"
        assert (directory_of(scratch.pk) / "weights").read_text() == "trained"

    def test_leaves_what_it_wrote_when_its_own_directories_are_deleted(self, portal: Portal, scratch: Volume):
        job = portal.submit(sys.executable, "-c", WRITES, volumes=WRITTEN, fault_policy={"clean": "all"})
        portal.until(job, "succeeded")
        portal.until_settled(job)

        jobs.purge(job_id=job.pk, now=job.purge_at)
        compute.for_(job.cluster).forget_job(job)

        assert (directory_of(scratch.pk) / "weights").read_text() == "trained"

    def test_keeps_its_volume_from_being_deleted_until_it_is_over(self, portal: Portal, scratch: Volume):
        job = portal.until(portal.submit(*FOREVER, volumes=READ), "running")

        with pytest.raises(VolumeUsed, match="1 that are not over mount scratch: job experiment"):
            volumes.remove_volume(actor=portal.actor, volume=Volume.objects.get())
        assert [(one.kind, one.name, one.access) for one in volumes.mounted_by(scratch)] == [("job", "experiment", "read")]

        jobs.cancel_job(actor=portal.actor, job=job)
        portal.until_settled(job)
        volumes.remove_volume(actor=portal.actor, volume=Volume.objects.get())
        compute.reconcile_volume(scratch.pk)
        assert not Volume.objects.exists()

    def test_says_what_it_mounted_after_the_volume_is_gone(self, portal: Portal, scratch: Volume):
        job = portal.until(portal.submit("true", volumes=READ), "succeeded")
        portal.until_settled(job)
        told = {"name": "scratch", "access": "read", "path": "/volumes/scratch", "variable": "HANSE_VOLUME_SCRATCH"}
        assert inputs_document(job)["volumes"] == [{"id": scratch.pk, **told}]

        scratch.delete()

        assert inputs_document(job)["volumes"] == [{"id": None, **told}]

    def test_fails_with_a_reason_when_its_volume_filled_while_it_waited(self, portal: Portal, scratch: Volume):
        job = portal.submit("true", volumes=WRITTEN)
        Volume.objects.update(used_bytes=2**40)

        portal.until(job, "failed")

        assert (job.reason, "scratch is full" in job.message) == ("volume-unusable", True)

    def test_that_names_no_cluster_runs_where_its_volume_lies(self, portal: Portal, lab: Cluster):
        make_volume(portal.project, cluster="lab")

        job = portal.submit("true", image="registry.example.org/train:3", volumes=READ)

        workload = Workload.objects.get(subject_id=job.pk)
        assert (workload.cluster, workload.any_cluster) == (lab, False)

    def test_that_names_another_cluster_than_its_volume_is_refused(self, portal: Portal, lab: Cluster):
        make_volume(portal.project, cluster="lab")

        (wrong,) = refused(portal, READ, cluster=portal.project.tenant.quotas.exclude(cluster=lab).get().cluster.slug)

        assert wrong["pointer"] == "/volumes/0/name"
        assert "lies in lab" in wrong["detail"]


_CLASS = {
    "name": "fast",
    "provisioner": "csi.example.org",
    "default": True,
    "expandable": True,
    "reclaim_policy": "Delete",
    "waits": False,
}


class TestAJobIsRefused:
    def test_a_volume_that_its_project_has_not(self, portal: Portal):
        make_volume_elsewhere(portal)

        assert refused(portal, READ) == [{"pointer": "/volumes/0/name", "detail": "This project has no volume scratch."}]

    def test_a_volume_that_is_being_deleted(self, portal: Portal, scratch: Volume):
        volumes.remove_volume(actor=portal.actor, volume=Volume.objects.get())

        assert refused(portal, READ)[0]["pointer"] == "/volumes/0/name"

    def test_to_write_to_one_that_is_full_and_not_to_read_it(self, portal: Portal, scratch: Volume):
        Volume.objects.update(used_bytes=2**40)

        assert refused(portal, WRITTEN)[0]["pointer"] == "/volumes/0/access"
        assert portal.submit("true", volumes=READ)

    def test_to_write_to_one_that_was_made_to_be_read(self, portal: Portal):
        make_volume(portal.project, access_mode="ReadOnlyMany")

        assert refused(portal, WRITTEN)[0]["pointer"] == "/volumes/0/access"

    @pytest.mark.parametrize("path", ["data", "/", "/etc/ssl", "/data/../etc", "/hanse/work", "/proc", "/da ta"])
    def test_a_place_that_is_none_or_the_systems_own(self, portal: Portal, scratch: Volume, path):
        with pytest.raises(ValueError, match=r"volumes\.0\.path"):
            portal.submit("true", volumes=[{"name": "scratch", "path": path}])

    def test_two_volumes_in_one_place(self, portal: Portal, scratch: Volume):
        make_volume(portal.project, "other")
        mounted = [{"name": "scratch", "path": "/data"}, {"name": "other", "path": "/data/other"}]

        with pytest.raises(ValueError, match="/data/other is where another volume is mounted"):
            portal.submit("true", volumes=mounted)


def make_volume_elsewhere(portal: Portal) -> None:
    """Of the same name, in another project of the same tenant."""
    other = make_project(portal.project.tenant)
    make_member("developer", project=other)
    make_volume(other)
