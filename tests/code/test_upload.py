"""Archives of code: taken by content, and refused entry by entry."""

import io
import stat
import tarfile
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from apps.code import archives, services
from apps.code.archives import unpack
from apps.code.errors import ArchiveRefused
from apps.code.models import Code
from apps.core.errors import Problem
from apps.jobs.models import JobCode
from apps.jobs.services import forget_unused_code
from apps.storage import services as storage
from apps.storage.models import StoredObject
from tests.conftest import File
from tests.factories import make_code, make_project, tar_of
from tests.jobs.jobs import spec


def address(project, code=None, rest=""):
    return f"/api/v1/projects/{project.pk}/code/{f'{code.pk}/' if code else ''}{rest}"


def tar_with(**header: object) -> bytes:
    """A tar.gz of one good file and one entry with this header."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        good = tarfile.TarInfo("train.py")
        tar.addfile(good, io.BytesIO())
        other = tarfile.TarInfo("other")
        for name, value in header.items():
            setattr(other, name, value)
        tar.addfile(other, io.BytesIO(b"x" * other.size))
    return packed.getvalue()


def zip_of(files: dict[str, bytes], *, mode: int = 0, flags: int = 0, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as zipped:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.external_attr, info.compress_type = mode << 16, compression
            zipped.writestr(info, content)
    data = packed.getvalue()
    if flags:  # in the list of entries, as a program that encrypts would set it
        at = data.index(b"PK\x01\x02") + 8
        data = data[:at] + flags.to_bytes(2, "little") + data[at + 2 :]
    return data


@pytest.fixture
def developer(as_role):
    return as_role("developer")


class TestUpload:
    @pytest.mark.parametrize("make", [tar_of, zip_of])
    def test_is_kept_by_its_content_and_comes_back_as_it_was(self, developer, make):
        client, project = developer
        archive = make({"train.py": b"print(1)\n", "lib/data.py": b"x"})

        first = client.post(f"{address(project)}?name=trainer.tgz", File(archive))
        again = client.post(f"{address(project)}?name=other.tgz", File(archive))

        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json()["id"] == again.json()["id"]
        assert (first.json()["files"], first.json()["size_bytes"]) == (2, len(archive))
        assert StoredObject.objects.count() == 1
        code = Code.objects.get()
        download = client.get(address(project, code, "download/"))
        assert b"".join(download.streaming_content) == archive
        assert "attachment" in download["Content-Disposition"]

    def test_other_projects_keep_their_own(self, developer, as_role):
        client, project = developer
        make_code(make_project(project.tenant), tar_of({"train.py": b"same"}))

        assert client.post(address(project), File(tar_of({"train.py": b"same"}))).status_code == 201

    @pytest.mark.parametrize(
        ("archive", "said"),
        [
            (lambda: tar_with(name="../train.py"), "leaves the archive"),
            (lambda: tar_with(name="lib/../../train.py"), "leaves the archive"),
            (lambda: tar_with(name="/etc/passwd"), "absolute"),
            (lambda: tar_with(type=tarfile.SYMTYPE, linkname="/etc/passwd"), "a link, to /etc/passwd"),
            (lambda: tar_with(type=tarfile.SYMTYPE, linkname="train.py"), "a link"),
            (lambda: tar_with(type=tarfile.LNKTYPE, linkname="train.py"), "a link"),
            (lambda: tar_with(type=tarfile.CHRTYPE), "a device"),
            (lambda: tar_with(type=tarfile.FIFOTYPE), "a pipe"),
            (lambda: tar_with(name="train.py"), "there twice"),
            (lambda: tar_with(name="train.py/below"), "below a file"),
            (lambda: tar_with(name="a\nb"), "cannot be printed"),
            (lambda: tar_with(name="a" * 300), "too long"),
            (lambda: zip_of({"../train.py": b""}), "leaves the archive"),
            (lambda: zip_of({"/etc/passwd": b""}), "absolute"),
            (lambda: zip_of({"C:/train.py": b""}), "absolute"),
            (lambda: zip_of({"link": b"/etc/passwd"}, mode=stat.S_IFLNK | 0o777), "a link"),
            (lambda: zip_of({"device": b""}, mode=stat.S_IFCHR), "a device"),
            (lambda: zip_of({"secret.py": b"x"}, flags=1), "encrypted"),
            (lambda: zip_of({"train.py": b"x"}, compression=zipfile.ZIP_LZMA), "use deflate"),
        ],
    )
    def test_names_the_entry_that_is_refused_and_keeps_nothing(self, developer, archive, said):
        client, project = developer

        answer = client.post(address(project), File(archive()))

        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/archive-refused")
        assert said in answer.json()["errors"][0]["detail"]
        assert not Code.objects.exists()
        assert not StoredObject.objects.exists()

    @pytest.mark.parametrize(
        "archive",
        [
            lambda: b"",
            lambda: b"no archive at all",
            lambda: tar_of({"train.py": b"x" * 5000})[:60],
            lambda: zip_of({"train.py": b"x" * 5000})[:-30],
            lambda: tar_of({}),
            lambda: zip_of({}),
            lambda: tar_with(type=tarfile.GNUTYPE_LONGNAME, size=100_000),
        ],
    )
    def test_what_is_no_archive_of_files_is_refused(self, developer, archive):
        client, project = developer

        answer = client.post(address(project), File(archive()))

        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/archive-refused")

    @pytest.mark.parametrize("make", [tar_of, zip_of])
    def test_bombs_are_refused(self, developer, make, monkeypatch):
        client, project = developer
        monkeypatch.setattr(archives, "RATIO_FROM_BYTES", 100_000)

        answer = client.post(address(project), File(make({"zeros": bytes(3_000_000)})))

        assert (answer.status_code, answer.json()["type"]) == (413, "/problems/archive-too-large")

    def test_too_many_files_are_refused(self, developer, monkeypatch):
        client, project = developer
        monkeypatch.setattr(archives, "MOST_FILES", 3)

        answer = client.post(address(project), File(tar_of({f"{number}.py": b"" for number in range(4)})))

        assert answer.status_code == 413

    def test_more_bytes_than_may_be_sent_are_refused_while_they_come(self, developer, settings):
        client, project = developer
        settings.CODE_BYTES = 100

        answer = client.post(address(project), File(tar_of({"train.py": bytes(range(256))})))

        assert answer.status_code == 413
        assert answer.json()["most"] == 100


class TestUnpack:
    def test_writes_files_with_their_modes(self, tmp_path: Path):
        archive = tar_of({"run.sh": b"#!/bin/sh\n", "lib/a.py": b"a"}, executable=("run.sh",))

        unpack(io.BytesIO(archive), tmp_path / "code", size_bytes=len(archive))

        assert (tmp_path / "code" / "lib" / "a.py").read_bytes() == b"a"
        assert stat.S_IMODE((tmp_path / "code" / "run.sh").stat().st_mode) == 0o755

    @pytest.mark.parametrize(
        "make",
        [
            lambda: tar_with(name="../escaped"),
            lambda: tar_with(type=tarfile.SYMTYPE, linkname="../.."),
            lambda: tar_with(name="train.py/below"),
        ],
    )
    def test_checks_again_what_it_writes(self, tmp_path: Path, make: Callable[[], bytes]):
        archive = make()

        with pytest.raises(ArchiveRefused):
            unpack(io.BytesIO(archive), tmp_path / "code", size_bytes=len(archive))

        assert [path.name for path in tmp_path.iterdir()] == ["code"]


class TestForgetting:
    def test_what_no_job_refers_to_goes_after_a_while(self, as_role):
        client, project = as_role("developer", equipped=True)
        used, unused = make_code(project), make_code(project, tar_of({"other.py": b"x"}))
        client.post(f"/api/v1/projects/{project.pk}/jobs/", spec(source={"archive": str(used.pk)}))
        assert JobCode.objects.get().code == used

        forget_unused_code(now=timezone.now() + services.KEPT - timedelta(minutes=1))
        assert Code.objects.count() == 2
        forget_unused_code(now=timezone.now() + services.KEPT + timedelta(minutes=1))

        assert list(Code.objects.all()) == [used]
        storage.sweep()
        assert StoredObject.objects.filter(purpose="code").count() == 1
        assert unused.pk != used.pk

    def test_code_of_a_job_is_not_deleted(self, as_role):
        client, project = as_role("developer", equipped=True)
        code = make_code(project)
        client.post(f"/api/v1/projects/{project.pk}/jobs/", spec(source={"archive": str(code.pk)}))

        answer = client.delete(address(project, code))

        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/code-in-use")
        assert Code.objects.exists()


def test_each_refusal_has_advice():
    assert all(problem.advice for problem in Problem.__subclasses__() if problem.__module__ == "apps.code.errors")
