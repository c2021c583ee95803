"""A federated job: two portals, each with a part of its own, and one beginning, one timeline and one end of both."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from apps.audit.models import AuditEntry
from apps.core.models import OutboxHint, OutboxNotification
from apps.federation import letters, services
from apps.federation.errors import LetterRefused
from apps.federation.letters import Letter
from apps.federation.models import Channels, FederatedEvent, FederatedJob, Partner, PartyLetter
from apps.jobs import services as jobs
from apps.jobs.models import Job
from apps.tenants.actor import system_actor
from celery_workers.tasks import federation as tasks
from tests.conftest import AsRole, Client
from tests.factories import THEIR_KEYS, equip, make_federated_job, terms_between
from tests.federation.conftest import Side, carry_out
from tests.jobs.jobs import admit, observe, seen, spec
from tests.jobs.jobs import carry_out as stop_replicas
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
    aurora.invite(number=20000)
    carry_out("send")
    borealis.act("accept", fingerprint=aurora.words)
    carry_out("send")
    aurora.act("confirm", fingerprint=borealis.words)
    carry_out("send")
    Partner.objects.update(phase="ready")
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


class TestEnd:
    def test_is_success_when_both_parts_succeeded(self, running):
        aurora, borealis = running
        aurora.finish()
        go_on()
        assert phases(aurora, borealis) == ["running", "running"]
        assert aurora.job["waits_for"] == "Our part is done; that of 20000 is not yet."

        borealis.finish()
        go_on()

        assert phases(aurora, borealis) == ["succeeded", "succeeded"]
        for house in running:
            told = [(event["by_them"], event["said"]["code"]) for event in house.job["events"]]
            for by_them in (False, True):
                parts = [code.removeprefix("federated-part-") for who, code in told if who is by_them and "-part-" in code]
                assert parts[-3:] == ["queued", "running", "succeeded"]
            assert (
                OutboxNotification.objects.filter(code="federated-job.succeeded", tenant_id=house.side.tenant.pk).count()
                == 1
            )

    def test_is_failure_of_both_when_one_part_fails(self, running):
        aurora, borealis = running
        aurora.finish(exit_code=3)
        go_on()
        stop_replicas(borealis.ours)
        go_on()

        assert phases(aurora, borealis) == ["failed", "failed"]
        assert [house.ours.phase for house in running] == ["failed", "cancelled"]

    @pytest.mark.parametrize("who", [0, 1], ids=["who proposed", "who accepted"])
    def test_is_one_stop_of_either_side(self, running, who):
        ours, theirs = running[who], running[1 - who]
        assert ours.act("stop", reason="The loss does not fall.").status_code == 200
        go_on()
        assert phases(ours, theirs) == ["ending", "ending"]
        for house in running:
            assert house.ours.phase == "cancelled"
            stop_replicas(house.ours)
        go_on()

        assert phases(ours, theirs) == ["stopped", "stopped"]
        assert theirs.job["why"] == "Stopped: The loss does not fall."
        assert (ours.job["ended_by_them"], theirs.job["ended_by_them"]) == (False, True)
        assert not Job.objects.filter(quota_held=True).exists()

    def test_is_that_of_both_when_one_part_is_cancelled_as_a_job(self, running):
        aurora, borealis = running
        jobs.cancel_job(actor=system_actor("somebody"), job=borealis.ours)
        go_on()
        for house in running:
            stop_replicas(house.ours)
        go_on()

        assert phases(aurora, borealis) == ["stopped", "stopped"]
        assert aurora.job["why"] == "One part was cancelled as a job of its own."

    def test_comes_with_the_contract(self, running):
        aurora, borealis = running
        contract = aurora.row.contract
        aurora.side.client.post(aurora.side.at(f"contracts/{contract.pk}/revoke/"), {"reason": "Over."})
        go_on()
        for house in running:
            stop_replicas(house.ours)
        go_on()

        assert phases(aurora, borealis) == ["stopped", "stopped"]

    def test_comes_when_one_part_runs_alone_for_too_long(self, begun):
        aurora, borealis = begun
        let_run(aurora.ours)
        go_on()
        assert "Their part waits for machines of 20000." in aurora.job["waits_for"]

        past = timezone.now() - timedelta(seconds=901)
        FederatedJob.objects.update(ours_since=past, theirs_since=past)
        go_on()
        stop_replicas(aurora.ours)
        go_on()

        assert phases(aurora, borealis) == ["stopped", "stopped"]
        assert "did not get machines in time" in borealis.job["why"]
        assert {house.ours.phase for house in begun} == {"cancelled"}

    def test_is_success_though_a_stop_crossed_the_last_word(self, running):
        aurora, borealis = running
        for house in running:
            house.finish()
        aurora.look()
        borealis.look()
        carry_out("send")
        aurora.act("stop", reason="Too slow.")
        go_on()

        assert phases(aurora, borealis) == ["succeeded", "succeeded"]


class TestSilence:
    def test_is_noticed_and_then_the_job_is_lost_on_both_sides_and_nothing_runs(self, running):
        aurora, borealis = running
        ago = timezone.now() - timedelta(seconds=61)
        FederatedJob.objects.update(heard_at=ago, ready_at=ago)
        aurora.look()
        assert "20000 is silent; after 15 minutes" in aurora.job["waits_for"]
        assert OutboxNotification.objects.filter(code="federated-job.silent").count() == 1

        ago = timezone.now() - timedelta(seconds=901)
        FederatedJob.objects.update(heard_at=ago, ready_at=ago)
        for house in running:
            house.look()
            house.look()
            stop_replicas(house.ours)
            house.look()

        assert phases(aurora, borealis) == ["lost", "lost"]
        assert not Job.objects.filter(quota_held=True).exists()
        go_on()
        assert phases(aurora, borealis) == ["lost", "lost"]

    def test_that_ends_in_time_costs_nothing(self, running):
        aurora, borealis = running
        ago = timezone.now() - timedelta(seconds=61)
        FederatedJob.objects.update(heard_at=ago, ready_at=ago, told_at=ago)
        aurora.look()
        borealis.look()
        carry_out("send")

        assert aurora.job["theirs"]["silent_at"] is None
        assert "federated-heard-again" in [event["said"]["code"] for event in aurora.job["events"]]
        assert phases(aurora, borealis) == ["running", "running"]

    def test_of_nobody_leaves_one_word_of_each_side_and_not_thousands(self, running):
        for _ in range(5):
            FederatedJob.objects.update(told_at=timezone.now() - timedelta(seconds=16))
            go_on()

        for house in running:
            beats = PartyLetter.objects.filter(federated_job=house.row, kind="job-beat")
            assert sorted(beats.values_list("outgoing", flat=True)) == [False, True]
            assert "job-beat" not in [letter["kind"] for letter in house.job["letters"]]


class TestLetters:
    """Lost, doubled, late and forged ones."""

    def test_that_are_lost_are_made_up_for_by_the_next(self, houses):
        aurora, borealis = houses
        aurora.propose()
        carry_out("send")
        borealis.act("accept", **borealis.part)
        lose()
        FederatedJob.objects.update(told_at=timezone.now() - timedelta(seconds=16))
        go_on()
        assert phases(aurora, borealis) == ["running", "running"]

        for house in houses:
            let_run(house.ours)
        aurora.act("stop", reason="Over.")
        lose()
        FederatedJob.objects.update(told_at=timezone.now() - timedelta(seconds=16))
        aurora.look()
        stop_replicas(aurora.ours)
        aurora.look()
        lose()
        assert phases(aurora, borealis) == ["stopped", "running"]

        go_on()
        stop_replicas(borealis.ours)
        go_on()
        assert phases(aurora, borealis) == ["stopped", "stopped"]

    def test_that_come_twice_or_late_change_nothing(self, running):
        aurora, borealis = running
        for letter in PartyLetter.objects.filter(outgoing=True, federated_job__isnull=False).order_by("-pk"):
            reader = borealis if letter.tenant_id == aurora.side.tenant.pk else aurora
            before = (reader.job, FederatedEvent.objects.count())
            assert reader.side.read(letter.text).status_code == 200
            assert (reader.job, FederatedEvent.objects.count()) == before

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"part": "winning"}, "how far"),
            ({"outcome": "done"}, "how far"),
            ({"number": 0}, "number"),
            ({"number": "7"}, "number"),
            ({"round": -1}, "round"),
            ({"job": str(uuid4())}, "not known here"),
            ({"job": "none"}, "which job"),
            ({"id": None}, "which job"),
        ],
    )
    def test_that_say_what_cannot_be_are_refused_and_change_nothing(self, running, change, said):
        aurora, borealis = running
        body = {"number": 99, "part": "running", "round": 1, "open": True, "outcome": ""}
        about = {"job": str(borealis.row.federated_job), "id": str(aurora.row.pk)}
        before = borealis.job

        with pytest.raises(LetterRefused, match=said):
            services.receive(party=borealis.side.party, text=written(aurora, {**about, **body, **change}))

        assert borealis.job == before

    def test_that_another_signed_are_refused(self, running):
        aurora, borealis = running
        about = {"job": str(borealis.row.federated_job), "id": str(aurora.row.pk)}
        body = {**about, "number": 99, "part": "failed", "round": 1, "open": True, "outcome": "failed"}

        with pytest.raises(LetterRefused, match="signature"):
            services.receive(party=borealis.side.party, text=written(aurora, body, keys=THEIR_KEYS))

        assert phases(aurora, borealis) == ["running", "running"]

    def test_of_one_partner_say_nothing_of_jobs_with_another(self, running, make_side):
        aurora, borealis = running
        partner = Partner.objects.get(party=borealis.side.party)
        Partner.objects.filter(pk=partner.pk).update(agreement=uuid4())
        stranger = Partner.objects.create(
            tenant_id=partner.tenant_id,
            party=partner.party,
            agreement=partner.agreement,
            number=30000,
            phase="ready",
            sign_public=THEIR_KEYS.public.sign,
            seal_public=THEIR_KEYS.public.seal,
        )
        body = {"job": str(borealis.row.federated_job), "id": str(uuid4()), "number": 99, "part": "failed", "round": 1}
        text = written(aurora, {**body, "open": True, "outcome": "failed"}, keys=THEIR_KEYS, sender=stranger.number)

        with pytest.raises(LetterRefused, match="not known here"):
            services.receive(party=borealis.side.party, text=text)

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"rounds": 21}, "rounds"),
            ({"rounds": 11}, "has 10 left"),
            ({"digest": "0" * 64}, "not known here"),
            ({"name": ""}, "name"),
            ({"patience_seconds": 1}, "patience"),
            ({"parameters": {"a": [1]}}, "parameter"),
        ],
    )
    def test_that_propose_what_was_not_agreed_are_refused(self, running, change, said):
        aurora, borealis = running
        told = PartyLetter.objects.get(tenant=aurora.side.tenant, kind="job-proposed")
        body = {**letters.open_letter(told.text).body, "job": str(uuid4()), **change}

        with pytest.raises(LetterRefused, match=said):
            services.receive(party=borealis.side.party, text=written(aurora, body, kind="job-proposed"))

        assert FederatedJob.objects.filter(tenant=borealis.side.tenant).count() == 1


def lose() -> None:
    """The letters that are on their way never come."""
    PartyLetter.objects.filter(state="unsigned").update(state="delivered")
    OutboxHint.objects.filter(task="federation.send").delete()


def written(house: House, body: dict[str, Any], *, kind: str = "job-beat", keys: Any = None, sender: int = 0) -> str:
    """A letter of the house's portal, or of who has other keys."""
    now = timezone.now()
    agreement = Partner.objects.get(party=house.side.party).agreement
    number = sender or house.side.number
    letter = Letter(uuid4(), kind, agreement, number, 20000, body, now, now + timedelta(days=1))
    return letters.write(letter, keys or house.side.party.private)


def at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """Do all of them at the same time, each as a process of its own would; what they failed of."""

    def alone(act: Callable[[], object]) -> BaseException | None:
        try:
            act()
        except Exception as failure:  # noqa: BLE001 - told to the test
            return failure
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as workers:
        return [failure for failure in workers.map(alone, acts) if failure]


@pytest.mark.django_db(transaction=True)
def test_words_and_stops_of_both_sides_at_once_come_to_one_end_and_none_waits_for_ever(running):
    def everything() -> list[Callable[[], object]]:
        letters_under_way = PartyLetter.objects.filter(state="unsigned").values_list("pk", flat=True)
        sends = [partial(tasks.send, letter_id=str(pk)) for pk in letters_under_way]
        return [*sends, *(house.look for house in running for _ in range(2))]

    for _ in range(4):
        FederatedJob.objects.update(told_at=timezone.now() - timedelta(seconds=16))
        assert at_once(*everything()) == []
    assert phases(*running) == ["running", "running"]

    stops = [partial(house.act, "stop", reason="Enough.") for house in running]
    assert at_once(*stops, *everything()) == []
    for _ in range(3):
        assert at_once(*everything()) == []
        for house in running:
            stop_replicas(house.ours)
    go_on()

    assert phases(*running) == ["stopped", "stopped"]
    assert not Job.objects.filter(quota_held=True).exists()


QUERIES = 6


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_costs_the_same_whatever_it_holds(houses, count, django_assert_num_queries: Callable[..., Any]):
    aurora, _ = houses
    contract = aurora.side.party.partners.get().contracts.get()
    for _ in range(count):
        make_federated_job(contract)

    with django_assert_num_queries(QUERIES):
        assert len(aurora.worker.get(aurora.side.at("federated-jobs/?limit=50")).json()["results"]) == count


def test_nothing_is_admitted_before_the_gate(houses):
    aurora, borealis = houses
    aurora.propose()
    carry_out("send")
    borealis.act("accept", **borealis.part)
    go_on()

    assert {admit(house.ours).phase for house in houses} == {"admitted"}
