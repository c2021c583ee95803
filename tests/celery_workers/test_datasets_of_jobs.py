"""Datasets of jobs: the version that was there when the job was submitted, in every attempt, and no key to write it."""

import sys
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from apps.core.errors import InvalidRequest
from apps.jobs import services as jobs
from apps.jobs.inputs_document import inputs_document
from apps.jobs.models import Job, JobDataset
from apps.storage import datasets, s3
from apps.storage.errors import VersionUsed
from apps.storage.models import Dataset, DatasetVersion
from celery_workers.copying import copy_version
from tests.celery_workers.conftest import Portal
from tests.celery_workers.test_buckets_of_jobs import client_of, filled
from tests.celery_workers.test_inputs import said
from tests.factories import make_bucket, make_dataset
from tests.testbed.seaweedfs import SeaweedFS

pytestmark = pytest.mark.usefixtures("store")

# As a program of somebody's would: it knows of Hanse nothing but the variable.
READS = """
import os
from botocore.session import get_session
bucket, _, prefix = os.environ['HANSE_DATASET_DIGITS'].removeprefix('s3://').partition('/')
store = get_session().create_client('s3')
print(store.get_object(Bucket=bucket, Key=f'{prefix}a.txt')['Body'].read().decode())
"""


def version_of(portal: Portal, dataset: Dataset, **fields: object) -> DatasetVersion:
    version = datasets.add_version(actor=portal.actor, dataset=dataset, bucket="images", prefix="train/", **fields)
    copy_version(version.pk)
    return DatasetVersion.objects.select_related("dataset").get(pk=version.pk)


@pytest.fixture
def digits(portal: Portal) -> Dataset:
    filled(make_bucket(portal.project, "images"))
    return make_dataset(portal.project, "digits")


def sleeping(portal: Portal, **fields: object) -> Job:
    return portal.until(portal.submit(sys.executable, "-c", "import time; time.sleep(600)", **fields), "running")


class TestAJob:
    def test_reads_the_version_that_was_the_newest_when_it_was_submitted(self, portal: Portal, digits: Dataset):
        first = version_of(portal, digits)
        job = portal.submit(sys.executable, "-c", READS, datasets=[{"name": "digits"}])
        version_of(portal, digits)

        portal.until(job, "succeeded")
        portal.until_settled(job)

        assert said(job, rank=0) == ["content of train/a.txt"]
        (told,) = inputs_document(job)["datasets"]
        assert (told["name"], told["number"], told["digest"], told["there"]) == ("digits", 1, first.digest, True)
        again = jobs.rerun_job(actor=portal.actor, job=job)
        assert [use.version for use in again.parsed_spec().datasets] == [1]

    def test_reads_the_same_when_it_is_tried_again(self, portal: Portal, digits: Dataset):
        version_of(portal, digits)
        job = portal.submit("false", datasets=[{"name": "digits"}])
        version_of(portal, digits)
        portal.until(job, "failed")
        portal.until_settled(job)

        jobs.retry_job(actor=portal.actor, job=job)

        assert list(JobDataset.objects.values_list("number", flat=True)) == [1]

    def test_reads_nothing_beside_it_and_writes_nothing(self, portal: Portal, digits: Dataset, store: SeaweedFS):
        version, other = version_of(portal, digits), version_of(portal, digits)
        job = sleeping(portal, datasets=[{"name": "digits", "version": 1}])
        client, bucket, place = client_of(job, store), version.store_name, version.place_of_files

        assert client.get_object(Bucket=bucket, Key=f"{place}a.txt")["Body"].read() == b"content of train/a.txt"
        refused = {
            "read another version": lambda: client.get_object(Bucket=bucket, Key=f"{other.place_of_files}a.txt"),
            "list all versions": lambda: client.list_objects_v2(Bucket=bucket),
            "write": lambda: client.put_object(Bucket=bucket, Key=f"{place}b.txt", Body=b""),
            "replace": lambda: client.put_object(Bucket=bucket, Key=f"{place}a.txt", Body=b""),
            "delete": lambda: client.delete_object(Bucket=bucket, Key=f"{place}a.txt"),
        }
        for what, act in refused.items():
            with pytest.raises(ClientError, match="AccessDenied"):
                pytest.fail(f"It could {what}: {act()}")

    @pytest.mark.parametrize("use", [{"name": "none"}, {"name": "digits", "version": 2}, {"name": "digits"}])
    def test_that_names_what_is_not_there_is_refused_by_its_place(self, portal: Portal, digits: Dataset, use):
        datasets.add_version(actor=portal.actor, dataset=digits, bucket="images", prefix="train/")

        with pytest.raises(InvalidRequest) as refusal:
            portal.submit("true", datasets=[use])

        assert refusal.value.errors[0]["pointer"] == "/datasets/0/name"

    def test_whose_version_went_with_its_project_fails_and_says_so(self, portal: Portal, digits: Dataset):
        version_of(portal, digits)
        job = portal.submit("true", datasets=[{"name": "digits"}])
        datasets.forget_of_project(actor=portal.actor, project_id=portal.project.pk, most=10)

        portal.until(job, "failed")

        assert job.reason == "dataset-unusable"


class TestAVersion:
    def test_is_not_deleted_while_a_job_reads_it(self, portal: Portal, digits: Dataset):
        version = version_of(portal, digits)
        job = sleeping(portal, datasets=[{"name": "digits"}])
        with pytest.raises(VersionUsed):
            datasets.remove_version(actor=portal.actor, version=version)

        jobs.cancel_job(actor=portal.actor, job=job)
        portal.until_settled(job)
        datasets.remove_version(actor=portal.actor, version=version)

        assert not inputs_document(job)["datasets"][0]["there"]

    def test_knows_who_made_it_and_who_reads_it(self, portal: Portal, digits: Dataset, as_role):
        source = version_of(portal, digits)
        maker = portal.submit("true", name="maker", datasets=[{"name": "digits"}])
        made = version_of(portal, make_dataset(portal.project, "made"), job=maker.pk)
        reader = portal.submit("true", name="reader", datasets=[{"name": "made"}])
        client, _ = as_role("viewer", project=portal.project)

        place = f"/api/v1/projects/{portal.project.pk}/datasets/{made.dataset_id}/versions/1/lineage/"
        graph = client.get(place).json()

        steps = {node["id"]: node["step"] for node in graph["nodes"]}
        assert steps == {str(source.pk): -2, str(maker.pk): -1, str(made.pk): 0, str(reader.pk): 1}
        assert {(edge["origin"], edge["target"]) for edge in graph["edges"]} == {
            (str(source.pk), str(maker.pk)),
            (str(maker.pk), str(made.pk)),
            (str(made.pk), str(reader.pk)),
        }

    def test_is_made_by_no_job_of_another_project(self, portal: Portal, digits: Dataset):
        with pytest.raises(InvalidRequest):
            version_of(portal, digits, job=uuid4())

    def test_lies_where_no_bucket_of_a_person_is(self, portal: Portal, digits: Dataset):
        version = version_of(portal, digits)

        assert s3.entry(version.store_name, f"{version.place_of_files}a.txt") is not None
        assert version.store_name not in {bucket.store_name for bucket in portal.project.buckets.all()}
