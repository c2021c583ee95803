"""Volumes of this machine: directories that outlive their jobs, are measured, and go when they are to go."""

import os
import stat
from pathlib import Path

import pytest

from apps.core.models import OutboxNotification
from apps.storage import volumes
from apps.storage.models import Volume
from apps.storage.volume_files import directory_of, shelf
from celery_workers import compute, removal
from celery_workers.local import replicas
from tests.celery_workers.conftest import Portal
from tests.factories import make_volume

MIB = 2**20


def carried_out(volume: Volume) -> Volume:
    compute.reconcile_volume(volume.pk)
    volume.refresh_from_db()
    return volume


def removed(portal: Portal, volume: Volume) -> None:
    volumes.remove_volume(actor=portal.actor, volume=Volume.objects.get(pk=volume.pk))
    compute.reconcile_volume(volume.pk)


@pytest.fixture
def scratch(portal: Portal) -> Volume:
    return carried_out(make_volume(portal.project, size_bytes=10 * MIB))


def fill(volume: Volume, size_bytes: int, name: str = "filling") -> Path:
    place = directory_of(volume.pk) / name
    place.write_bytes(os.urandom(size_bytes))
    return place


class TestAVolumeOfThisMachine:
    def test_is_a_directory_that_only_replicas_enter(self, scratch: Volume):
        found = directory_of(scratch.pk).stat()

        assert (scratch.phase, scratch.observed_generation, scratch.said) == ("bound", 1, [])
        assert stat.S_IMODE(found.st_mode) == 0o700
        assert found.st_uid == replicas.compute_account().pw_uid
        assert (scratch.used_bytes, scratch.files, scratch.size_enforced) == (0, 0, False)

    def test_is_measured_without_following_links_and_each_file_once(self, scratch: Volume):
        place = fill(scratch, MIB)
        (place.parent / "again").hardlink_to(place)
        (place.parent / "away").symlink_to("/usr")

        carried_out(scratch)

        assert scratch.files == 3
        assert MIB <= scratch.used_bytes < 2 * MIB

    def test_tells_once_that_it_fills_and_again_when_it_is_nearly_full(self, scratch: Volume):
        fill(scratch, 8 * MIB)
        carried_out(scratch)
        carried_out(scratch)
        assert [one.arguments["percent"] for one in OutboxNotification.objects.filter(code="volume.fills")] == [80]

        fill(scratch, 2 * MIB, "more")
        carried_out(scratch)

        assert OutboxNotification.objects.filter(code="volume.fills").count() == 2

    def test_goes_with_its_files(self, portal: Portal, scratch: Volume):
        fill(scratch, 10)

        removed(portal, scratch)

        assert not Volume.objects.exists()
        assert list(shelf().iterdir()) == []

    def test_leaves_its_files_where_they_are_to_be_retained(self, portal: Portal):
        kept = carried_out(make_volume(portal.project, reclaim_policy="Retain"))
        fill(kept, 10)

        removed(portal, kept)

        assert not Volume.objects.exists()
        assert (shelf() / f"retained-{kept.claim}" / "filling").stat().st_size == 10

    def test_is_gone_after_a_worker_died_in_the_middle_of_it(self, portal: Portal, scratch: Volume):
        fill(scratch, 10)
        directory_of(scratch.pk).rename(shelf() / f".gone-{scratch.pk}")

        removed(portal, scratch)

        assert (Volume.objects.count(), list(shelf().iterdir())) == (0, [])

    def test_says_why_it_cannot_be_made_and_is_tried_again(self, portal: Portal, settings):
        settings.LOCAL_COMPUTE = False

        waiting = carried_out(make_volume(portal.project))

        assert (waiting.phase, waiting.failed_tries) == ("pending", 1)
        assert "Local compute is off" in waiting.why
        settings.LOCAL_COMPUTE = True
        assert carried_out(waiting).phase == "bound"

    def test_goes_with_its_project(self, portal: Portal, scratch: Volume):
        kind = next(kind for kind in removal.KINDS if kind.name == "volume")

        kind.remove(portal.project)

        assert (kind.left(portal.project), list(shelf().iterdir())) == (0, [])

    def test_of_a_project_that_goes_is_begun_to_be_deleted_while_others_of_it_do_not_go_yet(self, portal: Portal):
        make_volume(portal.project, "first")
        make_volume(portal.project, "second")

        for _ in range(2):
            volumes.forget_of_project(actor=portal.actor, project_id=portal.project.pk, most=1)

        assert not Volume.objects.filter(deleting_at=None).exists()
