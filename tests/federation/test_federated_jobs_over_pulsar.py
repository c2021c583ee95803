"""A federated job beside two real clusters: the gate opens with their channels, and what ends it leaves nothing in them."""

from typing import Any

from apps.federation.models import FederatedJob
from apps.jobs.models import Job
from celery_workers.tasks import federation as tasks
from tests.conftest import AsRole
from tests.eventually import eventually
from tests.factories import equip
from tests.federation.conftest import Side, carry_out, join, work
from tests.federation.test_channels import agree, contract_of, namespaces
from tests.jobs.jobs import carry_out as stop_replicas
from tests.jobs.jobs import run as let_run
from tests.jobs.jobs import spec


def row(side: Side) -> FederatedJob:
    return FederatedJob.objects.get(tenant=side.tenant)


def look() -> None:
    """One round of what workers do on both sides, with their federated jobs and the replicas of what is cancelled."""
    work()
    for part in Job.objects.filter(phase="cancelled", quota_held=True):
        stop_replicas(part)
    for pk in FederatedJob.objects.standing().values_list("pk", flat=True):
        tasks.advance(job_id=str(pk))


def become(phase: str, *sides: Side) -> None:
    def reached() -> bool:
        look()
        return all(row(side).phase == phase for side in sides)

    eventually(reached, within=120, what=f"both are {phase}")


def test_it_begins_when_the_clusters_are_open_and_ends_with_the_contract(real_sides, as_role: AsRole, pair):
    aurora, borealis = real_sides
    join(aurora, borealis)
    agree(aurora, borealis)
    carry_out("send")
    workers: list[tuple[Any, dict[str, Any]]] = []
    for side in real_sides:
        project = side.tenant.projects.get()
        equip(side.tenant)
        worker, _ = as_role("developer", project=project)
        workers.append((worker, {"project_id": str(project.pk), "spec": spec()}))
    (ours, our_part), (theirs, their_part) = workers
    body = {"contract_id": contract_of(aurora)["id"], "name": "digits-of-both", "rounds": 5, **our_part}
    assert ours.post(aurora.at("federated-jobs/"), body).status_code == 201
    eventually(lambda: look() or FederatedJob.objects.filter(tenant=borealis.tenant).exists(), within=60, what="offered")
    assert theirs.post(borealis.at(f"federated-jobs/{row(borealis).pk}/accept/"), their_part).status_code == 200

    become("running", aurora, borealis)
    assert [contract_of(side)["channels"]["state"] for side in real_sides] == ["open", "open"]
    for side in real_sides:
        let_run(Job.objects.get(pk=row(side).job_id))

    aurora.client.post(aurora.at(f"contracts/{contract_of(aurora)['id']}/revoke/"), {"reason": "The project is over."})
    become("stopped", aurora, borealis)

    def nothing_left() -> bool:
        look()
        return not [name for broker in pair.brokers for name in namespaces(broker) if "/contract-" in name]

    eventually(nothing_left, within=120, what="no namespace of the contract is left")
    assert not Job.objects.filter(quota_held=True).exists()
