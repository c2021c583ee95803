"""Whoever has a list and applies what happened since has the list that a fresh read gives, whatever happened."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.jobs import services
from apps.jobs.models import Job, JobPhase
from apps.tenants.models import Project
from tests.conftest import Client
from tests.jobs.jobs import address, admit, carry_out, seen, spec

EVENTS = "/api/v1/events/"
ACTS = ("cancel", "suspend", "resume", "retry", "restore")
# What is done to the job that a number picks, counted from the newest.
MOVES = (*ACTS, "submit", "draft", "submit-draft", "rename", "bin", "admit", "start", "run", "succeed", "fail", "carry-out")


class World:
    """Somebody who works in a project, and a viewer who holds its list."""

    def __init__(self, worker: Client, viewer: Client, project: Project) -> None:
        self.worker, self.viewer, self.project = worker, viewer, project

    def jobs(self, *, in_bin: bool = False) -> list[Job]:
        return list(Job.objects.filter(project=self.project, deleted_at__isnull=not in_bin).order_by("pk"))

    def listed(self) -> dict[str, Any]:
        page = self.viewer.get(f"{address(self.project)}?limit=500").json()
        assert page["next"] is None
        return {job["id"]: job for job in page["results"]}

    def empty(self) -> None:
        """Free what the example before this one held."""
        for job in self.jobs():
            self.worker.post(address(self.project, job, "cancel/"))
            carry_out(job)
            self.worker.change("delete", address(self.project, job))

    def move(self, what: str, which: int) -> None:
        """Do it; that the product refuses it now is an answer like another."""
        if what in ("submit", "draft"):
            answer = self.worker.post(f"{address(self.project)}?draft={str(what == 'draft').lower()}", spec())
            assert answer.status_code == 201, answer.content
            return
        if not (jobs := self.jobs(in_bin=what == "restore")):
            return
        job = jobs[-1 - which % len(jobs)]
        if what in ACTS or what == "submit-draft":
            act = "submit" if what == "submit-draft" else what
            assert self.worker.post(address(self.project, job, f"{act}/")).status_code in (200, 409)
        elif what == "rename":
            self.worker.change("patch", address(self.project, job), {"description": f"changed {which}"})
        elif what == "bin":
            assert self.worker.change("delete", address(self.project, job)).status_code in (204, 409)
        elif what == "admit":
            admit(job)
        elif what == "carry-out":
            carry_out(job)
        elif job.phase in (JobPhase.ADMITTED, JobPhase.STARTING, JobPhase.RUNNING):
            phases = {"start": "starting", "run": "running", "succeed": "succeeded", "fail": "failed"}
            now = timezone.now()
            times = {"started_at": now, "finished_at": now + timedelta(seconds=1) if what in ("succeed", "fail") else None}
            code = {"succeed": 0, "fail": 3}.get(what)
            replicas = [seen(one.rank, phases[what], **times, exit_code=code) for one in job.replicas_now()]
            services.observe(job_id=job.pk, attempt=job.attempt, replicas=replicas, now=now)


def applied(state: dict[str, Any], events: list[dict[str, Any]], project: Project) -> dict[str, Any]:
    """The list after the events, as a page that shows it keeps it: newer wins, what is removed or in the bin goes."""
    state = dict(state)
    for event in events:
        if event["kind"] != "job" or event["project_id"] != str(project.pk):
            continue
        job, before = event["object"], state.get(event["object_id"])
        if event["op"] == "removed" or job["deleted_at"] is not None:
            state.pop(event["object_id"], None)
        elif before is None or event["version"] >= before["version"]:
            state[event["object_id"]] = job
    return state


@pytest.fixture
def world(as_role) -> World:
    worker, project = as_role("developer", equipped=True)
    viewer, _ = as_role("viewer", project=project)
    return World(worker, viewer, project)


@given(moves=st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 3)), min_size=3, max_size=20))
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_an_old_list_and_its_events_are_the_new_list(live, world: World, relayed: Callable[[], None], moves):
    world.empty()
    for what in ("submit", "submit", "draft", "submit", "admit"):
        world.move(what, 0)
    relayed()
    http, params = live.http(world.viewer), {"tenant": str(world.project.tenant_id)}
    at, state = http.get(EVENTS, params=params).json()["at"], world.listed()

    for what, which in moves:
        world.move(what, which)
        relayed()
    answer = http.get(EVENTS, params={**params, "after": at}).json()

    assert not answer["lost"]
    assert applied(state, answer["results"], world.project) == world.listed()
