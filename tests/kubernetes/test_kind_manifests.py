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

        [made] = kinds.render(Kind.PYTORCHJOB, run(), ranks, {"worker": Given()}, owner=OWNER)

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

        [made] = kinds.render(Kind.TFJOB, run(), ranks, {"worker": Given(), "ps": Given()}, owner=OWNER)

        parts = made["spec"]["tfReplicaSpecs"]
        assert {name: part["replicas"] for name, part in parts.items()} == {"Worker": 2, "PS": 1}
        template = parts["PS"]["template"]
        assert template["metadata"]["labels"]["hanse.dev/first-rank"] == "2"
        assert template["spec"]["containers"][0]["name"] == "tensorflow"
        assert "affinity" not in template["spec"]
        said = {one["name"] for one in template["spec"]["containers"][0]["env"]}
        assert not said & {"TF_CONFIG", "RANK", "MASTER_ADDR"}
        assert "HANSE_ROLE_INDEX" in said


class TestJob:
    def test_numbers_pods_that_are_called_as_pods_of_ours(self):
        env = {"RANK": "0", "MASTER_ADDR": "pod.service", "EPOCHS": "20"}
        ranks = [wanted(rank=rank, index=rank, env=env, node="") for rank in (0, 1, 2)]

        [made] = kinds.render(Kind.JOB, run(), ranks, {"worker": Given()}, owner=OWNER)

        pod = manifests.pod(run(), ranks[0], Given(), owner=OWNER)
        template = made["spec"].pop("template")
        assert made["spec"] == {"completionMode": "Indexed", "completions": 3, "parallelism": 3, "backoffLimit": 0}
        assert template["spec"]["subdomain"] == pod["spec"]["subdomain"]
        assert f"{made['metadata']['name']}-0" == pod["spec"]["hostname"]
        said = {one["name"]: one for one in template["spec"]["containers"][0]["env"]}
        assert said["MASTER_ADDR"]["value"] == "pod.service"
        number = "metadata.labels['batch.kubernetes.io/job-completion-index']"
        assert said["RANK"]["valueFrom"] == {"fieldRef": {"fieldPath": number}}


class TestJobSet:
    def test_has_a_job_a_role_whose_pods_are_told_their_place_in_it(self):
        env = {"RANK": "0", "MASTER_ADDR": "pod", "HANSE_ROLE_INDEX": "0"}
        ranks = [
            *(wanted(rank=rank, index=rank, env=env, node="") for rank in (0, 1)),
            wanted(rank=2, index=0, role="ps", env=env, node=""),
        ]

        [made] = kinds.render(Kind.JOBSET, run(), ranks, {"worker": Given(), "ps": Given()}, owner=OWNER)

        jobs = {one["name"]: one["template"]["spec"] for one in made["spec"]["replicatedJobs"]}
        assert {name: job["completions"] for name, job in jobs.items()} == {"worker": 2, "ps": 1}
        assert jobs["ps"]["template"]["metadata"]["labels"]["hanse.dev/first-rank"] == "2"
        said = {one["name"] for one in jobs["ps"]["template"]["spec"]["containers"][0]["env"]}
        assert "HANSE_ROLE_INDEX" in said
        assert "RANK" not in said

    def test_calls_parts_by_number_where_a_role_has_a_name_too_long_for_a_pod(self):
        ranks = [wanted(rank=0, index=0, role="a-role-with-a-long-name", env={"MASTER_ADDR": "pod"}, node="")]

        [made] = kinds.render(Kind.JOBSET, run(), ranks, {"a-role-with-a-long-name": Given()}, owner=OWNER)

        [job] = made["spec"]["replicatedJobs"]
        assert job["name"] == "part-0"
        said = {one["name"]: one.get("value") for one in job["template"]["spec"]["template"]["spec"]["containers"][0]["env"]}
        name = made["metadata"]["name"]
        assert said["MASTER_ADDR"] == f"{name}-part-0-0-0.{name}"


class TestMPIJob:
    def test_of_one_role_launches_with_its_first_replica_which_works_as_well(self):
        ranks = [wanted(rank=rank, index=rank, command=("mpirun", "train"), node="") for rank in (0, 1, 2)]

        [made] = kinds.render(Kind.MPIJOB, run(), ranks, {"worker": Given()}, owner=OWNER)

        spec = made["spec"]
        parts = spec.pop("mpiReplicaSpecs")
        assert spec == {
            "runPolicy": {"cleanPodPolicy": "None", "backoffLimit": 0},
            "slotsPerWorker": 2,
            "runLauncherAsWorker": True,
            "sshAuthMountPath": "/home/mpiuser/.ssh",
        }
        assert {name: part["replicas"] for name, part in parts.items()} == {"Launcher": 1, "Worker": 2}
        commands = {name: part["template"]["spec"]["containers"][0]["command"][0] for name, part in parts.items()}
        assert commands == {"Launcher": "mpirun", "Worker": "/usr/sbin/sshd"}
        firsts = {name: part["template"]["metadata"]["labels"]["hanse.dev/first-rank"] for name, part in parts.items()}
        assert firsts == {"Launcher": "0", "Worker": "0"}

    def test_whose_launcher_has_no_devices_leaves_the_work_to_the_workers(self):
        launcher = wanted(rank=0, index=0, role="launcher", devices={}, node="")
        workers = [wanted(rank=rank, index=rank - 1, command=("serve",), node="") for rank in (1, 2)]

        [made] = kinds.render(
            Kind.MPIJOB, run(), [launcher, *workers], {"launcher": Given(), "worker": Given()}, owner=OWNER
        )

        assert made["spec"]["runLauncherAsWorker"] is False
        worker = made["spec"]["mpiReplicaSpecs"]["Worker"]["template"]
        assert worker["metadata"]["labels"]["hanse.dev/first-rank"] == "1"
        assert worker["spec"]["containers"][0]["command"] == ["serve"]


class TestTrainJob:
    def test_runs_a_runtime_of_its_own_with_the_pods_of_the_job(self):
        ranks = [wanted(rank=rank, index=rank, env={"RANK": "0"}, node="") for rank in (0, 1)]

        runtime, made = kinds.render(Kind.TRAINJOB, run(), ranks, {"worker": Given()}, owner=OWNER)

        name = made["metadata"]["name"]
        assert made["spec"] == {
            "runtimeRef": {"apiGroup": "trainer.kubeflow.org", "kind": "TrainingRuntime", "name": name},
            "trainer": {"numNodes": 2},
        }
        assert (runtime["kind"], runtime["metadata"]["name"]) == ("TrainingRuntime", name)
        [job] = runtime["spec"]["template"]["spec"]["replicatedJobs"]
        assert job["template"]["metadata"]["labels"] == {"trainer.kubeflow.org/trainjob-ancestor-step": "trainer"}
        pod = job["template"]["spec"]["template"]
        assert pod["metadata"]["labels"]["hanse.dev/first-rank"] == "0"
        assert pod["spec"]["containers"][0]["name"] == "node"
