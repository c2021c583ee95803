"""The chart in helm/: what it renders from sets of values, what it refuses, and what an upgrade would change."""

import re
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from django.conf import settings
from kubernetes import client

from apps.clusters.needs import access_manifest
from embedded.caddy import Caddy
from tests.eventually import eventually
from tests.testbed.cluster.fixture import Kubernetes
from tests.testbed.helm import CHART, Helm, Refused

LEAST, ALL, SMALL = SETS = [CHART / "ci" / f"{name}.yaml" for name in ("least", "all", "small")]
KUBERNETES_VERSIONS = ("1.29", "1.37")
Object = dict[str, Any]


@pytest.fixture(scope="module")
def helm() -> Helm:
    return Helm.here()


@pytest.fixture(params=SETS, ids=lambda file: file.stem)
def rendered(helm: Helm, request: pytest.FixtureRequest) -> list[Object]:
    return helm.render(request.param)


def of_kubernetes_itself(objects: list[Object]) -> list[Object]:
    """Without those of operators that may be installed."""
    theirs = ("monitoring.coreos.com", "keda.sh", "gateway.networking.k8s.io")
    return [one for one in objects if not one["apiVersion"].startswith(theirs)]


def kind(objects: list[Object], *kinds: str) -> list[Object]:
    return [one for one in objects if one["kind"] in kinds]


def pods(objects: list[Object]) -> Iterator[tuple[str, Object]]:
    for one in kind(objects, "Deployment", "Job"):
        yield one["metadata"]["name"], one["spec"]["template"]["spec"]
    for one in kind(objects, "Pod"):
        yield one["metadata"]["name"], one["spec"]


def containers(objects: list[Object]) -> Iterator[tuple[str, Object]]:
    for name, pod in pods(objects):
        for container in [*pod.get("initContainers", ()), *pod["containers"]]:
            yield f"{name}/{container['name']}", container


class TestEverySetOfValues:
    @pytest.mark.parametrize("values", SETS, ids=lambda file: file.stem)
    def test_passes_helms_own_checks(self, helm: Helm, values: Path):
        assert "0 chart(s) failed" in helm.lint(values)

    @pytest.mark.parametrize("version", KUBERNETES_VERSIONS)
    def test_is_what_kubernetes_knows(self, rendered: list[Object], version: str):
        for one in of_kubernetes_itself(rendered):
            kubernetes_validate.validate(one, version, strict=True)

    def test_runs_nothing_as_root_and_writes_no_image(self, rendered: list[Object]):
        for name, pod in pods(rendered):
            assert pod["securityContext"]["runAsNonRoot"], name
            assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
            assert pod["automountServiceAccountToken"] is False, name
        for name, container in containers(rendered):
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }, name
            assert container["resources"]["limits"]["memory"], name

    def test_holds_no_secret_of_its_own(self, rendered: list[Object]):
        assert [one["metadata"]["name"] for one in kind(rendered, "Secret")] in ([], ["hanse-token"])
        for name, container in containers(rendered):
            for variable in container.get("env", ()):
                if re.search("KEY|DATABASE_URL|REDIS_URL|MAIL_URL", variable["name"]):
                    assert "secretKeyRef" in variable["valueFrom"], f"{name} {variable['name']}"

    def test_serves_every_queue(self, rendered: list[Object]):
        commands = [container["command"] for name, container in containers(rendered) if name.endswith("/worker")]
        served = {queue for command in commands for queue in command[command.index("-Q") + 1].split(",")}
        wanted = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()} | {settings.CELERY_TASK_DEFAULT_QUEUE}
        assert served == wanted - {"local"}, "local compute is refused in production"

    def test_gives_each_process_the_role_that_it_needs(self, rendered: list[Object]):
        roles = {
            name.split("/")[1]: variable["valueFrom"]["secretKeyRef"]["key"]
            for name, container in containers(rendered)
            for variable in container.get("env", ())
            if variable["name"] == "HANSE_DATABASE_URL" and "wait-for" not in name
        }
        expected = dict.fromkeys(("web", "live"), "web-url") | dict.fromkeys(
            ("worker", "beat", "watch", "gateway"), "worker-url"
        )
        assert roles in (expected, expected | {"migrate": "owner-url"})


class TestTheProxy:
    def test_is_configured_as_the_embedded_one_where_both_must_agree(self, helm: Helm, tmp_path: Path):
        sockets = (tmp_path / name for name in ("web", "live", "gateway"))
        embedded = Caddy(tmp_path / "Caddyfile", 1, *sockets, 2, "http://127.0.0.1:3", 4, tmp_path / "gate")
        embedded.configure()
        # In production apps run in clusters, behind what these have: the chart brings no such site.
        before_apps = embedded.configuration.read_text().partition("http://:4 ")[0]
        [text] = [one["data"]["Caddyfile"] for one in kind(helm.render(LEAST), "ConfigMap")]

        for rule in (
            "@waits",
            "handle /ws/exec/",
            "@files",
            "@others",
            "max_size",
            "max_header_size",
            "read_header",
            "respond `",
        ):
            here = [line.strip() for line in text.splitlines() if rule in line]
            there = [line.strip() for line in before_apps.splitlines() if rule in line]
            assert here == there, rule

    @pytest.mark.parametrize("values", [LEAST, SMALL], ids=lambda file: file.stem)
    def test_understands_its_configuration(self, helm: Helm, values: Path, tmp_path: Path):
        [text] = [one["data"]["Caddyfile"] for one in kind(helm.render(values), "ConfigMap")]
        (tmp_path / "Caddyfile").write_text(text)
        caddy = Path(sys.executable).parent / "caddy"

        said = subprocess.run(
            [caddy, "validate", "--adapter", "caddyfile", "--config", tmp_path / "Caddyfile"],
            capture_output=True,
            text=True,
            check=False,
        )

        assert said.returncode == 0, said.stderr

    def test_is_begun_anew_with_another_configuration(self, helm: Helm):
        def template(proxies: int) -> Object:
            [proxy] = [
                one
                for one in kind(helm.render(LEAST, proxiesInFront=proxies), "Deployment")
                if "proxy" in one["metadata"]["name"]
            ]
            return proxy["spec"]["template"]

        assert template(0) != template(1)


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("name", "value", "said"),
        [
            ("publicUrl", "hanse.example.org", "publicUrl"),
            ("image", {"repository": ""}, "repository"),
            ("image", {"repository": "hanse", "digest": "latest"}, "digest"),
            ("objects", {"url": ""}, "url"),
            ("web", {"replica": 3}, "replica"),
            ("workers", {"gpu": {"queues": ["gpu"], "replicas": 1, "threads": 1}}, "queues"),
            ("networkPolicy", {"to": {"web": [0]}}, "web"),
            ("settings", {"HANSE_X": ["a"]}, "HANSE_X"),
            ("httpRoute", {"enabled": True}, "httpRoute.parentRefs"),
            ("worker", {"keda": {"enabled": True}}, "worker.keda.redisAddress"),
            ("mail", {"existingSecret": "mail"}, "mail.from"),
        ],
    )
    def test_is_refused_by_its_name(self, helm: Helm, name: str, value: object, said: str):
        with pytest.raises(Refused, match=re.escape(said)):
            helm.render(LEAST, **{name: value})


class TestAnUpgrade:
    def test_changes_the_image_and_nothing_that_cannot_change(self, helm: Helm):
        before = {(one["kind"], one["metadata"]["name"]): one for one in helm.render(ALL)}
        digest = f"sha256:{'1' * 64}"
        after = {(one["kind"], one["metadata"]["name"]): one for one in helm.render(ALL, **{"image.digest": digest})}

        came, went = set(after) - set(before), set(before) - set(after)
        assert {kind for kind, _ in came | went} == {"Job"}, "a new release migrates by a Job of its own"
        for name in set(before) & set(after):
            old, new = deepcopy(before[name]), after[name]
            if name[0] == "Deployment":
                assert old["spec"]["selector"] == new["spec"]["selector"]
            assert yaml.safe_dump(old).replace("sha256:" + "0" * 64, digest) == yaml.safe_dump(new), name

    def test_without_a_change_changes_nothing(self, helm: Helm):
        assert helm.render(ALL) == helm.render(ALL)

    def test_leaves_the_number_of_pods_to_whoever_scales_them(self, helm: Helm):
        scaled = {
            one["spec"]["scaleTargetRef"]["name"]
            for one in kind(helm.render(ALL), "HorizontalPodAutoscaler", "ScaledObject")
        }
        deployments = {one["metadata"]["name"]: one["spec"] for one in kind(helm.render(ALL), "Deployment")}

        assert {name for name, spec in deployments.items() if "replicas" not in spec} == scaled
        assert scaled == {name for name in deployments if re.search("-(web|live|worker-.*)$", name)}


class TestNetworks:
    def test_are_closed_to_all_but_the_proxy_and_prometheus(self, helm: Helm):
        policies = {one["metadata"]["name"]: one["spec"] for one in kind(helm.render(LEAST), "NetworkPolicy")}

        assert "ingress" not in policies["hanse-all"]
        assert policies["hanse-all"]["policyTypes"] == ["Ingress", "Egress"]
        for name in ("hanse-web", "hanse-live", "hanse-gateway"):
            [door] = policies[name]["ingress"]
            proxy, prometheus = door["from"]
            assert proxy["podSelector"]["matchLabels"]["app.kubernetes.io/component"] == "proxy"
            assert prometheus["podSelector"]["matchLabels"] == {"app.kubernetes.io/name": "prometheus"}
        assert policies["hanse-worker"]["policyTypes"] == ["Egress"]


@pytest.mark.django_db
class TestMonitoring:
    def test_asks_for_nothing_that_is_not_measured(self, client):
        client.get("/healthz")
        measured = set(re.findall(r"^# TYPE (\w+)", client.get("/metrics").content.decode(), re.MULTILINE))
        texts = [(CHART / "monitoring" / name).read_text() for name in ("rules.yaml", "dashboard.json")]
        asked = {name.removesuffix("_bucket") for name in re.findall(r"(?:hanse|django)_\w+", " ".join(texts))}

        assert asked - measured == set()


class TestTheAccountInTheCluster:
    def test_has_the_rights_that_registration_asks_for_and_no_others(self, helm: Helm):
        wanted = list(yaml.safe_load_all(access_manifest()))
        written = [one for one in helm.render(ALL) if one in wanted]

        assert sorted(written, key=str) == sorted(wanted, key=str), "helm/access.yaml is what access_manifest() writes"

    def test_is_not_there_unless_asked_for(self, helm: Helm):
        assert kind(helm.render(LEAST), "ClusterRole", "ClusterRoleBinding", "Secret") == []


class TestARealCluster:
    @pytest.mark.parametrize("values", SETS, ids=lambda file: file.stem)
    def test_takes_it_where_pods_are_restricted(self, helm: Helm, kubernetes: Kubernetes, values: Path):
        objects = of_kubernetes_itself(helm.render(values))
        with kubernetes.namespace(**{"pod-security.kubernetes.io/enforce": "restricted"}) as namespace:
            ours = [one for one in objects if one["metadata"].get("namespace") == "portal"]
            for one in ours:
                one["metadata"]["namespace"] = namespace
            accounts = kind(ours, "ServiceAccount")
            applied(kubernetes, accounts)
            applied(kubernetes, [one for one in ours if one not in accounts])
            applied(kubernetes, [one for one in objects if "namespace" not in one["metadata"]], "--dry-run=server")

            with kubernetes.admin() as api:
                for one in kind(ours, "Deployment"):
                    eventually(
                        lambda name=one["metadata"]["name"]: available(api, namespace, name),
                        within=120,
                        what=f"pods of {one['metadata']['name']}",
                    )


def applied(kubernetes: Kubernetes, objects: list[Object], *further: str) -> None:
    if not objects:
        return
    given = yaml.safe_dump_all(objects)
    said = kubernetes.kubectl("apply", "--server-side", *further, "--filename", "-", given=given)
    assert "Warning" not in said.stderr
    assert len(said.stdout.splitlines()) == len(objects)


def available(api: client.ApiClient, namespace: str, name: str) -> bool:
    deployment = client.AppsV1Api(api).read_namespaced_deployment_status(name, namespace)
    return deployment.status.available_replicas == deployment.spec.replicas
