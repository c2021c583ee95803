"""Archives are unpacked where they lie: what is plain is written, what is not is refused one by one."""

import io
import tarfile
import zipfile
from datetime import timedelta

import httpx
import pytest
from django.utils import timezone

from apps.storage import s3, unpackings
from apps.storage.models import Unpacking
from celery_workers.tasks.storage import unpack
from tests.factories import make_bucket
from tests.storage.test_buckets import address, listed, upload

pytestmark = pytest.mark.usefixtures("store")
HOSTILE = {
    "../up.txt": "Its path leaves the archive.",
    "/etc/passwd": "Its path is absolute.",
    "a\\b.txt": "Its name holds a backslash or characters that cannot be printed.",
    "good.txt": "It is there twice.",
    "good.txt/below": "It lies below a file.",
    "x" * 300: "Its name is too long.",
}
FILES = {"good.txt": b"good", "deep/er/ü.bin": bytes(3 * 2**20), "empty": b""}


def tar_of(mode: str) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        for name, content in [*FILES.items(), *((name, b"hostile") for name in HOSTILE)]:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        for name, kind in (("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("device", tarfile.CHRTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    return packed.getvalue()


def zip_of(files: dict[str, bytes], *more: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        for name in more:
            # As it would be read: `writestr` itself makes a slash of a backslash on some machines.
            archive.writestr(zipfile.ZipInfo(name), b"hostile")
    return packed.getvalue()


@pytest.fixture
def developer(as_role):
    client, project = as_role("developer")
    return client, make_bucket(project)


def unpacked(client, bucket, key: str, folder: str = "") -> dict:
    answer = client.post(address(bucket, "unpackings/"), {"key": key, "folder": folder})
    assert answer.status_code == 202, answer.json()
    assert answer.json()["phase"] == "waiting"
    unpack(unpacking_id=answer.json()["id"])
    return client.get(address(bucket, f"unpackings/{answer.json()['id']}/")).json()


def content_of(client, bucket, key: str) -> bytes:
    return httpx.get(client.post(address(bucket, "links/"), {"key": key}).json()["url"]).content


class TestAnArchive:
    @pytest.mark.parametrize(
        ("name", "content"), [("a.zip", zip_of(FILES, *HOSTILE)), ("a.tar", tar_of("w")), ("a.tgz", tar_of("w:gz"))]
    )
    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_gives_its_files_and_a_reason_for_each_that_is_none(self, developer, name, content):
        client, bucket = developer
        upload(client, bucket, f"in/{name}", content)

        told = unpacked(client, bucket, f"in/{name}", "out/")

        assert (told["phase"], told["why"], told["files"]) == ("succeeded", "", len(FILES))
        assert told["unpacked_bytes"] == sum(map(len, FILES.values()))
        refused = {refusal["name"]: refusal["why"] for refusal in told["refusals"]}
        assert refused.items() >= {name[:200]: why for name, why in HOSTILE.items()}.items()
        assert told["refused"] == len(HOSTILE) + (0 if name == "a.zip" else 3)
        if name != "a.zip":
            assert refused["link"] == "It is a link, to /etc/passwd."
            assert refused["device"].startswith("It is a device")
        for key, expected in FILES.items():
            assert content_of(client, bucket, f"out/{key}") == expected
        assert sorted(entry.key for entry in s3.everything(bucket.store_name)) == sorted(
            [f"in/{name}", *(f"out/{key}" for key in FILES)]
        )

    def test_that_grows_beyond_measure_is_left(self, developer):
        client, bucket = developer
        upload(client, bucket, "bomb.zip", zip_of({"zeros": bytes(64 * 2**20)}))

        told = unpacked(client, bucket, "bomb.zip")

        assert told["phase"] == "failed"
        assert "more than 200 times its size" in told["why"]
        assert listed(client, bucket) == ([], ["bomb.zip"])

    @pytest.mark.parametrize("content", [b"no archive at all", zip_of(FILES)[:-40], tar_of("w:gz")[:-2000]])
    def test_that_is_damaged_says_so(self, developer, content):
        client, bucket = developer
        upload(client, bucket, "a.zip", content)

        told = unpacked(client, bucket, "a.zip")

        assert told["phase"] == "failed"
        assert told["why"]

    def test_is_not_unpacked_over_the_quota(self, as_role):
        client, project = as_role("developer")
        bucket = make_bucket(project, quota_bytes=2**20)
        upload(client, bucket, "a.zip", zip_of({"large": bytes(2 * 2**20) + b"x"}))

        told = unpacked(client, bucket, "a.zip")

        assert told["phase"] == "failed"
        assert "holds" in told["why"]
        assert listed(client, bucket) == ([], ["a.zip"])

    def test_that_a_worker_left_is_taken_up_by_another_and_by_one_alone(self, developer):
        client, bucket = developer
        upload(client, bucket, "a.zip", zip_of(FILES))
        answer = client.post(address(bucket, "unpackings/"), {"key": "a.zip", "folder": "out/"}).json()
        now = timezone.now()
        assert unpackings.begin(pk=answer["id"], now=now) is not None
        assert unpackings.begin(pk=answer["id"], now=now) is None
        assert not unpackings.left_alone(now=now)

        Unpacking.objects.update(seen_at=now - timedelta(minutes=3), files=1)
        (left,) = unpackings.left_alone(now=now)
        unpack(unpacking_id=str(left))

        (told,) = client.get(address(bucket, "unpackings/")).json()["results"]
        assert (told["phase"], told["files"]) == ("succeeded", len(FILES))

    def test_that_is_not_there_is_pointed_to(self, developer):
        client, bucket = developer

        answer = client.post(address(bucket, "unpackings/"), {"key": "none.zip"})

        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/key")

    def test_waits_while_the_store_is_away(self, developer, settings):
        client, bucket = developer
        upload(client, bucket, "a.zip", zip_of(FILES))
        answer = client.post(address(bucket, "unpackings/"), {"key": "a.zip"}).json()
        there = settings.S3_URL
        settings.S3_URL = "http://127.0.0.1:9"
        unpack(unpacking_id=answer["id"])
        told = client.get(address(bucket, f"unpackings/{answer['id']}/")).json()
        assert (told["phase"], told["ended_at"]) == ("running", None)
        assert "does not answer" in told["why"]

        settings.S3_URL = there
        Unpacking.objects.update(seen_at=timezone.now() - timedelta(minutes=3))
        unpack(unpacking_id=answer["id"])

        assert client.get(address(bucket, f"unpackings/{answer['id']}/")).json()["phase"] == "succeeded"
