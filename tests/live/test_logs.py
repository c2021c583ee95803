"""Following lines and points through the real process."""

import threading
import time
from datetime import UTC, datetime

import pytest
from django.db import connection
from websockets.exceptions import WebSocketException

from apps.core import registries
from apps.core.ids import new_id
from apps.core.registries import SubjectScope
from apps.monitoring import streams
from apps.monitoring.logs import SubjectLog
from apps.monitoring.services import record_metrics
from tests.eventually import eventually
from tests.live.conftest import PATIENCE_SECONDS, LiveProcess, Socket
from tests.monitoring.logs import Writer, lines, make_job

pytestmark = pytest.mark.usefixtures("follower_dies")


@pytest.fixture
def job_log(as_role):
    """(client who may see the job, a writer of its rank 0)."""
    client, project = as_role("viewer")
    job = make_job(project)
    return client, Writer(job.id, scope=SubjectScope(tenant_id=project.tenant_id, project_id=project.id))


class Viewer:
    """What a console does: keeps what it has, asks REST for what it missed, comes back with the numbers it knows."""

    def __init__(self, subject_id) -> None:
        self.subject_id = subject_id
        self.have: dict[str, int] = {}
        self.got: dict[str, list[int]] = {}
        self.missed = 0

    def take(self, frame) -> None:
        replica = f"{frame.get('attempt')}/{frame.get('rank')}"
        got = self.got.setdefault(replica, [])
        if frame["is"] == "lines":
            got += [line[0] for line in frame["lines"]]
        elif frame["is"] == "missed":
            self.missed += frame["to"] - frame["from"] + 1
            got += eventually(lambda: self.fetch(frame), within=20)
        else:
            return
        self.have[replica] = got[-1]

    def fetch(self, frame) -> list[int] | None:
        after = SubjectLog("job", self.subject_id).after(frame["attempt"], frame["rank"], frame["from"] - 1)
        found = []
        for line in after:
            if line[0] > frame["to"]:
                break
            found.append(line[0])
        return found if found and found[-1] == frame["to"] else None

    def read(self, socket: Socket, last: int, replica: str = "1/0") -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.have.get(replica, 0) < last:
            self.take(socket.next(deadline - time.monotonic()))


class TestFollowLogs:
    def test_what_is_there_comes_first_then_what_is_new(self, live, job_log):
        client, writer = job_log
        writer.write(lines(1, 1000))
        socket, viewer = live.open(client), Viewer(writer.subject_id)

        socket.follow("l", writer.subject_id)
        viewer.read(socket, 1000)
        writer.write(lines(1001, 1100))
        viewer.read(socket, 1100)

        assert viewer.got["1/0"] == list(range(1, 1101))
        assert viewer.missed == 0
        assert socket.seen[0]["lines"][0] == [1, "2026-01-01T00:00:01.000000Z", "out", "line 1"]

    def test_a_viewer_that_comes_back_gets_exactly_what_it_lacks(self, live, job_log):
        client, writer = job_log
        writer.write(lines(1, 1000))
        socket, viewer = live.open(client), Viewer(writer.subject_id)

        socket.follow("l", writer.subject_id, after={"1/0": 990})
        viewer.read(socket, 1000)

        assert viewer.got["1/0"] == list(range(991, 1001))

    def test_what_all_lack_when_they_come_back_is_read_for_all_of_them_once(self, live, job_log):
        client, writer = job_log
        for number in range(1, 601):  # an entry each, of which one answer of Redis has 256
            writer.write(lines(number, number))
        before = streams.store().info("commandstats")["cmdstat_xrange"]["calls"]
        sockets = [live.open(client) for _ in range(10)]

        for socket in sockets:
            socket.follow("l", writer.subject_id)
        for socket in sockets:
            viewer = Viewer(writer.subject_id)
            viewer.read(socket, 600)
            assert viewer.got["1/0"] == list(range(1, 601))

        asked = streams.store().info("commandstats")["cmdstat_xrange"]["calls"] - before
        assert asked <= 2 + 10, "two full pages, and the rest once for each at the most"

    def test_lines_that_left_redis_are_named_to_be_read_by_rest(self, live, job_log, redis_forgets):
        client, writer = job_log
        writer.write(lines(1, 100), final=True)
        redis_forgets()
        writer.write(lines(101, 110))
        socket = live.open(client)

        socket.follow("l", writer.subject_id, after={"1/0": 40})

        assert socket.next() == {"is": "missed", "id": "l", "attempt": 1, "rank": 0, "from": 41, "to": 100}
        assert [line[0] for line in socket.next()["lines"]] == list(range(101, 111))

    def test_a_log_that_is_only_archived_is_named_too(self, live, job_log, redis_forgets):
        client, writer = job_log
        writer.write(lines(1, 100), final=True)
        redis_forgets()
        socket = live.open(client)

        socket.follow("l", writer.subject_id)

        assert socket.next() == {"is": "missed", "id": "l", "attempt": 1, "rank": 0, "from": 1, "to": 100}

    def test_ranks_and_attempts_are_told_apart(self, live, job_log):
        client, writer = job_log
        second = Writer(writer.subject_id, scope=writer.scope, rank=1)
        socket, viewer = live.open(client), Viewer(writer.subject_id)
        socket.follow("l", writer.subject_id)

        writer.write(lines(1, 5))
        second.write(lines(1, 7))
        writer.write(lines(1, 2), attempt=2)
        for replica, last in (("1/0", 5), ("1/1", 7), ("2/0", 2)):
            viewer.read(socket, last, replica)

        assert viewer.got == {"1/0": [1, 2, 3, 4, 5], "1/1": [1, 2, 3, 4, 5, 6, 7], "2/0": [1, 2]}

    def test_a_slow_viewer_is_told_what_it_missed_and_holds_up_nobody(self, live, job_log):
        client, writer = job_log
        slow, quick = live.open(client, queue=4), live.open(client)
        slow.follow("l", writer.subject_id)
        quick.follow("l", writer.subject_id)
        viewer = Viewer(writer.subject_id)

        # So little at once that also on a busy machine what is quick has read it before its room is full.
        for first in range(1, 40_001, 400):
            writer.write(lines(first, first + 399, text="x" * 1000))
            viewer.read(quick, first + 399)
        late = Viewer(writer.subject_id)
        late.read(slow, 40_000)

        assert viewer.got["1/0"] == late.got["1/0"] == list(range(1, 40_001))
        assert viewer.missed == 0
        assert late.missed > 0

    def test_an_idle_socket_lives_on(self, live, job_log):
        """With redis-py 8 a blocking read ends after 5 s unless it is told not to; so did every socket."""
        client, writer = job_log
        socket = live.open(client)
        socket.follow("l", writer.subject_id)

        with pytest.raises(TimeoutError):
            socket.next(6.5)
        writer.write(lines(1, 1))

        assert socket.next()["lines"][0][0] == 1

    @pytest.mark.parametrize("do", ["follow-logs", "follow-metrics"])
    @pytest.mark.parametrize("which", ["theirs", "guessed", "of no known kind"])
    def test_a_foreigner_cannot_tell_a_log_from_none(self, live, as_role, do, which):
        client, project = as_role("other-tenant-owner")
        job = make_job(project)
        writer = Writer(job.id, scope=SubjectScope(tenant_id=project.tenant_id, project_id=project.id))
        writer.write(lines(1, 10))
        socket = live.open(client)

        subject_id = new_id() if which == "guessed" else job.id
        socket.say(do=do, id="l", subject_kind="job" if which != "of no known kind" else "tenant", subject_id=subject_id)

        refused = socket.next()
        assert (refused["is"], refused["problem"]["type"]) == ("refused", "/problems/not-found")
        insider, _ = as_role("viewer", project=project)
        witness = live.open(insider)
        witness.follow("w", job.id, after={"1/0": 10})
        writer.write(lines(11, 20))
        witness.until("lines")
        assert socket.all_until_pong() == []


class TestFollowMetrics:
    def test_points_of_the_last_while_come_first_then_new_ones(self, live, job_log):
        client, writer = job_log
        at = datetime(2026, 1, 1, tzinfo=UTC)
        subject = {"scope": writer.scope, "subject_kind": "job", "subject_id": writer.subject_id}
        record_metrics(**subject, attempt=1, rank=None, points=[("loss", at, 0.5)])
        socket = live.open(client)

        socket.say(do="follow-metrics", id="m", subject_kind="job", subject_id=writer.subject_id)
        first = socket.next()
        record_metrics(**subject, attempt=1, rank=3, points=[("cpu_millicores", at, 900)])

        assert first == {
            "is": "points",
            "id": "m",
            "attempt": 1,
            "rank": None,
            "points": [["loss", "2026-01-01T00:00:00Z", 0.5]],
        }
        assert socket.next()["rank"] == 3


class TestKills:
    """Every line exactly once and in order, whoever dies on the way."""

    def test_live_and_redis_are_killed_while_a_log_is_followed(self, own_live: LiveProcess, own_redis, job_log):
        client, writer = job_log
        viewer, last, done = Viewer(writer.subject_id), 6000, threading.Event()

        def write() -> None:
            for first in range(1, last, 20):
                writer.write(lines(first, first + 19))
                time.sleep(0.02)
            writer.write([], final=True, position=last)
            connection.close()
            done.set()

        def kill() -> None:
            for victim in (own_live, own_redis, own_live, own_redis):
                time.sleep(1)
                victim.kill()
                victim.start()

        workers = [threading.Thread(target=write), threading.Thread(target=kill)]
        for worker in workers:
            worker.start()
        rounds = 0
        deadline = time.monotonic() + 90
        while viewer.have.get("1/0", 0) < last:
            assert time.monotonic() < deadline, f"stuck at {viewer.have}"
            rounds += 1
            try:
                socket = own_live.open(client)
                socket.follow("l", writer.subject_id, after=viewer.have)
                while viewer.have.get("1/0", 0) < last:
                    viewer.take(socket.next(10))
            except (OSError, TimeoutError, WebSocketException):
                time.sleep(0.1)
        for worker in workers:
            worker.join()

        assert viewer.got["1/0"] == list(range(1, last + 1))
        assert [row[0] for row in SubjectLog("job", writer.subject_id).after(1, 0, 0)] == list(range(1, last + 1))
        assert rounds > 2

    def test_when_redis_dies_open_sockets_are_closed_so_that_they_come_back(self, own_live, own_redis, job_log):
        client, writer = job_log
        socket = own_live.open(client)
        socket.follow("l", writer.subject_id)
        writer.write(lines(1, 1))
        socket.until("lines")

        own_redis.kill()

        assert socket.closed_with() == 1012
        own_redis.start()


def test_every_kind_that_browsers_follow_is_registered():
    from apps.core import live

    assert {"tenant", "project", "member", "cluster", "quota", "job", "template"} <= live.kinds()
    assert registries.subject_scopes.get("job")
    assert streams.PLATFORM == "platform"
