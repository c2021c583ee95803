"""What a replica needs to start, as its framework expects it."""

import json

import pytest

from apps.jobs.models import Job
from apps.jobs.placement import wanted_replicas
from apps.jobs.spec import Framework
from tests.jobs.jobs import admit, carry_out, observe, run, seen, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab(as_role):
    return as_role("developer", equipped=True)


def _wanted(lab, **fields):
    client, project = lab
    job = admit(submitted(client, project, **fields))
    assert job.phase == "admitted"
    return job, wanted_replicas(job)


class TestEnvironment:
    @pytest.mark.parametrize("framework", list(Framework))
    def test_every_framework_gets_ranks_and_a_place_to_meet(self, lab, framework):
        job, wanted = _wanted(lab, framework=framework)

        assert [(one.env["RANK"], one.env["LOCAL_RANK"], one.env["WORLD_SIZE"]) for one in wanted] == [
            ("0", "0", "2"),
            ("1", "1", "2"),
        ]
        assert {one.env["MASTER_ADDR"] for one in wanted} == {"127.0.0.1"}
        (port,) = {int(one.env["MASTER_PORT"]) for one in wanted}
        assert 20_000 <= port < 32_000
        assert {one.env["HANSE_JOB_ID"] for one in wanted} == {str(job.pk)}
        assert {one.node for one in wanted} == {job.cluster.nodes.get().name}

    def test_asking_twice_gives_the_same(self, lab):
        job, wanted = _wanted(lab)

        assert wanted_replicas(Job.objects.get(pk=job.pk)) == wanted

    def test_the_next_attempt_meets_elsewhere(self, lab):
        client, project = lab
        job = run(submitted(client, project, policy={"restart": "on-failure"}))
        first = wanted_replicas(job)[0]
        job = carry_out(observe(job, seen(0, "lost")))
        from apps.jobs import services

        services.tick(now=job.restart_at)
        second = wanted_replicas(Job.objects.get(pk=job.pk))[0]

        assert first.env["MASTER_PORT"] != second.env["MASTER_PORT"]
        assert first.env["HANSE_REPORT_TOKEN"] != second.env["HANSE_REPORT_TOKEN"]
        assert second.env["HANSE_ATTEMPT"] == "2"

    def test_tensorflow_reads_its_cluster(self, lab):
        small = {"command": ["python", "t.py"], "cpu_millicores": 100, "memory_bytes": "64Mi"}
        roles = [{**small, "name": "worker", "replicas": 2}, {**small, "name": "ps", "serves": True}]
        _, wanted = _wanted(lab, framework="tensorflow", roles=roles)

        configs = [json.loads(one.env["TF_CONFIG"]) for one in wanted]

        assert [config["task"] for config in configs] == [
            {"type": "worker", "index": 0},
            {"type": "worker", "index": 1},
            {"type": "ps", "index": 0},
        ]
        assert {role: len(hosts) for role, hosts in configs[0]["cluster"].items()} == {"worker": 2, "ps": 1}
        addresses = [host for hosts in configs[0]["cluster"].values() for host in hosts]
        assert len(set(addresses)) == 3
        assert all(config["cluster"] == configs[0]["cluster"] for config in configs)

    def test_mpi_reads_its_hosts(self, lab):
        _, wanted = _wanted(lab, framework="mpi")

        assert {one.files["hostfile"] for one in wanted} == {"127.0.0.1 slots=2\n"}
        assert {one.env["HANSE_HOSTFILE"] for one in wanted} == {"hostfile"}

    def test_what_the_user_gave_is_there_unchanged(self, lab):
        role = {"env": {"GREETING": "  moin ", "PATH": "/opt/bin"}, "command": ["sh", "-c", "echo ' x '\n"]}
        _, wanted = _wanted(lab, role=role)

        assert (wanted[0].env["GREETING"], wanted[0].env["PATH"]) == ("  moin ", "/opt/bin")
        assert wanted[0].command == ("sh", "-c", "echo ' x '\n")

    def test_a_replica_with_devices_sees_only_its_own(self, as_role):
        lab = as_role("developer", largest_node_gpus=8)
        _, wanted = _wanted(lab, role={"devices": [{"kind": "gpu", "count": 2}]})

        assert [(dict(one.devices), one.local_rank) for one in wanted] == [({"a100": 2}, 0), ({"a100": 2}, 0)]


class TestElastic:
    def test_as_many_start_as_were_admitted(self, lab):
        client, project = lab
        job = admit(submitted(client, project, role={"replicas": 8, "min_replicas": 2, "cpu_millicores": 2000}))

        assert job.phase == "admitted"
        assert [one.world_size for one in wanted_replicas(job)] == [4] * 4
        assert client.get(f"/api/v1/projects/{project.pk}/jobs/{job.pk}/").json()["replicas"]["wanted"] == 4
