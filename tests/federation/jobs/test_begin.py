"""A federated job is proposed, given a part by either side, and begins for both or for none."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.audit.models import AuditEntry
from apps.core.models import OutboxHint, OutboxNotification
from apps.federation.models import Channels, FederatedJob, PartyLetter
from apps.jobs.models import Job
from tests.federation.conftest import carry_out
from tests.federation.jobs.conftest import go_on, phases
from tests.jobs.jobs import admit, spec


class TestBeginning:
    def test_is_when_both_gave_their_part_and_not_before(self, houses):
        aurora, borealis = houses
        answer = aurora.propose(parameters={"learning_rate": 0.5})
        assert answer.status_code == 201, answer.json()
        go_on()

        assert phases(aurora, borealis) == ["proposed", "offered"]
        assert "Waits for 20000 to give its part" in aurora.job["waits_for"]
        assert (borealis.job["acts"], borealis.job["parameters"]) == (["accept", "refuse"], {"learning_rate": 0.5})
        assert borealis.job["theirs"]["part"] == "ready"
        assert not Job.objects.exists()

        assert borealis.act("accept", **borealis.part).status_code == 200
        go_on()

        for ours, theirs in (houses, houses[::-1]):
            shown = ours.job
            assert (shown["phase"], shown["ours"]["part"], shown["theirs"]["part"]) == ("running", "queued", "queued")
            assert shown["ours"]["job"] == {"id": str(ours.ours.pk), "project_slug": ours.project.slug}
            assert shown["federated_job"] == theirs.job["federated_job"]
            assert shown["their_id"] == theirs.job["id"]
            assert ours.ours.spec["contract"] == str(ours.row.contract.contract)
            assert '"learning_rate": 0.5' in ours.ours.spec["roles"][0]["env"]["FEDERATED_JOB"]

    def test_waits_for_the_channels_of_both_sides(self, houses):
        aurora, borealis = houses
        Channels.objects.filter(tenant=borealis.side.tenant).update(phase="opening")
        aurora.propose()
        carry_out("send")
        borealis.act("accept", **borealis.part)
        go_on()

        assert phases(aurora, borealis) == ["ready", "ready"]
        assert "20000 to open the channels" in aurora.job["waits_for"]
        assert "in our cluster" in borealis.job["waits_for"]

        Channels.objects.update(phase="open")
        go_on()
        assert phases(aurora, borealis) == ["running", "running"]

    def test_comes_once_whatever_is_done_twice(self, begun):
        for _ in range(2):
            for house in begun:
                house.look()
            go_on()

        assert Job.objects.count() == 2

    def test_gives_both_trails_the_ids_of_the_other(self, begun):
        aurora, borealis = begun
        for ours, theirs in (begun, begun[::-1]):
            entry = AuditEntry.objects.get(tenant_id=ours.side.tenant.pk, action="federated-job.start")
            assert entry.after["federated_job"] == str(theirs.row.federated_job)
            assert entry.after["their_id"] == str(theirs.row.pk)
        came = AuditEntry.objects.get(tenant_id=borealis.side.tenant.pk, action="federated-job.propose-came")
        assert PartyLetter.objects.filter(tenant=aurora.side.tenant, letter_id=came.after["letter"]).exists()
        assert OutboxNotification.objects.filter(code="federated-job.offered", tenant_id=borealis.side.tenant.pk).exists()


class TestProposal:
    @pytest.mark.parametrize(
        ("changed", "status", "named"),
        [
            ({"rounds": 21}, 409, "no-rounds-left"),
            ({"rounds": 0}, 422, "/rounds"),
            ({"name": "Digits Of Both"}, 422, "/name"),
            ({"patience_seconds": 5}, 422, "/patience_seconds"),
            ({"parameters": {"layers": [1, 2]}}, 422, "/parameters"),
            ({"parameters": {"not a name": 1}}, 422, "/parameters"),
            ({"spec": None}, 422, "/spec"),
            ({"spec": {"name": "digits"}}, 422, "/spec/roles"),
            ({"spec": spec(contract=str(uuid4()))}, 422, "/spec/contract"),
            ({"spec": spec(role={"env_from": [{"secret": "none-such", "key": "a"}]})}, 422, "none-such"),
            ({"spec": spec(role={"cpu_millicores": 900_000})}, 422, "never-fits"),
            ({"template": str(uuid4())}, 422, "/spec"),
            ({"project_id": str(uuid4())}, 404, "not-found"),
            ({"contract_id": str(uuid4())}, 404, "not-found"),
        ],
    )
    def test_that_cannot_be_is_refused_and_leaves_nothing(self, houses, changed, status, named):
        answer = houses[0].propose(**changed)

        assert answer.status_code == status, answer.json()
        assert named in answer.content.decode()
        assert not FederatedJob.objects.exists()
        assert not Job.objects.exists()
        assert not OutboxHint.objects.filter(task="federation.send").exists()

    def test_holds_its_rounds_and_gives_back_what_was_not_reached(self, houses):
        aurora, _ = houses
        assert aurora.propose(rounds=15).status_code == 201
        assert aurora.propose(rounds=6).json()["left"] == 5

        aurora.act("stop", reason="Another name.")
        assert aurora.propose(rounds=20).status_code == 201

    def test_of_a_contract_that_is_over_is_refused(self, houses):
        aurora, _ = houses
        contract = aurora.side.party.partners.get().contracts.get()
        aurora.side.client.post(aurora.side.at(f"contracts/{contract.pk}/revoke/"), {"reason": "Over."})

        assert aurora.propose().json()["type"] == "/problems/contract-not-now"

    def test_that_they_refuse_ends_on_both_sides_with_the_reason(self, houses):
        aurora, borealis = houses
        aurora.propose()
        carry_out("send")

        officer = borealis.side.client.post(
            borealis.side.at(f"federated-jobs/{borealis.row.pk}/refuse/"), {"reason": "Not this week."}
        )
        assert officer.status_code == 200
        go_on()

        assert phases(aurora, borealis) == ["refused", "refused"]
        assert (aurora.job["why"], aurora.job["ended_by_them"]) == ("Refused: Not this week.", True)
        assert OutboxNotification.objects.filter(code="federated-job.refused", tenant_id=aurora.side.tenant.pk).count() == 1
        assert borealis.act("accept", **borealis.part).json()["type"] == "/problems/federated-job-not-now"

    def test_that_is_taken_back_while_they_accept_runs_nowhere(self, houses):
        aurora, borealis = houses
        aurora.propose()
        carry_out("send")
        aurora.act("stop", reason="A mistake.")
        borealis.act("accept", **borealis.part)
        go_on()

        assert phases(aurora, borealis) == ["stopped", "stopped"]
        assert not Job.objects.exists()

    def test_that_nobody_answers_is_over_in_time(self, houses):
        aurora, borealis = houses
        aurora.propose()
        carry_out("send")
        FederatedJob.objects.update(answer_by=timezone.now() - timedelta(seconds=1))
        go_on()

        assert phases(aurora, borealis) == ["stopped", "stopped"]
        assert aurora.job["why"] == "Nobody answered in time."

    def test_of_a_part_that_may_not_be_submitted_any_more_fails_on_both_sides(self, houses):
        aurora, borealis = houses
        aurora.propose()
        carry_out("send")
        borealis.worker.user.is_active, before = True, borealis.part
        borealis.act("accept", **before)
        borealis.worker.user.is_active = False
        borealis.worker.user.save()
        go_on()

        assert phases(aurora, borealis) == ["failed", "failed"]
        assert "may not submit jobs there any more" in aurora.job["why"]
        assert not Job.objects.exclude(phase="cancelled").exists()


def test_nothing_is_admitted_before_the_gate(houses):
    aurora, borealis = houses
    aurora.propose()
    carry_out("send")
    borealis.act("accept", **borealis.part)
    assert not Job.objects.exists()
    go_on()

    assert {admit(house.ours).phase for house in houses} == {"admitted"}
