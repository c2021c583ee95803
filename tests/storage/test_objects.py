"""Keeping files for their producers."""

import hashlib
from pathlib import Path

import pytest
from django.db import IntegrityError

from apps.core.ids import new_id
from apps.storage import services
from apps.storage.errors import ObjectMissing
from apps.storage.models import StoredObject

pytestmark = pytest.mark.django_db


def _put(source: Path | bytes, *, name: str = "model.npz", producer_id=None, **fields) -> StoredObject:
    return services.put(
        **{
            "tenant_id": new_id(),
            "project_id": new_id(),
            "producer_kind": "job",
            "producer_id": producer_id or new_id(),
            "purpose": "artifact",
            "name": name,
            "source": source,
            **fields,
        }
    )


def _files(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]


class TestPut:
    def test_a_file_larger_than_a_block_comes_back_whole_with_its_digest(self, tmp_path):
        content = bytes(range(256)) * 10_000
        source = tmp_path / "given"
        source.write_bytes(content)

        stored = _put(source)

        assert b"".join(services.stream(stored=stored)) == content
        assert (stored.size_bytes, stored.sha256) == (len(content), hashlib.sha256(content).hexdigest())

    def test_a_name_of_a_user_never_becomes_a_path(self, tmp_path):
        stored = _put(b"x", name="../../../etc/passwd")

        assert ".." not in stored.path
        assert "passwd" not in stored.path
        assert _files(tmp_path) == [tmp_path / "objects" / stored.path]

    def test_a_row_that_cannot_be_written_leaves_no_object(self, tmp_path):
        with pytest.raises(IntegrityError):
            _put(b"x", producer_kind=None)

        assert not _files(tmp_path)
        assert not StoredObject.objects.exists()


class TestRead:
    def test_an_object_that_is_gone_says_so_before_the_first_byte(self, tmp_path):
        stored = _put(b"x")
        (tmp_path / "objects" / stored.path).unlink()

        with pytest.raises(ObjectMissing):
            services.stream(stored=stored)


class TestLetGo:
    def test_everything_of_one_producer_goes_with_the_next_sweep_and_nothing_else(self, tmp_path):
        mine = new_id()
        for number in range(3):
            _put(b"mine", producer_id=mine, purpose="log-chunk", name=str(number))
        theirs = _put(b"theirs")

        services.let_go(producer_kind="job", producer_id=mine)

        assert len(_files(tmp_path)) == 4
        assert services.sweep() == 3
        assert _files(tmp_path) == [tmp_path / "objects" / theirs.path]
        assert list(StoredObject.objects.all()) == [theirs]

    def test_a_sweep_that_was_interrupted_is_repeated(self, tmp_path):
        mine = new_id()
        first, _second = _put(b"1", producer_id=mine), _put(b"2", producer_id=mine)
        services.let_go(producer_kind="job", producer_id=mine)
        (tmp_path / "objects" / first.path).unlink()

        assert services.sweep() == 2
        assert not _files(tmp_path)
        assert services.sweep() == 0

    def test_a_project_takes_only_its_own_along(self, tmp_path):
        tenant, project = new_id(), new_id()
        _put(b"gone", tenant_id=tenant, project_id=project)
        sibling = _put(b"stays", tenant_id=tenant)

        services.let_go_of_place(tenant_id=tenant, project_id=project)
        services.sweep()

        assert list(StoredObject.objects.all()) == [sibling]


class TestArtifactsOfStrangers:
    def test_a_link_is_not_followed(self, tmp_path):
        secret = tmp_path / "secret"
        secret.write_bytes(b"root's")
        link = tmp_path / "model.npz"
        link.symlink_to(secret)

        with pytest.raises(OSError):
            _put(link)
