"""Answers are as the OpenAPI document describes them."""

import jsonschema
import pytest
from drf_spectacular.generators import SchemaGenerator

from apps.jobs import services
from tests.jobs.jobs import address, admit, bring_to, observe, run, seen, spec, submitted

pytestmark = pytest.mark.django_db
OURS = ("/jobs/", "/templates/", "/report/", "/job-schema/")


@pytest.fixture(scope="module")
def document():
    return SchemaGenerator().get_schema(request=None, public=True)


def _operations(document):
    for path, operations in document["paths"].items():
        if any(part in path for part in OURS) and not any(live in path for live in ("logs", "metrics", "log-ranks")):
            for method, operation in operations.items():
                yield f"{method.upper()} {path}", operation


class TestDocument:
    def test_every_operation_says_what_it_gives(self, document):
        untyped = []
        for name, operation in _operations(document):
            answers = {status: answer for status, answer in operation["responses"].items() if status.startswith("2")}
            for status, answer in answers.items():
                typed = all(media["schema"] for media in answer.get("content", {}).values())
                if status != "204" and not (answer.get("content") and typed):
                    untyped.append(name)

        assert untyped == []

    def test_every_body_has_an_example_that_its_schema_accepts(self, document):
        without = []
        for name, operation in _operations(document):
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            if not content:
                continue
            examples = [example["value"] for example in content.get("examples", {}).values()]
            if not examples:
                without.append(name)
            for example in examples:
                jsonschema.Draft202012Validator({**document, **content["schema"]}).validate(example)

        assert without == []

    def test_what_is_sent_is_what_is_described(self, document, as_role, tmp_path):
        client, project = as_role("developer", equipped=True)
        failed = observe(run(submitted(client, project)), seen(0, "failed", exit_code=1))
        (tmp_path / "left").write_bytes(b"x")
        services.add_artifact(job_id=failed.pk, attempt=1, rank=0, name="left", source=tmp_path / "left")
        client.post(address(project, failed, "shares/"), {"email": client.user.email})
        admit(submitted(client, project, role={"cpu_millicores": 4000}))
        waiting = admit(submitted(client, project))
        bring_to("draft", client, project)
        client.post(address(project, failed, "template/"), {"name": "Digits"})
        answers = {
            "/jobs/": client.get("/api/v1/jobs/"),
            "/projects/{project_id}/jobs/": client.get(address(project)),
            "/projects/{project_id}/jobs/{job_id}/": client.get(address(project, failed)),
            **{
                f"/projects/{{project_id}}/jobs/{{job_id}}/{part}/": client.get(address(project, failed, f"{part}/"))
                for part in ("timeline", "replicas", "why", "artifacts", "shares")
            },
            "/templates/": client.get("/api/v1/templates/"),
        }

        for path, answer in answers.items():
            described = document["paths"][f"/api/v1{path}"]["get"]["responses"]["200"]["content"]["application/json"]
            assert answer.json().get("results", True), path
            jsonschema.Draft202012Validator({**document, **described["schema"]}).validate(answer.json())
        why = document["components"]["schemas"]["WhyOutput"]
        jsonschema.Draft202012Validator({**document, **why}).validate(client.get(address(project, waiting, "why/")).json())
        assessed = client.post(f"{address(project)}?dry_run=true", spec()).json()
        jsonschema.Draft202012Validator({**document, **document["components"]["schemas"]["AssessmentOutput"]}).validate(
            assessed
        )
