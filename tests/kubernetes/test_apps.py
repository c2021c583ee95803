"""Apps in a real cluster: from a request over REST to a Deployment within its quota, and back to what the portal tells."""

from typing import Any

import pytest
from kubernetes import client as official

from apps.inference.models import App, AppReplica
from apps.inference.services import ScalingSeen, scaling_seen
from apps.quotas.models import Workload
from celery_workers.kubernetes import tidy
from celery_workers.kubernetes.client import NotFound
from celery_workers.tasks import inference as tasks
from tests.eventually import eventually
from tests.factories import make_secret
from tests.kubernetes.conftest import IMAGE, Portal

pytestmark = pytest.mark.django_db(transaction=True)

SPEC = {"image": IMAGE, "command": ["serve", "--port=$PORT"], "cpu_millicores": 500, "memory_bytes": "256Mi"}


class Apps:
    """Apps of a portal's project, seen from both sides."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.root = f"/api/v1/projects/{portal.project.pk}/apps/"

    def deploy(self, **fields: Any) -> App:
        response = self.portal.client.post(self.root, self.document(**fields))
        assert response.status_code == 201, response.json()
        return App.objects.get(pk=response.json()["id"])

    def document(self, **fields: Any) -> dict[str, Any]:
        own = {name: fields.pop(name) for name in ("name", "replicas", "cluster", "autoscaling", "access") if name in fields}
        return {"name": "digits", **own, "spec": {**SPEC, **fields}}

    def change(self, app: App, **fields: Any) -> None:
        generation = self.read(app)["generation"]
        response = self.portal.client.patch(f"{self.root}{app.pk}/", fields, headers={"If-Match": f'"{generation}"'})
        assert response.status_code == 200, response.json()

    def act(self, app: App, act: str, **body: Any) -> None:
        response = self.portal.client.post(f"{self.root}{app.pk}/{act}/", body)
        assert response.status_code == 200, response.json()

    def delete(self, app: App) -> None:
        generation = self.read(app)["generation"]
        assert self.portal.client.delete(f"{self.root}{app.pk}/", headers={"If-Match": f'"{generation}"'}).status_code == 204

    def read(self, app: App) -> dict[str, Any]:
        document: dict[str, Any] = self.portal.client.get(f"{self.root}{app.pk}/").json()
        return document

    def replicas(self, app: App) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.portal.client.get(f"{self.root}{app.pk}/replicas/").json()["results"]
        return found

    def work(self) -> None:
        self.portal.work()
        for app_id in App.objects.due().values_list("pk", flat=True):
            tasks.reconcile(app_id=str(app_id))

    def until(self, app: App, *phases: str, what: Any = lambda app: True, within: float = 90) -> dict[str, Any]:
        def arrived() -> bool:
            self.work()
            app.refresh_from_db()
            return app.phase in phases and what(app)

        eventually(arrived, within=within, what=f"{' or '.join(phases)}, what is {app.phase}: {app.message}")
        return self.read(app)

    def until_gone(self, app: App) -> None:
        eventually(lambda: self.work() or not App.objects.filter(pk=app.pk).exists(), within=90, what="an app that is gone")

    def there(self, path: str) -> dict[str, Any]:
        group, _, rest = path.rpartition("/")
        root = f"/apis/{group}" if group else "/api/v1"
        kind, _, name = rest.partition(" ")
        found: dict[str, Any] = self.portal.api.get(f"{root}/namespaces/{self.portal.project.namespace}/{kind}/{name}")
        return found

    def names(self, path: str) -> list[str]:
        group, _, kind = path.rpartition("/")
        root = f"/apis/{group}" if group else "/api/v1"
        query = {"labelSelector": "hanse.dev/app"}
        found = self.portal.api.get(f"{root}/namespaces/{self.portal.project.namespace}/{kind}", query)["items"]
        return sorted(one["metadata"]["name"] for one in found)


@pytest.fixture
def apps(portal: Portal) -> Apps:
    return Apps(portal)


class TestWalk:
    def test_an_app_is_a_deployment_with_a_name_and_serves_once_its_pods_are_ready(self, apps):
        make_secret(apps.portal.project, "model", token="s3cr3t")
        env = {"env": {"THREADS": "2"}, "env_from": [{"secret": "model", "key": "token", "name": "TOKEN"}]}
        app = apps.deploy(replicas=2, devices=[{"flavor": "v100", "count": 1}], **env)

        document = apps.until(app, "ready")

        assert (document["cluster"]["name"], document["replicas_ready"]) == ("lab", 2)
        assert document["inside_address"] == f"http://app-digits.{apps.portal.project.namespace}.svc"
        assert document["address"] == ""
        deployment = apps.there("apps/v1/deployments app-digits")
        (container,) = deployment["spec"]["template"]["spec"]["containers"]
        assert (container["image"], container["command"]) == (IMAGE, ["serve", "--port=8080"])
        assert container["resources"]["limits"]["nvidia.com/gpu"] == "1"
        assert deployment["spec"]["template"]["spec"]["nodeSelector"] == {"nvidia.com/gpu.product": "Tesla-V100-SXM2-32GB"}
        assert {one["pod"] for one in apps.replicas(app)} == set(apps.names("pods"))
        assert all(one["node"].startswith("v100-") for one in apps.replicas(app))
        assert (apps.names("services"), apps.names("secrets")) == (["app-digits"], ["app-digits-1"])
        assert apps.names("policy/v1/poddisruptionbudgets") == ["app-digits"]

    def test_a_pod_that_is_only_played_says_so(self, apps):
        app = apps.deploy()
        apps.until(app, "ready")

        (replica,) = apps.replicas(app)

        assert [one["code"] for one in replica["said"]] == ["replica-simulated"]

    def test_each_replica_holds_its_quota_where_its_pod_stands(self, apps):
        app = apps.deploy(replicas=2)
        apps.until(app, "ready")

        held = Workload.objects.filter(subject_kind="app-replica", state="admitted")

        nodes = {one["number"]: one["node"] for one in apps.replicas(app)}
        assert sorted(one.placements[0]["node"] for one in held) == sorted(nodes.values())

    def test_more_replicas_than_the_quota_holds_wait_and_the_others_serve(self, apps):
        app = apps.deploy(replicas=3, devices=[{"flavor": "v100", "count": 8}])

        document = apps.until(app, "deploying", what=lambda app: app.replicas_ready == 2)

        assert len(apps.names("pods")) == 2
        assert apps.there("apps/v1/deployments app-digits")["spec"]["replicas"] == 2
        assert "2 of 3 replicas are ready. Waits for 8 GPUs of v100" in document["message"]

    def test_scaling_adds_and_takes_away_pods_and_gives_their_quota_back(self, apps):
        app = apps.deploy(replicas=1)
        apps.until(app, "ready")

        apps.change(app, replicas=3)
        apps.until(app, "ready", what=lambda app: app.replicas_ready == 3)
        apps.change(app, replicas=1)
        apps.until(app, "ready", what=lambda app: not app.instances.filter(finished_at=None)[1:].exists())

        eventually(lambda: len(apps.names("pods")) == 1, within=30, what="one pod")
        assert Workload.objects.filter(subject_kind="app-replica").count() == 1


class TestRollingUpdate:
    def test_a_new_revision_takes_over_and_never_leaves_fewer_ready_than_wanted(self, apps):
        app = apps.deploy(replicas=2)
        apps.until(app, "ready")
        apps.change(app, spec={**SPEC, "image": f"{IMAGE}.1"})
        least = []

        def through(app: App) -> bool:
            ready = AppReplica.objects.filter(app=app, phase="ready").count()
            least.append(ready)
            assert AppReplica.objects.filter(app=app, finished_at=None).count() <= 3
            return app.serving_revision == 2

        apps.until(app, "deploying")
        apps.until(app, "ready", what=through)

        assert min(least) >= 2
        assert {one["revision"] for one in apps.replicas(app) if not one["finished_at"]} == {2}

    def test_without_quota_for_one_more_the_old_revision_serves_and_the_app_says_what_it_waits_for(self, apps):
        app = apps.deploy(replicas=2, devices=[{"flavor": "v100", "count": 8}])
        apps.until(app, "ready")

        apps.change(app, spec={**SPEC, "image": f"{IMAGE}.1", "devices": [{"flavor": "v100", "count": 8}]})
        document = apps.until(app, "deploying", what=lambda app: len(app.said) > 1)

        assert document["serving_revision"] == 1
        assert document["replicas_ready"] == 2
        assert apps.there("apps/v1/deployments app-digits")["spec"]["paused"] is True
        assert "v100" in document["message"]

    def test_it_takes_what_it_has_where_fewer_may_be_ready_meanwhile(self, apps):
        gpus = {"devices": [{"flavor": "v100", "count": 8}], "rollout": {"max_surge": 0, "max_unavailable": 1}}
        app = apps.deploy(replicas=2, **gpus)
        apps.until(app, "ready")

        apps.change(app, spec={**SPEC, "image": f"{IMAGE}.1", **gpus})
        apps.until(app, "ready", what=lambda app: app.serving_revision == 2)

    def test_one_rolls_back_to_what_was(self, apps):
        app = apps.deploy()
        apps.until(app, "ready")
        apps.change(app, spec={**SPEC, "image": f"{IMAGE}.1"})
        apps.until(app, "ready", what=lambda app: app.serving_revision == 2)

        apps.act(app, "rollback", revision=1)
        apps.until(app, "ready", what=lambda app: app.serving_revision == 3)

        (container,) = apps.there("apps/v1/deployments app-digits")["spec"]["template"]["spec"]["containers"]
        assert container["image"] == IMAGE


class TestAutoscaling:
    def use(self, apps: Apps, cpu: str) -> None:
        """Have all pods use so much, as their (simulated) kubelets say and metrics-server passes on."""
        for pod in apps.names("pods"):
            path = f"/api/v1/namespaces/{apps.portal.project.namespace}/pods/{pod}"
            uses = {"kwok.x-k8s.io/usage-cpu": cpu, "kwok.x-k8s.io/usage-memory": "64Mi"}
            apps.portal.api.patch(path, {"metadata": {"annotations": uses}})

    @pytest.mark.timeout(400)
    def test_load_adds_pods_with_quota_of_their_own_up_to_the_most_and_says_why(self, apps):
        app = apps.deploy(replicas=1, autoscaling={"max_replicas": 3, "cpu_percent": 50})
        apps.until(app, "ready")

        def grown(app: App) -> bool:
            self.use(apps, "450m")
            return app.replicas_ready == 3

        document = apps.until(app, "ready", what=grown, within=300)

        assert Workload.objects.filter(subject_kind="app-replica", state="admitted").count() == 3
        assert document["autoscaling"] == {"max_replicas": 3, "cpu_percent": 50}
        assert document["scaling"]["desired"] == 3
        assert document["scaling"]["percent"] >= 80
        apps.change(app, autoscaling=None)
        apps.until(app, "ready", what=lambda app: not app.instances.filter(finished_at=None)[1:].exists())
        assert apps.names("autoscaling/v2/horizontalpodautoscalers") == []
        eventually(lambda: len(apps.names("pods")) == 1, within=30, what="one pod")

    def test_it_never_has_more_pods_than_were_admitted(self, apps):
        autoscaling = {"max_replicas": 6, "cpu_percent": 50}
        app = apps.deploy(replicas=2, autoscaling=autoscaling, devices=[{"flavor": "v100", "count": 8}])
        apps.until(app, "ready")

        assert apps.there("autoscaling/v2/horizontalpodautoscalers app-digits")["spec"]["maxReplicas"] == 2
        app.refresh_from_db()
        scaling_seen(app_id=app.pk, seen=ScalingSeen(current=2, desired=2, percent=100, limited=True))
        document = apps.until(app, "ready", what=lambda app: len(app.said) > 1)

        assert "by its load it is to have 4. Waits for 8 GPUs of v100" in document["message"]
        assert apps.there("autoscaling/v2/horizontalpodautoscalers app-digits")["spec"]["maxReplicas"] == 2
        assert apps.there("apps/v1/deployments app-digits")["spec"]["replicas"] == 2

    def test_fewer_at_most_than_at_least_is_refused_by_name(self, apps):
        response = apps.portal.client.post(apps.root, apps.document(replicas=3, autoscaling={"max_replicas": 2}))

        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"] == "/autoscaling/max_replicas"


class TestEnds:
    def test_stopped_it_holds_nothing_and_starts_again(self, apps):
        app = apps.deploy(replicas=2)
        apps.until(app, "ready")

        apps.act(app, "stop")
        apps.until(app, "stopped", what=lambda app: not app.instances.filter(finished_at=None).exists())
        eventually(lambda: apps.names("pods") == [], within=30, what="no pod")
        assert not Workload.objects.filter(subject_kind="app-replica").exists()
        apps.act(app, "start")

        apps.until(app, "ready", what=lambda app: app.replicas_ready == 2)

    def test_deleted_it_leaves_nothing(self, apps):
        app = apps.deploy(env_from=[])
        apps.until(app, "ready")

        apps.delete(app)
        apps.until_gone(app)

        kinds = (
            "pods",
            "services",
            "secrets",
            "apps/v1/deployments",
            "apps/v1/replicasets",
            "policy/v1/poddisruptionbudgets",
            "autoscaling/v2/horizontalpodautoscalers",
        )
        eventually(lambda: not any(apps.names(kind) for kind in kinds), within=30, what="nothing")
        assert not Workload.objects.filter(subject_kind="app-replica").exists()

    def test_what_an_app_left_that_nobody_knows_is_taken_away(self, apps):
        app = apps.deploy()
        apps.until(app, "ready")
        App.objects.filter(pk=app.pk).delete()

        tidy.tidy_apps(apps.portal.api, apps.portal.cluster)

        with pytest.raises(NotFound):
            apps.there("apps/v1/deployments app-digits")


class TestFaults:
    def test_a_pod_that_somebody_deletes_is_made_anew_in_its_place(self, apps):
        app = apps.deploy(replicas=2)
        apps.until(app, "ready")
        lost, _ = apps.names("pods")

        apps.portal.api.delete(f"/api/v1/namespaces/{apps.portal.project.namespace}/pods/{lost}")
        apps.until(app, "ready", what=lambda app: not AppReplica.objects.filter(app=app, pod=lost).exists())

        assert AppReplica.objects.filter(app=app).count() == 2

    def test_what_somebody_changes_in_the_cluster_is_put_right(self, apps):
        app = apps.deploy()
        apps.until(app, "ready")
        with apps.portal.running.admin() as api:
            deployments = official.AppsV1Api(api)
            where = {"name": "app-digits", "namespace": apps.portal.project.namespace}
            deployments.patch_namespaced_deployment(**where, body={"spec": {"replicas": 4, "minReadySeconds": 7}})

        App.objects.filter(pk=app.pk).update(next_reconcile_at="2026-01-01T00:00:00Z")  # as it is once a minute
        apps.work()

        assert apps.there("apps/v1/deployments app-digits")["spec"]["replicas"] == 1

    def test_it_is_the_same_after_watch_was_killed_at_any_moment(self, apps):
        app = apps.deploy(replicas=2)

        def killed(app: App) -> bool:
            apps.portal.watch.kill()
            return app.replicas_ready == 2

        apps.until(app, "ready", what=killed)

        assert AppReplica.objects.filter(app=app).count() == 2

    def test_one_that_a_rule_of_the_cluster_is_against_says_so(self, apps):
        app = apps.deploy(image="registry.example.org/serve:1 ")

        document = apps.until(app, "deploying", what=lambda app: "image" in app.message)

        assert "The cluster makes no pod for it" in document["message"]


class TestEntry:
    ENTRY = {"kind": "ingress", "name": "nginx", "namespace": "entry", "domain": "apps.example.org"}

    def test_a_public_app_has_an_address_and_one_that_is_closed_again_has_none(self, apps, as_role):
        operator, _ = as_role("operator")
        cluster = f"/api/v1/clusters/{apps.portal.cluster.pk}/"
        operator.change("patch", cluster, {"app_entry": self.ENTRY})
        app = apps.deploy(access="public")
        document = apps.until(app, "ready")

        label = f"digits-{apps.portal.project.pk.hex[-10:]}"
        assert document["address"] == f"https://{label}.apps.example.org"
        assert (
            apps.there("networking.k8s.io/v1/ingresses app-digits")["spec"]["rules"][0]["host"]
            == f"{label}.apps.example.org"
        )
        assert apps.names("networking.k8s.io/v1/networkpolicies") == ["app-digits"]
        tidy.tidy_projects(apps.portal.api, apps.portal.cluster)
        assert apps.names("networking.k8s.io/v1/networkpolicies") == ["app-digits"]
        apps.change(app, access="tenant")
        apps.work()

        assert apps.read(app)["address"] == ""
        assert apps.names("networking.k8s.io/v1/ingresses") == []
        assert apps.names("networking.k8s.io/v1/networkpolicies") == []

    @pytest.mark.parametrize(
        ("changed", "pointer"),
        [
            ({"domain": "Apps"}, "/app_entry/domain"),
            ({"kind": "gateway"}, "/app_entry/kind"),
            ({"to": "x"}, "/app_entry/to"),
        ],
    )
    def test_an_entry_that_is_none_is_refused_by_name(self, cluster, as_role, changed, pointer):
        operator, _ = as_role("operator")
        address = f"/api/v1/clusters/{cluster.pk}/"

        given = {"app_entry": {**self.ENTRY, **changed}}
        response = operator.change("patch", address, given)

        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"] == pointer


class TestLogs:
    def lines(self, apps: Apps, app: App) -> list[str]:
        """Of the first replica of the first revision."""
        asked = {"attempt": 1, "rank": 1, "after": 0, "limit": 1000}
        page = apps.portal.client.get(f"{apps.root}{app.pk}/logs/", asked).json()
        return [text for _, _, _, text in page["lines"] if not text.startswith("This pod is simulated")]

    @pytest.mark.timeout(400)
    def test_what_a_pod_prints_is_read_in_the_portal_and_goes_on_with_the_pod_that_takes_its_place(self, apps):
        app = apps.deploy()
        apps.until(app, "ready")
        namespace = apps.portal.project.namespace
        (first,) = apps.names("pods")
        # What it had begun to print KWOK goes on with, so the first line may take the number of one that was read already.
        apps.portal.running.print_lines(namespace, first, "", "model loaded", "GET / 200")
        apps.portal.watch.kill()
        eventually(
            lambda: apps.work() or self.lines(apps, app)[-2:] == ["model loaded", "GET / 200"], within=60, what="its log"
        )

        apps.portal.api.delete(f"/api/v1/namespaces/{namespace}/pods/{first}")
        apps.until(app, "ready", what=lambda app: not AppReplica.objects.filter(app=app, pod=first).exists())
        (second,) = (name for name in apps.names("pods") if name != first)
        apps.portal.running.print_lines(namespace, second, "model loaded anew")

        eventually(
            lambda: apps.work() or self.lines(apps, app)[-1] == "model loaded anew", within=150, what="the log goes on"
        )
        assert "GET / 200" in self.lines(apps, app)


class TestRefusals:
    def test_a_command_without_an_image_runs_in_no_such_cluster(self, apps):
        response = apps.portal.client.post(apps.root, apps.document(cluster="lab", image=""))

        assert response.status_code == 422
        assert response.json()["type"] == "/problems/never-fits"
        assert not App.objects.exists()

    def test_files_are_refused_by_name(self, apps):
        files = [{"bucket": "models", "key": "digits.onnx"}]

        response = apps.portal.client.post(apps.root, apps.document(files=files))

        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"] == "/spec/files"


class TestWalls:
    def test_a_pod_that_bears_the_mark_of_anothers_app_is_none_of_its_replicas(self, new_portal):
        ours, theirs = Apps(new_portal()), Apps(new_portal())
        app = ours.deploy()
        ours.until(app, "ready")
        foreign = theirs.deploy()
        theirs.until(foreign, "ready")

        (pod,) = theirs.names("pods")
        path = f"/api/v1/namespaces/{theirs.portal.project.namespace}/pods/{pod}"
        theirs.portal.api.patch(path, {"metadata": {"labels": {"hanse.dev/app": str(app.pk)}}})
        # Its Deployment has made another by then, so the mark was seen.
        theirs.until(foreign, "ready", what=lambda app: not app.instances.filter(pod=pod).exists())
        ours.work()

        assert {one["pod"] for one in ours.replicas(app)} == set(ours.names("pods"))

    def test_its_network_lets_in_its_own_project_and_whom_that_is_open_to(self, apps):
        app = apps.deploy()
        apps.until(app, "ready")

        policies = apps.portal.api.get(
            f"/apis/networking.k8s.io/v1/namespaces/{apps.portal.project.namespace}/networkpolicies"
        )["items"]

        selected = {one["metadata"]["name"]: one["spec"] for one in policies}
        assert selected["hanse-closed"]["podSelector"] == {}
        assert selected["hanse-closed"]["policyTypes"] == ["Ingress", "Egress"]
        assert selected["hanse-inside"]["ingress"] == [{"from": [{"podSelector": {}}]}]


def test_quota_is_one_for_apps_and_jobs(new_portal):
    portal = new_portal()
    apps = Apps(portal)
    app = apps.deploy(replicas=2, devices=[{"flavor": "v100", "count": 8}])
    apps.until(app, "ready")

    job = portal.submit(
        role={"devices": [{"flavor": "v100", "count": 8}]},
    )
    apps.work()
    job.refresh_from_db()
    assert job.phase == "queued"
    apps.change(app, replicas=1)

    eventually(lambda: apps.work() or job.refresh_from_db() or job.phase == "running", within=60, what="a job in its place")
