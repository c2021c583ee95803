"""This machine as a node, and which of its devices a replica gets."""

import os
from pathlib import Path

import pytest

from apps.clusters.models import ClusterKind, Health, Node
from celery_workers.local import devices, machine
from celery_workers.local.devices import Gpu, choose_cpus, read_smi
from tests.factories import make_cluster, make_flavor

SMI = "0, NVIDIA A100-SXM4-80GB, 81920\n1, NVIDIA A100-SXM4-80GB, 81920\n2, Tesla T4, 15360\n"


@pytest.fixture
def harbour(db):
    cluster = make_cluster("harbour", kind=ClusterKind.LOCAL, health=Health.UNKNOWN)
    make_flavor(cluster)
    return cluster


class TestRecordMachine:
    def test_it_has_what_psutil_finds(self, harbour):
        machine.record_machine()

        node = Node.objects.get()
        harbour.refresh_from_db()
        assert node.name == devices.node_name()
        assert node.allocatable["cpu"]["cpu"] == len(os.sched_getaffinity(0)) * 1000
        assert 0 < node.allocatable["cpu"]["memory"] < os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        assert node.used["cpu"]["memory"] > 0
        assert harbour.health == Health.HEALTHY
        assert harbour.last_seen_at is not None

    def test_with_local_compute_off_it_is_down(self, harbour, settings):
        settings.LOCAL_COMPUTE = False

        machine.record_machine()

        node = Node.objects.get()
        assert (node.health, node.schedulable) == (Health.DOWN, False)
        assert "HANSE_LOCAL_COMPUTE" in node.health_message

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root runs replicas as another user")
    def test_a_parent_that_the_replicas_user_cannot_pass_is_named(self, harbour, settings, tmp_path: Path):
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o700)
        settings.LOCAL_COMPUTE_DIRECTORY = closed / "local"

        machine.record_machine()

        node = Node.objects.get()
        assert node.health == Health.DOWN
        assert str(closed) in node.health_message

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root needs one")
    def test_as_root_without_a_user_for_replicas_it_is_down(self, harbour, settings):
        settings.LOCAL_COMPUTE_USER = ""

        machine.record_machine()

        assert "HANSE_LOCAL_COMPUTE_USER" in Node.objects.get().health_message

    def test_simulated_devices_are_counted_and_labelled_as_such(self, harbour, settings):
        settings.SIMULATED_DEVICES = {"alveo": 4, "unheard-of": 9}
        make_flavor(harbour, "alveo", kind="fpga")

        machine.record_machine()

        node = Node.objects.get()
        assert node.allocatable["alveo"] == {"fpga": 4}
        assert "unheard-of" not in node.allocatable
        assert node.labels[machine.SIMULATED] == "alveo"

    def test_a_machine_that_is_no_cluster_says_nothing(self, db):
        machine.record_machine()

        assert not Node.objects.exists()


class TestGpus:
    def test_they_are_read_from_nvidia_smi(self):
        assert read_smi(SMI) == (
            Gpu(0, "NVIDIA A100-SXM4-80GB", 80 * 2**30),
            Gpu(1, "NVIDIA A100-SXM4-80GB", 80 * 2**30),
            Gpu(2, "Tesla T4", 15 * 2**30),
        )

    def test_their_flavor_is_named_after_the_model(self):
        assert [gpu.flavor for gpu in read_smi(SMI)] == ["nvidia-a100-sxm4-80gb"] * 2 + ["tesla-t4"]

    @pytest.mark.parametrize("answer", ["", "NVIDIA-SMI has failed\n", "0, [N/A], [N/A]\n"])
    def test_what_is_no_answer_is_no_gpu(self, answer):
        assert read_smi(answer) == ()


class TestChooseCpus:
    def test_the_least_used_come_first(self):
        available = sorted(os.sched_getaffinity(0))
        if len(available) < 2:
            pytest.skip("needs two processors")

        assert choose_cpus(1000, taken=[]) == [available[0]]
        assert choose_cpus(1000, taken=[available[0]]) == [available[1]]

    def test_who_needs_all_is_not_bound(self):
        assert choose_cpus(10_000_000, taken=[]) == []
