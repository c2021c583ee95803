"""Templates: of a tenant, and of the platform's gallery."""

import pytest

from apps.audit.models import AuditEntry
from apps.jobs.models import Template
from apps.jobs.presets import json_schema, preset
from apps.jobs.spec import Framework, JobSpec
from tests.factories import make_member
from tests.jobs.jobs import address, spec, submitted

pytestmark = pytest.mark.django_db
GALLERY = "/api/v1/templates/"


def _body(**fields):
    return {"name": "Digits, data-parallel", "description": "To start from.", "spec": spec(), **fields}


def _of_tenant(project) -> str:
    return f"/api/v1/tenants/{project.tenant_id}/templates/"


class TestGallery:
    @pytest.mark.parametrize(
        ("role", "status"),
        [("developer", 403), ("owner", 403), ("operator", 403), ("auditor", 403), ("platform-admin", 201)],
    )
    def test_only_platform_admins_write_it(self, as_role, role, status):
        client, _ = as_role(role)

        assert client.post(GALLERY, _body()).status_code == status

    def test_everybody_starts_from_it(self, as_role):
        admin, _ = as_role("platform-admin")
        made = admin.post(GALLERY, _body()).json()
        client, _ = as_role("viewer")

        (listed,) = client.get(GALLERY).json()["results"]

        assert (listed["id"], listed["tenant_id"], listed["can"]) == (made["id"], None, ["templates.view"])
        assert "platform-templates.manage" in made["can"]
        assert client.change("DELETE", f"{GALLERY}{made['id']}/").status_code == 403


class TestTemplatesOfATenant:
    @pytest.mark.parametrize(
        ("role", "status"),
        [("viewer", 403), ("developer", 201), ("owner", 201), ("outsider", 404), ("other-tenant-owner", 404)],
    )
    def test_who_writes_them(self, as_role, role, status):
        client, project = as_role(role)

        assert client.post(_of_tenant(project), _body()).status_code == status

    def test_a_job_becomes_one_and_a_draft_comes_from_it(self, as_role):
        client, project = as_role("developer", equipped=True)
        job = submitted(client, project, framework="pytorch")

        template = client.post(address(project, job, "template/"), {"name": "Mine"}).json()

        assert (template["framework"], template["tenant_slug"]) == ("pytorch", project.tenant.slug)
        assert client.post(address(project), template["spec"]).status_code == 201
        assert AuditEntry.objects.filter(action="template.create", tenant_id=project.tenant_id).exists()

    def test_others_do_not_see_them(self, as_role):
        client, project = as_role("developer")
        made = client.post(_of_tenant(project), _body()).json()
        stranger, _ = as_role("developer")

        assert stranger.get(GALLERY).json()["results"] == []
        assert stranger.get(f"{GALLERY}{made['id']}/").status_code == 404
        assert stranger.change("PATCH", f"{GALLERY}{made['id']}/", {"name": "x"}).status_code == 404

    def test_a_member_of_one_project_sees_those_of_its_tenant(self, as_role):
        owner, project = as_role("owner")
        owner.post(_of_tenant(project), _body())
        client, _ = as_role("developer", project=project, on="project")

        assert len(client.get(GALLERY).json()["results"]) == 1

    def test_changing_and_removing(self, as_role):
        client, project = as_role("developer")
        made = client.post(_of_tenant(project), _body()).json()
        path = f"{GALLERY}{made['id']}/"

        changed = client.change("PATCH", path, {"name": "Other", "spec": spec(name="other")}, match='"1"')

        assert (changed.json()["name"], changed.json()["spec"]["name"]) == ("Other", "other")
        assert changed.headers["ETag"] == '"2"'
        assert client.change("PATCH", path, {"name": "Late"}, match='"1"').status_code == 412
        assert client.change("PATCH", path, {"spec": {"name": "No"}}).json()["errors"][0]["pointer"].startswith("/spec/")
        assert client.change("DELETE", path).status_code == 204
        assert not Template.objects.exists()

    def test_a_name_is_there_once_in_a_tenant(self, as_role):
        client, project = as_role("developer")
        client.post(_of_tenant(project), _body())

        response = client.post(_of_tenant(project), _body())

        assert (response.status_code, response.json()["type"]) == (409, "/problems/name-taken")
        other, elsewhere = as_role("developer")
        assert other.post(_of_tenant(elsewhere), _body()).status_code == 201

    def test_thirty_cost_the_queries_of_three(self, as_role, django_assert_max_num_queries):
        client, project = as_role("developer")
        make_member("viewer", user=client.user)
        for number in range(30):
            Template.objects.create(tenant=project.tenant, name=str(number), spec=spec(framework="custom"))

        with django_assert_max_num_queries(7):
            assert len(client.get(GALLERY).json()["results"]) == 30


class TestPresets:
    @pytest.mark.parametrize("framework", list(Framework))
    def test_each_framework_has_one_that_can_be_submitted(self, as_role, framework):
        client, project = as_role("developer", equipped=True)

        assert client.post(address(project), preset(framework).as_short_json()).status_code == 201

    def test_the_schema_accepts_what_is_accepted_and_refuses_what_is_refused(self, as_role):
        import jsonschema

        client, _ = as_role("viewer")
        schema = client.get("/api/v1/job-schema/").json()
        checker = jsonschema.Draft202012Validator(schema)
        checker.check_schema(schema)

        assert schema == json_schema()
        for example in schema["examples"]:
            assert not list(checker.iter_errors(example))
            JobSpec.model_validate(example)
        assert not list(checker.iter_errors(spec()))
        for wrong in ({"name": "No"}, {"replicas": 2}, {"role": {"memory_bytes": "2pc"}}, {"role": {"replicas": 0}}):
            assert list(checker.iter_errors(spec(**wrong)))
