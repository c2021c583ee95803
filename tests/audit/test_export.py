"""The trail as a file, and its filters."""

import csv
import io
import json
from uuid import uuid4

import pytest

from apps.audit import export
from apps.audit import services as audit
from apps.audit.models import AuditEntry
from apps.tenants.actor import Actor
from tests.audit.test_trail import acts, verify


def record(project, *, label: str = "", **actor):
    who = Actor(user_id=actor.pop("user_id", uuid4()), label="ann@aurora.example", **actor)
    return audit.record(
        actor=who, action="job.submit", kind="job", subject_id=uuid4(), label=label, tenant_id=project.tenant_id
    )


def address(project) -> str:
    return f"/api/v1/tenants/{project.tenant_id}/audit/export/"


def body(answer) -> str:
    return b"".join(answer.streaming_content).decode()


class TestExport:
    def test_json_lines_hold_every_entry_newest_first(self, as_role):
        client, project = as_role("owner")
        stranger, theirs = as_role("owner")
        acts(client, project, "One", "Two")
        acts(stranger, theirs, "Other")

        answer = client.get(f"{address(project)}?as=jsonl")

        lines = [json.loads(line) for line in body(answer).splitlines()]
        assert [line["after"]["name"] for line in lines] == ["Two", "One"]
        assert answer["Content-Type"] == "application/jsonl"
        assert answer["Content-Disposition"] == f'attachment; filename="audit-{project.tenant.slug}.jsonl"'

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1"])
    def test_a_spreadsheet_runs_nothing_of_it(self, as_role, text):
        client, project = as_role("owner")
        record(project, label=text)

        [row] = csv.DictReader(io.StringIO(body(client.get(address(project)))))

        assert row["subject_label"] == f"'{text}"

    def test_text_with_commas_quotes_and_lines_comes_back_as_it_was(self, as_role):
        client, project = as_role("owner")
        record(project, label='a, "b"\nc')

        [row] = csv.DictReader(io.StringIO(body(client.get(address(project))), newline=""))

        assert row["subject_label"] == 'a, "b"\nc'

    def test_it_is_read_a_page_at_a_time(self, as_role, monkeypatch, django_assert_num_queries):
        _, project = as_role("owner")
        monkeypatch.setattr(export, "PAGE", 2)
        for _ in range(5):
            record(project)
        rows = AuditEntry.objects.filter(tenant_id=project.tenant_id)

        with django_assert_num_queries(3):
            pages = list(export.as_json_lines(rows))

        assert [page.count(b"\n") for page in pages] == [2, 2, 1]

    @pytest.mark.parametrize(("query", "pointer"), [("?as=xml", "?as"), ("?colour=red", "?colour"), ("?actor=x", "?actor")])
    def test_what_is_wrong_is_named_before_anything_is_sent(self, as_role, query, pointer):
        client, project = as_role("owner")

        answer = client.get(f"{address(project)}{query}")

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == pointer


class TestFilters:
    def test_each_finds_its_own_in_the_list_and_in_the_file(self, as_role):
        client, project = as_role("owner")
        record(project)
        wanted = record(
            project,
            token_id=uuid4(),
            on_behalf_of_id=uuid4(),
            on_behalf_of_label="vera@aurora.example",
            request_id="request-of-ann",
            address="192.0.2.7",
        )

        for query in (
            f"actor={wanted.actor_id}",
            f"token={wanted.token_id}",
            f"on_behalf_of={wanted.on_behalf_of_id}",
            f"subject={wanted.subject_id}",
            "request=request-of-ann",
            "address=192.0.2.7",
        ):
            listed = client.get(f"/api/v1/tenants/{project.tenant_id}/audit/?{query}").json()["results"]
            filed = [json.loads(line) for line in body(client.get(f"{address(project)}?as=jsonl&{query}")).splitlines()]
            assert [row["id"] for row in listed] == [row["id"] for row in filed] == [str(wanted.pk)], query
        assert client.get(f"/api/v1/tenants/{project.tenant_id}/audit/?kind=job").json()["count"] == 2
        assert listed[0]["on_behalf_of_label"] == "vera@aurora.example"

    def test_the_chain_holds_with_and_without_somebody_on_whose_behalf(self, as_role):
        _, project = as_role("owner")
        record(project)
        record(project, on_behalf_of_id=uuid4(), on_behalf_of_label="vera@aurora.example")

        assert verify() == "1 chains hold\n"
