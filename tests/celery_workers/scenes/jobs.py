"""Of jobs, their code and their quota."""

import sys
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import httpx
from django.conf import settings
from django.utils import timezone

from apps.code.models import Code
from apps.core.ids import new_id
from apps.jobs import services as jobs
from apps.jobs.models import Job, Schedule
from apps.jobs.spec import JobSpec
from apps.quotas import services as quotas
from apps.quotas.models import Asks, Quota, QuotaLine, QuotaRequest
from apps.storage import files, keys
from apps.storage.files import Wanted
from apps.storage.iam import Allowed
from apps.storage.models import Bucket
from apps.tenants.actor import Actor
from apps.tenants.permissions import Role, permissions_of
from tests.celery_workers.conftest import Portal
from tests.celery_workers.scenes.scene import FOREVER, Scene
from tests.eventually import eventually
from tests.factories import (
    make_bucket,
    make_code,
    make_cohort,
    make_tenant,
    make_user,
)


def admitted_job(portal: Portal) -> dict[str, Any]:
    job = portal.submit(*FOREVER, replicas=2)
    portal.admit()
    return {"job_id": str(job.pk)}


def restart_due(portal: Portal) -> dict[str, Any]:
    """And a job that is to be purged."""
    code = "import os, time; os.environ['HANSE_ATTEMPT'] == '1' and os._exit(1); time.sleep(600)"
    job = portal.submit(sys.executable, "-c", code, fault_policy={"restart": "on-failure"})
    purged = portal.submit("true")
    portal.until(purged, "succeeded")
    portal.until(job, "restarting")
    eventually(lambda: portal.work() or Job.objects.get(pk=job.pk).restart_at, what="a back-off")
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(restart_at=past, next_reconcile_at=past)
    portal.until_settled(purged)
    Job.objects.filter(pk=purged.pk).update(purge_at=past)
    return {}


def directories_to_delete(portal: Portal) -> dict[str, Any]:
    cleaned = portal.submit("true", fault_policy={"clean": "all"})
    gone = portal.submit("true")
    for job in (cleaned, gone):
        portal.until(job, "succeeded")
        portal.until_settled(job)
    jobs.purge(job_id=gone.pk, now=timezone.now() + timedelta(days=400))
    return {}


def quota_in_a_cohort(portal: Portal) -> dict[str, Any]:
    portal.submit(*FOREVER)
    portal.admit()
    mine = portal.project.tenant.quotas.get()
    mine.cohort = make_cohort(mine.cluster)
    mine.save()
    Quota.objects.create(tenant=make_tenant(), cluster=mine.cluster, cohort=mine.cohort)
    return {"quota_id": str(mine.pk)}


def code_to_fetch(portal: Portal) -> dict[str, Any]:
    """From a repository that is there for as long as the test."""
    settings.ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    repository = portal.git.repository()
    repository.commit({"train.py": b"first"})
    job = portal.submit(*FOREVER, source={"git": {"url": repository.url}})
    return {"job_id": str(job.pk)}


def code_to_sweep(portal: Portal) -> dict[str, Any]:
    """Some to fetch, and some that nobody uses."""
    code_to_fetch(portal)
    unused = make_code(portal.project)
    Code.objects.filter(pk=unused.pk).update(used_at=timezone.now() - timedelta(days=365))
    return {}


def a_grant_that_is_over(portal: Portal) -> dict[str, Any]:
    tenant = portal.project.tenant
    line = QuotaLine.objects.get(quota__tenant=tenant, resource="cpu")
    admin = Actor(make_user().pk, "admin", on_platform=permissions_of(Role.PLATFORM_ADMIN))
    wish = quotas.Wish(Asks.QUOTA, 500, "A deadline.", line.flavor, "cpu", timezone.now() + timedelta(hours=1))
    request = quotas.request_quota(actor=portal.actor, tenant=tenant, project=None, wish=wish)
    quotas.approve_request(actor=admin, request_id=request.pk)
    QuotaRequest.objects.update(until=timezone.now() - timedelta(minutes=1))
    return {}


def schedules_due(portal: Portal) -> dict[str, Any]:
    """Of three schedules one may not submit any more, and one would submit what never fits."""
    fields = {"project": portal.project, "tenant": portal.project.tenant, "cron": "* * * * *", "overlap": "allow"}
    spec = JobSpec.model_validate({"name": "nightly", "roles": [{"command": FOREVER, "cpu_millicores": 100}]}).as_json()
    too_large = {**spec, "roles": [{**spec["roles"][0], "cpu_millicores": 900_000}]}
    gone = make_user()
    for name, owner, what in (
        ("fine", portal.actor.user_id, spec),
        ("large", portal.actor.user_id, too_large),
        ("gone", gone.pk, spec),
    ):
        due = timezone.now() - timedelta(minutes=3)
        Schedule.objects.create(
            name=name, owner_id=owner, spec=what, next_run_at=due.replace(second=0, microsecond=0), **fields
        )
    return {}


def a_bucket_with_files(portal: Portal) -> Bucket:
    bucket = make_bucket(portal.project)
    wanted = [Wanted(key, 7) for key in ("a/1", "a/2", "b", "c")]
    uploads, _ = files.grant_uploads(actor=portal.actor, bucket=bucket, files=wanted)
    for upload in uploads:
        assert upload.put is not None
        assert httpx.put(upload.put.url, content=b"content", headers=upload.put.headers).status_code == 200
    return bucket


def keys_of_the_past(portal: Portal) -> dict[str, Any]:
    bucket = a_bucket_with_files(portal)
    allowed = [Allowed(bucket.store_name, "", writes=False)]
    place = {"tenant_id": bucket.tenant_id, "project_id": bucket.project_id}
    keys.key_for(**place, job_id=new_id(), attempt=1, allowed=allowed)
    return {}


SCENES: dict[str, Scene] = {
    "code.fetch": code_to_fetch,
    "code.sweep": code_to_sweep,
    "jobs.end_keys": keys_of_the_past,
    "jobs.reconcile": admitted_job,
    "jobs.run_schedules": schedules_due,
    "jobs.sweep": restart_due,
    "local.tidy": directories_to_delete,
    "quotas.announce_cohort": quota_in_a_cohort,
    "quotas.end_grants": a_grant_that_is_over,
    "quotas.sweep": admitted_job,
}
