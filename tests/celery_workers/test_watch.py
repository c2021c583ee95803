"""The process `watch`: one leader a loop, outages survived, everything else loud."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import psycopg2
import pytest
from django.db import OperationalError, connection

from apps.core import pulses
from celery_workers.watchers import loops
from celery_workers.watchers.loops import Periodic, Watch, leadership
from portal.settings.environment import REPOSITORY
from tests.eventually import eventually

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def start() -> Iterator[Callable[..., Watch]]:
    """Run a Watch in a thread; what is started is stopped."""
    started: list[tuple[Watch, threading.Thread]] = []

    def run(**steps: Callable[[threading.Event], None]) -> Watch:
        watch = Watch({name: lambda step=step: Periodic(step, every_seconds=0.02) for name, step in steps.items()})
        thread = threading.Thread(target=watch.run)
        thread.start()
        started.append((watch, thread))
        return watch

    yield run
    for watch, _ in started:
        watch.stopping.set()
    for _, thread in started:
        thread.join()


class Steps:
    """A step that counts, and does what `then` says."""

    def __init__(self, then: Callable[[], None] = lambda: None) -> None:
        self.count, self._then = 0, then

    def __call__(self, stop: threading.Event) -> None:
        self.count += 1
        self._then()


def end_connections_holding_locks() -> None:
    with psycopg2.connect(**connection.get_connection_params()) as postgres, postgres.cursor() as cursor:
        cursor.execute(
            # Of this database alone: other workers of the same test run have theirs on the same server.
            "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
            " WHERE locktype = 'advisory' AND datname = current_database()"
        )


class TestLeadership:
    def test_of_two_one_leads_and_the_other_takes_over(self, start):
        first, second = Steps(), Steps()
        leader = start(relay=first)
        eventually(lambda: first.count > 2)
        start(relay=second)
        eventually(lambda: first.count > 20)
        assert second.count == 0

        leader.stopping.set()

        eventually(lambda: second.count > 2)

    def test_a_leader_whose_lock_drops_stops_and_takes_it_again(self, start):
        ends: list[int] = []
        steps = Steps()

        class Noted(Periodic):
            def run(self, stop: threading.Event) -> None:
                super().run(stop)
                ends.append(steps.count)

        watch = Watch({"relay": lambda: Noted(steps, every_seconds=0.02)})
        thread = threading.Thread(target=watch.run)
        thread.start()
        eventually(lambda: steps.count > 2)

        end_connections_holding_locks()

        eventually(lambda: ends)
        eventually(lambda: steps.count > ends[0])
        watch.stopping.set()
        thread.join()
        assert not watch.failed.is_set()

    def test_stopping_while_it_waits_for_the_lock_leads_nothing(self):
        stopping = threading.Event()
        with leadership("relay", threading.Event()) as check:
            assert check is not None
            stopping.set()
            with leadership("relay", stopping) as other:
                assert other is None


class TestFailure:
    def test_a_loop_that_fails_ends_the_process(self, start):
        watch = start(relay=Steps(lambda: 1 / 0), admission=Steps())

        eventually(watch.stopping.is_set)

        assert watch.failed.is_set()

    def test_an_outage_does_not(self, start):
        def outage() -> None:
            if steps.count < 3:
                raise OperationalError("the database went away")

        steps = Steps(outage)
        watch = start(relay=steps)

        eventually(lambda: steps.count > 5)

        assert not watch.failed.is_set()

    def test_a_loop_that_hangs_ends_the_process(self, start, monkeypatch):
        monkeypatch.setattr(loops, "HANGS_SECONDS", 0.5)
        released = threading.Event()
        watch = start(relay=Steps(released.wait))

        eventually(watch.stopping.is_set)
        released.set()

        assert watch.failed.is_set()


class TestPulse:
    def test_the_age_of_each_loop_is_among_the_metrics(self, start, client):
        pulses.forget()
        start(relay=Steps(), admission=Steps())
        eventually(lambda: set(pulses.ages_seconds()) == {"relay", "admission"})

        answer = client.get("/metrics").content.decode()

        assert 'hanse_watch_loop_age_seconds{loop="relay"}' in answer


def test_the_process_starts_and_stops_when_told():
    environment = {**os.environ, "HANSE_DATABASE_URL": _url_of_test_database(), "HANSE_LOCAL_COMPUTE": "0"}
    pulses.forget()
    watch = subprocess.Popen([sys.executable, "-m", "celery_workers.watchers"], cwd=REPOSITORY, env=environment)
    try:
        loops = {"relay", "admission", "jobs-in-clusters", "hardware-of-clusters"}
        eventually(lambda: set(pulses.ages_seconds()) == loops, within=30)
    finally:
        watch.send_signal(signal.SIGTERM)
    assert watch.wait(20) == 0


def _url_of_test_database() -> str:
    given = connection.settings_dict
    return f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
