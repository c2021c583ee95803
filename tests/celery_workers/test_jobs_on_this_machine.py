"""A job from its submission to its end, with real processes: what worker and watch do, in one process."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from django.db import connection
from django.utils import timezone

from apps.clusters.models import Cluster, ClusterKind, FlavorKind
from apps.jobs import services as jobs
from apps.jobs.models import Artifact, Job, Replica
from apps.monitoring.logs import SubjectLog
from apps.monitoring.models import LogChunk, MetricPoint
from apps.storage import services as storage
from celery_workers import compute
from celery_workers.local import replicas, stop, tidy
from celery_workers.local.replicas import ReplicaDirectory
from portal.settings.environment import REPOSITORY
from tests.celery_workers.conftest import Portal
from tests.eventually import eventually
from tests.factories import make_flavor

REPORTS = """
import json, os, pathlib
print('rank', os.environ['RANK'], 'of', os.environ['WORLD_SIZE'], flush=True)
if os.environ['RANK'] == '0':
    print(json.dumps({'progress': 0.5, 'metrics': {'loss': 0.9}, 'eta_seconds': 3}))
    print(json.dumps({'progress': 1.0, 'metrics': {'accuracy': 0.97}}))
    pathlib.Path(os.environ['HANSE_ARTIFACTS'], 'deep').mkdir()
    pathlib.Path(os.environ['HANSE_ARTIFACTS'], 'deep', 'model.npz').write_bytes(b'weights')
"""
FOREVER = "import time; print('ready'); time.sleep(600)"


def running_pids(job: Job) -> list[int]:
    statuses = [directory.status() for directory in replicas.opened(job.pk)]
    return [status.pid for status in statuses if status and not status.final and status.pid]


def run_python(portal: Portal, code: str, **fields: object) -> Job:
    return portal.submit(sys.executable, "-c", code, **fields)


class TestSimulatedDevices:
    def test_what_asks_for_one_runs_and_its_log_says_that_there_is_none(self, portal, settings):
        settings.SIMULATED_DEVICES = {"a100": 2}
        cluster = Cluster.objects.get()
        a100 = make_flavor(cluster, "a100", FlavorKind.GPU)
        cluster.nodes.update(allocatable={**cluster.nodes.get().allocatable, "a100": {"gpu": 2}})
        cluster.quotas.get().lines.create(flavor=a100, resource="gpu", nominal=2)

        job = run_python(portal, "print('trains')", devices=[{"kind": "gpu", "count": 1}])
        portal.until_settled(portal.until(job, "succeeded"))

        assert [text for _, _, _, text in SubjectLog("job", job.pk).after(1, 0, 0)] == [
            "Devices of a100 are simulated on this machine: the program finds none.",
            "trains",
        ]


class TestSuccess:
    def test_it_runs_and_all_it_said_and_left_is_kept(self, portal):
        job = run_python(portal, REPORTS, replicas=2)

        portal.until(job, "succeeded")
        portal.until_settled(job)

        assert job.metrics == {"loss": 0.9, "accuracy": 0.97}
        assert job.progress == 1.0
        assert {replica.exit_code for replica in job.replicas_now()} == {0}
        artifact = Artifact.objects.get(job=job)
        assert (artifact.name, artifact.rank) == ("deep/model.npz", 0)
        assert storage.read(stored=artifact.stored) == b"weights"
        assert set(LogChunk.objects.filter(subject_id=job.pk).values_list("rank", "first_number", "last_number")) == {
            (0, 1, 3),
            (1, 1, 1),
        }
        names = set(MetricPoint.objects.filter(subject_id=job.pk).values_list("name", "rank"))
        assert names >= {("loss", None), ("accuracy", None), ("memory_bytes", 0), ("cpu_millicores", 1)}

    def test_its_result_is_known_when_it_has_succeeded(self, portal):
        job = run_python(portal, REPORTS)

        portal.until(job, "succeeded")

        assert job.metrics["accuracy"] == 0.97

    def test_a_watch_that_starts_anew_loses_and_doubles_nothing(self, portal):
        code = (
            "import pathlib, time\nfor n in range(5): print(n)\n"
            "while not pathlib.Path('go').exists(): time.sleep(.05)\nprint('end')"
        )
        job = run_python(portal, code)
        portal.until(job, "running")
        directory = ReplicaDirectory(job.pk, 1, 0)
        eventually(lambda: (directory.path / "output.log").read_text().count("\n") == 5)
        portal.work()

        portal.renew()
        (directory.path / "work" / "go").touch()
        portal.until(job, "succeeded")
        portal.until_settled(job)

        chunks = LogChunk.objects.filter(subject_id=job.pk).order_by("first_number")
        numbers = [number for chunk in chunks for number in range(chunk.first_number, chunk.last_number + 1)]
        assert numbers == list(range(1, 7))


class TestFailure:
    def test_its_exit_code_is_known(self, portal):
        job = portal.until(run_python(portal, "raise SystemExit(3)"), "failed")

        assert job.replicas_now().get().exit_code == 3

    def test_a_command_that_is_not_there_fails_it(self, portal):
        job = portal.until(portal.submit("no-such-program"), "failed")

        assert job.replicas_now().get().reason == "cannot-start"

    def test_one_failed_rank_ends_the_others(self, portal):
        code = f"import os\nif os.environ['RANK'] == '1': raise SystemExit(1)\n{FOREVER}"
        job = run_python(portal, code, replicas=3)

        portal.until(job, "failed")
        portal.until_settled(job)

        assert sorted(job.replicas_now().values_list("phase", flat=True)) == ["failed", "stopped", "stopped"]

    def test_more_memory_than_asked_for_is_out_of_memory(self, portal):
        job = portal.until(run_python(portal, "held = b'x' * (400 * 2**20)\nimport time; time.sleep(600)"), "failed")

        assert job.reason == "out-of-memory"

    def test_it_is_tried_again_as_its_fault_policy_says(self, portal):
        code = "import os; raise SystemExit(0 if os.environ['HANSE_ATTEMPT'] == '2' else 7)"
        job = run_python(portal, code, fault_policy={"restart": "on-failure"})
        portal.until(job, "restarting")
        eventually(lambda: portal.work() or Job.objects.get(pk=job.pk).restart_at)
        due = Job.objects.get(pk=job.pk).restart_at

        jobs.tick(now=due)
        portal.until(job, "succeeded")

        assert (job.attempt, job.restarts) == (2, 1)


class TestActs:
    def test_cancelled_nothing_of_it_runs(self, portal):
        job = run_python(portal, FOREVER, replicas=2)
        portal.until(job, "running")
        pids = running_pids(job)

        jobs.cancel_job(actor=portal.actor, job=job)
        portal.until_settled(job)

        assert job.phase == "cancelled"
        assert len(pids) == 2
        assert not any(psutil.pid_exists(pid) for pid in pids)

    def test_cancelled_before_it_started_it_never_starts(self, portal):
        job = run_python(portal, FOREVER)
        portal.admit()
        job.refresh_from_db()

        jobs.cancel_job(actor=portal.actor, job=job)
        portal.until_settled(job)

        assert not ReplicaDirectory(job.pk, 1, 0).path.exists()

    def test_suspended_and_resumed_it_runs_anew(self, portal):
        job = run_python(portal, FOREVER)
        portal.until(job, "running")

        jobs.suspend_job(actor=portal.actor, job=job)
        portal.until_settled(job)
        assert job.phase == "suspended"
        jobs.resume_job(actor=portal.actor, job=job)
        portal.until(job, "running")

        assert job.attempt == 2
        assert len(running_pids(job)) == 1

    def test_preempted_it_makes_room_and_comes_back(self, portal):
        whole = {"roles": [{"command": [sys.executable, "-c", FOREVER], "cpu_millicores": 8000, "memory_bytes": "1Gi"}]}
        low = portal.submit("x", **whole)
        portal.until(low, "running")
        job = portal.submit("x", **{**whole, "priority": "high"})

        portal.until(job, "running")
        low.refresh_from_db()
        assert low.phase == "queued"
        jobs.cancel_job(actor=portal.actor, job=job)
        portal.until(low, "running")

        assert low.attempt == 2


class TestReconcile:
    def test_twice_is_once(self, portal):
        job = run_python(portal, FOREVER, replicas=2)
        portal.until(job, "running")
        pids = running_pids(job)

        for _ in range(3):
            compute.reconcile_job(job.pk)

        assert running_pids(job) == pids

    def test_a_runner_that_was_killed_is_lost_and_its_fault_policy_decides(self, portal):
        job = run_python(portal, FOREVER)
        portal.until(job, "running")
        status = ReplicaDirectory(job.pk, 1, 0).status()

        os.kill(status.runner.pid, signal.SIGKILL)
        portal.until(job, "failed")

        assert job.reason == "lost"
        eventually(lambda: not psutil.pid_exists(status.pid))

    def test_a_directory_that_vanished_is_lost_and_not_started_twice(self, portal):
        job = run_python(portal, FOREVER)
        portal.until(job, "running")
        status = ReplicaDirectory(job.pk, 1, 0).status()
        status.runner.send(signal.SIGKILL)
        ReplicaDirectory(job.pk, 1, 0).close()
        replicas.remove_job(job.pk)

        compute.reconcile_job(job.pk)

        job.refresh_from_db()
        assert (job.phase, job.reason) == ("failed", "lost")

    def test_what_nobody_wants_is_stopped(self, portal):
        """A reconciler that was late started what another had been told to stop."""
        job = run_python(portal, FOREVER)
        portal.until(job, "running")
        (pid,) = running_pids(job)
        Job.objects.filter(pk=job.pk).delete()

        portal.renew()
        eventually(lambda: portal.watch() or not psutil.pid_exists(pid))

    def test_with_local_compute_off_it_waits_and_says_why(self, portal, settings):
        settings.LOCAL_COMPUTE = False
        job = run_python(portal, FOREVER)

        portal.work()
        job.refresh_from_db()
        assert (job.phase, running_pids(job)) == ("admitted", [])
        assert "HANSE_LOCAL_COMPUTE" in job.conditions[0]["message"]

        settings.LOCAL_COMPUTE = True
        Job.objects.update(retry_at=timezone.now())
        portal.until(job, "running")
        assert job.conditions[0]["status"] == "True"
        assert (job.failed_tries, job.retry_at) == (0, None)

    def test_each_failed_try_makes_the_pause_longer_and_what_a_user_does_ends_it(self, portal, settings):
        settings.LOCAL_COMPUTE = False
        job = run_python(portal, FOREVER)
        portal.admit()
        pauses = []

        for _ in range(8):
            began = timezone.now()
            compute.reconcile_job(job.pk)
            job.refresh_from_db()
            assert not Job.objects.due().exists()
            pauses.append(round((job.retry_at - began).total_seconds(), -1))

        assert pauses == [10, 20, 40, 80, 160, 300, 300, 300]
        assert f"Tried 8 times, next at {job.retry_at:%H:%M:%S} UTC" in job.conditions[0]["message"]
        jobs.cancel_job(actor=portal.actor, job=job)
        assert Job.objects.due().get() == job
        portal.until_settled(job)

    def test_many_replicas_are_started_some_at_a_time_and_the_lease_is_renewed(self, portal):
        job = run_python(portal, FOREVER, replicas=20)
        portal.admit()

        with Job.objects.select_related("cluster").leased(job.pk, holder="slow", seconds=3600) as lease:
            Job.objects.update(lease_expires_at=timezone.now())  # as if the first took long
            (held,) = lease.rounds(1)
            compute.for_(held.cluster).reconcile_job(held, lease)

            job.refresh_from_db()
            assert job.lease_expires_at > timezone.now() + timedelta(minutes=50)
            # A runner stands a moment before its command runs.
            eventually(lambda: len(running_pids(job)) == 20)

    def test_whoever_lost_the_lease_or_is_no_longer_wanted_starts_nothing_more(self, portal):
        lost, changed = run_python(portal, FOREVER), run_python(portal, FOREVER)
        portal.admit()

        for job, change in ((lost, {"fence": 99}), (changed, {"generation": 99})):
            with Job.objects.select_related("cluster").leased(job.pk, holder="slow") as lease:
                (held,) = lease.rounds(1)
                Job.objects.filter(pk=job.pk).update(**change)
                compute.for_(held.cluster).reconcile_job(held, lease)

            assert running_pids(job) == []

    def test_a_cluster_that_cannot_be_reached_is_told_with_the_job(self, portal):
        job = run_python(portal, FOREVER)
        portal.admit()
        Cluster.objects.update(kind=ClusterKind.KUBERNETES)

        compute.reconcile_job(job.pk)

        job.refresh_from_db()
        assert "Nobody said how" in job.conditions[0]["message"]
        assert job.observed_generation < job.generation


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_four_reconcilers_start_one_process_a_rank(self, portal):
        job = run_python(portal, FOREVER, replicas=2)
        portal.admit()

        def reconcile() -> None:
            try:
                compute.reconcile_job(job.pk)
            finally:
                connection.close()

        threads = [threading.Thread(target=reconcile) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        portal.until(job, "running")
        assert len(running_pids(job)) == 2
        commands = [" ".join(process.info["cmdline"] or []) for process in psutil.process_iter(["cmdline"])]
        assert sum(str(job.pk) in command for command in commands) == 2


class TestStopMachine:
    def test_all_replicas_end_and_are_lost(self, portal):
        job = run_python(portal, FOREVER, replicas=2)
        portal.until(job, "running")
        pids = running_pids(job)

        stop.report(stop.stop_machine())

        assert not any(psutil.pid_exists(pid) for pid in pids)
        job.refresh_from_db()
        assert (job.phase, job.reason) == ("failed", "lost")
        assert set(Replica.objects.filter(job=job).values_list("phase", "reason")) == {("lost", "machine-stopped")}

    def test_a_job_that_may_restart_does_so_when_the_machine_is_back(self, portal):
        job = run_python(portal, FOREVER, fault_policy={"restart": "on-failure"})
        portal.until(job, "running")

        stop.report(stop.stop_machine())
        portal.work()
        job.refresh_from_db()
        assert job.phase == "restarting"
        jobs.tick(now=job.restart_at)
        portal.work()
        assert running_pids(job) == []

        replicas.open_machine()
        portal.until(job, "running")
        assert (job.attempt, job.restarts) == (2, 0)

    def test_as_a_command_it_needs_no_database(self, portal, machine: Path):
        job = run_python(portal, FOREVER)
        portal.until(job, "running")
        (pid,) = running_pids(job)
        nowhere = {
            **os.environ,
            "HANSE_LOCAL_COMPUTE_DIRECTORY": str(machine),
            "HANSE_DATABASE_URL": "postgresql://hanse@127.0.0.1:1/hanse",
        }

        command = [sys.executable, "-m", "celery_workers.local.stop"]
        ended = subprocess.run(command, cwd=REPOSITORY, env=nowhere, capture_output=True, text=True, check=False, timeout=60)

        assert ended.returncode == 0
        assert "watch will do it" in ended.stderr
        assert not psutil.pid_exists(pid)

    def test_unreported_it_is_seen_when_watch_starts(self, portal):
        job = run_python(portal, FOREVER)
        portal.until(job, "running")

        stop.stop_machine()
        portal.renew()

        portal.until(job, "failed")
        assert job.reason == "lost"


class TestTidy:
    @pytest.mark.parametrize(("clean", "kept"), [("none", True), ("succeeded", False), ("all", False)])
    def test_work_goes_as_the_fault_policy_says(self, portal, clean, kept):
        job = run_python(portal, REPORTS, fault_policy={"clean": clean})
        portal.until(job, "succeeded")
        portal.until_settled(job)

        tidy.tidy_directories()
        tidy.tidy_directories()

        directory = ReplicaDirectory(job.pk, 1, 0).path
        assert (directory / "work").exists() is kept
        assert (directory / "status.json").exists()

    def test_everything_goes_with_the_job(self, portal, machine: Path):
        job = run_python(portal, REPORTS)
        portal.until(job, "succeeded")
        portal.until_settled(job)
        Job.objects.filter(pk=job.pk).delete()

        tidy.tidy_directories()

        assert not (machine / str(job.pk)).exists()


class TestArtifacts:
    def test_links_are_not_followed(self, portal):
        code = (
            "import os\n"
            "os.symlink('/etc/passwd', 'artifacts/passwd')\n"
            "os.symlink('/etc', 'artifacts/etc')\n"
            "os.mkfifo('artifacts/pipe')\n"
            "open('artifacts/own', 'w').write('x')"
        )
        job = run_python(portal, code)
        portal.until(job, "succeeded")
        portal.until_settled(job)

        assert list(Artifact.objects.filter(job=job).values_list("name", flat=True)) == ["own"]

    def test_a_directory_that_is_a_link_is_none(self, portal):
        job = run_python(portal, "import os\nos.rmdir('artifacts')\nos.symlink('/etc', 'artifacts')")
        portal.until(job, "succeeded")
        portal.until_settled(job)

        assert not Artifact.objects.filter(job=job).exists()
