"""Images that are brought to nodes of a real cluster, and why some of them do not get there."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.core.models import Operation
from celery_workers.kubernetes import asked as turns
from celery_workers.kubernetes import images
from celery_workers.tasks.kubernetes import pull_image
from tests.eventually import eventually
from tests.factories import make_node
from tests.kubernetes.conftest import IMAGE, Portal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def slow_node(portal: Portal) -> Iterator[str]:
    """A node of which nobody plays the kubelet: what it says of its pods, the test says."""
    node = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "slow"}}
    portal.api.create("/api/v1/nodes", node)
    make_node(portal.cluster, "slow", v100={"gpu": 8})
    yield "slow"
    portal.api.delete("/api/v1/nodes/slow")


def asked(portal: Portal, **fields: str) -> Any:
    body = {"image": IMAGE, "cluster": portal.cluster.slug, "flavor": "v100", **fields}
    return portal.client.post(f"/api/v1/projects/{portal.project.pk}/image-pulls/", body)


def begun(portal: Portal) -> Operation:
    answer = asked(portal)
    assert answer.status_code == 202, answer.json()
    return Operation.objects.get(pk=answer.json()["id"])


def shown(portal: Portal, operation: Operation) -> Any:
    return portal.client.get(f"/api/v1/operations/{operation.pk}/").json()


def turn(portal: Portal, operation: Operation) -> Any:
    pull_image(operation_id=str(operation.pk))
    return shown(portal, operation)


def pods(portal: Portal) -> list[Any]:
    path = f"/api/v1/namespaces/{portal.project.namespace}/pods"
    found: list[Any] = portal.api.get(path, {"labelSelector": "hanse.dev/image-pull"})["items"]
    return found


def says(portal: Portal, node: str, **state: Any) -> None:
    """What the kubelet of the node would write of the pod there."""
    pod = next(one for one in pods(portal) if one["spec"]["nodeName"] == node)
    container = {"name": "image", "image": IMAGE, "imageID": "", "ready": False, "restartCount": 0, "state": state}
    path = f"/api/v1/namespaces/{portal.project.namespace}/pods/{pod['metadata']['name']}/status"
    portal.api.patch(path, {"status": {"phase": "Pending", "containerStatuses": [container]}})


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker whose turn is over after one look."""
    monkeypatch.setattr(turns, "TURN_SECONDS", 0.0)


class TestPull:
    def test_every_node_of_the_flavor_gets_it_and_no_pod_stays(self, portal):
        operation = begun(portal)

        found = eventually(lambda: (one := turn(portal, operation))["state"] != "pending" and one, within=60, what="its end")

        assert found["state"] == "succeeded", found
        assert found["result"]["ready"] == [f"v100-{number:04}" for number in range(4)]
        assert (found["result"]["total"], found["result"]["waiting"]) == (4, [])
        eventually(lambda: not pods(portal), what="that its pods are gone")

    def test_a_node_that_cannot_get_it_is_named_with_the_reason_and_given_up_in_the_end(self, portal, slow_node, hurried):
        operation = begun(portal)
        turn(portal, operation)
        says(portal, slow_node, waiting={"reason": "ImagePullBackOff", "message": "manifest unknown"})
        found = eventually(lambda: (one := turn(portal, operation))["result"]["waiting"] and one, what="what keeps it")

        assert found["state"] == "pending"
        assert found["result"]["waiting"] == [{"node": "slow", "why": "manifest unknown"}]

        Operation.objects.filter(pk=operation.pk).update(created_at=timezone.now() - images.PATIENCE - timedelta(seconds=1))
        found = turn(portal, operation)
        assert (found["state"], found["problem"]["type"]) == ("failed", "/problems/pull-unfinished")
        assert "slow: manifest unknown" in found["problem"]["detail"]
        assert "slow" not in found["result"]["ready"]
        eventually(lambda: not pods(portal), what="that its pods are gone")

    def test_is_there_when_its_pod_cannot_be_started(self, portal, slow_node, hurried):
        operation = begun(portal)
        turn(portal, operation)
        says(portal, slow_node, waiting={"reason": "RunContainerError", "message": "exec: not found"})

        found = eventually(lambda: (one := turn(portal, operation))["state"] == "succeeded" and one, what="its end")

        assert "slow" in found["result"]["ready"]

    def test_pods_of_one_that_is_over_are_taken_away_by_the_next(self, portal, slow_node, hurried):
        turn(portal, left := begun(portal))
        Operation.objects.filter(pk=left.pk).delete()

        turn(portal, operation := begun(portal))

        assert {
            pod["metadata"]["labels"]["hanse.dev/image-pull"] for pod in pods(portal) if pod["spec"]["nodeName"] == "slow"
        } == {str(operation.pk)}

    def test_without_a_node_of_the_flavor_it_fails_and_says_so(self, portal):
        portal.cluster.nodes.update(schedulable=False)

        found = turn(portal, begun(portal))

        assert found["state"] == "failed"
        assert "No healthy node of lab has the flavor v100" in found["problem"]["detail"]


class TestRefused:
    @pytest.mark.parametrize(
        ("fields", "pointer", "words"),
        [
            ({"cluster": "harbour"}, "/cluster", "lab"),
            ({"flavor": "a100"}, "/flavor", "cpu, v100"),
            ({"image": "train 3"}, "/image", "such as"),
            ({"image": ""}, "/image", "blank"),
        ],
    )
    def test_what_the_tenant_has_no_quota_for_or_is_no_image(self, portal, fields, pointer, words):
        answer = asked(portal, **fields)

        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert (error["pointer"], words in error["detail"]) == (pointer, True)
        assert not Operation.objects.exists()
