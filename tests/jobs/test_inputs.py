"""What a job brings along, as it is asked for and shown: secrets, code, values of variables."""

import pytest
import yaml

from apps.jobs.documents import render_templates
from apps.jobs.models import Job, JobSecret, Template
from apps.jobs.registrations import secret_uses
from tests.factories import make_code, make_project, make_secret
from tests.jobs.jobs import address, admit, fresh, spec, submitted

VALUE = "what-only-developers-see"


@pytest.fixture
def developer(as_role):
    return as_role("developer", equipped=True)


class TestSubmit:
    @pytest.mark.parametrize(
        ("fields", "pointer"),
        [
            ({"role": {"env_from": [{"secret": "missing"}]}}, "/roles/0/env_from/0/secret"),
            ({"role": {"env_from": [{"secret": "tracker", "version": 9}]}}, "/roles/0/env_from/0/secret"),
            ({"role": {"env_from": [{"secret": "tracker", "key": "other", "name": "A"}]}}, "/roles/0/env_from/0/key"),
            ({"role": {"env_from": [{"secret": "tracker"}]}}, "/roles/0/env_from/0"),
            ({"role": {"env_from": [{"secret": "tracker", "key": "api-key"}]}}, "/roles/0/env_from/0"),
            ({"role": {"env_from": [{"secret": "tracker", "name": "A"}]}}, "/roles/0/env_from/0"),
            ({"role": {"env_from": [{"secret": "tracker", "key": "api-key", "name": "RANK"}]}}, "/roles/0"),
            (
                {"role": {"env": {"A": "1"}, "env_from": [{"secret": "tracker", "key": "api-key", "name": "A"}]}},
                "/roles/0",
            ),
            ({"role": {"secret_files": [{"secret": "tracker", "key": "other"}]}}, "/roles/0/secret_files/0/key"),
            (
                {"role": {"secret_files": [{"secret": "tracker", "version": 1}, {"secret": "tracker"}]}},
                "",
            ),
            ({"source": {}}, "/source"),
            ({"source": {"archive": "01a2133a-11ff-7619-82f9-6f9768ab4d94"}}, "/source/archive"),
            ({"source": {"git": {"url": "file:///etc"}}}, "/source/git/url"),
            ({"source": {"git": {"url": "ext::sh -c id"}}}, "/source/git/url"),
            ({"source": {"git": {"url": "https://ann:token@example.org/a.git"}}}, "/source/git/url"),
            ({"source": {"git": {"url": "https://example.org/a.git", "ref": "--upload-pack=id"}}}, "/source/git/ref"),
            ({"source": {"git": {"url": "https://example.org/a.git", "path": "../.."}}}, "/source/git/path"),
            ({"source": {"git": {"url": "https://example.org/a.git", "secret": "tracker"}}}, "/source/git/secret"),
            ({"source": {"git": {"url": "git@example.org:team/a.git"}}}, "/source/git/secret"),
        ],
    )
    def test_what_is_not_there_or_cannot_be_is_named_and_nothing_is_submitted(self, developer, fields, pointer):
        client, project = developer
        make_secret(project, "tracker", api_key=VALUE)

        answer = client.post(address(project), spec(**fields))

        assert answer.status_code == 422, answer.json()
        assert pointer in [wrong["pointer"] for wrong in answer.json()["errors"]]
        assert not Job.objects.exists()

    def test_nothing_of_another_project_is_taken(self, developer):
        client, project = developer
        other = make_project(project.tenant)
        make_secret(other, "theirs")
        code = make_code(other)

        for fields in ({"role": {"secret_files": [{"secret": "theirs"}]}}, {"source": {"archive": str(code.pk)}}):
            assert client.post(address(project), spec(**fields)).status_code == 422


class TestValues:
    @pytest.fixture
    def job(self, developer) -> Job:
        client, project = developer
        return submitted(client, project, role={"env": {"TOKEN": VALUE}})

    @pytest.mark.parametrize("role", ["viewer", "data-officer", "auditor", "platform-admin"])
    def test_who_may_not_submit_reads_names_only(self, as_role, job, role):
        client, _ = as_role(role, project=job.project)

        document = client.get(address(job.project, job))
        text = client.get(address(job.project, job, "spec.yaml"))

        assert document.json()["spec"]["roles"][0]["env"] == {"TOKEN": None}
        assert yaml.safe_load(text.content)["roles"][0]["env"] == {"TOKEN": None}
        assert VALUE not in document.content.decode() + text.content.decode()

    def test_nor_does_somebody_it_is_shared_with(self, as_role, developer, job):
        client, project = developer
        guest, _ = as_role("other-tenant-owner")
        client.post(address(project, job, "shares/"), {"email": guest.user.email})

        answers = [guest.get(address(project, job, rest)) for rest in ("", "spec.yaml", "inputs/", "timeline/")]

        assert [answer.status_code for answer in answers] == [200] * 4
        assert not [answer for answer in answers if VALUE in answer.content.decode()]

    def test_who_submits_reads_them(self, as_role, job):
        client, _ = as_role("developer", project=job.project)

        assert client.get(address(job.project, job)).json()["spec"]["roles"][0]["env"] == {"TOKEN": VALUE}

    def test_of_templates_and_their_events_it_is_the_same(self, as_role, developer, job):
        client, project = developer
        client.post(address(project, job, "template/"), {"name": "Saved"})
        template = Template.objects.get()
        viewer, _ = as_role("viewer", project=project)

        assert VALUE in client.get(f"/api/v1/templates/{template.pk}/").content.decode()
        for path in ("/api/v1/templates/", f"/api/v1/templates/{template.pk}/"):
            assert VALUE not in viewer.get(path).content.decode()
        assert "spec" not in render_templates([template.pk])[template.pk]


class TestUses:
    def test_jobs_that_are_not_over_and_templates_name_it(self, developer):
        client, project = developer
        secret = make_secret(project, "tracker", token=VALUE)
        fields = {"role": {"env_from": [{"secret": "tracker"}]}}
        waiting, running, over = (submitted(client, project, name=name, **fields) for name in ("waits", "runs", "over"))
        client.post(address(project, over, "cancel/"))
        client.post(address(project, running, "template/"), {"name": "Tracked"})
        submitted(client, project, name="other")

        uses = client.get(f"/api/v1/projects/{project.pk}/secrets/{secret.pk}/uses/").json()["uses"]

        assert [(use["kind"], use["name"], use["secret_version"]) for use in uses] == [
            ("job", "runs", None),
            ("job", "waits", None),
            ("template", "Tracked", None),
        ]
        assert waiting.pk != running.pk

    def test_of_somebody_who_sees_no_jobs_there_none_are_told(self, as_role, developer):
        client, project = developer
        make_secret(project, "tracker", token=VALUE)
        submitted(client, project, role={"env_from": [{"secret": "tracker"}]})
        from apps.tenants.access import actor_of_user

        operator, _ = as_role("operator")

        assert secret_uses(actor_of_user(operator.user), project.tenant_id, project.pk, "tracker", 10) == []


class TestInputs:
    def test_tell_what_the_job_was_given(self, developer):
        client, project = developer
        make_secret(project, "tracker", token=VALUE, versions=2)
        code = make_code(project)
        job = submitted(
            client,
            project,
            role={"env": {"EPOCHS": "3"}, "env_from": [{"secret": "tracker"}]},
            source={"archive": str(code.pk)},
        )
        admit(job)

        answer = client.get(address(project, job, "inputs/"))

        inputs = answer.json()
        assert (inputs["code"]["kind"], inputs["code"]["sha256"]) == ("archive", code.sha256)
        assert [(one["name"], one["secret_version"], one["usable"]) for one in inputs["secrets"]] == [("tracker", 2, True)]
        assert inputs["roles"][0]["variables"] == ["EPOCHS"]
        assert VALUE not in answer.content.decode()

    def test_run_again_exactly_pins_them(self, developer):
        client, project = developer
        make_secret(project, "tracker", token=VALUE)
        job = submitted(client, project, role={"env_from": [{"secret": "tracker"}]})
        admit(job)

        answer = client.post(address(project, job, "rerun/"), {})

        assert answer.status_code == 201
        again = Job.objects.get(pk=answer.json()["id"])
        assert again.spec["roles"][0]["env_from"][0]["version"] == 1
        assert JobSecret.objects.get(job=again).asked == 1
        assert fresh(job).spec["roles"][0]["env_from"][0]["version"] is None
