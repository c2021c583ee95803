"""The API's description as a promise (docs/contract.py)."""

import copy
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from docs import contract
from docs.breaks import breaks

Document = dict[str, Any]
BEFORE: Document = {
    "paths": {
        "/jobs/": {
            "get": {
                "parameters": [
                    {"in": "query", "name": "q", "schema": {"type": "string", "maxLength": 60}},
                    {"in": "query", "name": "phase", "schema": {"type": "string", "enum": ["queued", "running"]}},
                ],
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Job"}}}
                        }
                    }
                },
            },
            "post": {
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Spec"}}},
                },
                "responses": {"201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Job"}}}}},
            },
        }
    },
    "components": {
        "schemas": {
            "Job": {
                "type": "object",
                "required": ["id", "phase"],
                "properties": {
                    "id": {"type": "string"},
                    "phase": {"type": "string", "enum": ["queued", "running"]},
                    "parent": {"oneOf": [{"$ref": "#/components/schemas/Job"}, {"type": "null"}]},
                    "progress": {"type": ["number", "null"]},
                },
            },
            "Spec": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "maxLength": 63},
                    "replicas": {"type": "integer", "minimum": 1},
                    "priority": {"type": "string", "enum": ["low", "high"]},
                },
            },
        }
    },
}
JOB, SPEC = BEFORE["components"]["schemas"]["Job"], BEFORE["components"]["schemas"]["Spec"]


def after(change: Callable[[Document, Document, Document], object]) -> Document:
    """The description after `change` of its paths, its answer (Job) and its body (Spec)."""
    document = copy.deepcopy(BEFORE)
    schemas = document["components"]["schemas"]
    change(document["paths"], schemas["Job"], schemas["Spec"])
    return document


class TestBreaks:
    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            (lambda paths, job, spec: paths["/jobs/"].pop("post"), "POST /jobs/ is gone."),
            (lambda paths, job, spec: paths.pop("/jobs/"), "GET /jobs/ is gone."),
            (
                lambda paths, job, spec: paths["/jobs/"]["get"]["parameters"].pop(0),
                "GET /jobs/: the query parameter q is gone.",
            ),
            (
                lambda paths, job, spec: paths["/jobs/"]["get"]["parameters"][0].update(required=True),
                "GET /jobs/: the query parameter q may not be left out any more.",
            ),
            (
                lambda paths, job, spec: paths["/jobs/"]["get"]["parameters"].append(
                    {"in": "query", "name": "tenant", "required": True, "schema": {}}
                ),
                "GET /jobs/: there is a new query parameter tenant that may not be left out.",
            ),
            (
                lambda paths, job, spec: paths["/jobs/"]["get"]["parameters"][1]["schema"]["enum"].remove("queued"),
                "GET /jobs/: the query parameter phase may not be queued any more.",
            ),
            (
                lambda paths, job, spec: paths["/jobs/"]["get"]["parameters"][0]["schema"].update(maxLength=20),
                "GET /jobs/: the query parameter q has a narrower maxLength: 60 -> 20.",
            ),
            (
                lambda paths, job, spec: spec["properties"].pop("replicas"),
                "POST /jobs/: the body: the field replicas is refused now.",
            ),
            (
                lambda paths, job, spec: spec["required"].append("priority"),
                "POST /jobs/: the body: the field priority may not be left out any more.",
            ),
            (
                lambda paths, job, spec: spec["properties"]["replicas"].update(type="string"),
                "POST /jobs/: the body at /replicas may not be integer any more.",
            ),
            (
                lambda paths, job, spec: spec["properties"]["replicas"].update(minimum=2),
                "POST /jobs/: the body at /replicas has a narrower minimum: 1 -> 2.",
            ),
            (
                lambda paths, job, spec: spec["properties"]["name"].update(pattern="^[a-z]+$"),
                "POST /jobs/: the body at /name must look like ^[a-z]+$ now.",
            ),
            (
                lambda paths, job, spec: job["properties"].pop("phase"),
                "POST /jobs/: the answer 201: the field phase is gone.",
            ),
            (
                lambda paths, job, spec: job["properties"].pop("phase"),
                "GET /jobs/: the answer 200 at /[]: the field phase is gone.",
            ),
            (
                lambda paths, job, spec: job["required"].remove("phase"),
                "POST /jobs/: the answer 201: the field phase may be missing now.",
            ),
            (
                lambda paths, job, spec: job["properties"]["id"].update(type=["string", "null"]),
                "POST /jobs/: the answer 201 at /id may be null now.",
            ),
            (
                lambda paths, job, spec: paths["/jobs/"]["post"]["responses"].update(
                    {"202": paths["/jobs/"]["post"]["responses"].pop("201")}
                ),
                "POST /jobs/: no answer has the status 201 any more.",
            ),
        ],
    )
    def test_what_no_longer_holds_is_named(self, change, sentence):
        assert sentence in breaks(BEFORE, after(change))

    @pytest.mark.parametrize(
        "change",
        [
            lambda paths, job, spec: None,
            lambda paths, job, spec: paths.update({"/apps/": {"get": {"responses": {"200": {}}}}}),
            lambda paths, job, spec: paths["/jobs/"]["get"]["parameters"].append(
                {"in": "query", "name": "order", "schema": {}}
            ),
            lambda paths, job, spec: spec["properties"].update(labels={"type": "object"}),
            lambda paths, job, spec: spec["required"].clear(),
            lambda paths, job, spec: spec["properties"]["priority"]["enum"].append("urgent"),
            lambda paths, job, spec: spec["properties"]["name"].update(maxLength=100),
            lambda paths, job, spec: job["properties"].update(url={"type": "string"}),
            lambda paths, job, spec: job["properties"]["phase"]["enum"].append("paused"),
            lambda paths, job, spec: job["properties"]["progress"].update(type="number"),
        ],
    )
    def test_what_only_adds_is_none(self, change):
        assert breaks(BEFORE, after(change)) == []


class TestCheck:
    def complaints(self, *, declared: list[dict[str, str]]) -> list[str]:
        before, now = yaml.safe_dump(BEFORE), yaml.safe_dump(after(lambda paths, job, spec: paths["/jobs/"].pop("post")))
        return list(contract.check(now, now, before, declared))

    def test_a_break_fails_with_a_sentence_that_names_it(self):
        (complaint,) = self.complaints(declared=[])

        assert "The API breaks: POST /jobs/ is gone." in complaint

    def test_a_break_that_is_declared_with_a_reason_is_meant(self):
        assert self.complaints(declared=[{"break": "POST /jobs/ is gone.", "reason": "It never worked."}]) == []

    def test_a_reason_is_needed(self):
        assert len(self.complaints(declared=[{"break": "POST /jobs/ is gone.", "reason": " "}])) == 1

    def test_a_file_that_is_not_what_the_code_says_fails(self):
        (complaint,) = contract.check("old", "new: {}", None, [])

        assert "is not what the code says" in complaint


class TestLanded:
    """What is compared with, found in the history of a repository."""

    NAME = "docs/reference/openapi.yaml"

    @pytest.fixture
    def repository(self, tmp_path: Path) -> Path:
        (tmp_path / self.NAME).parent.mkdir(parents=True)
        self.git(tmp_path, "init", "-q", "-b", "main")
        return tmp_path

    def git(self, repository: Path, *arguments: str) -> None:
        who = ("-c", "user.name=x", "-c", "user.email=x@x.example", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], cwd=repository, check=True, capture_output=True)

    def commit(self, repository: Path, text: str) -> None:
        (repository / self.NAME).write_text(text)
        self.git(repository, "add", "-A")
        self.git(repository, "commit", "-q", "-m", text)

    def test_on_a_branch_it_is_what_main_has(self, repository):
        self.commit(repository, "one")
        self.git(repository, "checkout", "-q", "-b", "mine")
        self.commit(repository, "two")
        self.commit(repository, "three")

        assert contract.landed(repository) == "one"

    def test_on_main_it_is_what_was_there_before_the_last_change(self, repository):
        self.commit(repository, "one")
        self.commit(repository, "two")

        assert contract.landed(repository) == "one"

    def test_what_is_not_committed_yet_is_compared_with_main(self, repository):
        self.commit(repository, "one")
        (repository / self.NAME).write_text("two")

        assert contract.landed(repository) == "one"

    def test_the_first_has_nothing_before_it(self, repository):
        self.commit(repository, "one")

        assert contract.landed(repository) is None

    def test_a_history_that_is_cut_off_is_no_pass(self, repository, tmp_path_factory):
        self.commit(repository, "one")
        self.commit(repository, "two")
        clone = tmp_path_factory.mktemp("shallow")
        self.git(clone, "clone", "-q", "--depth", "1", f"file://{repository}", "here")

        with pytest.raises(SystemExit, match="unshallow"):
            contract.landed(clone / "here")


def test_the_file_is_what_the_code_says():
    assert contract.DOCUMENT.read_text() == contract.described()
