"""Registries from which a tenant may run images: what is refused before a cluster is asked."""

import pytest

from apps.isolation.images import full_name, is_permitted
from apps.jobs.models import Job
from tests.jobs.jobs import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def limited(as_role):
    """A developer of a tenant whose images come from two places only."""
    client, project = as_role("developer")
    platform, _ = as_role("platform-admin")
    limits = {"networks": None, "registries": ["registry.example.org/team", "docker.io/library"]}
    answer = platform.change("PUT", f"/api/v1/tenants/{project.tenant_id}/isolation/", limits)
    assert answer.status_code == 200, answer.json()
    return client, project


class TestRegistries:
    @pytest.mark.parametrize("to", ["", "?dry_run=true"])
    def test_that_the_platform_does_not_list_are_refused_by_name(self, limited, to):
        client, project = limited
        job = {"name": "a", "roles": [{"image": "registry.example.org/other/train:3", "cpu_millicores": 500}]}

        answer = client.post(f"{address(project)}{to}", job)

        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/registry-closed")
        assert answer.json()["detail"] == (
            "registry.example.org/other/train:3 is not from a registry of this tenant: "
            "registry.example.org/team, docker.io/library."
        )
        assert not Job.objects.exists()

    def test_stay_listed_when_networks_alone_are_limited(self, as_role):
        platform, project = as_role("platform-admin")
        at = f"/api/v1/tenants/{project.tenant_id}/isolation/"
        platform.change("PUT", at, {"networks": None, "registries": ["registry.example.org"]})

        answer = platform.change("PUT", at, {"networks": ["10.20.0.0/16"]})

        assert (answer.status_code, answer.json()["registries"]) == (200, ["registry.example.org"])

    @pytest.mark.parametrize(
        "wrong", ["https://registry.example.org", "registry", "registry.example.org/a:3", "a.example.org/"]
    )
    def test_are_written_without_scheme_and_tag(self, as_role, wrong):
        platform, project = as_role("platform-admin")

        answer = platform.change(
            "PUT", f"/api/v1/tenants/{project.tenant_id}/isolation/", {"networks": None, "registries": [wrong]}
        )

        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/registries/0")


class TestNames:
    @pytest.mark.parametrize(
        ("image", "full"),
        [
            ("python:3.12", "docker.io/library/python:3.12"),
            ("somebody/tool", "docker.io/somebody/tool"),
            ("registry:5000/tool", "registry:5000/tool"),
            ("localhost/tool", "localhost/tool"),
            ("Elsewhere/tool", "Elsewhere/tool"),
            ("registry.example.org/tool@sha256:0", "registry.example.org/tool@sha256:0"),
        ],
    )
    def test_that_leave_their_registry_out_are_docker_s(self, image, full):
        assert full_name(image) == full

    def test_that_only_begin_as_a_registry_are_not_from_it(self):
        assert is_permitted("registry.example.org/team/a", ["registry.example.org/team"])
        assert not is_permitted("registry.example.org/teammate/a", ["registry.example.org/team"])
        assert not is_permitted("registry.example.org:5000/team/a", ["registry.example.org"])
        assert is_permitted("anything/at-all", None)
        assert not is_permitted("python", [])
