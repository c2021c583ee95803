"""Workloads that change what they hold while they run: the ledger says at every moment what a recount does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.quotas import ledger, services
from apps.quotas.models import LedgerEntry, Workload

pytestmark = pytest.mark.django_db


def gpus_held(workload: Workload) -> int:
    assert ledger.recount() == []
    entry = LedgerEntry.objects.get(workload_id=workload.pk, until=None)
    return entry.amounts["a100"]["gpu"]


def rested(workload: Workload) -> None:
    """Its pause is over."""
    long_ago = timezone.now() - timedelta(hours=1)
    Workload.objects.filter(pk=workload.pk).update(resized_at=long_ago, admitted_at=long_ago)


class TestElastic:
    def test_it_grows_when_its_pause_is_over_and_shrinks_when_somebody_needs_it(self, harbour, subjects):
        job = harbour.ask("job", count=8, least=2, gpus=1)
        Workload.objects.filter(pk=job.pk).update(priority_value=100)
        other = harbour.ask("other", project=harbour.theirs, gpus=4)
        harbour.admit()
        assert gpus_held(job) == 4
        services.finish(workload=other)

        harbour.admit()
        assert gpus_held(job) == 4  # it has only just started
        rested(job)
        harbour.admit()
        assert gpus_held(job) == 8
        assert ("grown", "job", {"worker": 8}) in subjects.told

        harbour.ask("claim", project=harbour.theirs, gpus=3)
        harbour.admit()
        assert ("shrinking", "job", {"worker": 5}) in subjects.told
        assert gpus_held(job) == 8  # until its replicas are gone
        harbour.admit()
        assert [told[0] for told in subjects.told].count("shrinking") == 1

        services.finish_shrinking(workload=job)
        assert gpus_held(job) == 5
        harbour.admit()
        assert ("admitted", "claim") in subjects.told
        rested(job)
        harbour.admit()
        assert gpus_held(job) == 5
        assert "evicted" not in {told[0] for told in subjects.told}

    def test_what_stops_meanwhile_gives_back_all(self, harbour):
        job = harbour.ask("job", count=8, least=1, gpus=1)
        harbour.admit()
        harbour.ask("claim", project=harbour.theirs, gpus=4)
        harbour.admit()

        services.requeue(workload=job)

        job.refresh_from_db()
        assert (job.shrinking_to, job.admitted_counts) == (None, {})
        assert ledger.recount() == []


class TestIndependent:
    def test_each_starts_when_there_is_room_and_gives_back_what_it_held(self, harbour, subjects):
        sweep = harbour.ask("sweep", count=20, gpus=1, gang=False)
        harbour.admit()
        assert gpus_held(sweep) == 8
        harbour.admit()
        assert services.explain(Workload.objects.get(pk=sweep.pk))["sentence"].startswith("8 of 20 replicas were started.")

        services.release_pods(workload=sweep, pods=[("worker", 0), ("worker", 3)])
        services.release_pods(workload=sweep, pods=[("worker", 3)])
        assert gpus_held(sweep) == 6
        harbour.admit()

        assert gpus_held(sweep) == 8
        sweep.refresh_from_db()
        assert sorted(place["index"] for place in sweep.placements) == [1, 2, 4, 5, 6, 7, 8, 9]
        assert sweep.ended_counts == {"worker": 2}

    def test_anew_it_asks_only_for_what_is_left(self, harbour):
        sweep = harbour.ask("sweep", count=5, gpus=1, gang=False)
        harbour.admit()
        services.ask_only_for(workload=sweep, counts={"worker": 2})
        services.requeue(workload=sweep)

        harbour.admit()

        assert gpus_held(sweep) == 2
