"""Buckets of a project: files go between people and the store, and what they may fill is said before."""

import hashlib
from datetime import timedelta

import httpx
import pytest
from django.utils import timezone

from apps.audit.models import AuditEntry
from apps.storage.models import Bucket, FileRemoval
from celery_workers import removal
from celery_workers.tasks.storage import delete_files, measure_buckets
from tests.factories import make_bucket

pytestmark = pytest.mark.usefixtures("store")
ODD_NAMES = ["a b+c.txt", "百分%20之百.png", "#?&=.txt", "~tilde'quote\"(1).txt", "deep/er/ünï.txt"]


@pytest.fixture
def developer(as_role):
    client, project = as_role("developer")
    return client, make_bucket(project)


def address(bucket: Bucket, rest: str = "") -> str:
    return f"/api/v1/projects/{bucket.project_id}/buckets/{bucket.pk}/{rest}"


def asked(client, bucket: Bucket, key: str, content: bytes, *, hashed: bool = True) -> dict:
    file = {"key": key, "size_bytes": len(content)}
    file |= {"sha256": hashlib.sha256(content).hexdigest()} if hashed else {}
    answer = client.post(address(bucket, "uploads/"), {"files": [file]})
    assert answer.status_code == 200, answer.json()
    return answer.json()["uploads"][0]


def upload(client, bucket: Bucket, key: str, content: bytes = b"content") -> None:
    upload = asked(client, bucket, key, content)
    assert httpx.put(upload["url"], content=content, headers=upload["headers"]).status_code == 200


def listed(client, bucket: Bucket, prefix: str = "", **further: str) -> tuple[list[str], list[str]]:
    page = client.get(address(bucket, "files/"), {"prefix": prefix, **further}).json()
    return page["folders"], [file["key"] for file in page["files"]]


class TestABucket:
    def test_is_made_and_removed_by_who_governs_the_project(self, as_role):
        client, project = as_role("admin")
        made = client.post(f"/api/v1/projects/{project.pk}/buckets/", {"name": "images", "quota_bytes": 2**20})

        assert made.status_code == 201
        assert client.change("delete", made["Location"]).status_code == 204
        assert list(AuditEntry.objects.values_list("action", flat=True).order_by("pk")) == ["bucket.create", "bucket.remove"]

    def test_is_not_removed_while_it_holds_a_file(self, as_role, developer):
        client, bucket = developer
        upload(client, bucket, "a.txt")
        admin, _ = as_role("admin", project=bucket.project)

        answer = admin.change("delete", address(bucket))

        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/bucket-not-empty")
        assert listed(client, bucket) == ([], ["a.txt"])

    def test_goes_with_its_project_files_and_all(self, developer):
        client, bucket = developer
        upload(client, bucket, "a/b.txt")
        kind = next(kind for kind in removal.KINDS if kind.name == "bucket")

        kind.remove(bucket.project)

        assert not Bucket.objects.exists()

    def test_says_503_while_the_store_is_away(self, developer, settings):
        client, bucket = developer
        settings.S3_URL = "http://127.0.0.1:9"

        assert client.get(address(bucket, "files/")).status_code == 503
        assert client.get(address(bucket)).status_code == 200


class TestAnUpload:
    @pytest.mark.parametrize("key", ODD_NAMES)
    def test_is_a_file_of_that_name(self, developer, key):
        client, bucket = developer

        upload(client, bucket, key, b"what it holds")

        link = client.post(address(bucket, "links/"), {"key": key}).json()["url"]
        got = httpx.get(link)
        assert (got.status_code, got.content) == (200, b"what it holds")
        assert got.headers["content-disposition"].startswith("attachment")
        folder = key.rpartition("/")[0]
        assert listed(client, bucket, f"{folder}/" if folder else "")[1] == [key]

    def test_takes_no_other_size_and_no_other_content(self, developer):
        client, bucket = developer
        granted = asked(client, bucket, "a", b"right")

        for wrong in (b"longer than right", b"wrong"):
            assert httpx.put(granted["url"], content=wrong, headers=granted["headers"]).status_code in (400, 403)

        assert listed(client, bucket) == ([], [])

    def test_is_for_its_own_name_alone(self, developer):
        client, bucket = developer
        granted = asked(client, bucket, "mine", b"12345")

        other = granted["url"].replace("/mine?", "/other?")

        assert httpx.put(other, content=b"12345", headers=granted["headers"]).status_code == 403

    def test_is_not_needed_for_what_is_there_already(self, developer):
        client, bucket = developer
        upload(client, bucket, "a", b"the same")

        assert asked(client, bucket, "a", b"the same")["there"]
        assert not asked(client, bucket, "a", b"the other")["there"]

    @pytest.mark.parametrize("key", ["", "/a", "a//b", "../a", "a/./b", "a\\b", "a\nb", "a/", "x" * 256, "a/" * 500 + "b"])
    def test_under_an_odd_name_is_refused_by_its_place(self, developer, key):
        client, bucket = developer
        files = [{"key": "good", "size_bytes": 1}, {"key": key, "size_bytes": 1}]

        answer = client.post(address(bucket, "uploads/"), {"files": files})

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/files/1/key"


class TestTheQuota:
    def test_is_enforced_before_anything_is_written(self, as_role):
        client, project = as_role("developer")
        bucket = make_bucket(project, quota_bytes=100)
        files = [{"key": "a", "size_bytes": 60}]
        assert client.post(address(bucket, "uploads/"), {"files": files}).status_code == 200

        answer = client.post(address(bucket, "uploads/"), {"files": [{"key": "b", "size_bytes": 41}]})

        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/bucket-full")
        assert (answer.json()["promised_bytes"], answer.json()["asked_bytes"]) == (60, 41)

    def test_counts_what_the_store_says(self, developer):
        client, bucket = developer
        upload(client, bucket, "a", b"12345")
        bucket.grants.update(expires_at=timezone.now() - timedelta(seconds=1))
        Bucket.objects.update(measure_at=timezone.now())

        measure_buckets()

        shown = client.get(address(bucket)).json()
        assert (shown["used_bytes"], shown["files"], shown["promised_bytes"]) == (5, 1, 0)

    def test_goes_on_counting_what_may_still_be_written(self, developer):
        client, bucket = developer
        asked(client, bucket, "a", b"12345")
        Bucket.objects.update(measure_at=timezone.now())

        measure_buckets()

        assert client.get(address(bucket)).json()["promised_bytes"] == 5


class TestExpiry:
    def test_deletes_what_is_older(self, developer, monkeypatch):
        client, bucket = developer
        upload(client, bucket, "old")
        Bucket.objects.update(expire_after_days=1, measure_at=timezone.now())
        measure_buckets()
        assert listed(client, bucket)[1] == ["old"]
        later = timezone.now() + timedelta(days=2)
        monkeypatch.setattr(timezone, "now", lambda: later)

        measure_buckets()

        assert listed(client, bucket) == ([], [])


class TestListing:
    def test_shows_a_folder_a_page_at_a_time(self, developer):
        client, bucket = developer
        for key in ("a/1.png", "a/2.png", "a/3.txt", "a/deep/4.txt", "b.txt"):
            upload(client, bucket, key)

        assert listed(client, bucket) == (["a/"], ["b.txt"])
        first = client.get(address(bucket, "files/"), {"prefix": "a/", "limit": "2"}).json()
        second = client.get(address(bucket, "files/"), {"prefix": "a/", "limit": "2", "cursor": first["next"]}).json()
        shown = [*first["files"], *second["files"]]
        assert [file["key"] for file in shown] == ["a/1.png", "a/2.png", "a/3.txt"]
        assert (first["folders"] + second["folders"], second["next"]) == (["a/deep/"], "")
        assert listed(client, bucket, "a/2") == ([], ["a/2.png"])

    def test_has_an_address_to_show_pictures_at(self, developer):
        client, bucket = developer
        upload(client, bucket, "a.png", b"\x89PNG")
        upload(client, bucket, "page.html", b"<script>")

        picture, page = client.get(address(bucket, "files/")).json()["files"]

        assert httpx.get(picture["preview_url"]).headers["content-type"] == "image/png"
        assert page["preview_url"] == ""


class TestDeleting:
    def test_hides_at_once_and_deletes_later(self, developer):
        client, bucket = developer
        for key in ("a/1", "a/2", "b", "c"):
            upload(client, bucket, key)

        answer = client.post(address(bucket, "removals/"), {"keys": ["b"], "folders": ["a/"]})

        assert answer.status_code == 202
        assert listed(client, bucket) == ([], ["c"])
        FileRemoval.objects.update(due_at=timezone.now())
        delete_files()
        assert not FileRemoval.objects.exists()
        # The store takes empty folders away a little later, by itself.
        assert (listed(client, bucket)[1], listed(client, bucket, "a/")) == (["c"], ([], []))

    @pytest.mark.parametrize("what", [{"keys": ["a/1"]}, {"folders": ["a/"]}])
    @pytest.mark.parametrize("content", [b"content", b"another"])
    def test_leaves_what_was_uploaded_anew_since(self, developer, what, content):
        client, bucket = developer
        upload(client, bucket, "a/1")
        client.post(address(bucket, "removals/"), what)
        # The store tells moments in whole seconds.
        FileRemoval.objects.update(requested_at=timezone.now() - timedelta(seconds=2), due_at=timezone.now())

        upload(client, bucket, "a/1", content)
        delete_files()

        assert not FileRemoval.objects.exists()
        assert listed(client, bucket, "a/") == ([], ["a/1"])

    def test_is_taken_back(self, developer):
        client, bucket = developer
        upload(client, bucket, "a")
        made = client.post(address(bucket, "removals/"), {"keys": ["a"]}).json()

        assert client.change("delete", address(bucket, f"removals/{made['id']}/")).status_code == 204

        delete_files()
        assert listed(client, bucket) == ([], ["a"])

    def test_cannot_be_taken_back_once_it_is_due(self, developer):
        client, bucket = developer
        made = client.post(address(bucket, "removals/"), {"keys": ["a"]}).json()
        FileRemoval.objects.update(due_at=timezone.now())

        assert client.change("delete", address(bucket, f"removals/{made['id']}/")).status_code == 409


class TestWhatIsOthers:
    def test_is_reached_by_no_name_link_or_prefix_of_ours(self, developer, as_role):
        client, bucket = developer
        other, project = as_role("owner")
        theirs = make_bucket(project, "theirs")
        upload(other, theirs, "secret.txt", b"of another tenant")
        ours = client.post(address(bucket, "links/"), {"key": "secret.txt"}).json()["url"]

        for path in ("", "files/"):
            assert client.get(f"/api/v1/projects/{bucket.project_id}/buckets/{theirs.pk}/{path}").status_code == 404
            assert client.get(address(theirs, path)).status_code == 404
        assert httpx.get(ours.replace(bucket.store_name, theirs.store_name)).status_code == 403
        assert httpx.get(ours).status_code == 404
        for prefix in (f"../{theirs.store_name}/", f"/{theirs.store_name}/"):
            assert client.get(address(bucket, "files/"), {"prefix": prefix}).status_code == 422

    def test_is_not_at_a_link_that_has_expired(self, developer):
        client, bucket = developer
        upload(client, bucket, "a")
        link = client.post(address(bucket, "links/"), {"key": "a", "expires_in_seconds": 300}).json()["url"]
        assert httpx.get(link).status_code == 200

        longer = httpx.URL(link).copy_merge_params({"X-Amz-Expires": "86400"})
        earlier = httpx.URL(link).copy_merge_params({"X-Amz-Date": "20200101T000000Z"})

        assert {httpx.get(changed).status_code for changed in (longer, earlier)} == {403}
