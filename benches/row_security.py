"""What row-level security costs: buffers and milliseconds of the queries behind lists, without and with the policies.

    .venv/bin/python -m benches.row_security [jobs of the large tenant]

The same query is run as the owner of the tables, whom no policy concerns, and as `hanse_web`, entered as its reader.
Buffers are what PostgreSQL itself counts; milliseconds are its own, the least of several runs.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

from benches.world import world

SMALL, OTHER_TENANTS, OF_OTHERS, TIMES = 80, 2000, 20, 7


def main(large: int) -> None:
    with world():
        from django.db import connection
        from django.utils import timezone

        from apps.accounts.models import User
        from apps.core import walls
        from apps.jobs.models import Job, JobPhase
        from apps.tenants import access
        from apps.tenants.models import Project
        from apps.tenants.permissions import Role
        from tests.factories import make_member, make_project, make_tenant, make_user

        spec = {"name": "job", "roles": [{"name": "worker", "replicas": 2, "command": ["true"]}]}
        user = make_user()

        def fill(project: Project, count: int) -> Project:
            rows = (
                Job(
                    tenant_id=project.tenant_id,
                    project=project,
                    submitted_by=user,
                    name=f"job-{number}",
                    labels={"run": f"{number % 997}"},
                    spec=spec,
                    phase=JobPhase.FAILED if number % 50 == 0 else JobPhase.SUCCEEDED,
                    finished_at=timezone.now(),
                )
                for number in range(count)
            )
            Job.objects.bulk_create(rows, batch_size=2000)
            return project

        def reader(*projects: Project, role: str = Role.VIEWER) -> User:
            person = make_user()
            for project in projects:
                make_member(role, user=person, tenant=project.tenant)
            return person

        others = [fill(make_project(make_tenant()), OF_OTHERS) for _ in range(OTHER_TENANTS)]
        small, big = fill(make_project(make_tenant()), SMALL), fill(make_project(make_tenant()), large)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        hundred = [big, *others[:100]]
        tenants = [project.tenant_id for project in hundred]
        asked: dict[str, tuple[User, Callable[[], tuple[str, Any]]]] = {
            f"a tenant of {SMALL}, plain": (reader(small), plain(Job, tenant_id__in=[small.tenant_id], deleted_at=None)),
            f"a tenant of {large:,}, plain": (reader(big), plain(Job, tenant_id__in=[big.tenant_id], deleted_at=None)),
            "101 tenants, one of them that, per tenant": (reader(*hundred), per_tenant(Job, tenants)),
            "101 tenants, one of them that, plain": (reader(*hundred), plain(Job, tenant_id__in=tenants)),
            "one project of it": (reader(big), plain(Job, project_id=big.pk, deleted_at=None)),
            "one project of it, failed": (
                reader(big),
                plain(Job, project_id=big.pk, phase=JobPhase.FAILED, deleted_at=None),
            ),
            "one project of it, by name": (
                reader(big),
                plain(Job, project_id=big.pk, name__begins="job-77", deleted_at=None),
            ),
            "one project of it, by label": (
                reader(big),
                plain(Job, project_id=big.pk, labelled__label="run:77", labelled__project_id=big.pk),
            ),
            "everything, for an auditor": (make_member("auditor").user, plain(Job)),
            "count to 1,001 of the large tenant": (reader(big), count(Job, tenant_id__in=[big.tenant_id], deleted_at=None)),
            "no filter at all, the small tenant's reader": (reader(small), plain(Job)),
        }
        print("| query | buffers without | with | ms without | with |\n|---|--:|--:|--:|--:|")
        for name, (person, query) in asked.items():
            sql, parameters = query()
            before = cost(sql, parameters)
            with walls.transaction():
                access.enter(person.pk)
                after = cost(sql, parameters)
            print(f"| {name} | {before[0]:,} | {after[0]:,} | {before[1]:.2f} | {after[1]:.2f} |")


def plain(model: Any, **filters: Any) -> Callable[[], tuple[str, Any]]:
    return lambda: model.objects.filter(**filters).order_by("-pk").values("pk", "name")[:101].query.sql_with_params()


def count(model: Any, **filters: Any) -> Callable[[], tuple[str, Any]]:
    def query() -> tuple[str, Any]:
        inner, parameters = model.objects.filter(**filters).order_by().values("pk")[:1001].query.sql_with_params()
        return f"SELECT count(*) FROM ({inner}) AS counted", parameters  # noqa: S608

    return query


def per_tenant(model: Any, tenants: list[Any]) -> Callable[[], tuple[str, Any]]:
    def query() -> tuple[str, Any]:
        where = "deleted_at IS NULL AND tenant_id = visible.tenant_id"
        inner = f"SELECT id FROM {model._meta.db_table} WHERE {where} ORDER BY id DESC LIMIT 101"  # noqa: S608
        outer = f"SELECT page.id FROM unnest(%s::uuid[]) AS visible(tenant_id), LATERAL ({inner}) AS page ORDER BY 1 DESC"  # noqa: S608
        return f"{outer} LIMIT 101", [[str(tenant) for tenant in tenants]]

    return query


def cost(sql: str, parameters: Any) -> tuple[int, float]:
    """Shared buffers touched, and the least of several times in milliseconds."""
    from django.db import connection

    plans = []
    with connection.cursor() as cursor:
        for _ in range(TIMES):
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", parameters)
            (answer,) = cursor.fetchone()
            plans.append(answer[0] if isinstance(answer, list) else json.loads(answer)[0])
    last = plans[-1]["Plan"]
    return last["Shared Hit Blocks"] + last["Shared Read Blocks"], min(plan["Execution Time"] for plan in plans)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30_000)
