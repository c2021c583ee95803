"""Two houses that are joined and have signed, and a federated job between them."""

from typing import Any

import pytest

from apps.federation.models import Channels, FederatedJob
from apps.jobs.models import Job
from celery_workers.tasks import federation as tasks
from tests.conftest import AsRole, Client
from tests.factories import equip, terms_between
from tests.federation.conftest import Side, carry_out, join_on_paper
from tests.jobs.jobs import carry_out as stop_replicas
from tests.jobs.jobs import observe, seen, spec
from tests.jobs.jobs import run as let_run


class House:
    """One party with somebody who works there."""

    def __init__(self, side: Side, worker: Client, project: Any) -> None:
        self.side, self.worker, self.project = side, worker, project

    @property
    def part(self) -> dict[str, Any]:
        return {"project_id": str(self.project.pk), "spec": spec()}

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self.worker.post(self.side.at(f"federated-jobs/{path}"), body)

    def propose(self, **changed: Any) -> Any:
        contract = self.side.party.partners.latest("pk").contracts.latest("pk")
        body = {"contract_id": str(contract.pk), "name": "digits-of-both", "rounds": 10, **self.part, **changed}
        return self.post("", body)

    def act(self, act: str, **body: Any) -> Any:
        return self.post(f"{self.row.pk}/{act}/", body)

    @property
    def row(self) -> FederatedJob:
        return FederatedJob.objects.filter(tenant=self.side.tenant).latest("pk")

    @property
    def job(self) -> dict[str, Any]:
        return dict(self.worker.get(self.side.at(f"federated-jobs/{self.row.pk}/")).json())

    @property
    def ours(self) -> Job:
        return Job.objects.get(pk=self.row.job_id)

    def look(self) -> None:
        """What the sweep does with the job of this house, its letters not carried."""
        tasks.advance(job_id=str(self.row.pk))

    def finish(self, exit_code: int = 0) -> None:
        phase = "failed" if exit_code else "succeeded"
        job = observe(self.ours, seen(0, phase, exit_code=exit_code), seen(1, phase, exit_code=exit_code))
        stop_replicas(job)


@pytest.fixture
def houses(sides, as_role: AsRole) -> tuple[House, House]:
    """Two parties that are joined and have signed; their channels as they would be with brokers."""
    aurora, borealis = sides
    join_on_paper(aurora, borealis)
    body = {"partner_id": aurora.partner["id"], "terms": terms_between(aurora.party, aurora.party.partners.latest("pk"))}
    assert aurora.client.post(aurora.at("contracts/"), body).status_code == 201
    carry_out("send")
    offered = borealis.client.get(borealis.at("contracts/")).json()["results"][0]
    borealis.client.post(borealis.at(f"contracts/{offered['id']}/sign/"), {"digest": offered["digest"]})
    carry_out("send")
    Channels.objects.update(phase="open")
    made = []
    for side in sides:
        project = side.tenant.projects.get()
        equip(side.tenant)
        worker, _ = as_role("developer", project=project)
        made.append(House(side, worker, project))
    return made[0], made[1]


def go_on() -> None:
    """Letters, and what follows of them, until nothing does; then the sweep."""
    for _ in range(2):
        carry_out("send", "advance")
        for pk in FederatedJob.objects.standing().values_list("pk", flat=True):
            tasks.advance(job_id=str(pk))
    carry_out("send", "advance")


def phases(*houses: House) -> list[str]:
    return [house.row.phase for house in houses]


@pytest.fixture
def begun(houses) -> tuple[House, House]:
    """Both gave their parts, and both are submitted."""
    aurora, borealis = houses
    assert aurora.propose().status_code == 201
    carry_out("send")
    assert borealis.act("accept", **borealis.part).status_code == 200
    go_on()
    assert phases(*houses) == ["running", "running"]
    return houses


@pytest.fixture
def running(begun) -> tuple[House, House]:
    for house in begun:
        let_run(house.ours)
    go_on()
    return begun
