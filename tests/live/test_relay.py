import threading
import time
from contextlib import contextmanager

import pytest
import redis
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from kombu.exceptions import OperationalError as BrokerError

from apps.core import live
from apps.core.ids import new_id
from apps.core.models import OutboxEvent, OutboxHint
from apps.core.outbox import hint, publish
from apps.monitoring import streams
from apps.tenants.models import Project
from celery_workers.watchers.relay import Relay, send_to_celery
from portal.celery import app
from tests.eventually import eventually
from tests.factories import make_project

pytestmark = pytest.mark.django_db(transaction=True)


def change(*subjects, op="changed"):
    with transaction.atomic():
        for subject in subjects:
            publish(op=op, subject=subject)


def sent(tenant_id) -> list[dict[str, str]]:
    entries = streams.store().xrange(streams.events_key(tenant_id))
    return [{name.decode(): value.decode() for name, value in entry.items()} for _, entry in entries]


@contextmanager
def running(relay: Relay):
    """The relay in its own thread, as `watch` runs it."""
    stop = threading.Event()
    thread = threading.Thread(target=relay.run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


class TestMoveEvents:
    def test_what_was_sent_is_deleted_and_what_is_not_waits(self, relay, monkeypatch, settings):
        project = make_project()
        change(project)
        reachable = settings.REDIS_URL
        settings.REDIS_URL = "redis://127.0.0.1:1/0"

        with pytest.raises(redis.ConnectionError):
            relay.move_events()
        assert OutboxEvent.objects.count() == 1

        settings.REDIS_URL = reachable
        relay.move_events()
        assert not OutboxEvent.objects.exists()
        assert [event["id"] for event in sent(project.tenant_id)] == [str(project.id)]

    def test_a_crash_before_the_deletion_only_repeats_the_same_version(self, relay):
        project = make_project()
        change(project)
        rows = list(OutboxEvent.objects.all())
        relay.move_events()
        OutboxEvent.objects.bulk_create(rows)

        relay.move_events()

        first, second = sent(project.tenant_id)
        assert (first["version"], first["object"]) == (second["version"], second["object"])
        assert int(second["seq"]) == int(first["seq"]) + 1

    def test_costs_the_same_queries_for_one_event_as_for_a_hundred(self, relay, django_assert_num_queries):
        tenant = make_project().tenant
        projects = [make_project(tenant) for _ in range(100)]
        change(projects[0])
        with CaptureQueriesContext(connection) as few:
            relay.move_events()
        change(*projects)

        with django_assert_num_queries(len(few)):
            assert relay.move_events() == 100

    def test_the_stream_is_bounded(self, relay, monkeypatch):
        monkeypatch.setattr(streams, "EVENTS_KEPT", 10)
        project = make_project()
        for _ in range(4):
            change(*(make_project(project.tenant) for _ in range(100)))
            relay.move_events()

        assert len(sent(project.tenant_id)) < 250

    def test_a_renderer_that_fails_holds_up_nobody(self, relay, monkeypatch):
        project = make_project()
        monkeypatch.setitem(live._kinds, "project", live.Kind(lambda ids: 1 / 0, "projects.view", False))
        change(project, project.tenant)

        relay.move_events()

        objects = {event["kind"]: event["object"] for event in sent(project.tenant_id)}
        assert objects["project"] == ""
        assert objects["tenant"] != ""

    def test_an_object_that_is_too_large_is_only_named(self, relay):
        project = make_project()
        Project.objects.filter(pk=project.pk).update(description="x" * 70_000)
        change(project)

        relay.move_events()

        assert [(event["op"], event["object"]) for event in sent(project.tenant_id)] == [("changed", "")]

    def test_what_came_and_went_is_told_as_gone(self, relay):
        project = make_project()
        change(project, op="added")
        change(project)
        change(project, op="removed")

        relay.move_events()

        assert [(event["op"], event["version"], event["object"]) for event in sent(project.tenant_id)] == [
            ("removed", "3", "")
        ]

    def test_what_was_added_and_changed_is_told_as_added(self, relay):
        project = make_project()
        change(project, op="added")
        change(project)

        relay.move_events()

        assert [(event["op"], event["version"]) for event in sent(project.tenant_id)] == [("added", "2")]


class TestMoveHints:
    def test_each_is_handed_on_once_with_its_ids(self):
        handed = []
        relay = Relay(lambda task, arguments, _: handed.append((task, arguments)))
        job_id = new_id()
        with transaction.atomic():
            for _ in range(3):
                hint("jobs.reconcile", job_id=job_id)
            hint("quotas.sweep")

        relay.move_hints()

        assert handed == [("jobs.reconcile", {"job_id": str(job_id)}), ("quotas.sweep", {})]
        assert not OutboxHint.objects.exists()

    def test_arrives_in_the_queue_of_its_system(self):
        store = streams.store()
        queue = f"{settings.REDIS_PREFIX}:celery:portal"
        before = store.llen(queue)

        send_to_celery("jobs.reconcile", {"job_id": str(new_id())}, {})

        assert store.llen(queue) == before + 1
        store.delete(queue)

    def test_a_broker_that_is_away_is_said_to_be_at_once(self):
        nobody = app.connection_for_write("redis://127.0.0.1:1/0")
        began_at = time.monotonic()

        with pytest.raises(BrokerError):
            app.send_task("jobs.sweep", connection=nobody, retry=False)

        assert time.monotonic() - began_at < 4


class TestRun:
    def test_an_act_is_told_at_once(self, relay):
        project = make_project()
        with running(relay):
            change(project)
            eventually(lambda: len(sent(project.tenant_id)) == 1)
            time.sleep(0.2)
            began = time.monotonic()
            change(project)
            eventually(lambda: len(sent(project.tenant_id)) == 2)

            assert time.monotonic() - began < 0.8

    def test_postgres_ending_the_connection_loses_nothing(self, relay):
        project = make_project()
        with running(relay):
            change(project)
            eventually(lambda: sent(project.tenant_id))

            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE pid <> pg_backend_pid() AND datname = current_database()"
                )
                assert cursor.fetchall()
            change(project)

            eventually(lambda: len(sent(project.tenant_id)) == 2)

    def test_a_redis_that_is_killed_loses_nothing_and_begins_a_new_epoch(self, own_redis, relay):
        first, second = make_project(), make_project()
        with running(relay):
            change(first)
            eventually(lambda: sent(first.tenant_id))
            before = sent(first.tenant_id)[-1]
            own_redis.kill()
            change(first, second)
            time.sleep(0.5)
            own_redis.start()

            eventually(lambda: not OutboxEvent.objects.exists())

        after = sent(first.tenant_id)[-1]
        assert (before["version"], after["version"]) == ("2", "3")
        assert after["epoch"] != before["epoch"]
        assert int(after["seq"]) > int(before["seq"])
        assert [event["id"] for event in sent(second.tenant_id)] == [str(second.id)]

    def test_a_broker_that_is_away_keeps_the_hints(self):
        from kombu.exceptions import OperationalError

        away, handed = threading.Event(), []
        away.set()

        def send(task, arguments, context):
            if away.is_set():
                raise OperationalError("no broker")
            handed.append(task)

        with running(Relay(send)):
            with transaction.atomic():
                hint("jobs.reconcile", job_id=new_id())
            time.sleep(0.3)
            assert OutboxHint.objects.exists()
            away.clear()
            eventually(lambda: handed == ["jobs.reconcile"])
