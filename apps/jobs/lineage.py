"""Where a version of a dataset comes from, and what was made of it: versions and jobs, and who read or wrote whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from apps.jobs.models import Job, JobDataset
from apps.storage.models import DatasetVersion

MOST_STEPS, MOST_NODES = 6, 200


@dataclass
class Lineage:
    """A graph: `nodes` by id, `edges` from what was read or wrote to what read it or was written."""

    nodes: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    edges: set[tuple[UUID, UUID]] = field(default_factory=set)
    more: bool = False

    def add(self, pk: UUID, step: int, **node: Any) -> bool:
        """False when it is known, or when there are too many."""
        if pk in self.nodes:
            return False
        if len(self.nodes) == MOST_NODES:
            self.more = True
            return False
        self.nodes[pk] = {"id": pk, "step": step, **node}
        return True


def lineage_of(version: DatasetVersion) -> Lineage:
    """What led to it within so many steps, and what followed from it; of the project's own jobs and versions."""
    graph = Lineage()
    _add_versions(graph, [version], step=0)
    _follow(graph, version, ups=True)
    _follow(graph, version, ups=False)
    known = graph.nodes.keys()
    graph.edges = {(one, other) for one, other in graph.edges if one in known and other in known}
    return graph


def _follow(graph: Lineage, version: DatasetVersion, *, ups: bool) -> None:
    versions, step = [version], 0
    while versions and abs(step) < MOST_STEPS:
        step += -1 if ups else 1
        jobs = _makers(graph, versions, step) if ups else _readers(graph, versions, step)
        step += -1 if ups else 1
        versions = _read_by(graph, jobs, version, step) if ups else _made_by(graph, jobs, version, step)


def _makers(graph: Lineage, versions: Iterable[DatasetVersion], step: int) -> list[UUID]:
    edges = {(one.made_by_job, one.pk) for one in versions if one.made_by_job}
    return _add_jobs(graph, edges, [job for job, _ in edges], versions, step)


def _readers(graph: Lineage, versions: Iterable[DatasetVersion], step: int) -> list[UUID]:
    rows = JobDataset.objects.filter(version_id__in=[one.pk for one in versions]).order_by("-job_id")
    edges = {(version, job) for version, job in rows.values_list("version_id", "job_id")[: MOST_NODES + 1]}
    return _add_jobs(graph, edges, [job for _, job in edges], versions, step)


def _add_jobs(graph: Lineage, edges: set[Any], ids: list[UUID], versions: Iterable[DatasetVersion], step: int) -> list[UUID]:
    graph.edges |= edges
    projects = {one.project_id for one in versions}
    rows = Job.objects.filter(pk__in=ids, project_id__in=projects).order_by("-pk")
    return [job.pk for job in rows if graph.add(job.pk, step, kind="job", name=job.name, phase=job.phase)]


def _read_by(graph: Lineage, jobs: list[UUID], of: DatasetVersion, step: int) -> list[DatasetVersion]:
    rows = list(JobDataset.objects.filter(job_id__in=jobs).values_list("version_id", "job_id"))
    graph.edges |= set(rows)
    ids = [version for version, _ in rows]
    return _add_versions(graph, _of_project(of).filter(pk__in=ids), step)


def _made_by(graph: Lineage, jobs: list[UUID], of: DatasetVersion, step: int) -> list[DatasetVersion]:
    made = _of_project(of).filter(made_by_job__in=jobs)
    graph.edges |= {(one.made_by_job, one.pk) for one in made if one.made_by_job}
    return _add_versions(graph, made, step)


def _of_project(version: DatasetVersion) -> Any:
    return DatasetVersion.objects.filter(project_id=version.project_id).select_related("dataset").order_by("-pk")


def _add_versions(graph: Lineage, versions: Iterable[DatasetVersion], step: int) -> list[DatasetVersion]:
    return [
        one
        for one in versions
        if graph.add(
            one.pk,
            step,
            kind="version",
            name=one.dataset.name,
            phase=one.phase,
            number=one.number,
            dataset_id=one.dataset_id,
        )
    ]
