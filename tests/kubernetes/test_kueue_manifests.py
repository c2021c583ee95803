"""What Kueue is told, word for word."""

from datetime import UTC, datetime
from uuid import UUID

from celery_workers.kubernetes.manifests import kueue
from celery_workers.kubernetes.manifests.job import NodeClass
from celery_workers.kubernetes.manifests.kueue import Asking, FlavorOf, LineOf, PodSetOf, QuotaOf

CLUSTER, TENANT, PROJECT, WORKLOAD, JOB, QUOTA, CPU, V100, P100 = (UUID(int=number) for number in range(1, 10))
MARKS = {"app.kubernetes.io/managed-by": "hanse", "hanse.dev/cluster": str(CLUSTER)}
LABELS = {"nvidia.com/gpu.product": "Tesla-V100"}
TAINT = {"key": "gpu", "value": "yes", "effect": "NoSchedule"}
FLAVORS = [
    FlavorOf(CPU, "cpu"),
    FlavorOf(V100, "v100", "nvidia.com/gpu", LABELS, [TAINT]),
    FlavorOf(P100, "p100", "nvidia.com/gpu", {"nvidia.com/gpu.product": "Tesla-P100"}),
]
LINES = [
    LineOf(CPU, "cpu", 8000),
    LineOf(CPU, "memory", 2**34),
    LineOf(V100, "nvidia.com/gpu", 16, borrowing_limit=8, lending_limit=4),
]


def quota(**fields: object) -> QuotaOf:
    return QuotaOf(**{"id": QUOTA, "tenant_id": TENANT, "tenant": "vision", "lines": LINES, **fields})  # type: ignore[arg-type]


class TestFlavor:
    def test_is_its_nodes_and_what_keeps_others_off_them(self):
        assert kueue.resource_flavor(CLUSTER, FLAVORS[1]) == {
            "apiVersion": "kueue.x-k8s.io/v1beta2",
            "kind": "ResourceFlavor",
            "metadata": {"name": "v100-0000000008", "labels": MARKS},
            "spec": {"nodeLabels": LABELS, "nodeTaints": [TAINT]},
        }

    def test_of_processors_may_be_any_node(self):
        assert kueue.resource_flavor(CLUSTER, FLAVORS[0])["spec"] == {}


class TestQuota:
    def test_in_a_cohort_lends_and_borrows_within_its_limits(self):
        assert kueue.cluster_queue(CLUSTER, quota(cohort="commons-0000000001", reclaim="lower-priority"), FLAVORS) == {
            "apiVersion": "kueue.x-k8s.io/v1beta2",
            "kind": "ClusterQueue",
            "metadata": {"name": "vision-0000000006", "labels": {**MARKS, "hanse.dev/tenant": str(TENANT)}},
            "spec": {
                "cohortName": "commons-0000000001",
                "namespaceSelector": {"matchLabels": {"hanse.dev/cluster": str(CLUSTER), "hanse.dev/tenant": str(TENANT)}},
                "queueingStrategy": "BestEffortFIFO",
                "resourceGroups": [
                    {
                        "coveredResources": ["cpu", "memory"],
                        "flavors": [
                            {
                                "name": "cpu-0000000007",
                                "resources": [
                                    {"name": "cpu", "nominalQuota": "8000m"},
                                    {"name": "memory", "nominalQuota": str(2**34)},
                                ],
                            }
                        ],
                    },
                    {
                        "coveredResources": ["nvidia.com/gpu"],
                        "flavors": [
                            {
                                "name": "v100-0000000008",
                                "resources": [
                                    {
                                        "name": "nvidia.com/gpu",
                                        "nominalQuota": "16",
                                        "borrowingLimit": "8",
                                        "lendingLimit": "4",
                                    }
                                ],
                            }
                        ],
                    },
                ],
                "preemption": {"withinClusterQueue": "LowerPriority", "reclaimWithinCohort": "LowerPriority"},
                "stopPolicy": "None",
            },
        }

    def test_alone_names_no_limit_of_borrowing_which_kueue_would_refuse(self):
        spec = kueue.cluster_queue(CLUSTER, quota(), FLAVORS)["spec"]

        assert "cohortName" not in spec
        assert spec["preemption"]["reclaimWithinCohort"] == "Never"
        assert spec["resourceGroups"][1]["flavors"][0]["resources"] == [{"name": "nvidia.com/gpu", "nominalQuota": "16"}]

    def test_a_resource_of_which_it_does_not_speak_cannot_be_borrowed(self):
        spec = kueue.cluster_queue(CLUSTER, quota(lines=LINES[:1], cohort="commons"), FLAVORS)["spec"]

        assert spec["resourceGroups"][0]["flavors"][0]["resources"] == [
            {"name": "cpu", "nominalQuota": "8000m"},
            {"name": "memory", "nominalQuota": "0", "borrowingLimit": "0"},
        ]

    def test_of_a_tenant_that_is_not_active_admits_nothing_new(self):
        assert kueue.cluster_queue(CLUSTER, quota(active=False), FLAVORS)["spec"]["stopPolicy"] == "Hold"


class TestAsking:
    def asking(self, *pod_sets: PodSetOf) -> Asking:
        return Asking(
            cluster_id=CLUSTER,
            tenant_id=TENANT,
            project_id=PROJECT,
            workload_id=WORKLOAD,
            number=2,
            subject_kind="job",
            subject_id=JOB,
            subject_name="resnet",
            namespace="perception-0000000003",
            priority="low-0000000009",
            priority_value=100,
            pod_sets=pod_sets,
            flavors={"cpu": NodeClass(), "v100": NodeClass("nvidia.com/gpu", LABELS, [TAINT])},
        )

    def test_is_for_all_pods_of_all_roles(self):
        requests = {"cpu": {"cpu": 500, "memory": 2**30}, "v100": {"nvidia.com/gpu": 8}}
        worker = PodSetOf("worker", 2, 2, requests)
        ps = PodSetOf("ps", 1, 1, {"cpu": {"cpu": 100, "memory": 2**20}})

        manifest = kueue.workload(self.asking(worker, ps))

        assert manifest["metadata"]["name"] == f"job-{JOB.hex}-2"
        assert "ownerReferences" not in manifest["metadata"]
        assert manifest["metadata"]["labels"] == {
            **MARKS,
            "hanse.dev/tenant": str(TENANT),
            "hanse.dev/project": str(PROJECT),
            "hanse.dev/workload": str(WORKLOAD),
            "hanse.dev/asking": "2",
        }
        assert manifest["spec"] == {
            "queueName": "hanse",
            "priorityClassRef": {
                "group": "kueue.x-k8s.io",
                "kind": "WorkloadPriorityClass",
                "name": "low-0000000009",
            },
            "priority": 100,
            "podSets": [
                {
                    "name": "worker",
                    "count": 2,
                    "template": {
                        "spec": {
                            "restartPolicy": "Never",
                            "nodeSelector": LABELS,
                            "tolerations": [{"key": "gpu", "operator": "Equal", "value": "yes", "effect": "NoSchedule"}],
                            "containers": [
                                {
                                    "name": "replica",
                                    "image": "none",
                                    "resources": {"requests": {"cpu": "500m", "memory": str(2**30), "nvidia.com/gpu": "8"}},
                                }
                            ],
                        }
                    },
                },
                {
                    "name": "ps",
                    "count": 1,
                    "template": {
                        "spec": {
                            "restartPolicy": "Never",
                            "containers": [
                                {
                                    "name": "replica",
                                    "image": "none",
                                    "resources": {"requests": {"cpu": "100m", "memory": str(2**20)}},
                                }
                            ],
                        }
                    },
                },
            ],
        }

    def test_says_with_how_few_pods_an_elastic_job_would_begin_but_only_of_one_role(self):
        elastic, other = PodSetOf("worker", 4, 1, {"cpu": {"cpu": 1}}), PodSetOf("actor", 4, 2, {"cpu": {"cpu": 1}})

        assert kueue.workload(self.asking(elastic))["spec"]["podSets"][0]["minCount"] == 1
        assert not any("minCount" in pods for pods in kueue.workload(self.asking(elastic, other))["spec"]["podSets"])


class TestStatus:
    def test_says_that_pods_run_which_have_ended_and_that_all_is_over(self):
        at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

        status = kueue.status("job-1", "space", ready_at=at, finished_at=at, ended={"worker": 2, "ps": 0})["status"]

        assert [(one["type"], one["status"], one["lastTransitionTime"]) for one in status["conditions"]] == [
            ("PodsReady", "True", "2026-01-02T03:04:05Z"),
            ("Finished", "True", "2026-01-02T03:04:05Z"),
        ]
        assert status["reclaimablePods"] == [{"name": "worker", "count": 2}]
