"""With what the pods of a project pull their images: its secrets of the kind registry, in a real cluster."""

import base64
import json

import pytest

from celery_workers.kubernetes import projects, tidy
from tests.factories import make_secret
from tests.kubernetes.conftest import Portal, carry_out_hints
from tests.kubernetes.test_members import POD

pytestmark = pytest.mark.django_db(transaction=True)
LOGIN = {"server": "registry.example.org", "username": "puller", "password": "correct-horse"}


@pytest.fixture
def secret(portal: Portal):
    """Of a project that is in the cluster."""
    projects.forget()
    secret = make_secret(portal.project, "harbour", kind="registry", **LOGIN)
    projects.ensure(portal.api, portal.cluster, portal.project)
    return secret


def logins(portal: Portal) -> dict[str, tuple[str, str]]:
    """Server -> who pulls, as a kubelet reads it."""
    path = f"/api/v1/namespaces/{portal.project.namespace}/secrets/hanse-registries"
    document = json.loads(base64.b64decode(portal.api.get(path)["data"][".dockerconfigjson"]))
    assert all(
        base64.b64decode(one["auth"]).decode() == f"{one['username']}:{one['password']}"
        for one in document["auths"].values()
    )
    return {server: (one["username"], one["password"]) for server, one in document["auths"].items()}


class TestCredentials:
    def test_are_what_every_pod_pulls_with_as_long_as_there_is_the_secret(self, portal, secret, as_role):
        pods = f"/api/v1/namespaces/{portal.project.namespace}/pods"
        assert portal.api.create(pods, POD, dry_run=True)["spec"]["imagePullSecrets"] == [{"name": "hanse-registries"}]
        assert logins(portal) == {"registry.example.org": ("puller", "correct-horse")}

        client, _ = as_role("owner", project=portal.project)
        address = f"/api/v1/projects/{portal.project.pk}/secrets/{secret.pk}/"
        rotated = client.post(f"{address}rotate/", {"data": {**LOGIN, "server": "docker.io", "password": "battery"}})
        assert rotated.status_code == 200, rotated.json()
        carry_out_hints()
        assert logins(portal) == {"https://index.docker.io/v1/": ("puller", "battery")}

        assert client.change("DELETE", address, {"confirm": "harbour"}).status_code == 204
        carry_out_hints()
        assert logins(portal) == {}

    def test_that_somebody_changes_are_put_right_and_told_without_a_value(self, portal, secret, as_role):
        path = f"/api/v1/namespaces/{portal.project.namespace}/secrets/hanse-registries"
        theirs = base64.b64encode(b'{"auths": {}}').decode()
        portal.api.patch(path, {"data": {".dockerconfigjson": theirs}})

        tidy.tidy_clusters()

        shown = as_role("operator")[0].get(f"/api/v1/clusters/{portal.cluster.pk}/").json()["drifted"]
        assert [(one["kind"], one["name"]) for one in shown] == [("Secret", "hanse-registries")]
        assert {(one["path"], one["there"], one["wanted"]) for one in shown[0]["changes"]} == {
            ("data..dockerconfigjson", "***", "***")
        }
        assert logins(portal) == {"registry.example.org": ("puller", "correct-horse")}
