"""Every task, run twice and by four at once, comes to the state that once comes to."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from apps.clusters.models import Cluster
from apps.code.models import Code
from apps.core.models import IdempotencyRecord, Operation, OutboxMail, OutboxNotification
from apps.federation.models import FederatedJob, Partner, Party, PartyLetter
from apps.forecasts.models import Day, Forecast, Run, Target
from apps.inference.models import App, AppReplica
from apps.isolation.models import NetworkException
from apps.jobs.models import Artifact, Job, JobCode, Replica, Schedule, ScheduleRun, TimelineEntry
from apps.monitoring.models import Notification
from apps.moves.models import Plan
from apps.quotas.models import LedgerEntry, QuotaLine, QuotaRequest, Workload
from apps.secrets.models import Secret
from apps.storage import s3
from apps.storage.models import Bucket, DatasetVersion, FileRemoval, StoredObject, StoreKey, Unpacking, Volume
from apps.tenants.models import Project, Tenant
from celery_workers.local import replicas
from portal.celery import app
from tests.celery_workers.conftest import Portal
from tests.celery_workers.scenes import SCENES
from tests.eventually import eventually


def state(portal: Portal) -> dict[str, Any]:
    """What there is once what was started stands; without what is new each time (ids, moments), and without fences."""
    on_the_way = Job.objects.filter(phase="starting")
    eventually(lambda: portal.watch() or not on_the_way.exists(), what="that all that starts runs")
    return {
        "loads": Day.objects.count(),
        "forecasts": sorted(Forecast.objects.values_list("engine", flat=True)),
        "runs of forecasts": sorted(Run.objects.values_list("standing", "state", "forecast", "score__hours"), key=str),
        "plans": sorted(Plan.objects.values_list("state", "moves__machine", "moves__state"), key=str),
        "machines": sorted(Target.objects.values_list("name", "parent__name"), key=str),
        "operations": sorted(Operation.objects.values_list("state", "problem__detail")),
        "clusters": sorted(Cluster.objects.values_list("slug", "health", "health_message")),
        "jobs": sorted(Job.objects.values_list("phase", "attempt", "restarts", "generation", "observed_generation")),
        "replicas": sorted(Replica.objects.values_list("attempt", "rank", "node")),
        "timeline": sorted(TimelineEntry.objects.values_list("attempt", "phase", "reason")),
        "apps": sorted(App.objects.values_list("name", "phase", "observed_generation")),
        "replicas of apps": sorted(AppReplica.objects.values_list("number", "phase")),
        "workloads": sorted(Workload.objects.values_list("state", "active")),
        "held": LedgerEntry.objects.filter(until=None).count(),
        "grants": sorted(QuotaRequest.objects.values_list("state", "returned")),
        "nominal": sorted(QuotaLine.objects.values_list("resource", "nominal")),
        "artifacts": Artifact.objects.count(),
        "code": sorted(Code.objects.values_list("origin", "commit")),
        "fetched": sorted(JobCode.objects.values_list("state", "commit", "tries")),
        "objects": sorted(StoredObject.objects.exclude(purpose="log-chunk").values_list("name", flat=True)),
        "answers": sorted(IdempotencyRecord.objects.values_list("key", flat=True)),
        "running": sorted(
            (directory.attempt, directory.rank)
            for directory in replicas.all_opened()
            if (status := directory.status()) and not status.final
        ),
        "runs": sorted(ScheduleRun.objects.values_list("schedule__name", "outcome", "reason")),
        "schedules": sorted(Schedule.objects.values_list("name", "state", "state_reason", "last_outcome")),
        "told": sorted(Notification.objects.values_list("code", "count", "bell")),
        "to be told": OutboxNotification.objects.count(),
        "mails": sorted(OutboxMail.objects.values_list("address", "phase", "attempts")),
        "taken": sorted(message["To"] for message in portal.mail_server.messages),
        "projects": sorted(Project.objects.values_list("slug", "generation", "removal__left", "failed_tries"), key=str),
        "tenants": sorted(Tenant.objects.values_list("slug", "generation", "removal__left", "failed_tries"), key=str),
        "volumes": sorted(Volume.objects.values_list("name", "phase", "observed_generation", "used_bytes")),
        "secrets": sorted(Secret.objects.values_list("name", flat=True)),
        "parties": sorted(Party.objects.values_list("observed_generation", "checks__0__state")),
        "partners": sorted(Partner.objects.values_list("phase", "observed_generation", "checks__0__state")),
        "federated jobs": sorted(FederatedJob.objects.values_list("phase", "ours", "our_number", "events__code")),
        "letters": sorted(PartyLetter.objects.values_list("kind", "state")),
        "exceptions": sorted(NetworkException.objects.values_list("name", "observed_generation", "clusters"), key=str),
        "buckets": sorted(Bucket.objects.values_list("name", "files", "used_bytes")),
        "files": sorted(one.key for bucket in Bucket.objects.all() for one in s3.everything(bucket.store_name)),
        "keys": StoreKey.objects.count(),
        "versions": sorted(DatasetVersion.objects.values_list("number", "phase", "copied_files", "parts", "digest")),
        "kept bytes": sorted(Bucket.objects.values_list("kept_bytes", flat=True)),
        "unpacked": sorted(Unpacking.objects.values_list("phase", "files", "refused")),
        "being deleted": FileRemoval.objects.count(),
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
def _tasks_run_here(portal, mail_server, store) -> Iterator[None]:
    """All are registered, and those that ask for others do so in this process; there is no worker beside the test."""
    portal.mail_server = mail_server
    app.loader.import_default_modules()
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.mark.django_db
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
