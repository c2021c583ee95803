"""Whole manifests of apps, as a reader of the cluster would see them."""

from typing import Any
from uuid import UUID

import pytest

from apps.clusters.entry import AppEntry
from apps.inference.spec import AppSpec
from celery_workers.kubernetes.manifests import app as manifests
from celery_workers.kubernetes.manifests.app import AppRun, ScalingOf
from celery_workers.kubernetes.manifests.job import NodeClass
from celery_workers.kubernetes.paths import path_of
from tests.kubernetes.test_manifests import CLUSTER, GIB, LABELS, PROJECT, TENANT, read

APP = UUID("00000000-0000-7000-8000-0000000000e1")
MARKS = {**read(LABELS), "hanse.dev/app": str(APP)}
ENTRY = {"name": "public", "namespace": "entry", "domain": "apps.example.org"}
ABOUT = {"name": "app-digits", "namespace": "vision-00000000b0", "labels": MARKS}


def run(spec: Any = None, **fields: Any) -> AppRun:
    given = {
        "image": "registry.example.org/digits:7",
        "command": ["serve", "--bind=$HOST:$PORT", "--price=$5"],
        "env": {"MODE": "fast$"},
        "cpu_millicores": 2000,
        "memory_bytes": 4 * GIB,
        "probe": {"path": "/healthz", "timeout_seconds": 1.5, "start_seconds": 90},
        "drain_seconds": 20,
        **(spec or {}),
    }
    about = {
        "cluster_id": CLUSTER,
        "tenant_id": TENANT,
        "project_id": PROJECT,
        "app_id": APP,
        "name": "digits",
        "namespace": "vision-00000000b0",
        "revision": 3,
        "spec": AppSpec.model_validate(given),
        "flavors": ("cpu", "v100"),
        "devices": {"v100": 1},
        "classes": {
            "cpu": NodeClass(),
            "v100": NodeClass(
                "nvidia.com/gpu",
                {"nvidia.com/gpu.product": "Tesla-V100"},
                [{"key": "nvidia.com/gpu", "value": "present", "effect": "NoSchedule"}],
            ),
        },
    }
    return AppRun(**{**about, **fields})


def by_kind(of: AppRun) -> dict[str, Any]:
    return {one["kind"]: one for one in manifests.belongings(of)}


class TestDeployment:
    def test_exchanges_its_pods_without_loss_and_is_let_in_by_the_restricted_level(self):
        deployment = by_kind(run(variables={"TOKEN": "s3cr3t"}, surge=1))["Deployment"]

        assert deployment["metadata"] == ABOUT
        template = deployment["spec"].pop("template")
        assert deployment["spec"] == read(
            """
            selector:
              matchLabels: {hanse.dev/app: 00000000-0000-7000-8000-0000000000e1}
            revisionHistoryLimit: 2
            progressDeadlineSeconds: 150
            paused: false
            strategy:
              type: RollingUpdate
              rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
            """
        )
        assert template["metadata"] == {"labels": {**MARKS, "hanse.dev/revision": "3"}}
        assert template["spec"] == read(
            """
            serviceAccountName: hanse-jobs
            automountServiceAccountToken: false
            enableServiceLinks: false
            terminationGracePeriodSeconds: 25
            securityContext:
              runAsNonRoot: true
              runAsUser: 1000
              runAsGroup: 1000
              fsGroup: 1000
              fsGroupChangePolicy: OnRootMismatch
              seccompProfile: {type: RuntimeDefault}
            nodeSelector: {nvidia.com/gpu.product: Tesla-V100}
            tolerations:
            - {key: nvidia.com/gpu, operator: Equal, value: present, effect: NoSchedule}
            topologySpreadConstraints:
            - maxSkew: 1
              topologyKey: topology.kubernetes.io/zone
              whenUnsatisfiable: ScheduleAnyway
              labelSelector:
                matchLabels: {hanse.dev/app: 00000000-0000-7000-8000-0000000000e1}
              matchLabelKeys: [pod-template-hash]
            - maxSkew: 1
              topologyKey: kubernetes.io/hostname
              whenUnsatisfiable: ScheduleAnyway
              labelSelector:
                matchLabels: {hanse.dev/app: 00000000-0000-7000-8000-0000000000e1}
              matchLabelKeys: [pod-template-hash]
            containers:
            - name: app
              image: registry.example.org/digits:7
              imagePullPolicy: IfNotPresent
              command: [serve, "--bind=0.0.0.0:8080", --price=$$5]
              workingDir: /hanse/work
              env:
              - {name: HANSE_APP, value: digits}
              - {name: HANSE_REVISION, value: "3"}
              - {name: HOME, value: /hanse/work}
              - {name: HOST, value: 0.0.0.0}
              - {name: MODE, value: fast$$}
              - {name: OMP_NUM_THREADS, value: "2"}
              - {name: PORT, value: "8080"}
              - {name: PYTHONUNBUFFERED, value: "1"}
              - name: TOKEN
                valueFrom:
                  secretKeyRef: {name: app-digits-3, key: TOKEN}
              ports:
              - {name: http, protocol: TCP, containerPort: 8080}
              resources:
                requests: {cpu: 2000m, memory: "4294967296", nvidia.com/gpu: "1"}
                limits: {cpu: 2000m, memory: "4294967296", nvidia.com/gpu: "1"}
              securityContext:
                allowPrivilegeEscalation: false
                capabilities: {drop: [ALL]}
              startupProbe:
                httpGet: {path: /healthz, port: http}
                timeoutSeconds: 2
                periodSeconds: 2
                failureThreshold: 45
              readinessProbe:
                httpGet: {path: /healthz, port: http}
                timeoutSeconds: 2
                periodSeconds: 2
                failureThreshold: 3
              lifecycle:
                preStop:
                  sleep: {seconds: 5}
              volumeMounts:
              - {name: work, mountPath: /hanse/work}
              - {name: shared-memory, mountPath: /dev/shm}
            volumes:
            - {name: work, emptyDir: {}}
            - name: shared-memory
              emptyDir: {medium: Memory, sizeLimit: "2147483648"}
            """
        )

    def test_with_an_image_that_says_what_it_runs_there_is_no_command(self):
        (container,) = by_kind(run({"command": []}))["Deployment"]["spec"]["template"]["spec"]["containers"]

        assert "command" not in container

    @pytest.mark.parametrize(
        ("rollout", "surge", "strategy"),
        [
            ({"max_surge": 3}, 2, {"maxSurge": 2, "maxUnavailable": 0}),
            ({"max_surge": 3}, 0, {"maxSurge": 1, "maxUnavailable": 0}),
            ({"max_surge": 0, "max_unavailable": 1}, 0, {"maxSurge": 0, "maxUnavailable": 1}),
        ],
    )
    def test_surges_by_what_was_admitted(self, rollout, surge, strategy):
        spec = by_kind(run({"rollout": rollout}, surge=surge))["Deployment"]["spec"]

        assert spec["strategy"]["rollingUpdate"] == strategy

    def test_runs_in_the_sandbox_of_its_tenant(self):
        pod = by_kind(run(runtime_class="gvisor"))["Deployment"]["spec"]["template"]["spec"]

        assert pod["runtimeClassName"] == "gvisor"


class TestBelongings:
    def test_a_name_in_the_cluster_for_what_serves(self):
        service = by_kind(run())["Service"]

        assert service["metadata"] == ABOUT
        assert service["spec"] == read(
            """
            selector: {hanse.dev/app: 00000000-0000-7000-8000-0000000000e1}
            ports:
            - {name: http, protocol: TCP, port: 80, targetPort: http}
            """
        )

    def test_whoever_drains_nodes_takes_one_pod_at_a_time(self):
        assert by_kind(run())["PodDisruptionBudget"]["spec"] == read(
            """
            maxUnavailable: 1
            unhealthyPodEvictionPolicy: AlwaysAllow
            selector:
              matchLabels: {hanse.dev/app: 00000000-0000-7000-8000-0000000000e1}
            """
        )

    def test_an_autoscaler_where_it_grows_with_its_load(self):
        scaler = by_kind(run(scaling=ScalingOf(2, 5, 60)))["HorizontalPodAutoscaler"]

        assert scaler["metadata"] == ABOUT
        assert scaler["spec"] == read(
            """
            scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: app-digits}
            minReplicas: 2
            maxReplicas: 5
            metrics:
            - type: Resource
              resource:
                name: cpu
                target: {type: Utilization, averageUtilization: 60}
            """
        )
        assert "HorizontalPodAutoscaler" not in by_kind(run())

    @pytest.mark.parametrize(
        ("kind", "made", "spec"),
        [
            (
                "gateway",
                "HTTPRoute",
                """
                parentRefs: [{name: public, namespace: entry}]
                hostnames: [digits-00000000b0.apps.example.org]
                rules:
                - backendRefs: [{name: app-digits, port: 80}]
                """,
            ),
            (
                "ingress",
                "Ingress",
                """
                ingressClassName: public
                tls:
                - hosts: [digits-00000000b0.apps.example.org]
                rules:
                - host: digits-00000000b0.apps.example.org
                  http:
                    paths:
                    - path: /
                      pathType: Prefix
                      backend:
                        service:
                          name: app-digits
                          port: {name: http}
                """,
            ),
        ],
    )
    def test_a_way_in_from_outside_and_from_nowhere_else(self, kind, made, spec):
        found = by_kind(run(entry=AppEntry.model_validate({**ENTRY, "kind": kind}), host="digits-00000000b0"))

        assert found[made]["metadata"] == ABOUT
        assert found[made]["spec"] == read(spec)
        assert found["NetworkPolicy"]["spec"] == read(
            """
            podSelector:
              matchLabels: {hanse.dev/app: 00000000-0000-7000-8000-0000000000e1}
            policyTypes: [Ingress]
            ingress:
            - from:
              - namespaceSelector:
                  matchLabels: {kubernetes.io/metadata.name: entry}
              ports:
              - {protocol: TCP, port: http}
            """
        )
        assert not {"HTTPRoute", "Ingress", "NetworkPolicy"} & by_kind(run()).keys()

    def test_a_secret_a_revision_where_there_are_variables_from_secrets(self):
        secret = by_kind(run(variables={"TOKEN": "s3cr3t"}))["Secret"]

        assert secret == {
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": {**ABOUT, "name": "app-digits-3"},
            "type": "Opaque",
            "immutable": True,
            "data": {"TOKEN": "czNjcjN0"},
        }
        assert "Secret" not in by_kind(run())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("variables", [{}, {"TOKEN": "s3cr3t"}])
def test_the_cluster_itself_takes_all_of_it(portal, variables):
    portal.until(portal.submit(), "running")  # so that its namespace stands
    about = {"cluster_id": portal.cluster.pk, "project_id": portal.project.pk, "namespace": portal.project.namespace}

    entry = AppEntry.model_validate({**ENTRY, "kind": "ingress"})
    whole = run(**about, variables=variables, surge=1, scaling=ScalingOf(1, 3, 70), entry=entry, host="digits-1")

    for manifest in manifests.belongings(whole):
        taken = portal.api.apply(path_of(manifest), manifest, dry_run=True)

        assert taken["kind"] == manifest["kind"]
