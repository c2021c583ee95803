"""Acts, admission and observations at the same moment: none waits for another for ever, and all add up."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from apps.jobs import services
from apps.jobs.models import Job
from apps.quotas import services as quotas
from apps.quotas.models import LedgerEntry, Workload
from apps.tenants.access import actor_of_user
from tests.jobs.jobs import seen, submitted


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_cancelling_while_others_are_admitted_and_seen_to_run(self, as_role):
        client, project = as_role("developer", equipped=True)
        jobs = [submitted(client, project) for _ in range(12)]
        cluster_id = project.tenant.quotas.get().cluster_id
        actor = actor_of_user(client.user)

        def in_own_connection(do):
            try:
                return do()
            finally:
                connection.close()

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
