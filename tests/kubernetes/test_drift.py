"""Namespaces of projects that somebody else changes: shown with both values, put right, or left as an operator chose."""

import pytest

from apps.clusters.models import Cluster
from apps.core.models import Operation
from celery_workers.kubernetes import projects, tidy
from celery_workers.tasks.kubernetes import compare

pytestmark = pytest.mark.django_db(transaction=True)
LEVEL = "pod-security.kubernetes.io/enforce"


@pytest.fixture
def operator(as_role):
    return as_role("operator")[0]


@pytest.fixture
def drifted(portal):
    """A namespace whose Pod Security level somebody lowered, and whose limits somebody deleted."""
    projects.forget()
    projects.ensure(portal.api, portal.cluster, portal.project)
    portal.api.apply(path(portal), namespace(portal, {LEVEL: "privileged"}), manager="kubectl", force=True)
    portal.api.delete(f"{path(portal)}/limitranges/hanse")
    projects.forget()
    return portal


def path(portal) -> str:
    return f"/api/v1/namespaces/{portal.project.namespace}"


def namespace(portal, labels: dict[str, str]) -> dict:
    metadata = {"name": portal.project.namespace, "labels": labels}
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": metadata}


def level(portal) -> str:
    return portal.api.get(path(portal))["metadata"]["labels"][LEVEL]


def choose(operator, cluster: Cluster, on_drift: str) -> None:
    address = f"/api/v1/clusters/{cluster.pk}/"
    changed = operator.change("PATCH", address, {"on_drift": on_drift}, match=operator.get(address)["ETag"])
    assert changed.status_code == 200, changed.json()


def shown(operator, cluster: Cluster) -> dict[tuple[str, str], dict]:
    found = operator.get(f"/api/v1/clusters/{cluster.pk}/").json()
    assert found["compared_at"]
    return {(one["kind"], one["name"]): one for one in found["drifted"]}


def asked(operator, cluster: Cluster, **body) -> dict:
    answer = operator.post(f"/api/v1/clusters/{cluster.pk}/drift/", body)
    assert answer.status_code == 202, answer.json()
    operation = Operation.objects.get(pk=answer.json()["id"])
    compare(operation_id=str(operation.pk))
    return operator.get(f"/api/v1/operations/{operation.pk}/").json()


class TestDrift:
    def test_is_put_right_and_said_unless_an_operator_chose_otherwise(self, drifted, operator):
        tidy.tidy_clusters()

        found = shown(operator, drifted.cluster)[("Namespace", drifted.project.namespace)]
        assert (found["by"], found["repaired"]) == (["kubectl"], True)
        assert found["changes"] == [
            {"path": f"metadata.labels.{LEVEL}", "there": '"privileged"', "wanted": '"restricted"'},
        ]
        assert level(drifted) == "restricted"
        tidy.tidy_clusters()
        assert shown(operator, drifted.cluster) == {}

    def test_is_left_and_shown_until_it_is_put_right_by_hand(self, drifted, operator):
        """What was deleted is made anew all the same: a namespace without its limits takes no pods."""
        choose(operator, drifted.cluster, "leave")
        tidy.tidy_clusters()

        found = shown(operator, drifted.cluster)
        assert {name: one["repaired"] for name, one in found.items()} == {
            ("Namespace", drifted.project.namespace): False,
            ("LimitRange", "hanse"): False,
        }
        assert level(drifted) == "privileged"
        assert drifted.api.get(f"{path(drifted)}/limitranges/hanse")
        assert asked(operator, drifted.cluster)["result"] == {"drifted": 1}
        assert level(drifted) == "privileged"

        assert asked(operator, drifted.cluster, repair=True)["state"] == "succeeded"

        assert level(drifted) == "restricted"
        assert asked(operator, drifted.cluster)["result"] == {"drifted": 0}

    def test_left_alone_it_does_not_keep_jobs_from_running(self, drifted, operator):
        choose(operator, drifted.cluster, "leave")
        drifted.cluster.refresh_from_db()

        drifted.until(drifted.submit(run_for="500ms"), "succeeded")

        assert level(drifted) == "privileged"

    def test_is_not_shown_to_members(self, portal):
        found = portal.client.get(f"/api/v1/clusters/{portal.cluster.pk}/").json()

        assert (found["drifted"], found["on_drift"], found["compared_at"]) == (None, None, None)
