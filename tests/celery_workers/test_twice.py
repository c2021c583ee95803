"""Every task, run twice and by four at once, comes to the state that once comes to."""

import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from apps.core.models import IdempotencyRecord
from apps.jobs import services as jobs
from apps.jobs.models import Artifact, Job, Replica, TimelineEntry
from apps.quotas.models import LedgerEntry, Workload
from apps.storage import services as storage
from apps.storage.models import StoredObject
from celery_workers.local import replicas
from portal.celery import app
from tests.celery_workers.conftest import Portal
from tests.eventually import eventually

Scene = Callable[[Portal], dict[str, Any]]
FOREVER = (sys.executable, "-c", "import time; time.sleep(600)")


def admitted_job(portal: Portal) -> dict[str, Any]:
    job = portal.submit(*FOREVER, replicas=2)
    portal.admit()
    return {"job_id": str(job.pk)}


def restart_due(portal: Portal) -> dict[str, Any]:
    """And a job that is to be purged."""
    code = "import os, time; os.environ['HANSE_ATTEMPT'] == '1' and os._exit(1); time.sleep(600)"
    job = portal.submit(sys.executable, "-c", code, fault_policy={"restart": "on-failure"})
    purged = portal.submit("true")
    portal.until(purged, "succeeded")
    portal.until(job, "restarting")
    eventually(lambda: portal.work() or Job.objects.get(pk=job.pk).restart_at, what="a back-off")
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(restart_at=past, next_reconcile_at=past)
    portal.until_settled(purged)
    Job.objects.filter(pk=purged.pk).update(purge_at=past)
    return {}


def directories_to_delete(portal: Portal) -> dict[str, Any]:
    cleaned = portal.submit("true", fault_policy={"clean": "all"})
    gone = portal.submit("true")
    for job in (cleaned, gone):
        portal.until(job, "succeeded")
        portal.until_settled(job)
    jobs.purge(job_id=gone.pk, now=timezone.now() + timedelta(days=400))
    return {}


def objects_given_up(portal: Portal) -> dict[str, Any]:
    place = {"tenant_id": portal.project.tenant_id, "project_id": portal.project.pk}
    job = portal.submit(*FOREVER)
    for name in ("kept", "old", "older"):
        stored = storage.put(
            **place, producer_kind="job", producer_id=job.pk, purpose="artifact", name=name, source=name.encode()
        )
        if name != "kept":
            StoredObject.objects.filter(pk=stored.pk).update(given_up_at=timezone.now())
    return {}


def old_rows(portal: Portal) -> dict[str, Any]:
    for age in (0, 25):
        IdempotencyRecord.objects.create(
            actor="user", route="/", key=f"{age} h", body_digest="", created_at=timezone.now() - timedelta(hours=age)
        )
    return {}


SCENES: dict[str, Scene] = {
    "core.sweep": old_rows,
    "jobs.reconcile": admitted_job,
    "jobs.sweep": restart_due,
    "local.tidy": directories_to_delete,
    "quotas.sweep": admitted_job,
    "storage.sweep": objects_given_up,
}


def state(portal: Portal) -> dict[str, Any]:
    """What there is once what was started stands; without what is new each time (ids, moments), and without fences."""
    on_the_way = Job.objects.filter(phase="starting")
    eventually(lambda: portal.watch() or not on_the_way.exists(), what="that all that starts runs")
    return {
        "jobs": sorted(Job.objects.values_list("phase", "attempt", "restarts", "generation", "observed_generation")),
        "replicas": sorted(Replica.objects.values_list("attempt", "rank", "node")),
        "timeline": sorted(TimelineEntry.objects.values_list("attempt", "phase", "reason")),
        "workloads": sorted(Workload.objects.values_list("state", "active")),
        "held": LedgerEntry.objects.filter(until=None).count(),
        "artifacts": Artifact.objects.count(),
        "objects": sorted(StoredObject.objects.exclude(purpose="log-chunk").values_list("name", flat=True)),
        "answers": sorted(IdempotencyRecord.objects.values_list("key", flat=True)),
        "running": sorted(
            (directory.attempt, directory.rank)
            for directory in replicas.opened()
            if (status := directory.status()) and not status.final
        ),
        "kept": len(replicas.kept_jobs()),
        "work": sum(1 for _ in Path(settings.LOCAL_COMPUTE_DIRECTORY).glob("*/*/*/work")),
    }


def run(task: str, arguments: dict[str, Any]) -> None:
    app.tasks[task](**arguments, an_argument_of_a_newer_release=1)


def run_at_once(task: str, arguments: dict[str, Any]) -> None:
    failures: list[BaseException] = []

    def body() -> None:
        try:
            run(task, arguments)
        except Exception as failure:  # noqa: BLE001 - told to the test below
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=body) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.fixture(autouse=True)
def _tasks_run_here() -> Iterator[None]:
    """All are registered, and those that ask for others do so in this process; there is no worker beside the test."""
    app.loader.import_default_modules()
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


def test_every_task_has_a_scene():
    assert set(SCENES) == {name for name in app.tasks if not name.startswith("celery.")}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("task", SCENES)
def test_twice_and_at_once_is_once(task, portal):
    arguments = SCENES[task](portal)

    run(task, arguments)
    once = state(portal)
    run(task, arguments)
    assert state(portal) == once
    run_at_once(task, arguments)
    assert state(portal) == once


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("task", SCENES)
def test_at_once_from_the_beginning_is_once(task, portal):
    before = state(portal)
    arguments = SCENES[task](portal)

    run_at_once(task, arguments)
    together = state(portal)
    run(task, arguments)

    assert state(portal) == together
    assert before != together
