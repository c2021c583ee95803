"""What is left in a cluster of what is gone from the portal."""

import pytest

from apps.jobs.models import Job
from apps.jobs.services import remove_stopped_job
from celery_workers.kubernetes import projects, tidy
from celery_workers.kubernetes.client import NotFound
from tests.eventually import eventually

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_namespace_of_a_project_that_is_gone_goes_and_that_of_another_stays(new_portal):
    gone, stays = new_portal(), new_portal()
    for portal in (gone, stays):
        projects.ensure(portal.api, portal.cluster, portal.project)
    names = {portal: portal.project.namespace for portal in (gone, stays)}
    gone.project.members.all().delete()
    gone.project.delete()

    tidy.tidy_clusters()
    tidy.tidy_clusters()

    def phase(portal):
        try:
            return portal.api.get(f"/api/v1/namespaces/{names[portal]}")["status"]["phase"]
        except NotFound:
            return "gone"

    assert phase(stays) == "Active"
    assert phase(gone) in ("Terminating", "gone")


def test_a_namespace_that_drifted_is_put_right(portal):
    projects.ensure(portal.api, portal.cluster, portal.project)
    path = f"/api/v1/namespaces/{portal.project.namespace}"
    portal.api.patch(path, {"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "privileged"}}})

    projects.forget()
    tidy.tidy_clusters()

    assert portal.api.get(path)["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"


def test_pods_and_services_of_a_job_that_is_gone_go(portal):
    job = portal.submit(run_for="500ms")
    portal.until(job, "succeeded")
    portal.until_read(job)
    portal.until_free(job)
    assert len(portal.pods(job)) == 1
    remove_stopped_job(job_id=job.pk)
    assert not Job.objects.filter(pk=job.pk).exists()

    tidy.tidy_clusters()

    eventually(lambda: not portal.pods(job), within=30, what="that its pod goes with its service")
