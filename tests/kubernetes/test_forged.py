"""Pods that claim to be what they are not: whoever may make pods in their own namespace may write any label on them."""

import pytest

from celery_workers.kubernetes import projects
from tests.eventually import eventually
from tests.jobs.jobs import fresh
from tests.kubernetes.test_members import POD

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_pod_with_the_labels_of_anothers_replica_changes_nothing_of_it(portal, new_portal):
    job = portal.submit()
    portal.until(job, "running")
    theirs = new_portal()
    projects.ensure(theirs.api, theirs.cluster, theirs.project)
    (pod,) = portal.pods(job)
    path = f"/api/v1/namespaces/{theirs.project.namespace}/pods"
    marks = {"metadata": {"name": pod["metadata"]["name"], "labels": pod["metadata"]["labels"]}}
    env = [{"name": "TESTBED_RUN_FOR", "value": "200ms"}, {"name": "TESTBED_EXIT_CODE", "value": "1"}]
    (container,) = POD["spec"]["containers"]
    spec = {
        **POD["spec"],
        "nodeName": pod["spec"]["nodeName"],
        "restartPolicy": "Never",
        "containers": [{**container, "env": env}],
    }
    theirs.api.create(path, {**POD, **marks, "spec": spec})
    forged = f"{path}/{pod['metadata']['name']}"

    eventually(lambda: theirs.api.get(forged)["status"].get("phase") == "Failed", within=60, what="a forged failure")
    portal.watch.kill()  # whoever begins anew lists everything
    portal.until(portal.submit(), "running")

    assert fresh(job).phase == "running"
    assert [replica.phase for replica in job.replicas_now()] == ["running"]
    theirs.api.delete(forged)
    portal.until(portal.submit(), "running")
    assert [replica.phase for replica in job.replicas_now()] == ["running"]
