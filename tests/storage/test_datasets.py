"""Datasets: what lay below a prefix once is kept as it was, whatever becomes of the bucket and of the workers."""

import hashlib
import json
from datetime import timedelta

import httpx
import pytest
from django.utils import timezone

from apps.audit.models import AuditEntry
from apps.storage import copies, s3
from apps.storage.models import Bucket, Dataset, DatasetVersion
from celery_workers import copying, removal
from celery_workers.tasks.storage import clear_versions, copy_version
from tests.factories import make_bucket, make_dataset
from tests.storage.test_buckets import upload

pytestmark = pytest.mark.usefixtures("store")
FILES = {"train/0.png": b"zero", "train/deep/1.png": b"one", "train/labels.csv": b"name,digit\n0.png,0\n1.png,1.5\n"}


@pytest.fixture
def developer(as_role):
    client, project = as_role("developer")
    bucket = make_bucket(project)
    for key, content in {**FILES, "test/9.png": b"nine"}.items():
        upload(client, bucket, key, content)
    return client, bucket, make_dataset(project)


def address(dataset: Dataset, rest: str = "") -> str:
    return f"/api/v1/projects/{dataset.project_id}/datasets/{dataset.pk}/{rest}"


def asked(client, dataset: Dataset, prefix: str = "train/") -> str:
    answer = client.post(address(dataset, "versions/"), {"bucket": "images", "prefix": prefix})
    assert answer.status_code == 202, answer.json()
    assert answer.json()["phase"] == "waiting"
    return answer["Location"]


def registered(client, dataset: Dataset, prefix: str = "train/") -> dict:
    place = asked(client, dataset, prefix)
    copy_version(version_id=str(DatasetVersion.objects.get(number=Dataset.objects.get(pk=dataset.pk).newest).pk))
    return client.get(place).json()


def content_of(client, dataset: Dataset, path: str, number: int = 1) -> bytes:
    link = client.post(address(dataset, f"versions/{number}/links/"), {"path": path})
    assert link.status_code == 200, link.json()
    return httpx.get(link.json()["url"]).content


def copies_of(version: DatasetVersion) -> list[str]:
    return [entry.key for entry in s3.everything(version.store_name) if entry.key.startswith(version.place)]


def silent() -> None:
    """Its worker has not been heard of for long."""
    DatasetVersion.objects.update(seen_at=timezone.now() - copies.SILENT_FOR - timedelta(seconds=1))


class Killed(BaseException):
    """As the end of a process is: nothing catches it."""


class TestAVersion:
    def test_keeps_what_lay_below_the_prefix_with_its_hashes(self, developer):
        client, _, dataset = developer

        version = registered(client, dataset)

        assert (version["phase"], version["why"], version["files"]) == ("ready", "", 3)
        assert version["size_bytes"] == version["copied_bytes"] == sum(map(len, FILES.values()))
        manifest = content_of(client, dataset, "")
        assert version["digest"] == hashlib.sha256(manifest).hexdigest()
        assert [json.loads(line) for line in manifest.splitlines()] == [
            {
                "path": key.removeprefix("train/"),
                "size_bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            for key, content in FILES.items()
        ]
        assert version["suffixes"] == [
            {"suffix": ".png", "files": 2, "bytes": 7},
            {"suffix": ".csv", "files": 1, "bytes": len(FILES["train/labels.csv"])},
        ]
        assert version["preview"] == {
            "path": "labels.csv",
            "columns": [{"name": "name", "kind": "text"}, {"name": "digit", "kind": "number"}],
            "rows": [["0.png", "0"], ["1.png", "1.5"]],
        }

    def test_stays_as_it_was_when_the_bucket_changes(self, developer):
        client, bucket, dataset = developer
        before = registered(client, dataset)
        s3.delete(bucket.store_name, ["train/deep/1.png"])
        upload(client, bucket, "train/0.png", b"another")

        after = registered(client, dataset)

        assert content_of(client, dataset, "0.png", 1) == b"zero"
        assert content_of(client, dataset, "deep/1.png", 1) == b"one"
        assert content_of(client, dataset, "0.png", 2) == b"another"
        assert (after["number"], after["files"]) == (2, 2)
        assert after["digest"] != before["digest"]

    def test_has_the_same_digest_when_it_holds_the_same(self, developer):
        client, _, dataset = developer

        assert registered(client, dataset)["digest"] == registered(client, dataset)["digest"]

    def test_hashes_itself_what_the_store_has_no_hash_of(self, developer):
        client, bucket, dataset = developer
        with s3.answering() as store:
            store.put_object(Bucket=bucket.store_name, Key="plain/a", Body=b"written by a program")

        registered(client, dataset, "plain/")

        (line,) = content_of(client, dataset, "").splitlines()
        assert json.loads(line)["sha256"] == hashlib.sha256(b"written by a program").hexdigest()

    def test_is_browsed_by_folders_and_downloaded_by_parts(self, developer, monkeypatch):
        monkeypatch.setattr(copying, "A_BATCH", 2)
        client, _, dataset = developer
        registered(client, dataset)

        page = client.get(address(dataset, "versions/1/files/")).json()
        parts = [client.post(address(dataset, "versions/1/downloads/"), {"part": part}).json() for part in (1, 2)]

        assert (page["folders"], [file["key"] for file in page["files"]]) == (["deep/"], ["0.png", "labels.csv"])
        assert httpx.get(page["files"][0]["preview_url"]).content == b"zero"
        assert [part["next"] for part in parts] == [2, None]
        got = {file["path"]: httpx.get(file["url"]).content for part in parts for file in part["downloads"]}
        assert got == {key.removeprefix("train/"): content for key, content in FILES.items()}

    def test_is_read_by_nobody_before_it_is_ready(self, developer):
        client, _, dataset = developer
        asked(client, dataset)

        answer = client.get(address(dataset, "versions/1/files/"))

        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/version-not-ready")

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"bucket": "none"}, "/bucket"),
            ({"bucket": "images", "prefix": "none/"}, "/prefix"),
            ({"bucket": "images", "prefix": "train"}, "/prefix"),
            ({"bucket": "images", "prefix": "../"}, "/prefix"),
        ],
    )
    def test_of_nothing_is_refused_by_its_field(self, developer, body, pointer):
        client, _, dataset = developer

        answer = client.post(address(dataset, "versions/"), body)

        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


class TestAWorker:
    def test_that_was_killed_is_followed_by_one_that_goes_on(self, developer, monkeypatch):
        client, _, dataset = developer
        asked(client, dataset)
        version, digest = DatasetVersion.objects.get(), s3.digest

        def killed_at_the_last(name: str, key: str) -> tuple[int, str] | None:
            if key.endswith("labels.csv"):
                raise Killed
            return digest(name, key)

        with monkeypatch.context() as until_then:
            until_then.setattr(copying, "A_BATCH", 1)
            until_then.setattr(s3, "digest", killed_at_the_last)
            with pytest.raises(Killed):
                copy_version(version_id=str(version.pk))
        assert client.get(address(dataset, "versions/1/")).json()["copied_files"] == 2
        assert not copies.left_alone(now=timezone.now())

        silent()
        (left,) = copies.left_alone(now=timezone.now())
        copy_version(version_id=str(left))

        told = client.get(address(dataset, "versions/1/")).json()
        assert (told["phase"], told["copied_files"]) == ("ready", 3)
        assert len(content_of(client, dataset, "").splitlines()) == 3

    def test_that_comes_back_late_changes_nothing(self, developer):
        client, _, dataset = developer
        asked(client, dataset)
        late = copies.begin(pk=DatasetVersion.objects.get().pk, now=timezone.now() - copies.SILENT_FOR * 2)
        assert late is not None
        copy_version(version_id=str(late.pk))

        copies.end(row=late, why="It thinks so.")

        assert client.get(address(dataset, "versions/1/")).json()["phase"] == "ready"

    @pytest.mark.parametrize("key", ["train/1.png", "train/labels.csv", "train/zzz"])
    def test_finds_that_the_bucket_was_written_to_since_it_counted(self, developer, key):
        client, bucket, dataset = developer
        asked(client, dataset)
        counted = copies.begin(pk=DatasetVersion.objects.get().pk, now=timezone.now())
        assert counted is not None
        assert copies.take_room(row=counted, files=3, size_bytes=sum(map(len, FILES.values())))
        upload(client, bucket, key, b"written meanwhile")

        silent()
        copy_version(version_id=str(counted.pk))

        told = client.get(address(dataset, "versions/1/")).json()
        assert told["phase"] == "failed"
        assert "written or deleted while it was copied" in told["why"]

    def test_waits_while_the_store_is_away(self, developer, settings):
        client, _, dataset = developer
        asked(client, dataset)
        version, there = DatasetVersion.objects.get(), settings.S3_URL
        settings.S3_URL = "http://127.0.0.1:9"
        copy_version(version_id=str(version.pk))
        told = client.get(address(dataset, "versions/1/")).json()
        assert (told["phase"], told["ended_at"]) == ("waiting", None)
        assert "does not answer" in told["why"]

        settings.S3_URL = there
        silent()
        copy_version(version_id=str(version.pk))

        assert client.get(address(dataset, "versions/1/")).json()["phase"] == "ready"


class TestTheRoom:
    def test_is_of_the_buckets_quota_before_anything_is_copied(self, developer):
        client, _, dataset = developer
        Bucket.objects.update(quota_bytes=30)

        told = registered(client, dataset)

        assert told["phase"] == "failed"
        assert "holds" in told["why"]
        assert (told["copied_files"], Bucket.objects.get().kept_bytes) == (0, 0)

    def test_counts_what_versions_take_and_is_given_back(self, developer):
        client, bucket, dataset = developer
        size_bytes = registered(client, dataset)["size_bytes"]
        place = f"/api/v1/projects/{bucket.project_id}/buckets/{bucket.pk}/"
        assert client.get(place).json()["kept_bytes"] == size_bytes
        Bucket.objects.update(quota_bytes=size_bytes)
        full = client.post(f"{place}uploads/", {"files": [{"key": "b", "size_bytes": 1}]})
        assert (full.status_code, full.json()["kept_bytes"]) == (409, size_bytes)

        assert client.change("delete", address(dataset, "versions/1/")).status_code == 204
        clear_versions()

        assert client.get(place).json()["kept_bytes"] == 0

    def test_of_what_failed_is_given_back(self, developer):
        client, _, dataset = developer
        registered(client, dataset)
        DatasetVersion.objects.update(phase="failed")

        clear_versions()
        clear_versions()

        assert Bucket.objects.get().kept_bytes == 0
        assert copies_of(DatasetVersion.objects.get()) == []

    def test_keeps_the_bucket_from_being_removed(self, developer, as_role):
        client, bucket, dataset = developer
        registered(client, dataset)
        s3.empty(bucket.store_name, "")
        admin, _ = as_role("admin", project=bucket.project)

        answer = admin.change("delete", f"/api/v1/projects/{bucket.project_id}/buckets/{bucket.pk}/")

        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/bucket-not-empty")


class TestDeleting:
    def test_takes_files_away_and_the_name_stays(self, developer):
        client, _, dataset = developer
        registered(client, dataset)
        version = DatasetVersion.objects.get()

        assert client.change("delete", address(dataset, "versions/1/")).status_code == 204

        assert client.get(address(dataset, "versions/1/files/")).status_code == 404
        clear_versions()
        assert copies_of(version) == []
        assert client.get(address(dataset, "versions/1/")).status_code == 404
        assert registered(client, dataset)["number"] == 2

    def test_is_refused_while_it_is_held(self, developer):
        client, _, dataset = developer
        registered(client, dataset)
        place = address(dataset, "versions/1/")
        client.change("patch", place, {"hold": "Read by a paper."})

        answer = client.change("delete", place)

        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/version-held")
        client.change("patch", place, {"hold": ""})
        assert client.change("delete", place).status_code == 204

    def test_of_a_dataset_is_refused_while_it_has_versions(self, developer):
        client, _, dataset = developer
        registered(client, dataset)
        assert client.change("delete", address(dataset)).status_code == 409
        client.change("delete", address(dataset, "versions/1/"))
        clear_versions()

        assert client.change("delete", address(dataset)).status_code == 204
        assert AuditEntry.objects.latest("pk").action == "dataset.remove"

    def test_goes_with_the_project_held_or_not(self, developer):
        client, _, dataset = developer
        registered(client, dataset)
        DatasetVersion.objects.update(hold="Read by a paper.")
        kind = next(kind for kind in removal.KINDS if kind.name == "dataset")

        kind.remove(dataset.project)

        assert not Dataset.objects.exists()

    def test_of_one_that_is_being_copied_waits_until_its_worker_is_quiet(self, developer):
        client, _, dataset = developer
        asked(client, dataset)
        worker = copies.begin(pk=DatasetVersion.objects.get().pk, now=timezone.now())
        client.change("delete", address(dataset, "versions/1/"))

        clear_versions()

        assert worker is not None
        assert not copies.note(row=worker)
        assert DatasetVersion.objects.exists()
        silent()
        clear_versions()
        assert not DatasetVersion.objects.exists()


class TestWhatIsOthers:
    def test_is_reached_by_no_address_of_ours(self, developer, as_role):
        client, _, dataset = developer
        _, project = as_role("owner")
        theirs = make_dataset(project, "theirs")

        assert client.get(address(theirs)).status_code == 404
        mixed = address(dataset).replace(str(dataset.pk), str(theirs.pk))
        assert client.get(mixed).status_code == 404
