"""The audit trail: written with each act, never changed, checked."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from apps.audit.models import AuditChain, AuditEntry
from tests.factories import make_tenant


def acts(client, project, *names: str) -> None:
    for name in names:
        client.change("patch", f"/api/v1/tenants/{project.tenant_id}/", {"name": name})


def verify() -> str:
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    return out.getvalue()


def tamper(statement: str) -> None:
    """As somebody would who may do anything in the database."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER audit_append_only")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE audit_auditentry ENABLE TRIGGER audit_append_only")


class TestAppendOnly:
    @pytest.mark.parametrize("statement", ["UPDATE audit_auditentry SET action = 'x'", "DELETE FROM audit_auditentry"])
    def test_the_database_refuses_to_change_an_entry(self, as_role, statement):
        client, project = as_role("owner")
        acts(client, project, "One")

        with pytest.raises(ProgrammingError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

        assert AuditEntry.objects.get().action == "tenant.change"


class TestVerify:
    def test_chains_that_nobody_touched_hold(self, as_role):
        client, project = as_role("owner")
        acts(client, project, "One", "Two", "Three")

        assert verify() == "1 chains hold\n"

    @pytest.mark.parametrize(
        ("statement", "what"),
        [
            ("""UPDATE audit_auditentry SET after = '{"name": "Nobody"}' WHERE sequence = 2""", "content was changed"),
            ("UPDATE audit_auditentry SET actor_label = 'somebody' WHERE sequence = 1", "content was changed"),
            ("UPDATE audit_auditentry SET on_behalf_of_label = 'ann' WHERE sequence = 1", "content was changed"),
            ("UPDATE audit_auditentry SET on_behalf_of_id = actor_id WHERE sequence = 1", "content was changed"),
            ("DELETE FROM audit_auditentry WHERE sequence = 2", "1 entries are missing"),
            ("DELETE FROM audit_auditentry WHERE sequence = 3", "head names another"),
            ("DELETE FROM audit_auditentry", "head names another"),
        ],
    )
    def test_what_was_tampered_with_is_found(self, as_role, statement, what):
        client, project = as_role("owner")
        acts(client, project, "One", "Two", "Three")
        tamper(statement)
        out = io.StringIO()

        with pytest.raises(CommandError, match="broken"):
            call_command("verify_audit", stdout=out)

        assert what in out.getvalue()


class TestReadTrail:
    def test_a_tenant_reads_its_own_newest_first(self, as_role):
        client, project = as_role("owner")
        stranger, theirs = as_role("owner")
        acts(client, project, "One", "Two")
        acts(stranger, theirs, "Other")

        page = client.get(f"/api/v1/tenants/{project.tenant_id}/audit/").json()

        assert [entry["after"]["name"] for entry in page["results"]] == ["Two", "One"]
        assert page["count"] == 2
        assert client.get(f"/api/v1/tenants/{theirs.tenant_id}/audit/").status_code == 404

    def test_it_is_filtered_by_actor_action_subject_and_time(self, as_role):
        client, project = as_role("owner")
        admin, _ = as_role("admin", project=project)
        acts(client, project, "One")
        admin.post(f"/api/v1/tenants/{project.tenant_id}/projects/", {"slug": "more", "name": "More"})
        path = f"/api/v1/tenants/{project.tenant_id}/audit/"

        def count(**query: str) -> int:
            return client.get(path, query).json()["count"]

        assert count() == 2
        assert count(actor=str(admin.user.pk)) == 1
        assert count(action="tenant.change") == 1
        assert count(subject=str(project.tenant_id)) == 1
        assert count(since=(timezone.now() - timedelta(minutes=1)).isoformat()) == 2
        assert count(until=(timezone.now() - timedelta(minutes=1)).isoformat()) == 0
        assert count(since=(timezone.now() + timedelta(minutes=1)).isoformat()) == 0
        assert client.get(path, {"colour": "red"}).status_code == 422

    def test_it_is_read_page_by_page(self, as_role):
        client, project = as_role("owner")
        acts(client, project, *"abcde")
        path = f"/api/v1/tenants/{project.tenant_id}/audit/?limit=2"

        pages, cursor = [], ""
        while cursor is not None:
            page = client.get(f"{path}&cursor={cursor}").json()
            pages.append([entry["after"]["name"] for entry in page["results"]])
            cursor = page["next"]

        assert pages == [["e", "d"], ["c", "b"], ["a"]]

    def test_the_platforms_trail_is_apart_and_reaches_tenants_that_are_gone(self, as_role):
        admin, _ = as_role("platform-admin")
        auditor, _ = as_role("auditor")
        admin.post("/api/v1/groups/", {"name": "perception"})
        tenant = make_tenant("gone", phase="draining")
        admin.change("delete", f"/api/v1/tenants/{tenant.pk}/", {"confirm": "gone"})

        platform = auditor.get("/api/v1/audit/").json()["results"]
        gone = auditor.get("/api/v1/audit/", {"tenant": str(tenant.pk)}).json()["results"]

        assert [entry["action"] for entry in platform] == ["group.create"]
        assert [entry["action"] for entry in gone] == ["tenant.remove"]

    def test_it_costs_the_same_queries_at_3_and_at_30_rows(self, as_role, django_assert_num_queries):
        client, project = as_role("owner")
        acts(client, project, *"abc")
        path = f"/api/v1/tenants/{project.tenant_id}/audit/"
        with django_assert_num_queries(6):
            assert client.get(path).json()["count"] == 3
        acts(client, project, *(str(number) for number in range(27)))

        with django_assert_num_queries(6):
            assert client.get(path).json()["count"] == 30

    def test_each_entry_names_the_token_and_where_it_came_from(self, as_role):
        client, project = as_role("owner")
        body = {"name": "ci", "permissions": ["tenants.view", "tenants.change"], "expires_at": "2999-01-01T00:00:00Z"}
        body["expires_at"] = (timezone.now() + timedelta(days=1)).isoformat()
        token = client.post("/api/v1/me/tokens/", body).json()["token"]
        headers = {"If-Match": "*", "Authorization": f"Bearer {token}", "X-Forwarded-For": "192.0.2.7"}

        client.logout()
        client.patch(f"/api/v1/tenants/{project.tenant_id}/", {"name": "By CI"}, headers=headers)

        entry = AuditEntry.objects.get(action="tenant.change")
        assert (entry.token_label, entry.address) == ("ci", "192.0.2.7")
        assert AuditChain.objects.get(pk=project.tenant_id).sequence == entry.sequence
