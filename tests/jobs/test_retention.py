"""The bin, the end of retention, and what becomes of jobs when their tenant or project goes."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from apps.core import registries
from apps.core.models import OutboxEvent
from apps.jobs import services
from apps.jobs.models import Job, Schedule
from apps.jobs.services.acts import BIN_DAYS
from apps.quotas.models import LedgerEntry, Workload
from apps.storage import services as storage
from apps.storage.models import StoredObject
from apps.tenants.models import REMOVED, Project
from celery_workers import removal
from tests.factories import make_project
from tests.jobs.jobs import address, bring_to, carry_out, fresh, run, spec, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab(as_role):
    return as_role("developer", equipped=True)


def _leave_a_file(job: Job, tmp_path: Path) -> None:
    source = tmp_path / "left"
    source.write_bytes(b"model")
    services.add_artifact(job_id=job.pk, attempt=1, rank=0, name="model", source=source)


class TestBin:
    def test_what_was_deleted_comes_back(self, lab):
        client, project = lab
        job = bring_to("succeeded", client, project)
        kept_until = job.purge_at

        client.change("DELETE", address(project, job))

        binned = client.get(address(project, job)).json()
        assert (binned["acts"], client.get(address(project)).json()["results"]) == (["restore"], [])
        assert [row["id"] for row in client.get(f"{address(project)}?bin=true").json()["results"]] == [str(job.pk)]
        assert fresh(job).purge_at - timezone.now() <= timedelta(days=BIN_DAYS)
        assert client.post(address(project, job, "retry/")).status_code == 409

        restored = client.post(address(project, job, "restore/")).json()
        assert (restored["deleted_at"], restored["acts"]) == (None, ["clone", "delete"])
        assert fresh(job).purge_at == kept_until

    def test_a_draft_that_comes_back_is_kept_for_good(self, lab):
        client, project = lab
        job = bring_to("draft", client, project)
        client.change("DELETE", address(project, job))
        assert fresh(job).purge_at is not None

        client.post(address(project, job, "restore/"))

        assert fresh(job).purge_at is None

    def test_nothing_comes_back_once_its_time_is_over(self, lab):
        client, project = lab
        job = bring_to("failed", client, project)
        client.change("DELETE", address(project, job))
        Job.objects.filter(pk=job.pk).update(purge_at=timezone.now())

        for act in ("restore", "retry", "clone"):
            response = client.post(address(project, job, f"{act}/"))
            assert (response.status_code, response.json()["type"]) == (409, "/problems/retention-ended")


class TestPurge:
    def test_everything_that_a_job_left_goes_with_it_except_what_it_used(self, lab, tmp_path):
        client, project = lab
        job = bring_to("succeeded", client, project, policy={"keep_seconds": 60})
        _leave_a_file(job, tmp_path)
        ledger = LedgerEntry.objects.count()

        services.tick(now=job.purge_at - timedelta(seconds=1))
        assert Job.objects.filter(pk=job.pk).exists()
        services.tick(now=job.purge_at)
        storage.sweep()

        assert not Job.objects.exists()
        assert not StoredObject.objects.exists()
        assert not Workload.objects.exists()
        assert not [path for path in (tmp_path / "objects").rglob("*") if path.is_file()]
        assert LedgerEntry.objects.count() == ledger
        assert OutboxEvent.objects.filter(object_id=job.pk, op="removed").count() == 1

    def test_a_job_whose_replicas_still_go_waits(self, lab):
        client, project = lab
        job = run(submitted(client, project, policy={"keep_seconds": 60}))
        client.post(address(project, job, "cancel/"))
        due = fresh(job).purge_at

        services.tick(now=due)
        assert Job.objects.filter(pk=job.pk).exists()
        carry_out(job)
        services.tick(now=due)

        assert not Job.objects.filter(pk=job.pk).exists()


class TestTenantChanges:
    def _casualties(self, project, phase, *, whole_tenant=True):
        toll = registries.tolls["job"](project.tenant_id, None if whole_tenant else project.pk, phase)
        return {one.name: str(one.effect) for one in toll.page(limit=50)} if toll else {}

    def test_the_preview_names_what_is_hit(self, lab):
        client, project = lab
        bring_to("succeeded", client, project, name="over")
        run(submitted(client, project, name="running"))
        submitted(client, project, name="waiting")

        assert set(self._casualties(project, "suspended")) == {"waiting"}
        assert set(self._casualties(project, "draining")) == {"running", "waiting"}
        assert set(self._casualties(project, "closed")) == {"running", "waiting"}
        assert set(self._casualties(project, REMOVED)) == {"running", "waiting", "over"}
        assert self._casualties(project, "active") == {}
        assert self._casualties(make_project(project.tenant), "draining", whole_tenant=False) == {}

    def test_draining_cancels_what_is_not_over(self, lab, as_role):
        client, project = lab
        running = run(submitted(client, project))
        over = bring_to("succeeded", client, project)
        admin, _ = as_role("platform-admin")

        response = admin.post(f"/api/v1/tenants/{project.tenant_id}/drain/", {"reason": "Contract ended."})

        assert response.status_code == 200, response.json()
        assert (fresh(running).phase, fresh(running).reason) == ("cancelled", "tenant-draining")
        assert fresh(over).phase == "succeeded"
        timeline = client.get(address(project, running, "timeline/")).json()["results"]
        assert timeline[-1]["actor_label"] == admin.user.email

    def test_a_removed_project_takes_its_jobs_along_when_they_have_stopped(self, lab, as_role, tmp_path):
        client, project = lab
        job = bring_to("succeeded", client, project)
        _leave_a_file(job, tmp_path)
        bring_to("draft", client, project)
        running = bring_to("running", client, project)
        owner, _ = as_role("owner", project=project)

        response = owner.change("DELETE", f"/api/v1/projects/{project.pk}/", {"confirm": project.slug})
        removal.remove_project(project.pk)
        waiting = owner.get(f"/api/v1/projects/{project.pk}/").json()["removal"]
        carry_out(running)
        removal.remove_project(project.pk)

        assert response.status_code == 202, response.json()
        assert waiting["said"] == [{"code": "removal-jobs-stop", "arguments": {"count": 1}}]
        assert waiting["left"] == [{"kind": "job", "count": 1}, {"kind": "object", "count": 1}]
        assert not Job.objects.exists()
        assert not StoredObject.objects.exists()
        assert not Project.objects.exists()

    def test_nothing_is_submitted_to_a_project_that_is_being_removed(self, lab, as_role):
        client, project = lab
        owner, _ = as_role("owner", project=project)
        schedule = {"name": "hourly", "cron": "0 * * * *", "time_zone": "UTC", "spec": spec()}
        assert client.post(f"/api/v1/projects/{project.pk}/schedules/", schedule).status_code == 201
        owner.change("DELETE", f"/api/v1/projects/{project.pk}/", {"confirm": project.slug})

        refused = client.post(address(project), spec())
        Schedule.objects.update(next_run_at=timezone.now() - timedelta(minutes=1))
        services.run_due_schedules(now=timezone.now())

        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/being-removed")
        assert client.get(address(project)).json()["results"] == []
        assert not Job.objects.exists()
