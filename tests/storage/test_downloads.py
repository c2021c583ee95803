"""Many files fetched at once: their addresses, and what whoever has them knows beforehand."""

import hashlib

import httpx
import pytest

from apps.audit.models import AuditEntry
from tests.factories import make_bucket
from tests.storage.test_buckets import address, upload

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def viewer(as_role):
    """Somebody who may look, and a bucket with files in folders."""
    developer, project = as_role("developer")
    bucket = make_bucket(project)
    for key in ("train/a.txt", "train/deep/b.txt", "train/deep/c.txt", "trainer.txt"):
        upload(developer, bucket, key, key.encode())
    client, _ = as_role("viewer", project=project)
    return client, bucket


def asked(client, bucket, **body) -> dict:
    answer = client.post(address(bucket, "downloads/"), body)
    assert answer.status_code == 200, answer.json()
    return answer.json()


class TestDownloads:
    def test_are_of_all_below_a_folder_with_their_content(self, viewer):
        client, bucket = viewer

        given = asked(client, bucket, prefix="train/")

        assert [file["key"] for file in given["downloads"]] == ["train/a.txt", "train/deep/b.txt", "train/deep/c.txt"]
        for file in given["downloads"]:
            content = httpx.get(file["url"]).content
            assert (content, file["size_bytes"]) == (file["key"].encode(), len(content))
            assert file["sha256"] == hashlib.sha256(content).hexdigest()
        entry = AuditEntry.objects.filter(action="bucket.download").get()
        assert (entry.after["files"], entry.after["first"]) == (3, "train/a.txt")

    def test_come_some_at_a_time_each_once(self, viewer):
        client, bucket = viewer
        keys, cursor = [], ""
        for _ in range(4):
            given = asked(client, bucket, cursor=cursor, limit=1)
            keys += [file["key"] for file in given["downloads"]]
            cursor = given["next"]

        assert keys == ["train/a.txt", "train/deep/b.txt", "train/deep/c.txt", "trainer.txt"]
        assert cursor == ""

    def test_are_of_nothing_that_was_deleted(self, as_role, viewer):
        client, bucket = viewer
        developer, _ = as_role("developer", project=bucket.project)
        developer.post(address(bucket, "removals/"), {"folders": ["train/deep/"]})

        assert [file["key"] for file in asked(client, bucket)["downloads"]] == ["train/a.txt", "trainer.txt"]

    @pytest.mark.parametrize("wrong", [{"prefix": "../"}, {"limit": 0}, {"limit": 201}, {"prefix": "a\nb"}])
    def test_of_what_cannot_be_are_refused(self, viewer, wrong):
        client, bucket = viewer

        assert client.post(address(bucket, "downloads/"), wrong).status_code == 422
