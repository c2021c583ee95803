from pathlib import Path

import orjson
import pytest

from apps.core.ids import new_id
from apps.core.registries import SubjectScope
from apps.jobs.models import Job
from apps.monitoring import streams
from apps.monitoring.errors import ArchiveBehind
from apps.monitoring.logs import SubjectLog
from apps.monitoring.models import LogChunk
from apps.monitoring.services import archive_due, forget_subject
from apps.monitoring.services import lines as following
from apps.storage.models import StoredObject
from tests.monitoring.logs import Writer, lines, numbers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("follower_dies")]


def read(writer: Writer, attempt: int = 1) -> list[object]:
    return numbers(SubjectLog("job", writer.subject_id).after(attempt, writer.rank, 0))


def live(writer: Writer) -> list[object]:
    """What the live stream holds of the replica."""
    found = streams.lines_since(writer.subject_id, {streams.of_replica(1, writer.rank): 0})
    return [line[0] for batches in found.values() for batch in batches for line in orjson.loads(batch)]


class TestAppendLines:
    def test_lines_are_live_at_once_and_archived_when_final(self):
        writer = Writer()

        writer.write(lines(1, 50))
        assert live(writer) == list(range(1, 51))
        assert not LogChunk.objects.exists()

        writer.write(lines(51, 60), final=True)
        chunk = LogChunk.objects.get()
        assert (chunk.first_number, chunk.last_number, chunk.line_count, chunk.source_position) == (1, 60, 60, 60)
        assert StoredObject.objects.get().producer_id == writer.subject_id
        assert read(writer) == list(range(1, 61))

    def test_a_chunk_is_written_when_it_is_large_enough(self):
        writer = Writer()

        writer.write(lines(1, 300, text="x" * 1000))

        assert writer.resume_point() == (300, 300)

    def test_a_chunk_is_written_when_it_is_old_enough(self, monkeypatch):
        writer = Writer()
        writer.write(lines(1, 3))
        archive_due()
        assert writer.resume_point() == (0, 0)

        monkeypatch.setattr(following, "CHUNK_SECONDS", 0)
        archive_due()

        assert writer.resume_point() == (3, 3)

    def test_a_replica_that_is_silent_for_long_goes_on_where_it_was(self, monkeypatch):
        monkeypatch.setattr(following, "CHUNK_SECONDS", 0)
        monkeypatch.setattr(following, "SILENT_SECONDS", 0)
        writer = Writer()
        writer.write(lines(1, 3))
        archive_due()
        assert not following._tails

        writer.write(lines(2, 6), final=True)

        assert read(writer) == live(writer) == [1, 2, 3, 4, 5, 6]

    def test_repeating_a_call_changes_nothing(self):
        writer = Writer()
        for _ in range(2):
            writer.write(lines(1, 10))
            writer.write(lines(5, 20), final=True)

        assert read(writer) == list(range(1, 21))
        assert LogChunk.objects.get().line_count == 20

    @pytest.mark.parametrize("archived", [0, 7])
    def test_a_follower_that_was_killed_loses_and_doubles_nothing(self, follower_dies, archived):
        writer = Writer()
        writer.write(lines(1, archived) if archived else [], final=True)
        writer.write(lines(archived + 1, 15))
        follower_dies()

        number, position = writer.resume_point()
        assert (number, position) == (archived, archived)
        writer.write(lines(number + 1, 30), final=True)

        assert read(writer) == list(range(1, 31))
        assert [number for number in live(writer) if number > archived] == list(range(archived + 1, 31))

    def test_a_redis_that_forgot_is_told_again(self, redis_forgets):
        writer = Writer()
        writer.write(lines(1, 10))
        redis_forgets()

        writer.write(lines(11, 12))

        assert live(writer) == list(range(1, 13))

    def test_two_followers_at_once_leave_one_log(self, follower_dies):
        writer = Writer()
        writer.write(lines(1, 10))
        held = dict(following._tails)
        follower_dies()
        writer.write(lines(1, 20), final=True)

        following._tails.update(held)
        writer.write(lines(11, 30), final=True)

        assert read(writer) == list(range(1, 31))
        assert numbers(SubjectLog("job", writer.subject_id).before(1, 0, 31)) == list(range(30, 0, -1))
        assert StoredObject.objects.count() == LogChunk.objects.count()

    def test_lines_that_the_source_lost_stay_a_gap(self):
        writer = Writer()
        writer.write([*lines(1, 3), *lines(8, 9)])
        writer.write(lines(15, 16), final=True)

        assert read(writer) == live(writer) == [1, 2, 3, 8, 9, 15, 16]
        assert LogChunk.objects.get().line_count == 7

    def test_when_the_archive_cannot_be_written_lines_wait_and_then_arrive(self, settings, tmp_path, monkeypatch):
        monkeypatch.setattr(following, "HELD_BYTES", 40_000)
        monkeypatch.setattr(following, "CHUNK_BYTES", 20_000)
        monkeypatch.setattr(following, "RETRY_SECONDS", 0)
        (tmp_path / "blocked").write_text("a file where the directory should be")
        writable = settings.OBJECTS_URL
        settings.OBJECTS_URL = f"file://{tmp_path}/blocked"
        writer = Writer()

        writer.write(lines(1, 50, text="x" * 1000))
        with pytest.raises(ArchiveBehind):
            writer.write(lines(51, 60))
        with pytest.raises(ArchiveBehind):
            writer.write([], final=True)
        settings.OBJECTS_URL = writable
        writer.write(lines(1, 60, text="x" * 1000), final=True)

        assert read(writer) == list(range(1, 61))

    def test_redis_keeps_what_is_not_archived_and_lets_the_rest_go(self, monkeypatch):
        monkeypatch.setattr(streams, "LOG_KEPT_MILLISECONDS", 0)
        first = Writer()
        second = Writer(first.subject_id, scope=first.scope, rank=1)
        first.write(lines(1, 2000, text="x" * 100))
        second.write(lines(1, 10))

        first.write(lines(2001, 2002), final=True)

        assert live(second) == list(range(1, 11))
        assert len(live(first)) < 400
        assert read(first) == list(range(1, 2003))

    def test_attempts_and_ranks_are_logs_of_their_own(self):
        first = Writer()
        second = Writer(first.subject_id, rank=1)
        first.write(lines(1, 3), final=True)
        first.write(lines(1, 2), attempt=2, final=True)
        second.write(lines(1, 5))

        extents = SubjectLog("job", first.subject_id).extents
        assert [(extent.attempt, extent.rank, extent.last_number, extent.lines) for extent in extents] == [
            (1, 0, 3, 3),
            (1, 1, 5, 5),
            (2, 0, 2, 2),
        ]


class TestForgetSubject:
    def test_nothing_of_the_subject_is_left_and_others_stay(self):
        gone, stays = Writer(), Writer(scope=SubjectScope(tenant_id=new_id(), project_id=new_id()))
        for writer in (gone, stays):
            writer.write(lines(1, 5), final=True)

        forget_subject(subject_kind="job", subject_id=gone.subject_id)

        assert (read(gone), live(gone)) == ([], [])
        assert read(stays) == [1, 2, 3, 4, 5]

    def test_what_its_follower_writes_afterwards_is_not_kept(self, settings):
        writer = Writer()
        writer.write(lines(1, 5))
        forget_subject(subject_kind="job", subject_id=writer.subject_id)
        Job.objects.filter(pk=writer.subject_id).delete()

        writer.write(lines(1, 9), final=True)

        assert not LogChunk.objects.exists()
        assert not StoredObject.objects.exists()
        assert [path for path in Path(settings.OBJECTS_URL.removeprefix("file://")).rglob("*") if path.is_file()] == []
