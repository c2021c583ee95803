"""A federated job comes to one end of both sides, though one falls silent or both stop it at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from apps.core.models import OutboxNotification
from apps.federation.models import FederatedJob, PartyLetter
from apps.jobs import services as jobs
from apps.jobs.models import Job
from apps.tenants.actor import system_actor
from celery_workers.tasks import federation as tasks
from tests.federation.conftest import carry_out
from tests.federation.jobs.conftest import go_on, phases
from tests.jobs.jobs import carry_out as stop_replicas
from tests.jobs.jobs import run as let_run


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
