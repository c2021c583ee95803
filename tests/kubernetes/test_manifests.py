"""Whole manifests, as a reader of the cluster would see them."""

from textwrap import dedent
from typing import Any
from uuid import UUID

import pytest
import yaml

from apps.jobs.given import Given
from apps.jobs.placement import WantedReplica
from celery_workers.kubernetes.manifests import job as manifests
from celery_workers.kubernetes.manifests.job import CodeFile, NodeClass, Run
from celery_workers.kubernetes.manifests.network import Opening
from celery_workers.kubernetes.manifests.project import ProjectInCluster, of_project

CLUSTER = UUID("00000000-0000-7000-8000-00000000000c")
TENANT = UUID("00000000-0000-7000-8000-00000000000a")
PROJECT = UUID("00000000-0000-7000-8000-00000000000b")
JOB = UUID("00000000-0000-7000-8000-0000000000f1")
OWNER = "5b0e0a52-9f35-4d0e-a0b5-6a6a9a1c2d3e"
GIB = 2**30


def read(text: str) -> Any:
    return yaml.safe_load(dedent(text))


def run(**fields: Any) -> Run:
    given = {
        "cluster_id": CLUSTER,
        "tenant_id": TENANT,
        "project_id": PROJECT,
        "job_id": JOB,
        "job_name": "resnet",
        "attempt": 2,
        "namespace": "vision-00000000b0",
        "flavors": {
            "cpu": NodeClass(),
            "v100": NodeClass(
                "nvidia.com/gpu",
                {"nvidia.com/gpu.product": "Tesla-V100"},
                [{"key": "nvidia.com/gpu", "value": "present", "effect": "NoSchedule"}],
            ),
        },
    }
    return Run(**{**given, **fields})


def wanted(**fields: Any) -> WantedReplica:
    given = {
        "rank": 1,
        "role": "worker",
        "index": 1,
        "node": "gpu-7",
        "local_rank": 0,
        "world_size": 2,
        "image": "registry.example.org/train:3",
        "command": ("torchrun", "train.py", "--out=$(pwd)"),
        "env": {"RANK": "1", "HANSE_REPORT_TOKEN": "signed", "HANSE_ARTIFACTS": "artifacts"},
        "cpu_millicores": 4000,
        "memory_bytes": 16 * GIB,
        "devices": {"v100": 2},
        "deadline_at": None,
        "flavors": ("cpu", "v100"),
    }
    return WantedReplica(**{**given, **fields})


LABELS = """
    app.kubernetes.io/managed-by: hanse
    hanse.dev/cluster: 00000000-0000-7000-8000-00000000000c
    hanse.dev/tenant: 00000000-0000-7000-8000-00000000000a
    hanse.dev/project: 00000000-0000-7000-8000-00000000000b
"""


class TestReplica:
    def test_is_a_pod_that_the_restricted_level_lets_in(self):
        given = Given(env={"API_KEY": "s3cr3t"}, files={"tracker/token.txt": b"t0ken"})

        pod = manifests.pod(run(deadline_seconds=3600), wanted(), given, owner=OWNER)

        marks = {**read(LABELS), "hanse.dev/job": str(JOB), "hanse.dev/attempt": "2"}
        assert pod["metadata"] == {
            "name": "job-000000000000700080000000000000f1-2-1",
            "namespace": "vision-00000000b0",
            "labels": {**marks, "hanse.dev/role": "worker", "hanse.dev/rank": "1"},
            "annotations": {"hanse.dev/name": "resnet"},
            "ownerReferences": [
                {
                    "apiVersion": "v1",
                    "kind": "Service",
                    "name": "job-000000000000700080000000000000f1",
                    "uid": OWNER,
                    "controller": True,
                }
            ],
        }
        assert pod["spec"] == read(
            """
            restartPolicy: Never
            serviceAccountName: hanse-jobs
            automountServiceAccountToken: false
            enableServiceLinks: false
            hostname: job-000000000000700080000000000000f1-2-1
            subdomain: job-000000000000700080000000000000f1
            terminationGracePeriodSeconds: 30
            activeDeadlineSeconds: 3600
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
            affinity:
              nodeAffinity:
                requiredDuringSchedulingIgnoredDuringExecution:
                  nodeSelectorTerms:
                  - matchFields:
                    - {key: metadata.name, operator: In, values: [gpu-7]}
            containers:
            - name: replica
              image: registry.example.org/train:3
              imagePullPolicy: IfNotPresent
              command: [torchrun, train.py, --out=$$(pwd)]
              workingDir: /hanse/work
              env:
              - {name: HANSE_ARTIFACTS, value: /hanse/work/artifacts}
              - {name: HANSE_REPLICA, value: 00000000-0000-7000-8000-0000000000f1.2.1}
              - {name: HANSE_SECRETS, value: /hanse/secrets}
              - {name: HOME, value: /hanse/work}
              - {name: OMP_NUM_THREADS, value: "4"}
              - {name: OPENBLAS_NUM_THREADS, value: "4"}
              - {name: PYTHONUNBUFFERED, value: "1"}
              - {name: RANK, value: "1"}
              - name: API_KEY
                valueFrom:
                  secretKeyRef: {name: job-000000000000700080000000000000f1-2-worker, key: env.API_KEY}
              - name: HANSE_REPORT_TOKEN
                valueFrom:
                  secretKeyRef: {name: job-000000000000700080000000000000f1-2-worker, key: env.HANSE_REPORT_TOKEN}
              resources:
                requests: {cpu: 4000m, memory: "17179869184", nvidia.com/gpu: "2"}
                limits: {cpu: 4000m, memory: "17179869184", nvidia.com/gpu: "2"}
              securityContext:
                allowPrivilegeEscalation: false
                capabilities: {drop: [ALL]}
              volumeMounts:
              - {name: work, mountPath: /hanse/work}
              - {name: shared-memory, mountPath: /dev/shm}
              - {name: secrets, mountPath: /hanse/secrets, readOnly: true}
            volumes:
            - {name: work, emptyDir: {}}
            - {name: shared-memory, emptyDir: {medium: Memory, sizeLimit: "8589934592"}}
            - name: secrets
              secret:
                secretName: job-000000000000700080000000000000f1-2-worker
                items: [{key: file.0, path: tracker/token.txt}]
                defaultMode: 0o440
            """.replace("0o440", "288")
        )

    def test_is_placed_by_its_cluster_where_the_portal_does_not_place(self):
        spec = manifests.pod(run(), wanted(node=""), Given(), owner=OWNER)["spec"]

        assert "affinity" not in spec
        assert spec["nodeSelector"] == {"nvidia.com/gpu.product": "Tesla-V100"}

    def test_starts_in_its_code_which_comes_in_parts(self):
        parts = [[CodeFile("train.py", False), CodeFile("tools/run.sh", True)], [CodeFile("weights.bin", False)]]

        spec = manifests.pod(run(code=parts), wanted(code=True, command=()), Given(), owner=OWNER)["spec"]

        assert spec["containers"][0]["workingDir"] == "/hanse/code"
        assert "command" not in spec["containers"][0]
        assert spec["volumes"][2] == read(
            """
            name: code
            projected:
              sources:
              - configMap:
                  name: job-000000000000700080000000000000f1-code-0
                  items:
                  - {key: f0, path: train.py, mode: 292}
                  - {key: f1, path: tools/run.sh, mode: 365}
              - configMap:
                  name: job-000000000000700080000000000000f1-code-1
                  items:
                  - {key: f0, path: weights.bin, mode: 292}
            """
        )

    def test_finds_the_file_that_the_portal_wrote_for_it(self):
        hosts = wanted(env={"HANSE_HOSTFILE": "hostfile"}, files={"hostfile": "a slots=1\n"})

        spec = manifests.pod(run(), hosts, Given(), owner=OWNER)["spec"]
        files = manifests.files_map(run(), hosts, owner=OWNER)

        assert {"name": "HANSE_HOSTFILE", "value": "/hanse/files/hostfile"} in spec["containers"][0]["env"]
        assert {"name": "files", "configMap": {"name": files["metadata"]["name"]}} in spec["volumes"]
        assert files["data"] == {"hostfile": "a slots=1\n"}

    def test_has_what_is_secret_in_a_secret_and_nowhere_else(self):
        given = Given(env={"API_KEY": "s3cr3t"}, files={"tracker/token.txt": b"t0ken"})

        secret = manifests.secret(run(), "worker", given, wanted(), owner=OWNER)

        assert secret["data"] == {
            "env.API_KEY": "czNjcjN0",
            "env.HANSE_REPORT_TOKEN": "c2lnbmVk",
            "file.0": "dDBrZW4=",
        }
        assert secret["immutable"] is True
        assert "signed" not in str(manifests.pod(run(), wanted(), given, owner=OWNER))

    @pytest.mark.parametrize(
        ("taint", "toleration"),
        [
            ({"key": "a", "value": "b"}, {"key": "a", "operator": "Equal", "value": "b"}),
            ({"key": "a", "effect": "NoExecute"}, {"key": "a", "operator": "Exists", "effect": "NoExecute"}),
        ],
    )
    def test_tolerates_what_its_flavor_is_tainted_with(self, taint, toleration):
        flavors = {"cpu": NodeClass(node_taints=[taint]), "v100": NodeClass("nvidia.com/gpu")}

        assert manifests.pod(run(flavors=flavors), wanted(), Given(), owner=OWNER)["spec"]["tolerations"] == [toleration]


class TestGang:
    def test_is_a_group_of_all_pods_of_the_attempt(self):
        of_gang = run(gangs="scheduling.k8s.io/v1alpha2")
        group = manifests.pod_group(of_gang, 2, owner=OWNER)
        pod = manifests.pod(of_gang, wanted(), Given({}, {}), owner=OWNER)

        assert (group["apiVersion"], group["kind"]) == ("scheduling.k8s.io/v1alpha2", "PodGroup")
        assert group["spec"] == {"schedulingPolicy": {"gang": {"minCount": 2}}}
        assert group["metadata"]["labels"]["hanse.dev/attempt"] == "2"
        assert group["metadata"]["ownerReferences"][0]["uid"] == OWNER
        assert pod["spec"]["schedulingGroup"] == {"podGroupName": group["metadata"]["name"]}


class TestService:
    def test_names_pods_before_they_are_ready(self):
        assert manifests.service(run()) == {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {
                "name": "job-000000000000700080000000000000f1",
                "namespace": "vision-00000000b0",
                "labels": {**read(LABELS), "hanse.dev/job": str(JOB)},
                "annotations": {"hanse.dev/name": "resnet"},
            },
            "spec": {
                "clusterIP": "None",
                "publishNotReadyAddresses": True,
                "selector": {"hanse.dev/job": str(JOB)},
            },
        }


class TestProject:
    def project(self, **fields: Any) -> list[Any]:
        given = {
            "cluster_id": CLUSTER,
            "tenant_id": TENANT,
            "project_id": PROJECT,
            "tenant": "acme",
            "project": "vision",
            "namespace": "vision-00000000b0",
            "most": {"cpu": 64_000, "memory": 256 * GIB, "nvidia.com/gpu": 16},
        }
        return of_project(ProjectInCluster(**{**given, **fields}))

    def test_is_a_namespace_with_limits_an_identity_and_a_closed_network(self):
        expected = f"""
            apiVersion: v1
            kind: Namespace
            metadata:
              name: vision-00000000b0
              labels:
                pod-security.kubernetes.io/enforce: restricted
                pod-security.kubernetes.io/audit: restricted
                pod-security.kubernetes.io/warn: restricted
              annotations: {{hanse.dev/name: acme/vision}}
            ---
            apiVersion: v1
            kind: ResourceQuota
            metadata: {{name: hanse, namespace: vision-00000000b0}}
            spec:
              hard:
                requests.cpu: 64000m
                requests.memory: "{256 * GIB}"
                requests.nvidia.com/gpu: "16"
                services.loadbalancers: "0"
                services.nodeports: "0"
            ---
            apiVersion: v1
            kind: ResourceQuota
            metadata: {{name: hanse-priorities, namespace: vision-00000000b0}}
            spec:
              hard: {{pods: "0"}}
              scopeSelector:
                matchExpressions:
                - scopeName: PriorityClass
                  operator: In
                  values: [system-cluster-critical, system-node-critical]
            ---
            apiVersion: v1
            kind: LimitRange
            metadata: {{name: hanse, namespace: vision-00000000b0}}
            spec:
              limits:
              - type: Container
                defaultRequest: {{cpu: 100m, memory: 128Mi}}
                default: {{cpu: "1", memory: 1Gi}}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {{name: hanse-registries, namespace: vision-00000000b0}}
            type: kubernetes.io/dockerconfigjson
            data: {{.dockerconfigjson: eyJhdXRocyI6e319}}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {{name: hanse-jobs, namespace: vision-00000000b0}}
            automountServiceAccountToken: false
            imagePullSecrets: [{{name: hanse-registries}}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {{name: hanse-closed, namespace: vision-00000000b0}}
            spec: {{podSelector: {{}}, policyTypes: [Ingress, Egress]}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {{name: hanse-inside, namespace: vision-00000000b0}}
            spec:
              podSelector: {{}}
              policyTypes: [Ingress, Egress]
              ingress: [{{from: [{{podSelector: {{}}}}]}}]
              egress: [{{to: [{{podSelector: {{}}}}]}}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {{name: hanse-dns, namespace: vision-00000000b0}}
            spec:
              podSelector: {{}}
              policyTypes: [Egress]
              egress:
              - to:
                - namespaceSelector: {{matchLabels: {{kubernetes.io/metadata.name: kube-system}}}}
                  podSelector: {{matchLabels: {{k8s-app: kube-dns}}}}
                ports: [{{protocol: UDP, port: 53}}, {{protocol: TCP, port: 53}}]
            """
        expected_objects = list(yaml.safe_load_all(dedent(expected)))
        for manifest in expected_objects:
            manifest["metadata"]["labels"] = {**read(LABELS), **manifest["metadata"].get("labels", {})}

        assert self.project() == expected_objects

    def test_may_reach_what_its_network_is_opened_to(self):
        *_, policy = self.project(openings=[Opening("to-portal", ("10.1.2.3/32",), ((443, 443),))])

        assert policy["metadata"]["name"] == "hanse-to-portal"
        assert policy["spec"]["egress"] == [
            {"to": [{"ipBlock": {"cidr": "10.1.2.3/32"}}], "ports": [{"protocol": "TCP", "port": 443}]}
        ]
