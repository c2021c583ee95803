"""How many jobs a second one client submits by REST, beside its floor: a durable transaction of one row.

    .venv/bin/python -m benches.submit

Each submit is one transaction of job, workload, timeline, audit entry, hint and event, with an Idempotency-Key.
PostgreSQL runs without fsync here, as in the tests, so that the figure is the program's and not the disk's.
"""

from datetime import timedelta
from functools import partial
from itertools import count

from benches.world import HEADER, measure, world


def main() -> None:
    with world():
        from django.db import connection
        from django.test import Client
        from django.utils import timezone

        from apps.tenants.access import actor_of_user
        from apps.tenants.permissions import Role
        from apps.tenants.services import create_token
        from apps.tenants.services.tokens import Wanted
        from tests.factories import equip, make_member, make_project, make_tenant, make_user

        project = make_project(make_tenant())
        equip(project.tenant)
        user = make_user()
        make_member(Role.DEVELOPER, user=user, tenant=project.tenant)
        wanted = Wanted("bench", ["projects.view", "jobs.submit", "jobs.view"], timezone.now() + timedelta(days=1))
        _, secret = create_token(actor=actor_of_user(user, session_key="bench"), wanted=wanted)
        client, numbers = Client(), count()
        role = {"name": "worker", "replicas": 2, "command": ["true"], "cpu_millicores": 100, "memory_bytes": "64Mi"}

        def submit(query: str = "") -> None:
            number = next(numbers)
            answer = client.post(
                f"/api/v1/projects/{project.pk}/jobs/{query}",
                {"name": f"job-{number}", "roles": [role]},
                content_type="application/json",
                headers={"authorization": f"Bearer {secret}", "idempotency-key": str(number)},
            )
            assert answer.status_code in (200, 201), answer.content  # noqa: S101

        def insert() -> None:
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO bench_floor (body) VALUES (%s)", ["x" * 1000])

        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_floor (id bigserial PRIMARY KEY, body text)")
        floor = measure(insert, times=500)
        print(HEADER)
        print(floor.row("floor: one row"))
        print(measure(partial(submit, "?dry_run=true"), times=200).row("dry run", floor))
        cost = measure(submit, times=500)
        print(cost.row("submit", floor))
        print(f"\n{1000 / cost.p50_ms:.0f} submits a second, one after the other")


if __name__ == "__main__":
    main()
