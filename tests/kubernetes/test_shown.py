"""The manifests of a job as they are shown, held against what stands in a real cluster."""

import yaml

from apps.jobs.models import Job
from celery_workers.kubernetes.paths import path_of
from celery_workers.kubernetes.shown import HIDDEN, OWNER
from tests.jobs.jobs import address
from tests.kubernetes.conftest import Portal, carry_out_hints


def shown(portal: Portal, job: Job) -> dict:
    asked = portal.client.post(address(portal.project, job, "manifests/"), {})
    assert asked.status_code == 202, asked.json()
    carry_out_hints()
    return portal.client.get(f"/api/v1/operations/{asked.json()['id']}/").json()


def with_owner(document: dict, uid: str) -> dict:
    owners = [{**one, "uid": uid} for one in document["metadata"].get("ownerReferences", [])]
    assert all(one["uid"] == OWNER for one in document["metadata"].get("ownerReferences", []))
    return {**document, "metadata": {**document["metadata"], "ownerReferences": owners}}


class TestManifests:
    def test_are_those_of_what_runs_and_hold_no_secret(self, portal: Portal):
        job = portal.until(portal.submit(role={"replicas": 3, "env": {"GREETING": "ahoy"}}), "running")

        result = shown(portal, job)["result"]

        documents = list(yaml.safe_load_all(result["yaml"]))
        assert result["pods_left_out"] == 2
        by_kind = {document["kind"]: document for document in documents}
        assert documents[0]["kind"] == "Service"
        assert set(by_kind["Secret"]["data"]) == {"env.HANSE_REPORT_TOKEN"}
        assert set(by_kind["Secret"]["data"].values()) == {HIDDEN}
        # Applied on what stands there, they change nothing of it.
        uid = portal.api.get(path_of(by_kind["Service"]))["metadata"]["uid"]
        for document in documents:
            if document["kind"] != "Secret":
                there = portal.api.get(path_of(document))
                applied = portal.api.apply(path_of(document), with_owner(document, uid), force=True, dry_run=True)
                assert applied["spec"] == there["spec"]
        (greeting,) = [one for one in by_kind["Pod"]["spec"]["containers"][0]["env"] if one["name"] == "GREETING"]
        assert greeting["value"] == "ahoy"

    def test_of_a_job_that_is_nowhere_there_are_none(self, portal: Portal):
        waiting = portal.submit()

        assert portal.client.post(address(portal.project, waiting, "manifests/"), {}).status_code == 409
