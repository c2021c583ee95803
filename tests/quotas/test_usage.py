from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from apps.core.ids import new_id
from apps.quotas.ledger import recount
from apps.quotas.models import LedgerEntry, Workload
from celery_workers.tasks.quotas import sweep
from tests.factories import make_project

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def used(harbour, *, hours: float, since: datetime = NOON, project=None, user=None, **amounts) -> LedgerEntry:
    return LedgerEntry.objects.create(
        tenant_id=harbour.ours.tenant_id,
        project_id=(project or harbour.ours).pk,
        user_id=user or harbour.owner.user_id,
        cluster_id=harbour.cluster.pk,
        workload_id=new_id(),
        subject_kind="experiment",
        subject_id=new_id(),
        subject_name="job",
        amounts=amounts or {"a100": {"gpu": 2}},
        since=since,
        until=since + timedelta(hours=hours),
    )


@pytest.fixture
def address(harbour) -> str:
    return f"/api/v1/tenants/{harbour.ours.tenant_id}/usage/?since=2026-03-01T00:00:00Z&until=2026-03-02T00:00:00Z"


class TestUsage:
    def test_is_told_in_unit_hours(self, as_role, harbour, address):
        used(harbour, hours=1.5)
        used(harbour, hours=2, cpu={"cpu": 500, "memory": 2**30})
        client, _ = as_role("viewer", project=harbour.ours)

        rows = client.get(address).json()["rows"]

        assert [(row["flavor"], row["unit"], row["hours"]) for row in rows] == [
            ("a100", "gpu-hour", 3.0),
            ("cpu", "core-hour", 1.0),
            ("cpu", "GiB-hour", 2.0),
        ]

    def test_only_the_part_in_the_span_counts(self, as_role, harbour, address):
        used(harbour, since=NOON + timedelta(hours=11), hours=5)  # one hour before midnight, four after
        used(harbour, since=NOON + timedelta(days=3), hours=5)
        client, _ = as_role("viewer", project=harbour.ours)

        assert [row["hours"] for row in client.get(address).json()["rows"]] == [2.0]

    def test_as_a_table_without_formulas(self, as_role, harbour, address):
        client, _ = as_role("viewer", project=harbour.ours)
        client.user.name = "=HYPERLINK(1)"
        client.user.save()
        used(harbour, hours=1, user=client.user.pk)

        answer = client.get(f"{address}&format=csv")

        assert answer["Content-Type"].startswith("text/csv")
        assert answer.content.decode().splitlines() == [
            "cluster,project,user,flavor,resource,unit,hours",
            "harbour,vision,'=HYPERLINK(1),a100,gpu,gpu-hour,2.0",
        ]

    def test_who_works_in_one_project_sees_that_one(self, as_role, harbour, address):
        used(harbour, hours=1)
        used(harbour, hours=1, project=make_project(harbour.ours.tenant, "speech"))
        client, _ = as_role("viewer", project=harbour.ours, on="project")

        assert [row["project"]["slug"] for row in client.get(address).json()["rows"]] == ["vision"]

    def test_a_span_that_ends_before_it_begins_is_refused(self, as_role, harbour):
        client, _ = as_role("viewer", project=harbour.ours)

        refused = client.get(
            f"/api/v1/tenants/{harbour.ours.tenant_id}/usage/?since=2026-03-02T00:00:00Z&until=2026-03-01T00:00:00Z"
        )

        assert refused.json()["errors"][0]["pointer"] == "?since"

    def test_a_span_from_before_the_calendar_is_refused(self, as_role, harbour):
        client, _ = as_role("viewer", project=harbour.ours)

        refused = client.get(f"/api/v1/tenants/{harbour.ours.tenant_id}/usage/?until=0001-01-01T00:00:00Z")

        assert refused.status_code == 422


class TestRecount:
    def test_tells_what_ledger_and_workloads_disagree_about(self, harbour):
        uncounted, changed = harbour.ask(), harbour.ask()
        harbour.admit()
        LedgerEntry.objects.filter(workload_id=uncounted.pk).delete()
        LedgerEntry.objects.filter(workload_id=changed.pk).update(amounts={"cpu": {"cpu": 1}})
        orphan = used(harbour, hours=1)
        LedgerEntry.objects.filter(pk=orphan.pk).update(until=None)

        assert {found.workload_id for found in recount()} == {uncounted.pk, changed.pk, orphan.workload_id}
        assert Workload.objects.count() == 2

    def test_the_sweep_logs_what_lasts(self, harbour):
        kept = harbour.ask()
        harbour.admit()
        with capture_logs() as agreed:
            sweep()
        orphan = used(harbour, hours=1)
        LedgerEntry.objects.filter(pk=orphan.pk).update(until=None)
        with capture_logs() as differs:
            sweep()

        assert not [line for line in agreed if line.get("workload_id") == str(kept.pk)]
        assert [(line["log_level"], line["workload_id"]) for line in differs] == [("error", str(orphan.workload_id))]
