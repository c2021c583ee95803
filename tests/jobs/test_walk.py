"""The walk of one job, from the request that submits it to its end."""

import pytest

from apps.audit.models import AuditEntry
from apps.core.models import OutboxEvent, OutboxHint
from apps.jobs.models import Job
from apps.jobs.placement import wanted_replicas
from apps.quotas.models import Workload
from tests.jobs.jobs import address, admit, carry_out, fresh, observe, seen, spec, submitted

pytestmark = pytest.mark.django_db


class TestWalk:
    def test_a_job_is_submitted_admitted_run_and_done(self, as_role):
        client, project = as_role("developer", equipped=True)

        response = client.post(address(project), spec())

        assert response.status_code == 201, response.json()
        document = response.json()
        assert (document["phase"], document["acts"]) == ("queued", ["cancel", "suspend", "clone"])
        assert document["resources"] == [
            {"flavor": "cpu", "resource": "cpu", "amount": 1000},
            {"flavor": "cpu", "resource": "memory", "amount": 2**29},
        ]
        job = Job.objects.get(pk=document["id"])

        job = admit(job)
        assert (job.phase, job.attempt, job.quota_held) == ("admitted", 1, True)
        assert OutboxHint.objects.filter(task="jobs.reconcile", arguments={"job_id": str(job.pk)}).exists()

        wanted = wanted_replicas(job)
        assert [(replica.rank, replica.env["RANK"], replica.env["WORLD_SIZE"]) for replica in wanted] == [
            (0, "0", "2"),
            (1, "1", "2"),
        ]
        assert len({replica.env["MASTER_PORT"] for replica in wanted}) == 1

        job = carry_out(job)
        job = observe(job, seen(0, "starting"))
        assert job.phase == "starting"
        job = observe(job, seen(0, "running"), seen(1, "running"))
        assert (job.phase, job.replicas_running) == ("running", 2)
        job = observe(job, seen(0, "succeeded", exit_code=0))
        assert job.phase == "running"
        job = observe(job, seen(1, "succeeded", exit_code=0))
        assert (job.phase, job.quota_held) == ("succeeded", False)
        assert Workload.objects.get(subject_id=job.pk).state == "finished"
        assert not wanted_replicas(job)

        timeline = client.get(address(project, job, "timeline/")).json()["results"]
        assert [entry["phase"] for entry in timeline] == ["queued", "admitted", "starting", "running", "succeeded"]
        assert timeline[0]["actor_label"] == client.user.email
        assert AuditEntry.objects.filter(action="job.submit", subject_id=str(job.pk)).count() == 1
        assert OutboxEvent.objects.filter(kind="job", object_id=job.pk, op="added").count() == 1

    def test_a_cancelled_job_holds_its_quota_until_its_replicas_are_gone(self, as_role):
        client, project = as_role("developer", equipped=True)
        job = submitted(client, project)
        job = carry_out(admit(job))
        job = observe(job, seen(0, "running"), seen(1, "running"))

        response = client.post(address(project, job, "cancel/"))

        assert (response.status_code, response.json()["phase"]) == (200, "cancelled")
        assert response.json()["stopping"]
        assert Workload.objects.get(subject_id=job.pk).state == "admitted"
        observe(job, seen(0, "stopped"))
        assert Workload.objects.get(subject_id=job.pk).state == "admitted"
        observe(job, seen(1, "stopped"))
        assert Workload.objects.get(subject_id=job.pk).state == "finished"
        assert not fresh(job).quota_held

    def test_a_job_that_was_never_started_lets_go_when_its_end_was_carried_out(self, as_role):
        client, project = as_role("developer", equipped=True)
        job = admit(submitted(client, project))
        client.post(address(project, job, "cancel/"))
        assert fresh(job).quota_held

        carry_out(job)

        assert not fresh(job).quota_held
        assert set(job.replicas_now().values_list("phase", flat=True)) == {"stopped"}
