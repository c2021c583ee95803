"""A real Kueue as whoever admits: quotas that the portal wrote, jobs that it handed over, and what Kueue says."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from apps.clusters.models import KUEUE_VERSION, Cluster, Flavor
from apps.jobs.models import Job, TimelineEntry
from apps.quotas.ledger import recount
from apps.quotas.models import LedgerEntry, Quota, Workload
from celery_workers.kubernetes import queues
from celery_workers.kubernetes.client import Client
from celery_workers.kubernetes.clusters import client_for
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.kueue import object_name
from tests.conftest import AsRole
from tests.eventually import eventually
from tests.factories import make_cohort
from tests.jobs.jobs import address, fresh
from tests.kubernetes.conftest import Portal, carry_out_hints
from tests.kubernetes.test_apps import Apps

pytestmark = pytest.mark.django_db(transaction=True)
API = f"/apis/{KUEUE_VERSION}"
GANG = {"replicas": 2, "devices": [{"flavor": "v100", "count": 8}]}


@pytest.fixture
def kueue(cluster: Cluster, as_role: AsRole) -> Iterator[Client]:
    """The cluster, in which an operator lets Kueue admit."""
    Cluster.objects.filter(pk=cluster.pk).update(capabilities={"kueue": KUEUE_VERSION})
    operator, _ = as_role("operator")
    choose(operator, cluster, "kueue")
    client = client_for(cluster)
    yield client
    Workload.objects.all().delete()
    for one in asked(client, cluster):
        client.delete(f"{API}/namespaces/{one['metadata']['namespace']}/workloads/{one['metadata']['name']}")
    cluster.admission = "portal"
    queues.write(client, cluster)


def choose(operator: Any, cluster: Cluster, admission: str, status: int = 200) -> Any:
    path = f"/api/v1/clusters/{cluster.pk}/"
    etag = operator.get(path).headers["ETag"]
    answer = operator.patch(f"{path}admission/", {"admission": admission}, headers={"If-Match": etag})
    assert answer.status_code == status, answer.json()
    cluster.refresh_from_db()
    return answer.json()


def asked(client: Client, cluster: Cluster, job: Job | None = None) -> list[Any]:
    """What there is of Workloads of the portal in Kueue, of one job or of all."""
    found: list[Any] = client.get(f"{API}/workloads", {"labelSelector": f"{labels.CLUSTER}={cluster.pk}"})["items"]
    return [one for one in found if job is None or one["metadata"]["name"].startswith(f"job-{job.pk.hex}-")]


def why(portal: Portal, job: Job) -> str:
    portal.work()
    return str(fresh(job).why)


def written(cluster: Cluster) -> None:
    queues.write_for(cluster.pk)


class TestWaits:
    def test_until_there_is_quota_for_all_of_it_and_then_runs(self, portal, kueue):
        written(portal.cluster)
        first = portal.submit(role=GANG)
        portal.until(first, "running")
        second = portal.submit(run_for="1s", role={**GANG, "replicas": 1})

        said = eventually(lambda: "more needed" in why(portal, second) and fresh(second).why, what="why it waits")

        assert "Kueue in lab says: " in said
        assert "insufficient unused quota for nvidia.com/gpu in flavor v100, 8 more needed" in said
        assert portal.pods(second) == []
        explained = portal.client.get(address(portal.project, second)).json()
        assert explained["phase"] == "queued"
        assert {pod["spec"].get("affinity") for pod in portal.pods(first)} == {None}
        assert all(pod["spec"]["nodeSelector"] for pod in portal.pods(first))
        assert not recount()

        portal.client.post(address(portal.project, first, "cancel/"))
        portal.until(second, "succeeded")
        portal.until_free(second)

        assert not LedgerEntry.objects.filter(until=None).exists()
        carry_out_hints()
        conditions = {one["type"]: one["status"] for one in asked(kueue, portal.cluster, second)[0]["status"]["conditions"]}
        assert conditions["Finished"] == "True"

    def test_and_then_its_operator_makes_the_pods(self, portal, kueue):
        kinds = {"kueue": KUEUE_VERSION, "pytorch": "kubeflow.org/v1"}
        Cluster.objects.filter(pk=portal.cluster.pk).update(capabilities=kinds)
        written(portal.cluster)
        first = portal.submit(role=GANG)
        portal.until(first, "running")
        second = portal.submit(run_for="1s", role=GANG, framework="pytorch", kind="PyTorchJob")
        eventually(lambda: "more needed" in why(portal, second), what="why it waits")
        assert portal.pods(second) == []

        portal.client.post(address(portal.project, first, "cancel/"))
        portal.until(second, "succeeded")

        made = [pod["metadata"]["name"] for pod in portal.pods(second)]
        assert made == [f"job-{second.pk.hex}-1-worker-{rank}" for rank in (0, 1)]
        # Quota was asked for once: by the portal, and not by Kueue's own integration of this kind as well.
        namespace = portal.project.namespace
        of_namespace = [one["metadata"]["name"] for one in kueue.get(f"{API}/namespaces/{namespace}/workloads")["items"]]
        assert len([name for name in of_namespace if second.pk.hex in name]) == 1

    def test_a_gang_of_which_only_a_part_has_room_starts_no_pod(self, portal, kueue):
        written(portal.cluster)
        first = portal.submit(role={**GANG, "replicas": 1})
        portal.until(first, "running")
        gang = portal.submit(role=GANG)

        eventually(lambda: "8 more needed" in why(portal, gang), what="why it waits")

        assert portal.pods(gang) == []
        assert not fresh(gang).quota_held

    def test_a_cap_of_its_project_holds_it_back_before_it_is_handed_over(self, portal, kueue):
        written(portal.cluster)
        quota = Quota.objects.get()
        gpus = Flavor.objects.get(name="v100")
        portal.project.shares.create(quota=quota, flavor=gpus, resource="gpu", cap=8)
        first = portal.submit(role={**GANG, "replicas": 1})
        portal.until(first, "running")

        second = portal.submit(role={**GANG, "replicas": 1})

        assert "under the cap of" in why(portal, second)
        assert asked(kueue, portal.cluster, second) == []


class TestIndependent:
    def test_start_together_and_give_back_what_has_ended(self, portal, kueue):
        written(portal.cluster)
        job = portal.submit(run_for="1s", gang=False, role={**GANG, "replicas": 2})

        portal.until(job, "succeeded")

        assert [one.phase for one in job.replicas_now()] == ["succeeded"] * 2
        assert not portal.until_free(job).quota_held
        assert not recount()


class TestCohort:
    def test_lends_and_what_was_borrowed_is_taken_back(self, new_portal, kueue):
        lender, borrower = new_portal(), new_portal()
        Quota.objects.update(cohort=make_cohort(lender.cluster))
        written(lender.cluster)
        jobs = [borrower.submit(role=GANG) for _ in range(2)]
        for job in jobs:
            borrower.until(job, "running")
        assert not recount()

        claims = lender.submit(role=GANG)
        lender.until(claims, "running")

        phases = sorted(fresh(job).phase for job in jobs)
        assert phases == ["queued", "running"]
        (evicted,) = (job for job in jobs if fresh(job).phase == "queued")
        entry = TimelineEntry.objects.get(job=evicted, phase="preempted")
        assert (entry.reason, "which the tenant that lent it needs back" in entry.message) == ("InCohortReclamation", True)
        told = borrower.client.get(address(borrower.project, evicted)).content.decode()
        assert lender.project.tenant.slug not in told
        assert not recount()

        lender.client.post(address(lender.project, claims, "cancel/"))
        borrower.until(evicted, "running")
        assert fresh(evicted).attempt == 2


class TestNothingIsLost:
    def test_a_watcher_that_is_killed_hears_of_what_was_admitted_meanwhile(self, portal, kueue):
        written(portal.cluster)
        portal.watch.step()
        portal.watch.kill()
        job = portal.submit(role=GANG)
        connection.close()

        def admitted() -> bool:
            portal.work_without_watch()
            return any(
                condition["type"] == "Admitted" and condition["status"] == "True"
                for one in asked(kueue, portal.cluster, job)
                for condition in one.get("status", {}).get("conditions", [])
            )

        eventually(admitted, what="Kueue's admission")
        assert fresh(job).phase == "queued"

        portal.until(job, "running")
        assert [one["metadata"]["name"] for one in asked(kueue, portal.cluster, job)] == [f"job-{job.pk.hex}-1"]
        assert not recount()

    def test_what_somebody_removes_in_the_cluster_is_asked_again(self, portal, kueue):
        written(portal.cluster)
        first, second = portal.submit(role=GANG), portal.submit(role=GANG)
        portal.until(first, "running")
        eventually(lambda: "more needed" in why(portal, second), what="why it waits")

        (waiting,) = asked(kueue, portal.cluster, second)
        kueue.delete(f"{API}/namespaces/{portal.project.namespace}/workloads/{waiting['metadata']['name']}")

        def again() -> bool:
            portal.work()
            return [one["metadata"]["name"][-2:] for one in asked(kueue, portal.cluster, second)] == ["-2"]

        eventually(again, what="that it is asked again")
        assert fresh(second).phase == "queued"


class TestTenants:
    def test_one_cannot_use_the_quota_of_another(self, new_portal, kueue):
        ours, theirs = new_portal(), new_portal()
        written(ours.cluster)
        for one in (ours, theirs):
            one.until(one.submit(run_for="500ms"), "succeeded")
        quota = Quota.objects.select_related("tenant").get(tenant=theirs.project.tenant)
        queue = {"apiVersion": KUEUE_VERSION, "kind": "LocalQueue", "metadata": {"name": "sly"}}
        queue["spec"] = {"clusterQueue": object_name(quota.tenant.slug, quota.pk)}
        in_ours = f"{API}/namespaces/{ours.project.namespace}"
        kueue.create(f"{in_ours}/localqueues", queue)
        (mine,) = (one for one in asked(kueue, ours.cluster) if one["metadata"]["namespace"] == ours.project.namespace)
        sly = {"apiVersion": KUEUE_VERSION, "kind": "Workload", "metadata": {"name": "sly"}}
        sly["spec"] = {"queueName": "sly", "podSets": mine["spec"]["podSets"]}
        kueue.create(f"{in_ours}/workloads", sly)

        def said() -> str:
            conditions = kueue.get(f"{in_ours}/workloads/sly").get("status", {}).get("conditions", [])
            return next((one["message"] for one in conditions if one["type"] == "QuotaReserved"), "")

        assert "doesn't match ClusterQueue selector" in eventually(said, what="Kueue's refusal")


class TestChoice:
    def test_is_made_while_no_work_is_there_and_takes_back_what_it_wrote(self, portal, kueue, as_role):
        written(portal.cluster)
        job = portal.submit(role=GANG)
        portal.until(job, "running")
        operator, _ = as_role("operator")

        refused = choose(operator, portal.cluster, "portal", status=409)
        assert refused["type"].endswith("/admission-in-use")

        portal.client.post(address(portal.project, job, "cancel/"))
        portal.until_free(job)
        choose(operator, portal.cluster, "portal")
        marks = {"labelSelector": f"{labels.CLUSTER}={portal.cluster.pk}"}

        def left() -> list[str]:
            carry_out_hints()
            kinds = ("clusterqueues", "localqueues", "resourceflavors", "workloadpriorityclasses", "cohorts")
            return [one["metadata"]["name"] for kind in kinds for one in kueue.get(f"{API}/{kind}", marks)["items"]]

        eventually(lambda: not left(), what="that nothing is left")

    def test_needs_a_kueue(self, cluster, as_role):
        operator, _ = as_role("operator")

        refused = choose(operator, cluster, "kueue", status=409)

        assert refused["type"].endswith("/kueue-not-found")
        assert refused["needed"] == KUEUE_VERSION


class TestApps:
    def test_each_replica_is_admitted_by_kueue_in_one_quota_with_jobs(self, portal, kueue):
        written(portal.cluster)
        apps = Apps(portal)
        app = apps.deploy(replicas=3, devices=[{"flavor": "v100", "count": 8}])

        document = apps.until(app, "deploying", what=lambda app: app.replicas_ready == 2 and "more needed" in app.message)

        assert "Kueue in lab says: " in document["message"]
        assert len(apps.names("pods")) == 2

        def told() -> int:
            apps.work()
            conditions = [one.get("status", {}).get("conditions", []) for one in asked(kueue, portal.cluster)]
            return sum(any(one["type"] == "PodsReady" and one["status"] == "True" for one in own) for own in conditions)

        eventually(lambda: told() == 2, within=60, what="Kueue that knows that two run")
        apps.change(app, replicas=1)
        job = portal.submit(role={"devices": [{"flavor": "v100", "count": 8}]})

        eventually(lambda: apps.work() or fresh(job).phase == "running", within=90, what="a job in the place of a replica")
        apps.delete(app)
        apps.until_gone(app)
        eventually(lambda: apps.work() or len(asked(kueue, portal.cluster)) == 1, within=60, what="nothing asked for it")
        assert len(asked(kueue, portal.cluster, job)) == 1
