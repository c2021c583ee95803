"""Files of a volume on this machine: what is listed, read and written, and what leads out of it."""

import os

import pytest

from apps.audit.models import AuditEntry
from apps.storage.models import Volume
from apps.storage.volume_files import shelf
from celery_workers import compute
from tests.conftest import File
from tests.factories import make_kubernetes, make_volume


@pytest.fixture
def files(as_role, tmp_path, settings):
    """A client that may write, with `base`, the address of a volume, and `directory`, what it is."""
    settings.LOCAL_COMPUTE, settings.LOCAL_COMPUTE_DIRECTORY = True, tmp_path / "local"
    settings.LOCAL_COMPUTE_USER = "nobody" if os.geteuid() == 0 else ""
    client, project = as_role("developer", equipped=True)
    client.volume = make_volume(project)
    client.base = f"/api/v1/projects/{project.pk}/volumes/{client.volume.pk}/"
    client.directory = shelf() / str(client.volume.pk)
    client.directory.mkdir(parents=True)
    return client


def upload(files, path: str, content: bytes = b"weights", query: str = ""):
    return files.put(f"{files.base}content/?path={path}{query}", File(content))


def names(files, query: str = "") -> list[tuple[str, str]]:
    answer = files.get(f"{files.base}files/{query}").json()
    return [(entry["kind"], entry["name"]) for entry in answer["entries"]]


class TestFilesOfAVolume:
    def test_are_uploaded_listed_and_downloaded_as_nothing_that_a_browser_would_run(self, files):
        assert files.post(f"{files.base}folders/", {"path": "runs"}).status_code == 201
        sent = upload(files, "runs/a.html", b"<script>")
        assert (sent.status_code, sent.json()["size_bytes"]) == (201, 8)

        assert names(files) == [("folder", "runs")]
        assert names(files, "?folder=runs") == [("file", "a.html")]
        got = files.get(f"{files.base}content/?path=runs/a.html")
        assert b"".join(got.streaming_content) == b"<script>"
        assert got["Content-Type"] == "application/octet-stream"
        assert got["Content-Disposition"].startswith("attachment")
        assert [one.name for one in shelf().iterdir()] == [str(files.volume.pk)]  # nothing of the upload is left beside it

    def test_are_replaced_only_when_that_is_said(self, files):
        upload(files, "a", b"first")

        again = upload(files, "a", b"second")

        assert (again.status_code, again.json()["errors"][0]["pointer"]) == (409, "?path")
        assert upload(files, "a", b"second", "&replace=true").status_code == 201
        assert (files.directory / "a").read_bytes() == b"second"

    def test_are_deleted_with_their_folder_and_written_into_the_trail(self, files):
        files.post(f"{files.base}folders/", {"path": "runs"})
        upload(files, "runs/a")

        assert files.delete(f"{files.base}content/?path=runs").status_code == 204

        assert names(files) == []
        assert AuditEntry.objects.filter(action="volume.delete-files").count() == 1
        compute.reconcile_volume(files.volume.pk)
        assert [one.name for one in shelf().iterdir()] == [str(files.volume.pk)]

    def test_are_paged_without_losing_or_repeating_one(self, files):
        for number in range(2500):
            (files.directory / f"image-{number:06}.png").touch()
        seen, cursor = [], ""
        while True:
            page = files.get(f"{files.base}files/?cursor={cursor}").json()
            seen += [entry["name"] for entry in page["entries"]]
            cursor = page["next"]
            if not cursor:
                break
            assert len(page["entries"]) < 2500

        assert len(seen) == len(set(seen)) == 2500

    def test_of_a_volume_without_room_are_refused(self, files):
        Volume.objects.update(used_bytes=files.volume.size_bytes)

        assert upload(files, "a").json()["type"] == "/problems/volume-full"


class TestNothingLeadsOut:
    @pytest.mark.parametrize("path", ["", "..", "../a", "/etc/passwd", "a/../../b", "a//b", "./a", "x" * 256])
    def test_by_a_path(self, files, path):
        for answer in (files.get(f"{files.base}content/?path={path}"), upload(files, path)):
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "?path")

    def test_by_a_link_or_what_is_no_file(self, files, tmp_path):
        outside = tmp_path / "outside"
        outside.mkdir()
        (outside / "secret").write_text("theirs")
        (files.directory / "folder").symlink_to(outside)
        (files.directory / "link").symlink_to(outside / "secret")
        os.mkfifo(files.directory / "pipe")

        assert names(files) == [("link", "folder"), ("link", "link"), ("other", "pipe")]
        for path in ("folder/secret", "link", "pipe"):
            refused = files.get(f"{files.base}content/?path={path}")
            assert refused.json()["type"] == "/problems/not-a-plain-file", path
        assert files.get(f"{files.base}files/?folder=folder").status_code == 409
        assert upload(files, "folder/new").status_code == 409
        assert upload(files, "link", b"mine", "&replace=true").status_code == 201
        assert files.delete(f"{files.base}content/?path=folder").status_code == 204
        assert [(one.name, one.read_text()) for one in outside.iterdir()] == [("secret", "theirs")]

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can make files of somebody else")
    def test_by_a_file_that_belongs_to_somebody_else(self, files):
        os.chown(files.directory, 65534, 65534)
        (files.directory / "shadow").write_text("root's")

        assert files.get(f"{files.base}content/?path=shadow").status_code == 409
        upload(files, "mine")
        assert (files.directory / "mine").stat().st_uid == 65534


class TestAVolumeOfACluster:
    def test_says_that_its_files_are_out_of_reach(self, files):
        Volume.objects.update(cluster=make_kubernetes("lab"))

        assert files.get(f"{files.base}files/").json()["type"] == "/problems/volume-files-out-of-reach"
        assert upload(files, "a").status_code == 409
