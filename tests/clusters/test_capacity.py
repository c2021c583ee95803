"""What a cluster had over time, and what of it is left in one piece."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from apps.clusters import services
from apps.clusters.models import CapacitySample, Cluster, Health
from apps.clusters.services import NodeSeen
from tests.factories import make_cluster

pytestmark = pytest.mark.django_db

EIGHT = {"a100": {"gpu": 8}}


def gpus(amount: int) -> dict:
    return {"a100": {"gpu": amount}}


def see(cluster: Cluster, *nodes: NodeSeen, at: datetime) -> None:
    services.record_nodes(cluster=cluster, nodes=nodes, at=at)


@pytest.fixture
def harbour() -> Cluster:
    return make_cluster("harbour", last_seen_at=None)


class TestCapacityOverTime:
    def curves(self, client, cluster: Cluster, **query: object) -> list[dict]:
        answer = client.get(f"/api/v1/clusters/{cluster.pk}/capacity/", query)
        assert answer.status_code == 200, answer.json()
        return answer.json()["curves"]

    def test_tells_hanse_from_others_and_what_is_ill_from_what_is_free(self, as_role, harbour):
        client, _ = as_role("operator")
        see(
            harbour,
            NodeSeen("n1", EIGHT, requested=gpus(6), ours=gpus(4)),
            NodeSeen("n2", gpus(7), lost=gpus(1)),
            NodeSeen("n3", EIGHT, requested=gpus(8), ours=gpus(8), health=Health.DOWN),
            at=timezone.now(),
        )

        (curve,) = self.curves(client, harbour)

        assert (curve["flavor"], curve["resource"]) == ("a100", "gpu")
        (point,) = curve["points"]
        assert (point["allocatable"], point["ours"], point["others"], point["unhealthy"]) == (15, 4, 2, 9)

    def test_keeps_one_sample_in_five_minutes_and_forgets_after_thirty_days(self, harbour):
        noon = datetime(2026, 3, 1, 12, 1, tzinfo=UTC)
        for minutes in (0, 1, 3, 5, 30 * 24 * 60 + 6):
            see(harbour, NodeSeen("n1", EIGHT), at=noon + timedelta(minutes=minutes))

        assert [f"{one.at:%d %H:%M}" for one in CapacitySample.objects.order_by("at")] == ["01 12:05", "31 12:05"]

    def test_a_time_in_which_the_cluster_was_not_seen_has_no_points(self, as_role, harbour):
        client, _ = as_role("operator")
        now = timezone.now()
        see(harbour, NodeSeen("n1", EIGHT), at=now - timedelta(hours=3))
        services.record_health(cluster=harbour, health=Health.DOWN, at=now - timedelta(hours=2))
        see(harbour, NodeSeen("n1", EIGHT), at=now - timedelta(hours=1))

        (curve,) = self.curves(client, harbour)

        assert len(curve["points"]) == 2

    def test_a_month_is_shown_in_few_points_each_of_them_a_mean(self, as_role, harbour):
        client, _ = as_role("operator")
        now = timezone.now()
        CapacitySample.objects.bulk_create(
            CapacitySample(
                cluster=harbour,
                at=now - timedelta(minutes=5 * number),
                flavor="a100",
                resource="gpu",
                allocatable=8,
                ours=8 * (number % 2),
                others=0,
                unhealthy=0,
            )
            for number in range(1, 2001)
        )

        (curve,) = self.curves(client, harbour, since=(now - timedelta(days=29)).isoformat())

        assert len(curve["points"]) <= 300
        assert {point["ours"] for point in curve["points"][1:-1]} <= {3, 4, 5}

    def test_asks_for_a_span_that_there_can_be(self, as_role, harbour):
        client, _ = as_role("operator")
        long_ago = {"since": "2001-01-01T00:00:00Z", "until": "2001-02-01T00:00:00Z"}

        assert client.get(f"/api/v1/clusters/{harbour.pk}/capacity/", long_ago).status_code == 422


class TestFragmentation:
    def test_says_how_much_of_what_is_free_can_take_a_whole_replica(self, as_role, harbour):
        client, _ = as_role("operator")
        see(
            harbour,
            NodeSeen("n1", EIGHT, requested=gpus(3)),
            NodeSeen("n2", EIGHT, requested=gpus(5)),
            NodeSeen("n3", EIGHT),
            NodeSeen("cordoned", EIGHT, schedulable=False),
            NodeSeen("n5", EIGHT, health=Health.DOWN),
            NodeSeen("n6", {"cpu": {"cpu": 8000, "memory": 2**30}}),
            at=timezone.now(),
        )

        (found,) = client.get(f"/api/v1/clusters/{harbour.pk}/fragmentation/").json()["devices"]

        assert (found["flavor"], found["resource"], found["free"]) == ("a100", "gpu", 16)
        assert [(one["size"], one["replicas"], one["usable"]) for one in found["sizes"]] == [
            (1, 16, 16),
            (2, 7, 14),
            (4, 3, 12),
            (8, 1, 8),
        ]
