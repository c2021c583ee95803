"""Buckets of jobs: what a replica is given opens what its job names, and nothing else, until the attempt is over."""

import json
import sys
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.session import get_session

from apps.audit.models import AuditEntry
from apps.jobs import services as jobs
from apps.jobs.models import Job
from apps.storage import buckets, s3
from apps.storage.models import Bucket, StoreKey
from celery_workers.tasks.jobs import end_keys
from tests.celery_workers.conftest import Portal
from tests.celery_workers.test_inputs import everything_kept, said
from tests.factories import make_bucket
from tests.testbed.seaweedfs import SeaweedFS

pytestmark = pytest.mark.usefixtures("store")

# As a program of somebody's would: it knows of Hanse nothing but the variable.
USES = """
import os, sys, time
from botocore.session import get_session
bucket, _, prefix = os.environ['HANSE_BUCKET_IMAGES'].removeprefix('s3://').partition('/')
store = get_session().create_client('s3')
print(store.get_object(Bucket=bucket, Key=f'{prefix}a.txt')['Body'].read().decode())
store.put_object(Bucket=bucket, Key=f'{prefix}out.txt', Body=b'written by the job')
print('key', os.environ['AWS_SECRET_ACCESS_KEY'], flush=True)
"""


@pytest.fixture
def images(portal: Portal) -> Bucket:
    return filled(make_bucket(portal.project, "images"))


def filled(bucket: Bucket) -> Bucket:
    with s3.answering() as client:
        for key in ("train/a.txt", "train-not/a.txt", "test/a.txt"):
            client.put_object(Bucket=bucket.store_name, Key=key, Body=f"content of {key}".encode())
    return bucket


def client_of(job: Job, store: SeaweedFS) -> Any:
    """What whoever holds the key of the job's attempt can do with it, wherever they are."""
    key = StoreKey.objects.get(job_id=job.pk, attempt=job.attempt)
    return get_session().create_client(
        "s3",
        endpoint_url=store.address,
        region_name="us-east-1",
        aws_access_key_id=key.access_key,
        aws_secret_access_key=key.secret_key,
        config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
    )


def sleeping(portal: Portal, **fields: Any) -> Job:
    return portal.until(portal.submit(sys.executable, "-c", "import time; time.sleep(600)", **fields), "running")


class TestAJob:
    def test_reads_and_writes_below_the_prefix_that_it_names(self, portal: Portal, images: Bucket, machine):
        uses = [{"name": "images", "access": "write", "prefix": "train/"}]
        job = portal.submit(sys.executable, "-c", USES, replicas=2, gang=False, buckets=uses)
        portal.until(job, "running", "succeeded")
        key = StoreKey.objects.get(job_id=job.pk)

        portal.until(job, "succeeded")
        portal.until_settled(job)

        assert said(job, rank=0) == said(job, rank=1) == ["content of train/a.txt", "key ***"]
        assert s3.entry(images.store_name, "train/out.txt") is not None
        assert [where for where, what in everything_kept(machine) if key.secret_key in what] == []
        assert key.access_key not in json.dumps(list(AuditEntry.objects.values("before", "after")))

    def test_that_may_only_read_can_do_nothing_else(self, portal: Portal, images: Bucket, store: SeaweedFS):
        theirs = filled(make_bucket(portal.project, "theirs"))
        job = sleeping(portal, buckets=[{"name": "images", "prefix": "train/"}])
        client, bucket = client_of(job, store), images.store_name

        assert client.get_object(Bucket=bucket, Key="train/a.txt")["Body"].read() == b"content of train/a.txt"
        listed = client.list_objects_v2(Bucket=bucket, Prefix="train/")
        assert [entry["Key"] for entry in listed["Contents"]] == ["train/a.txt"]
        refused = {
            "read beside the prefix": lambda: client.get_object(Bucket=bucket, Key="test/a.txt"),
            "read what begins like it": lambda: client.get_object(Bucket=bucket, Key="train-not/a.txt"),
            "read above it": lambda: client.get_object(Bucket=bucket, Key="train/../test/a.txt"),
            "list it all": lambda: client.list_objects_v2(Bucket=bucket),
            "list beside it": lambda: client.list_objects_v2(Bucket=bucket, Prefix="train"),
            "list its versions": lambda: client.list_object_versions(Bucket=bucket),
            "write": lambda: client.put_object(Bucket=bucket, Key="train/b.txt", Body=b""),
            "delete": lambda: client.delete_object(Bucket=bucket, Key="train/a.txt"),
            "upload in parts": lambda: client.create_multipart_upload(Bucket=bucket, Key="train/b.txt"),
            "read another bucket": lambda: client.get_object(Bucket=theirs.store_name, Key="train/a.txt"),
            "list another bucket": lambda: client.list_objects_v2(Bucket=theirs.store_name, Prefix="train/"),
            "open it to all": lambda: client.put_bucket_acl(Bucket=bucket, ACL="public-read"),
            "make a bucket": lambda: client.create_bucket(Bucket="anothers"),
        }
        for what, act in refused.items():
            with pytest.raises(ClientError, match=r"AccessDenied|InvalidRequest"):
                pytest.fail(f"It could {what}: {act()}")
        assert client.list_buckets()["Buckets"] == []

    def test_that_writes_takes_nothing_from_elsewhere(self, portal: Portal, images: Bucket, store: SeaweedFS):
        theirs = filled(make_bucket(portal.project, "theirs"))
        job = sleeping(portal, buckets=[{"name": "images", "access": "write", "prefix": "train/"}])
        client, bucket = client_of(job, store), images.store_name

        for source in (f"{bucket}/test/a.txt", f"{theirs.store_name}/train/a.txt"):
            with pytest.raises(ClientError, match="AccessDenied"):
                client.copy_object(Bucket=bucket, Key="train/taken.txt", CopySource=source)
        with pytest.raises(ClientError, match="AccessDenied"):
            client.put_object(Bucket=bucket, Key="test/a.txt", Body=b"")
        answer = client.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "test/a.txt"}]})
        assert [error["Code"] for error in answer["Errors"]] == ["AccessDenied"]

    def test_has_a_key_that_ends_with_the_attempt(self, portal: Portal, images: Bucket, store: SeaweedFS):
        job = sleeping(portal, buckets=[{"name": "images"}])
        client = client_of(job, store)
        end_keys()
        assert client.get_object(Bucket=images.store_name, Key="test/a.txt")["ContentLength"] > 0

        jobs.cancel_job(actor=portal.actor, job=job)
        portal.until_settled(job)
        end_keys()
        end_keys()

        assert not StoreKey.objects.exists()
        with pytest.raises(ClientError, match="InvalidAccessKeyId"):
            client.get_object(Bucket=images.store_name, Key="test/a.txt")

    def test_whose_bucket_was_removed_fails_and_says_so(self, portal: Portal):
        job = portal.submit("true", buckets=[{"name": make_bucket(portal.project).name}])
        buckets.remove_bucket(actor=portal.actor, bucket=Bucket.objects.get())

        portal.until(job, "failed")

        assert job.reason == "bucket-unusable"
        assert "images" in job.message
