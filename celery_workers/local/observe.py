"""What became of the replicas of this machine, told to jobs."""

import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from threading import Event
from uuid import UUID

import structlog

from apps.clusters.models import ClusterKind
from apps.jobs import services as jobs
from apps.jobs.models import WANTED, Job, Replica, ReplicaPhase
from celery_workers.local import replicas
from celery_workers.local.jobs import seen, vanished
from celery_workers.local.replicas import ReplicaDirectory, Status

# The end of a replica is told after its last words were read, so that a job that ends has its result; but not later.
LAST_WORDS = timedelta(seconds=15)
COMPARE_SECONDS = 10.0
_log = structlog.get_logger(__name__)


class Observer:
    """Remembers what it has told; a new one tells everything again, which changes nothing."""

    def __init__(self) -> None:
        self._told: dict[ReplicaDirectory, Status] = {}
        self._compared_at = float("-inf")

    def step(self, stop: Event) -> None:
        found = replicas.opened()
        self._told = {directory: self._told[directory] for directory in found if directory in self._told}
        attempts: dict[tuple[UUID, int], list[ReplicaDirectory]] = defaultdict(list)
        for directory in found:
            attempts[directory.job_id, directory.attempt].append(directory)
        for (job_id, attempt), directories in attempts.items():
            if stop.is_set():
                return
            self._look_at(job_id, attempt, directories)
        if time.monotonic() - self._compared_at > COMPARE_SECONDS:
            self._compared_at = time.monotonic()
            stop_unwanted(found)
            report_vanished()

    def _look_at(self, job_id: UUID, attempt: int, directories: list[ReplicaDirectory]) -> None:
        news = {}
        for directory in directories:
            status = directory.status()
            if status is None or (status.final and not _last_words_read(directory, status)):
                continue
            if self._told.get(directory) != status:
                news[directory] = status
        if news:
            jobs.observe(
                job_id=job_id, attempt=attempt, replicas=[seen(directory, status) for directory, status in news.items()]
            )
            self._told |= news
        for directory in directories:
            told = self._told.get(directory)
            if told is None or not told.final:
                continue
            if directory in news and told.phase == "lost":
                directory.stop()
                directory.kill_left_over(told)
                directory.remove_secrets()
            if directory.settled:
                directory.close()


def _last_words_read(directory: ReplicaDirectory, status: Status) -> bool:
    return directory.settled or status.finished_at is None or datetime.now(UTC) - status.finished_at > LAST_WORDS


def stop_unwanted(found: list[ReplicaDirectory]) -> None:
    """End replicas whose job wants none, or is gone: those that a reconciler which was late, or died, left behind."""
    wanted = dict(
        Job.objects.filter(pk__in={directory.job_id for directory in found}, phase__in=WANTED).values_list("pk", "attempt")
    )
    for directory in found:
        status = directory.status()
        if wanted.get(directory.job_id) == directory.attempt or (status and status.final):
            continue
        _log.info("replica-unwanted", replica=directory.label)
        directory.stop()
        if status is None:
            directory.close()


def report_vanished() -> None:
    """Tell of replicas that are said to run and have no directory any more."""
    rows = Replica.objects.filter(
        phase__in=(ReplicaPhase.STARTING, ReplicaPhase.RUNNING), job__cluster__kind=ClusterKind.LOCAL
    ).values_list("job_id", "attempt", "rank")
    for job_id, attempt, rank in rows:
        if ReplicaDirectory(job_id, attempt, rank).status() is None:
            jobs.observe(job_id=job_id, attempt=attempt, replicas=[vanished(rank)])
