from datetime import timedelta

import pytest
from django.utils import timezone

from apps.clusters import services
from apps.clusters.errors import FlavorInUse, LocalComputeOff
from apps.clusters.models import Cluster, Flavor, Health, Node
from apps.clusters.services import NodeSeen
from apps.core.errors import NameTaken
from apps.core.models import OutboxEvent
from apps.core.sentences import say
from apps.tenants.actor import system_actor
from tests.factories import GIB, make_cluster, make_flavor, make_quota, make_tenant

ACTOR = system_actor("test")
CPU = {"cpu": {"cpu": 4000, "memory": 8 * GIB}}

pytestmark = pytest.mark.django_db


def announced(cluster: Cluster) -> int:
    return OutboxEvent.objects.filter(object_id=cluster.pk, op="changed").count()


class TestRegisterLocalCluster:
    def test_makes_this_machine_a_cluster_with_the_flavor_cpu(self):
        cluster = services.register_local_cluster(actor=ACTOR, slug="harbour")

        assert (cluster.kind, cluster.health) == ("local", "unknown")
        assert [flavor.name for flavor in cluster.flavors.all()] == ["cpu"]

    def test_a_second_time_gives_the_same(self):
        first = services.register_local_cluster(actor=ACTOR, slug="harbour")

        assert services.register_local_cluster(actor=ACTOR, slug="other") == first

    def test_over_the_api_only_where_local_compute_is_on(self, settings):
        settings.LOCAL_COMPUTE = False
        with pytest.raises(LocalComputeOff):
            services.create_cluster(actor=ACTOR, slug="harbour", name="Harbour", kind="local")
        settings.LOCAL_COMPUTE = True
        services.create_cluster(actor=ACTOR, slug="harbour", name="Harbour", kind="local")
        with pytest.raises(NameTaken, match="registered already, as harbour"):
            services.create_cluster(actor=ACTOR, slug="again", name="Again", kind="local")


class TestRecordNodes:
    def test_writes_what_was_seen_with_its_age(self):
        cluster, at = make_cluster(last_seen_at=None), timezone.now()
        services.record_nodes(cluster=cluster, nodes=[NodeSeen("n1", CPU, used={"cpu": {"cpu": 100}})], at=at)

        cluster.refresh_from_db()
        node = Node.objects.get()
        assert (cluster.health, cluster.last_seen_at, node.last_seen_at) == ("healthy", at, at)
        assert (node.allocatable, node.used) == (CPU, {"cpu": {"cpu": 100}})

    def test_nodes_that_are_gone_go_when_the_report_is_complete(self):
        cluster = make_cluster()
        services.record_nodes(cluster=cluster, nodes=[NodeSeen("n1", CPU), NodeSeen("n2", CPU)])
        services.record_node(cluster=cluster, node=NodeSeen("n3", CPU))
        assert Node.objects.count() == 3

        services.record_nodes(cluster=cluster, nodes=[NodeSeen("n2", CPU)])

        assert [node.name for node in Node.objects.all()] == ["n2"]

    def test_a_late_report_changes_nothing(self):
        cluster, at = make_cluster(), timezone.now() + timedelta(seconds=5)
        services.record_nodes(cluster=cluster, nodes=[NodeSeen("n1", CPU)], at=at)
        services.record_nodes(cluster=cluster, nodes=[], at=at - timedelta(seconds=1))

        assert Node.objects.count() == 1

    def test_a_node_that_is_ill_makes_the_cluster_degraded_and_says_which(self):
        cluster = make_cluster()
        services.record_nodes(cluster=cluster, nodes=[NodeSeen("n1", CPU), NodeSeen("n2", CPU, health=Health.DOWN)])

        cluster.refresh_from_db()
        assert (cluster.health, cluster.health_message) == ("degraded", "1 of 2 nodes is not healthy: n2")
        assert cluster.health_said == [{"code": "cluster-node-ill", "arguments": {"count": 1, "total": 2, "names": "n2"}}]

    def test_a_report_of_one_node_says_nothing_of_how_the_others_are(self):
        cluster = make_cluster()
        services.record_nodes(cluster=cluster, nodes=[NodeSeen("n1", CPU), NodeSeen("n2", CPU, health=Health.DOWN)])
        services.record_node(cluster=cluster, node=NodeSeen("n1", CPU, schedulable=False))

        cluster.refresh_from_db()
        assert (cluster.health, cluster.health_message) == ("degraded", "1 of 2 nodes is not healthy: n2")
        assert announced(cluster) == 2

    def test_the_same_again_is_announced_only_now_and_then(self):
        cluster = make_cluster()
        services.record_nodes(cluster=cluster, nodes=[NodeSeen("n1", CPU)])
        services.record_nodes(cluster=cluster, nodes=[NodeSeen("n1", CPU)])
        assert announced(cluster) == 1

        services.record_nodes(cluster=cluster, nodes=[NodeSeen("n1", CPU, schedulable=False)])
        assert announced(cluster) == 2

    def test_a_cluster_that_is_down_keeps_the_time_it_was_last_seen(self):
        cluster = make_cluster()
        services.record_health(cluster=cluster, health=Health.DOWN, said=[say("machine-off")])

        seen_before = cluster.last_seen_at
        cluster.refresh_from_db()
        assert (cluster.health, cluster.last_seen_at) == ("down", seen_before)


class TestFlavors:
    def test_one_that_a_quota_speaks_of_stays(self):
        cluster = make_cluster()
        flavor = make_flavor(cluster)
        make_quota(make_tenant(), cluster, {flavor: {"cpu": 1000}})

        with pytest.raises(FlavorInUse):
            services.remove_flavor(actor=ACTOR, flavor=flavor)
        assert Flavor.objects.exists()

    def test_one_of_which_none_speaks_goes(self):
        services.remove_flavor(actor=ACTOR, flavor=make_flavor(make_cluster()))

        assert not Flavor.objects.exists()
        assert OutboxEvent.objects.filter(kind="flavor", op="removed").exists()
