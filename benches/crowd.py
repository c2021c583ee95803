"""Very many tenants and jobs, made by the database itself: a million jobs in a minute or two.

Of the jobs one tenant has a tenth, nine have a ninetieth each, and the others share the rest; all of them were
submitting all the time. Each tenant has one project.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

HEADS = 10
# Autovacuum is sent away from these meanwhile: what it saw of them before they were filled would be their statistics.
_FILLED = ("tenants_tenant", "tenants_project", "jobs_job", "jobs_joblabel", "accounts_user")
JOB_EVERY_SECONDS = 20

# How the jobs differ from the one that they are made after. `number` counts them from the oldest.
_COLUMNS = {
    "id": "uuidv7(ago)",
    "tenant_id": "place.tenant_id",
    "project_id": "place.project_id",
    "name": "'job-' || one.number",
    "labels": f"CASE WHEN place.number < {HEADS} THEN jsonb_build_object('run', (one.number % 997)::text) ELSE '{{}}' END",
    "phase": "CASE WHEN one.number % 50 = 0 THEN 'failed' ELSE 'succeeded' END",
    "created_at": "now() + ago",
}


@dataclass(frozen=True)
class Crowd:
    """Ids of (tenant, project): the large one first, then the nine, then the small ones."""

    places: list[tuple[UUID, UUID]]

    @property
    def large(self) -> tuple[UUID, UUID]:
        return self.places[0]

    @property
    def small(self) -> list[tuple[UUID, UUID]]:
        return self.places[HEADS:]


def populate(*, tenants: int, jobs: int) -> Crowd:
    """Fill the database. What autovacuum does within minutes is done at the end."""
    from django.db import connection
    from django.utils import timezone

    from apps.jobs.models import Job, JobPhase
    from apps.jobs.presets import preset
    from apps.jobs.spec import Framework
    from apps.tenants.models import Project, Tenant
    from tests.factories import make_user

    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"ALTER TABLE {table} SET (autovacuum_enabled = false)" for table in _FILLED))
    made = Tenant.objects.bulk_create(Tenant(slug=f"crowd-{n}", name=f"Crowd {n}") for n in range(tenants))
    projects = Project.objects.bulk_create(Project(tenant=tenant, slug="work", name="Work") for tenant in made)
    spec = preset(Framework.PYTORCH)
    pattern = Job.objects.create(
        tenant=made[0],
        project=projects[0],
        submitted_by=make_user(),
        spec=spec.as_json(),
        framework=spec.framework,
        priority=spec.priority,
        reason="succeeded",
        message="All replicas have succeeded.",
        resources=[{"flavor": "a100", "resource": "gpu", "amount": 8}, {"flavor": "cpu", "resource": "cpu", "amount": 8000}],
        metrics={"loss": 0.25, "accuracy": 0.9375},
        replicas_wanted=spec.replicas,
        observed_generation=1,
        phase=JobPhase.SUCCEEDED,
        finished_at=timezone.now(),
        attempt=1,
    )
    columns = [field.column for field in Job._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("CREATE TEMPORARY TABLE place (number integer PRIMARY KEY, tenant_id uuid, project_id uuid)")
        rows = [(number, project.tenant_id, project.pk) for number, project in enumerate(projects)]
        cursor.executemany("INSERT INTO place VALUES (%s, %s, %s)", rows)
        with _bare(cursor, "jobs_job"):
            cursor.execute(f"""
                INSERT INTO jobs_job ({", ".join(columns)})
                SELECT {", ".join(_COLUMNS.get(column, f"pattern.{column}") for column in columns)}
                FROM (SELECT number, make_interval(secs => (number - {jobs}) * {JOB_EVERY_SECONDS}) AS ago,
                             CASE number % 10
                                 WHEN 0 THEN 0
                                 WHEN 1 THEN 1 + abs(hashint4(number)) % {HEADS - 1}
                                 ELSE {HEADS} + abs(hashint4(number)) % {tenants - HEADS}
                             END AS place
                      FROM generate_series(1, {jobs}) AS number) AS one
                JOIN place ON place.number = one.place, (SELECT * FROM jobs_job WHERE id = '{pattern.pk}') AS pattern
                ORDER BY one.number
            """)  # noqa: S608
        cursor.execute("DROP TABLE place")
    pattern.delete()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        for _ in range(100):  # whatever has looked at anything since before the jobs (autovacuum does) holds it back
            cursor.execute("SELECT relallvisible >= 0.9 * relpages FROM pg_class WHERE relname = 'jobs_job'")
            if cursor.fetchone() == (True,):
                break
            time.sleep(0.1)
            cursor.execute("VACUUM jobs_job")
        cursor.execute("; ".join(f"ALTER TABLE {table} RESET (autovacuum_enabled)" for table in _FILLED))
        cursor.execute("RESET statement_timeout")
    return Crowd([(project.tenant_id, project.pk) for project in projects])


@contextmanager
def _bare(cursor: Any, table: str) -> Iterator[None]:
    """The table without its indexes and foreign keys, which are made again at once for all rows."""
    constraints = f"FROM pg_constraint WHERE conrelid = '{table}'::regclass"
    cursor.execute(
        f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename = '{table}'"  # noqa: S608
        f" AND indexname NOT IN (SELECT conname {constraints})"
    )
    indexes = cursor.fetchall()
    cursor.execute(f"SELECT conname, pg_get_constraintdef(oid) {constraints} AND contype = 'f'")
    keys = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    for name, _ in keys:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    for _, definition in indexes:
        cursor.execute(definition)
    for name, definition in keys:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def reader(
    role: str,
    *,
    tenants: Sequence[UUID] = (),
    projects: Sequence[tuple[UUID, UUID]] = (),
    permissions: Sequence[str] = (),
) -> dict[str, str]:
    """The headers of somebody with this role: on the platform, on these tenants, or on these (tenant, project).

    permissions: what their token may besides reading.
    """
    from django.utils import timezone

    from apps.tenants.access import actor_of_user
    from apps.tenants.models import Member
    from apps.tenants.permissions import Role
    from apps.tenants.services import create_token
    from apps.tenants.services.tokens import Wanted
    from tests.factories import make_user

    user = make_user()
    places = [{"tenant_id": tenant} for tenant in tenants]
    places += [{"tenant_id": tenant, "project_id": project} for tenant, project in projects]
    Member.objects.bulk_create(Member(user=user, role=Role(role), **place) for place in places or [{}])
    _, secret = create_token(
        actor=actor_of_user(user, session_key="crowd"),
        wanted=Wanted("crowd", ["projects.view", "jobs.view", *permissions], timezone.now() + timedelta(days=1)),
    )
    return {"Authorization": f"Bearer {secret}"}


def readers(crowd: Crowd) -> dict[str, dict[str, str]]:
    """One of each kind that reads lists, by what they are."""
    from apps.tenants.permissions import Role

    small = [tenant for tenant, _ in crowd.small]
    return {
        "a small tenant": reader(Role.VIEWER, tenants=small[:1]),
        "the large tenant": reader(Role.DEVELOPER, tenants=[crowd.large[0]]),
        "the large tenant and 100 small": reader(Role.VIEWER, tenants=[crowd.large[0], *small[:100]]),
        "one project of the large tenant": reader(Role.VIEWER, projects=[crowd.large]),
        "1,000 tenants": reader(Role.VIEWER, tenants=small[:1000]),
        "a platform administrator": reader(Role.PLATFORM_ADMIN),
        "an auditor": reader(Role.AUDITOR),
    }
