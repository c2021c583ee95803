import pytest

from apps.core.errors import InvalidRequest
from apps.quotas import services
from apps.quotas.errors import NeverFits, NoQuota, PriorityNotAllowed
from apps.quotas.models import UserCap, Workload
from apps.tenants.access import actor_of_user
from apps.tenants.errors import TenantNotActive
from apps.tenants.models import Tenant
from tests.factories import GIB, make_cluster, make_flavor, make_member, make_node, make_quota, make_user


class TestEnqueue:
    def test_what_could_ever_start_is_queued(self, harbour):
        workload = harbour.ask(gpus=4, count=2)  # half of it borrowed

        assert (workload.state, workload.reason) == ("pending", "PendingEvaluation")
        assert workload.pod_sets[0]["requests"] == {"cpu": {"cpu": 100, "memory": 2**28}, "a100": {"gpu": 4}}
        assert workload.cluster == harbour.cluster

    def test_more_than_any_node_holds_is_refused_and_leaves_nothing(self, harbour):
        with pytest.raises(NeverFits, match="could not hold even empty"):
            harbour.ask(gpus=5)

        assert not Workload.objects.exists()

    def test_more_than_nominal_and_borrowed_is_refused_with_the_numbers(self, harbour):
        with pytest.raises(NeverFits) as refused:
            harbour.ask(gpus=4, count=3)

        assert refused.value.members | {"asked": 12, "most": 8} == refused.value.members
        assert "12 GPUs of a100" in refused.value.detail

    def test_a_flavor_without_quota_is_refused_as_such(self, harbour):
        make_node(harbour.cluster, "node-3", cpu={"cpu": 8000, "memory": 16 * GIB}, fpga={"fpga": 2})
        make_flavor(harbour.cluster, "fpga", "fpga")

        with pytest.raises(NoQuota, match="no quota for FPGA fpga"):
            harbour.ask(gpus=1, flavor="fpga")

    def test_a_cluster_in_which_the_tenant_has_nothing_is_refused(self, harbour):
        make_cluster("elsewhere")

        with pytest.raises(NoQuota, match="no quota in a cluster called elsewhere"):
            harbour.ask(cluster="elsewhere")

    def test_a_need_is_resolved_to_the_smallest_flavor_that_will_do(self, harbour):
        v100 = make_flavor(harbour.cluster, "v100", "gpu", unit_memory_bytes=32 * GIB)
        make_flavor(harbour.cluster, "t4", "gpu", unit_memory_bytes=16 * GIB)
        make_node(harbour.cluster, "node-3", cpu={"cpu": 8000, "memory": 16 * GIB}, v100={"gpu": 4})
        quota = harbour.ours.tenant.quotas.get()
        quota.lines.create(flavor=v100, resource="gpu", nominal=4)

        workload = harbour.ask(gpus=4, kind="gpu", unit_memory_bytes=32 * GIB)

        assert workload.resolved == [
            {"pod_set": "worker", "need": "4 GPUs with at least 32 GiB", "count": 4, "flavor": "v100", "model": ""}
        ]

    def test_of_flavors_that_would_do_one_with_quota_is_taken(self, harbour):
        make_flavor(harbour.cluster, "v100", "gpu", unit_memory_bytes=32 * GIB)

        assert harbour.ask(gpus=1, kind="gpu").resolved[0]["flavor"] == "a100"

    def test_hardware_that_the_cluster_does_not_have_is_refused_with_what_it_has(self, harbour):
        with pytest.raises(NeverFits, match=r"nothing like 1 GPU with at least 100 GiB; it has a100 \(80 GiB\)"):
            harbour.ask(gpus=1, kind="gpu", unit_memory_bytes=100 * GIB)

    @pytest.mark.parametrize("phase", ["suspended", "draining"])
    def test_nothing_new_in_a_tenant_that_is_not_active(self, harbour, phase):
        Tenant.objects.filter(pk=harbour.ours.tenant_id).update(phase=phase)

        with pytest.raises(TenantNotActive):
            harbour.ask()

    def test_a_priority_that_nobody_knows_is_a_wrong_field(self, harbour):
        with pytest.raises(InvalidRequest) as refused:
            harbour.ask(priority="highest")

        assert refused.value.errors[0]["pointer"] == "/priority"

    def test_a_restricted_priority_needs_leave_of_the_tenant(self, harbour):
        ann = make_user()
        make_member("developer", user=ann, tenant=harbour.ours.tenant)

        with pytest.raises(PriorityNotAllowed):
            harbour.ask(priority="high", actor=actor_of_user(ann))
        UserCap.objects.create(tenant=harbour.ours.tenant, user=ann, may_use_restricted_priorities=True)

        assert harbour.ask(priority="high", actor=actor_of_user(ann)).priority_value == 1000

    def test_any_cluster_is_resolved_when_it_starts(self, harbour):
        larger = make_cluster("larger")
        cpu = make_flavor(larger)
        make_node(larger, cpu={"cpu": 64000, "memory": 64 * GIB})
        make_quota(harbour.ours.tenant, larger, {cpu: {"cpu": 64000, "memory": 64 * GIB}})
        small, large = harbour.ask(cluster="any"), harbour.ask(cluster="any", cpu=32000)

        assert (small.cluster, large.cluster) == (None, None)
        assert harbour.admit() == [small.pk]
        assert services.admit(cluster_id=larger.pk) == [large.pk]
        large.refresh_from_db()
        assert large.cluster == larger

    def test_a_subject_that_asks_again_gets_its_workload_anew(self, harbour):
        first = harbour.ask()
        services.finish(workload=first)

        again = harbour.ask(subject_id=first.subject_id)

        assert (again.pk, again.state, again.finished_at) == (first.pk, "pending", None)


class TestAssess:
    def assess(self, harbour, **asked):
        from tests.quotas.conftest import pod

        return services.assess(
            actor=harbour.owner, project=harbour.ours, priority="low", gang=True, cluster="any", pods=[pod(**asked)]
        )

    def test_says_that_it_would_start_now_and_writes_nothing(self, harbour):
        answer = self.assess(harbour, gpus=4)

        assert (answer["starts_now"], answer["verdict"]) == (True, "It would start now, in harbour.")
        assert not Workload.objects.exists()

    def test_says_what_it_would_wait_for(self, harbour):
        harbour.ask(gpus=4, count=2)
        harbour.admit()

        answer = self.assess(harbour, gpus=4)

        assert not answer["starts_now"]
        assert answer["verdict"].startswith("It would wait. Waits for 4 GPUs of a100: Ours has 4 of 4 in use, borrows 4")
        row = {"flavor": "a100", "resource": "gpu"}
        found = answer["clusters"][0]
        assert ({**row, "amount": 4} in found["asked"], {**row, "amount": 8} in found["could_fit"]) == (True, True)
        assert {**row, "amount": 0} in found["free"]

    def test_of_independent_replicas_it_says_how_many_would_start(self, harbour):
        from tests.quotas.conftest import pod

        answer = services.assess(
            actor=harbour.owner,
            project=harbour.ours,
            priority="low",
            gang=False,
            cluster="any",
            pods=[pod(gpus=4, count=5)],
        )

        (cluster,) = answer["clusters"]
        assert (answer["starts_now"], cluster["replicas_now"]) == (True, 2)
        assert answer["verdict"].startswith("2 of 5 independent replicas would start now, in harbour;")

    def test_refuses_what_enqueue_would_refuse(self, harbour):
        with pytest.raises(NeverFits):
            self.assess(harbour, gpus=5)
