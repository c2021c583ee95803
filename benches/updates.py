"""What is seen of replicas, written down: how many a second, by how many of one job come together.

    .venv/bin/python -m benches.updates [seconds]

Each call is one transaction of the replicas, the job, its phase by the fault policy, its quota, timeline and event, as the
watcher of a cluster makes it. PostgreSQL writes durably. Beside it: the same rows, updated by plain SQL.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from benches.serving import loads
from benches.world import world

TOGETHER = (1, 10, 100, 500)


def main(seconds: float) -> None:
    with world(durable=True):
        from django.db import connection

        from apps.jobs import services
        from apps.jobs.models import Job, Replica
        from apps.jobs.services import ReplicaSeen
        from tests.conftest import Client
        from tests.factories import equip, make_member, make_project
        from tests.jobs.jobs import run, submitted

        project = make_project()
        equip(project.tenant, cpu_millicores=2_000_000, memory_bytes=2**44)
        client: Any = Client()
        client.force_login(
            make_member("developer", tenant=project.tenant).user,
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )

        def observing(job: Job, replicas: int) -> Callable[[int], None]:
            def seen(number: int) -> None:
                found = [
                    ReplicaSeen(rank, "running", node=f"node-{number % 7}", message=f"step {number}")
                    for rank in range(replicas)
                ]
                services.observe(job_id=job.pk, attempt=job.attempt, replicas=found)

            return seen

        def plain(job: Job, replicas: int) -> Callable[[int], None]:
            def update(number: int) -> None:
                with connection.cursor() as cursor:
                    cursor.execute(
                        f"UPDATE {Replica._meta.db_table} SET message = %s WHERE job_id = %s AND rank < %s",  # noqa: S608
                        [f"step {number}", job.pk, replicas],
                    )

            return update

        print("| replicas of a job together | updates a second | CPU ms a call | plain SQL a second |\n|--:|--:|--:|--:|")
        for together in TOGETHER:
            name = f"of-{together}"
            job = run(submitted(client, project, name=name, role={"replicas": together, "cpu_millicores": 100}))
            calls, cpu = _rate(observing(job, together), seconds)
            floor, _ = _rate(plain(job, together), seconds)
            print(f"| {together} | {calls * together:,.0f} | {cpu:.1f} | {floor * together:,.0f} |", flush=True)
            newest = Replica.objects.filter(job=job).values_list("message", flat=True).distinct()
            assert len(newest) == 1, "each was written"  # noqa: S101
        print(f"\n{loads()}, {datetime.now(UTC):%d %B %Y}")


def _rate(call: Callable[[int], None], seconds: float) -> tuple[float, float]:
    """Calls a second, and CPU milliseconds of this process for each."""
    began, cpu, number = time.monotonic(), time.process_time(), 0
    while time.monotonic() < began + seconds:
        call(number)
        number += 1
    return number / (time.monotonic() - began), (time.process_time() - cpu) * 1000 / number


if __name__ == "__main__":
    main(float(sys.argv[1]) if sys.argv[1:] else 5)
