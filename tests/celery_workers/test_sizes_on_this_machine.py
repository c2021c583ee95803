"""Jobs whose replicas come and go while they run, with real processes."""

import sys
from datetime import timedelta

from django.utils import timezone

from apps.jobs import services as jobs
from apps.jobs.models import Job, Replica
from apps.quotas import ledger
from apps.quotas.models import Workload
from celery_workers.local.replicas import ReplicaDirectory
from tests.celery_workers.conftest import Portal
from tests.eventually import eventually

# Saves its step where the next attempt finds it, and stays. Others read it meanwhile: it is replaced, never half written.
ELASTIC = """
import os, pathlib, time
saved = pathlib.Path(os.environ["HANSE_CHECKPOINTS"], "step")
step = int(saved.read_text()) if saved.exists() else 0
print("from step", step, "with", os.environ["WORLD_SIZE"], flush=True)
if os.environ["RANK"] == "0":
    written = saved.with_suffix(".new")
    written.write_text(str(step + 1))
    written.replace(saved)
time.sleep(600)
"""
WAITS = """
import os, pathlib, sys, time
index = os.environ["HANSE_REPLICA_INDEX"]
print("replica", index, "of", os.environ["HANSE_REPLICA_COUNT"], "world", os.environ["WORLD_SIZE"], flush=True)
while not pathlib.Path("go").exists():
    time.sleep(0.05)
sys.exit(9 if index == "1" and os.environ["HANSE_ATTEMPT"] == "1" else 0)
"""


def large(portal: Portal, code: str, *, cpu_millicores: int = 3000, **fields: object) -> Job:
    """Replicas of which two fit on the eight cores."""
    role = {name: fields.pop(name) for name in ("replicas", "min_replicas") if name in fields}
    role |= {"command": [sys.executable, "-c", code], "cpu_millicores": cpu_millicores, "memory_bytes": "64Mi"}
    return portal.submit("x", **{"roles": [role], **fields})


def let_go(job: Job, rank: int) -> None:
    (ReplicaDirectory(job.pk, job.attempt, rank).path / "work" / "go").touch()


def phases(job: Job) -> dict[int, str]:
    job.refresh_from_db()
    return dict(job.replicas_now().values_list("rank", "phase"))


class TestIndependentReplicas:
    def test_they_start_as_others_end_and_only_what_failed_is_tried_again(self, portal):
        job = large(portal, WAITS, replicas=3, gang=False, fault_policy={"restart": "on-failure"})
        portal.until(job, "running")
        eventually(lambda: portal.work() or list(phases(job).values()).count("running") == 2, within=30)
        assert phases(job) == {0: "running", 1: "running", 2: "waiting"}
        assert "2 of 3 replicas were started" in job.why

        let_go(job, 1)
        eventually(lambda: portal.work() or phases(job) == {0: "running", 1: "failed", 2: "running"}, within=30)
        assert (job.phase, job.why) == ("running", "")
        let_go(job, 0)
        let_go(job, 2)
        portal.until(job, "restarting")
        assert ledger.recount() == []
        eventually(lambda: portal.work() or Job.objects.get(pk=job.pk).restart_at)
        jobs.tick(now=Job.objects.get(pk=job.pk).restart_at)
        portal.until(job, "running")

        assert phases(job).keys() == {1}
        let_go(job, 1)
        portal.until(job, "succeeded")
        portal.until_settled(job)
        ends = Replica.objects.filter(job=job).order_by("attempt", "rank").values_list("attempt", "rank", "phase")
        assert list(ends) == [(1, 0, "succeeded"), (1, 1, "failed"), (1, 2, "succeeded"), (2, 1, "succeeded")]
        log = (ReplicaDirectory(job.pk, 1, 2).path / "output.log").read_text()
        assert "replica 2 of 3 world 1" in log

    def test_suspended_it_goes_on_with_what_had_not_succeeded(self, portal):
        job = large(portal, WAITS, replicas=4, gang=False)
        portal.until(job, "running")
        let_go(job, 0)
        eventually(lambda: portal.work() or phases(job)[0] == "succeeded", within=30)

        jobs.suspend_job(actor=portal.actor, job=job)
        portal.until_settled(job)
        jobs.resume_job(actor=portal.actor, job=job)
        portal.until(job, "running")

        assert phases(job).keys() == {1, 2, 3}
        assert ledger.recount() == []


class TestElasticJob:
    def test_it_shrinks_for_a_claim_and_grows_again_from_where_it_was(self, portal):
        job = large(portal, ELASTIC, replicas=4, min_replicas=1, cpu_millicores=2000)
        portal.until(job, "running")
        assert job.replicas_wanted == 4
        claim = large(portal, "import time; time.sleep(600)", cpu_millicores=4000, priority="high")

        portal.until(claim, "running")
        portal.until(job, "running")
        assert (job.attempt, job.replicas_wanted, job.restarts) == (2, 2, 0)
        jobs.cancel_job(actor=portal.actor, job=claim)
        portal.until_settled(claim)
        portal.work()
        assert phases(job).keys() == {0, 1}  # not yet: it has just changed its size
        Workload.objects.filter(subject_id=job.pk).update(resized_at=timezone.now() - timedelta(hours=1))
        eventually(lambda: portal.work() or len(phases(job)) == 4, within=30)
        portal.until(job, "running")

        assert (job.attempt, job.restarts) == (3, 0)
        assert ledger.recount() == []
        resized = job.timeline.filter(reason="resized").order_by("id").values_list("message", flat=True)
        assert [text.split(":")[0] for text in resized] == ["It goes on with 2 of 4 replicas", "There is room for more"]
        eventually(lambda: "from step 2 with 4" in (ReplicaDirectory(job.pk, 3, 0).path / "output.log").read_text())
