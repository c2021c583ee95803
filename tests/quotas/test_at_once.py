"""Rounds, acts and changes of quotas that happen at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from apps.quotas import services
from apps.quotas.ledger import recount
from apps.quotas.models import LedgerEntry, Workload


def at_once(*acts: Callable[[], object]) -> None:
    """Run each act in a thread with a connection of its own; raise what any of them raised."""

    def run(act: Callable[[], object]) -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(run, act) for act in acts]:
            done.result(timeout=30)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_rounds_side_by_side_admit_each_workload_once_and_never_too_much(self, harbour, subjects):
        for number in range(12):
            harbour.ask(f"job-{number}", gpus=1)

        at_once(*[harbour.admit] * 4)

        held = Workload.objects.filter(state="admitted")
        assert held.count() == 8
        assert LedgerEntry.objects.filter(until=None).count() == 8
        assert len([told for told in subjects.told if told[0] == "admitted"]) == 8

    def test_acts_and_rounds_never_wait_for_each_other_in_a_ring(self, harbour):
        asked = [harbour.ask(f"job-{number}", gpus=1) for number in range(8)]
        harbour.admit()

        def finish_all() -> None:
            with transaction.atomic():
                for workload in reversed(asked):
                    services.finish(workload=workload)

        def keep_admitting() -> None:
            for _ in range(5):
                harbour.admit()

        at_once(finish_all, keep_admitting, lambda: harbour.ask("late", gpus=1), keep_admitting)

        harbour.admit()
        assert list(Workload.objects.filter(state="admitted").values_list("subject_name", flat=True)) == ["late"]
        assert recount() == []

    def test_a_cut_and_a_round_take_turns(self, harbour):
        quota = harbour.ours.tenant.quotas.get()
        for number in range(4):
            harbour.ask(f"job-{number}", gpus=1)
        lines = [
            services.Line("cpu", "cpu", 8000),
            services.Line("cpu", "memory", 2**34),
            services.Line("a100", "gpu", 2, borrowing_limit=0),
        ]

        at_once(
            harbour.admit,
            lambda: services.change_quota(
                actor=harbour.owner, quota=quota, cohort=harbour.cohort, lines=lines, confirm=True
            ),
            harbour.admit,
        )

        # Either the round came first and all four go on, or the cut did and only two started.
        assert Workload.objects.filter(state="admitted").count() in (2, 4)
        assert recount() == []
