from datetime import timedelta

from django.utils import timezone

from apps.core.models import OutboxEvent
from apps.quotas import services
from apps.quotas.models import LedgerEntry, Quota, Workload


def state_of(workload: Workload) -> str:
    workload.refresh_from_db()
    return "evicting" if workload.evicting_since else workload.state


class TestAdmit:
    def test_what_fits_gets_its_quota_places_and_a_ledger_entry_and_hears_of_it(self, harbour, subjects):
        workload = harbour.ask(gpus=2, count=2)

        assert harbour.admit() == [workload.pk]
        workload.refresh_from_db()
        assert workload.admitted_counts == {"worker": 2}
        assert [place["index"] for place in workload.placements] == [0, 1]
        assert subjects.told == [("admitted", "job")]
        entry = LedgerEntry.objects.get()
        assert (entry.amounts, entry.until) == ({"cpu": {"cpu": 200, "memory": 2**29}, "a100": {"gpu": 4}}, None)

    def test_a_second_round_changes_nothing(self, harbour, subjects):
        harbour.ask(gpus=4, count=2)
        harbour.ask("waits", gpus=4)
        harbour.admit()
        told = list(subjects.told)
        events = OutboxEvent.objects.count()

        assert harbour.admit() == []
        assert subjects.told == told
        assert OutboxEvent.objects.count() == events

    def test_those_whose_figures_changed_are_announced(self, harbour):
        harbour.ask(gpus=4, count=2)
        harbour.admit()

        announced = set(OutboxEvent.objects.filter(kind="quota").values_list("object_id", flat=True))
        assert announced == set(Quota.objects.values_list("pk", flat=True))  # ours borrows, theirs lends

    def test_what_waits_is_told_its_position_and_why(self, harbour, subjects):
        harbour.ask("first", gpus=4, count=2)
        second = harbour.ask("second", gpus=4)
        harbour.ask("third", gpus=4)
        harbour.admit()

        assert subjects.told[1:] == [("waiting", "second", 1), ("waiting", "third", 2)]
        second.refresh_from_db()
        found = services.explain(second)
        assert (found["reason"], found["bound"], found["position"]) == ("WaitingForQuota", "tenant-quota", 1)
        assert found["sentence"].startswith("Waits for 4 GPUs of a100: Ours has 4 of 4 in use, borrows 4; 0 GPUs of a100")
        assert [one["permission"] for one in found["helps"]] == ["jobs.suspend", "quotas.manage", "jobs.submit"]

    def test_a_cluster_that_was_not_seen_lately_starts_nothing_and_says_so(self, harbour):
        harbour.cluster.last_seen_at = timezone.now() - timedelta(minutes=2)
        harbour.cluster.save()
        workload = harbour.ask()

        assert harbour.admit() == []
        workload.refresh_from_db()
        assert "was not seen lately" in services.explain(workload)["sentence"]

    def test_a_suspended_tenants_work_is_not_admitted(self, harbour):
        workload = harbour.ask()
        tenant = harbour.ours.tenant
        tenant.phase = "suspended"
        tenant.save()

        assert harbour.admit() == []
        workload.refresh_from_db()
        assert services.explain(workload)["helps"][0]["permission"] == "tenants.suspend"


class TestEviction:
    def test_quota_is_held_until_the_replicas_are_gone_and_only_then_given(self, harbour, subjects):
        low = harbour.ask("low", gpus=4, count=2)
        harbour.admit()
        high = harbour.ask("high", gpus=4, priority="high")

        assert harbour.admit() == []
        assert (state_of(low), state_of(high)) == ("evicting", "pending")
        assert harbour.admit() == []  # still there
        assert subjects.told.count(("evicted", "low", "InClusterQueue")) == 1

        services.requeue(workload=low)

        assert harbour.admit() == [high.pk]
        assert (state_of(low), state_of(high)) == ("pending", "admitted")

    def test_the_message_says_for_whom(self, harbour):
        low = harbour.ask("low", gpus=4, count=2)
        harbour.admit()
        harbour.ask("urgent", gpus=4, priority="high")
        harbour.admit()

        low.refresh_from_db()
        assert low.message == "It makes room for urgent, which has the higher priority high. It is queued again."

    def test_reclaimed_quota_does_not_name_the_other_tenant(self, harbour):
        ours = harbour.ask("borrower", gpus=4, count=2)
        harbour.admit()
        harbour.ask("lender", gpus=4, project=harbour.theirs)
        harbour.admit()

        ours.refresh_from_db()
        assert ours.reason == "InCohortReclamation"
        assert "lender" not in ours.message
        assert "Theirs" not in ours.message

    def test_the_evicted_keeps_its_age(self, harbour):
        low = harbour.ask("low", gpus=4, count=2)
        harbour.admit()
        harbour.ask("high", gpus=4, priority="high")
        harbour.admit()
        services.requeue(workload=low)

        before = low.queued_at
        low.refresh_from_db()
        assert low.queued_at == before


class TestGivingBack:
    def test_finish_frees_quota_and_closes_the_ledger(self, harbour):
        workload = harbour.ask(gpus=4, count=2)
        harbour.admit()
        services.finish(workload=workload)
        services.finish(workload=workload)  # again does no harm

        assert state_of(workload) == "finished"
        assert LedgerEntry.objects.get().until is not None
        next_one = harbour.ask("next", gpus=4, count=2)
        assert harbour.admit() == [next_one.pk]

    def test_suspended_asks_for_nothing_until_resumed(self, harbour):
        workload = harbour.ask()
        services.suspend(workload=workload)

        assert harbour.admit() == []
        services.resume(workload=workload)
        assert harbour.admit() == [workload.pk]

    def test_forgotten_leaves_only_the_ledger(self, harbour):
        workload = harbour.ask()
        harbour.admit()
        services.forget(subject_kind="experiment", subject_id=workload.subject_id)

        assert not Workload.objects.exists()
        assert LedgerEntry.objects.get().until is not None
