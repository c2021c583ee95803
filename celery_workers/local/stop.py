"""`python -m celery_workers.local.stop`: end all replicas of this machine and mark them lost; their fault policy decides.

The machine is closed first, so that nothing is started meanwhile; `watch` opens it again when it starts.
"""

import os
import sys
import time
from collections import defaultdict
from uuid import UUID

from celery_workers.local import replicas
from celery_workers.local.replicas import ReplicaDirectory

GRACE_SECONDS = 3.0
PATIENCE_SECONDS = 12.0


def stop_machine() -> list[ReplicaDirectory]:
    """End every replica; returns those that were running. Raises TimeoutError naming those that would not end."""
    replicas.close_machine()
    running = [directory for directory in replicas.all_opened() if not ((status := directory.status()) and status.final)]
    for directory in running:
        directory.stop(phase="lost", reason="machine-stopped", grace_seconds=GRACE_SECONDS)
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while left := [directory for directory in running if not _ended(directory)]:
        if time.monotonic() > give_up_at:
            raise TimeoutError(f"did not end: {', '.join(directory.label for directory in left)}")
        time.sleep(0.05)
    return running


def report(stopped: list[ReplicaDirectory]) -> None:
    """Tell jobs now, rather than when `watch` starts again."""
    from apps.jobs import services as jobs
    from celery_workers.local.jobs import seen

    attempts: dict[tuple[UUID, int], list[ReplicaDirectory]] = defaultdict(list)
    for directory in (one for one in stopped if one.shelf == replicas.JOBS):
        attempts[directory.job_id, directory.attempt].append(directory)
    for (job_id, attempt), directories in attempts.items():
        found = [seen(directory, status) for directory in directories if (status := directory.status())]
        jobs.observe(job_id=job_id, attempt=attempt, replicas=found)


def _ended(directory: ReplicaDirectory) -> bool:
    """Without a status no runner stands; one that is about to finds the order to stop."""
    status = directory.status()
    return status is None or status.final


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    stopped = stop_machine()
    if not stopped:
        return
    import django

    django.setup()
    from django.db import DatabaseError

    try:
        report(stopped)
    except DatabaseError as error:
        sys.stderr.write(f"Not reported yet, for the database does not answer; watch will do it: {error}\n")


if __name__ == "__main__":
    main()
