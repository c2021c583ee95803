"""What a page of 100 jobs costs, in a small tenant and in a large one, beside its floor.

    .venv/bin/python -m benches.list_page [jobs of the large tenant]

The floor is an answer of the same stack with the same token that reads nothing but who asks.
"""

import sys
from datetime import timedelta
from functools import partial

from benches.world import HEADER, measure, world

SMALL, OTHER_TENANTS, OF_OTHERS = 80, 300, 20


def main(large: int) -> None:
    with world():
        from django.db import connection
        from django.test import Client
        from django.utils import timezone

        from apps.jobs.models import Job, JobPhase
        from apps.tenants.access import actor_of_user
        from apps.tenants.models import Project
        from apps.tenants.permissions import Role
        from apps.tenants.services import create_token
        from tests.factories import make_member, make_project, make_tenant, make_user

        spec = {"name": "job", "roles": [{"name": "worker", "replicas": 2, "command": ["true"]}]}

        def fill(project: Project, count: int) -> None:
            user = make_user()
            Job.objects.bulk_create(
                (
                    Job(
                        tenant_id=project.tenant_id,
                        project=project,
                        submitted_by=user,
                        name=f"job-{number}",
                        spec=spec,
                        phase=JobPhase.SUCCEEDED,
                        finished_at=timezone.now(),
                    )
                    for number in range(count)
                ),
                batch_size=2000,
            )

        def reader(*projects: Project) -> dict[str, str]:
            user = make_user()
            for project in projects:
                make_member(Role.VIEWER, user=user, tenant=project.tenant)
            _, secret = create_token(
                actor=actor_of_user(user, session_key="bench"),
                name="bench",
                permissions=["projects.view", "jobs.view"],
                expires_at=timezone.now() + timedelta(days=1),
            )
            return {"authorization": f"Bearer {secret}"}

        projects = [make_project(make_tenant()) for _ in range(OTHER_TENANTS)]
        for project in projects:
            fill(project, OF_OTHERS)
        small, big = make_project(make_tenant()), make_project(make_tenant())
        fill(small, SMALL)
        fill(big, large)
        # What autovacuum does within a minute; without it the planner believes the table empty.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        client = Client()

        def get(path: str, headers: dict[str, str]) -> None:
            answer = client.get(path, headers=headers)
            assert answer.status_code == 200, answer.content  # noqa: S101

        floor = measure(partial(get, "/api/v1/permissions/", reader(small)), times=200)
        print(HEADER)
        print(floor.row("floor"))
        for name, headers in (
            (f"a tenant of {SMALL} jobs", reader(small)),
            (f"a tenant of {large:,} jobs", reader(big)),
            ("that and 100 tenants more", reader(big, *projects[:100])),
        ):
            print(measure(partial(get, "/api/v1/jobs/?limit=100", headers), times=100).row(name, floor))
        path = f"/api/v1/projects/{big.pk}/jobs/?limit=100"
        print(measure(partial(get, path, reader(big)), times=100).row("one project of it", floor))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30_000)
