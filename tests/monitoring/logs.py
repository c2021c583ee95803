"""A follower in small: writes lines the way a watcher does, and jobs to hang logs on."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from apps.core.ids import new_id
from apps.core.registries import SubjectScope
from apps.jobs.models import Job, JobPhase
from apps.monitoring import services
from apps.monitoring.services import Line
from apps.tenants.models import Project
from tests.factories import make_project, make_user

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def lines(first: int, last: int, *, text: str = "line {number}", every: float = 1.0, late: float = 0.0) -> list[Line]:
    """Lines of the given numbers, one each `every` seconds from BEGIN on, shifted by `late`."""
    return [
        Line(number, BEGIN + timedelta(seconds=number * every + late), "out", text.format(number=number))
        for number in range(first, last + 1)
    ]


class Writer:
    """One replica's follower. `position` counts lines, as a source's bytes would."""

    def __init__(self, subject_id: UUID | None = None, *, scope: SubjectScope | None = None, rank: int = 0) -> None:
        if subject_id is None:
            job = make_job(make_project())
            subject_id, scope = job.pk, scope or SubjectScope(tenant_id=job.tenant_id, project_id=job.project_id)
        self.subject_id = subject_id
        self.scope = scope or SubjectScope(tenant_id=new_id(), project_id=new_id())
        self.rank = rank

    def write(self, given: Sequence[Line], *, attempt: int = 1, final: bool = False, position: int | None = None) -> None:
        services.append_lines(
            scope=self.scope,
            subject_kind="job",
            subject_id=self.subject_id,
            attempt=attempt,
            rank=self.rank,
            lines=given,
            source_position=given[-1].number if position is None and given else position or 0,
            final=final,
        )

    def resume_point(self, attempt: int = 1) -> tuple[int, int]:
        return services.resume_point(self.subject_id, attempt, self.rank)


SPEC = {"name": "digits", "roles": [{"command": ["true"]}]}


def make_job(project: Project, *, phase: JobPhase = JobPhase.RUNNING) -> Job:
    """A job to hang logs on; nothing runs."""
    return Job.objects.create(
        tenant=project.tenant, project=project, submitted_by=make_user(), name="digits", spec=SPEC, phase=phase
    )


def numbers(rows: Iterator[Sequence[object]]) -> list[object]:
    return [row[0] for row in rows]
