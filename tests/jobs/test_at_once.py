"""Acts, admission and observations at the same moment: none waits for another for ever, and all add up."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from apps.audit.models import AuditChain
from apps.jobs import services
from apps.jobs.models import Job
from apps.jobs.spec import JobSpec
from apps.quotas import services as quotas
from apps.quotas.models import LedgerEntry, Workload
from apps.tenants.access import actor_of_user
from apps.tenants.errors import TenantNotActive
from apps.tenants.models import Project, Tenant
from apps.tenants.services import change_phase, remove_project
from celery_workers import removal
from tests.eventually import eventually
from tests.jobs.jobs import bring_to, fresh, seen, spec, submitted


def in_own_connection(do):
    try:
        return do()
    finally:
        connection.close()


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_cancelling_while_others_are_admitted_and_seen_to_run(self, as_role):
        client, project = as_role("developer", equipped=True)
        jobs = [submitted(client, project) for _ in range(12)]
        cluster_id = project.tenant.quotas.get().cluster_id
        actor = actor_of_user(client.user)

        def cancel():
            services.act_on_jobs(actor=actor, project=project, act="cancel", ids=[job.pk for job in jobs[::2]])
            for job in jobs[1::4]:
                services.suspend_job(actor=actor, job=job)

        def admit():
            for _ in range(6):
                quotas.admit(cluster_id=cluster_id)

        def watch():
            for _ in range(6):
                for job in Job.objects.filter(attempt=1):
                    services.observe(job_id=job.pk, attempt=1, replicas=[seen(0, "running"), seen(1, "running")])
                    services.reconciled(job_id=job.pk, fence=job.fence, generation=job.generation)

        with ThreadPoolExecutor(3) as pool:
            for result in [pool.submit(in_own_connection, do) for do in (cancel, admit, watch)]:
                result.result(timeout=60)
        admit()
        for job in Job.objects.filter(quota_held=True).exclude(phase__in=("admitted", "starting", "running")):
            services.observe(job_id=job.pk, attempt=1, replicas=[seen(0, "stopped"), seen(1, "stopped")])
            services.reconciled(job_id=job.pk, fence=job.fence, generation=job.generation)
        admit()

        for job in Job.objects.all():
            workload = Workload.objects.get(subject_id=job.pk)
            held = LedgerEntry.objects.filter(workload_id=workload.pk, until=None).count()
            assert (workload.state == "admitted") == job.quota_held == bool(held)
        assert {job.phase for job in Job.objects.filter(pk__in=[job.pk for job in jobs[::2]])} == {"cancelled"}
        assert {job.phase for job in Job.objects.filter(pk__in=[job.pk for job in jobs[1::4]])} == {"suspended"}
        assert Job.objects.filter(phase__in=("admitted", "starting", "running")).count() == 3

    def test_purging_takes_its_locks_in_the_order_of_all_others(self, as_role):
        client, project = as_role("developer", equipped=True)
        job = bring_to("succeeded", client, project)
        Job.objects.filter(pk=job.pk).update(purge_at=timezone.now())

        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                Workload.objects.select_for_update().get(subject_id=job.pk)
                purging = pool.submit(in_own_connection, lambda: services.purge(job_id=job.pk, now=timezone.now()))
                eventually(somebody_waits_for_a_lock)
                Job.objects.select_for_update(nowait=True).get(pk=job.pk)
            assert purging.result(timeout=60)

    def test_draining_while_one_of_the_jobs_is_cancelled(self, as_role):
        client, project = as_role("developer", equipped=True)
        others, cancelled = submitted(client, project), submitted(client, project)
        actor, admin = (actor_of_user(user) for user in (client.user, as_role("platform-admin")[0].user))
        tenant = Tenant.objects.get(pk=project.tenant_id)

        def drain():
            change_phase(actor=admin, tenant=tenant, act="drain", reason="Contract ended.")

        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                Workload.objects.select_for_update().get(subject_id=cancelled.pk)
                draining = pool.submit(in_own_connection, drain)
                eventually(somebody_waits_for_a_lock)
                AuditChain.objects.select_for_update(nowait=True).get(tenant_id=tenant.pk)
                services.cancel_job(actor=actor, job=cancelled)
            draining.result(timeout=60)

        assert (fresh(others).reason, fresh(cancelled).reason) == ("tenant-draining", "cancelled")

    def test_a_tenant_is_changed_while_rows_that_refer_to_it_are_written(self, as_role):
        client, project = as_role("owner", equipped=True)
        address = f"/api/v1/tenants/{project.tenant_id}/"

        with ThreadPoolExecutor(1) as pool, transaction.atomic():
            connection.cursor().execute("SELECT FROM tenants_tenant WHERE id = %s FOR KEY SHARE", [project.tenant_id])
            change = pool.submit(in_own_connection, lambda: client.change("PATCH", address, {"name": "Aurora"}))
            assert change.result(timeout=10).status_code == 200

    def test_what_is_submitted_while_its_tenant_begins_to_drain_is_refused(self, as_role):
        client, project = as_role("developer", equipped=True)
        actor, admin = (actor_of_user(user) for user in (client.user, as_role("platform-admin")[0].user))
        project = Project.objects.select_related("tenant").get(pk=project.pk)

        def submit():
            services.submit_job(actor=actor, project=project, spec=JobSpec.model_validate(spec()))

        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                change_phase(actor=admin, tenant=project.tenant, act="drain", reason="Contract ended.")
                submission = pool.submit(in_own_connection, submit)
                eventually(somebody_waits_for_a_lock)
            with pytest.raises(TenantNotActive):
                submission.result(timeout=60)

        assert not Job.objects.exists()

    @pytest.mark.parametrize("draft", ["false", "true"])
    def test_what_is_submitted_while_its_project_is_removed_is_refused(self, as_role, draft):
        client, project = as_role("developer", equipped=True)
        admin = actor_of_user(as_role("platform-admin")[0].user)
        address = f"/api/v1/projects/{project.pk}/jobs/?draft={draft}"

        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                remove_project(actor=admin, project=project, confirm=project.slug)
                submission = pool.submit(in_own_connection, lambda: client.post(address, spec()))
                eventually(somebody_waits_for_a_lock)
            response = submission.result(timeout=60)

        assert (response.status_code, response.json()["type"]) == (409, "/problems/being-removed")
        assert not Job.objects.exists()

    def test_what_was_submitted_just_before_the_removal_goes_with_the_project(self, as_role):
        client, project = as_role("developer", equipped=True)
        actor, admin = (actor_of_user(user) for user in (client.user, as_role("platform-admin")[0].user))

        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                services.submit_job(actor=actor, project=project, spec=JobSpec.model_validate(spec()))
                remove = lambda: remove_project(actor=admin, project=project, confirm=project.slug)  # noqa: E731
                removing = pool.submit(in_own_connection, remove)
                eventually(somebody_waits_for_a_lock)
            removing.result(timeout=60)
        removal.remove_project(project.pk)

        assert not Job.objects.exists()
        assert not Project.objects.filter(pk=project.pk).exists()
