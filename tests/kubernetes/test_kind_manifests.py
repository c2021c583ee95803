"""Whole objects of operators, as a reader of the cluster would see them."""

from apps.jobs.given import Given
from apps.jobs.kinds import Kind
from celery_workers.kubernetes.manifests import job as manifests
from celery_workers.kubernetes.manifests import kinds
from tests.kubernetes.test_manifests import JOB, LABELS, OWNER, read, run, wanted


class TestPyTorchJob:
    def test_is_one_object_whose_pods_are_alike(self):
        env = {"RANK": "0", "PET_NNODES": "2", "MASTER_ADDR": "pod", "EPOCHS": "20", "HANSE_REPORT_TOKEN": "signed"}
        ranks = [wanted(rank=rank, index=rank, node=f"gpu-{rank}", env=env) for rank in (0, 1)]

        made = kinds.render(Kind.PYTORCHJOB, run(), ranks, {"worker": Given()}, owner=OWNER)

        pod = manifests.pod(run(), ranks[0], Given(), owner=OWNER)
        template = made["spec"]["pytorchReplicaSpecs"]["Worker"].pop("template")
        assert made == {
            "apiVersion": "kubeflow.org/v1",
            "kind": "PyTorchJob",
            "metadata": pod["metadata"]
            | {
                "name": "job-000000000000700080000000000000f1-2",
                "labels": {**read(LABELS), "hanse.dev/job": str(JOB), "hanse.dev/attempt": "2"},
            },
            "spec": {
                "runPolicy": {"cleanPodPolicy": "None"},
                "pytorchReplicaSpecs": {"Worker": {"replicas": 2, "restartPolicy": "Never"}},
            },
        }
        assert template["metadata"]["labels"] == {
            **made["metadata"]["labels"],
            "hanse.dev/role": "worker",
            "hanse.dev/first-rank": "0",
        }
        container, ours = template["spec"].pop("containers")[0], pod["spec"].pop("containers")[0]
        assert container["env"] == read(
            """
            - {name: EPOCHS, value: "20"}
            - {name: HANSE_ARTIFACTS, value: /hanse/work/artifacts}
            - {name: HOME, value: /hanse/work}
            - {name: MASTER_ADDR, value: job-000000000000700080000000000000f1-2-worker-0}
            - {name: OMP_NUM_THREADS, value: "4"}
            - {name: OPENBLAS_NUM_THREADS, value: "4"}
            - name: RANK
              valueFrom: {fieldRef: {fieldPath: "metadata.labels['training.kubeflow.org/replica-index']"}}
            - name: HANSE_REPORT_TOKEN
              valueFrom:
                secretKeyRef: {name: job-000000000000700080000000000000f1-2-worker, key: env.HANSE_REPORT_TOKEN}
            """
        )
        assert container | {"env": []} == ours | {"env": [], "name": "pytorch"}
        nodes = template["spec"].pop("affinity")["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
        assert [term["matchFields"][0]["values"] for term in nodes["nodeSelectorTerms"]] == [["gpu-0"], ["gpu-1"]]
        of_one = {"restartPolicy", "hostname", "subdomain", "affinity"}
        assert template["spec"] == {name: value for name, value in pod["spec"].items() if name not in of_one}


class TestTFJob:
    def test_has_a_part_a_role_and_leaves_it_to_the_operator_how_they_meet(self):
        env = {"TF_CONFIG": "{}", "RANK": "0", "MASTER_ADDR": "pod", "HANSE_ROLE_INDEX": "0"}
        ranks = [
            *(wanted(rank=rank, index=rank, env=env, node="") for rank in (0, 1)),
            wanted(rank=2, index=0, role="ps", env=env, node=""),
        ]

        made = kinds.render(Kind.TFJOB, run(), ranks, {"worker": Given(), "ps": Given()}, owner=OWNER)

        parts = made["spec"]["tfReplicaSpecs"]
        assert {name: part["replicas"] for name, part in parts.items()} == {"Worker": 2, "PS": 1}
        template = parts["PS"]["template"]
        assert template["metadata"]["labels"]["hanse.dev/first-rank"] == "2"
        assert template["spec"]["containers"][0]["name"] == "tensorflow"
        assert "affinity" not in template["spec"]
        said = {one["name"] for one in template["spec"]["containers"][0]["env"]}
        assert not said & {"TF_CONFIG", "RANK", "MASTER_ADDR"}
        assert "HANSE_ROLE_INDEX" in said
