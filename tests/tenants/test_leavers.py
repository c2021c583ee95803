"""When somebody leaves: nothing of theirs works on, and what they had goes to somebody."""

from apps.accounts.models import User
from apps.audit.models import AuditEntry
from apps.jobs.models import Job, Template, TimelineEntry
from apps.tenants.models import Member
from tests.factories import in_time, make_member, make_user
from tests.jobs.jobs import spec
from tests.tenants.test_tokens import bearer


def leaver(as_role):
    """An owner with a job, a template and a token, in an equipped tenant; and an administrator."""
    ann, project = as_role("owner", equipped=True)
    admin, _ = as_role("platform-admin")
    job = ann.post(f"/api/v1/projects/{project.pk}/jobs/", spec()).json()
    ann.post(f"/api/v1/tenants/{project.tenant_id}/templates/", {"name": "Tides", "spec": spec()})
    body = {"name": "ci", "permissions": ["jobs.view", "projects.view"], "expires_at": in_time(days=1)}
    token = ann.post("/api/v1/me/tokens/", body).json()["token"]
    return ann, admin, project, job, token


def path(user, act: str) -> str:
    return f"/api/v1/users/{user.pk}/{act}/"


class TestPreview:
    def test_it_lists_what_they_have(self, as_role):
        ann, admin, project, _, _ = leaver(as_role)

        leaving = admin.get(path(ann.user, "leaving")).json()

        assert leaving["only_owner_of"] == [project.tenant.slug]
        assert sorted(one["kind"] for one in leaving["belongings"]) == ["job", "template"]
        assert {one["tenant"] for one in leaving["belongings"]} == {project.tenant.slug}
        assert (leaving["belongings_count"], leaving["tokens"], leaving["roles"]) == (2, 1, 1)


class TestDeactivate:
    def test_what_they_have_goes_to_whom_is_named(self, as_role):
        ann, admin, project, job, _ = leaver(as_role)
        otto = make_member("developer", tenant=project.tenant).user

        answer = admin.post(path(ann.user, "deactivate"), {"to": otto.email})

        assert answer.status_code == 200
        assert answer.json()["is_active"] is False
        assert Job.objects.get(pk=job["id"]).submitted_by == otto
        assert Job.objects.get(pk=job["id"]).phase == "queued"
        assert Template.objects.get(name="Tides").created_by == otto
        assert Member.objects.filter(user=otto, tenant=project.tenant, role="owner").exists()
        assert TimelineEntry.objects.filter(job_id=job["id"], reason="transferred").exists()
        trail = set(AuditEntry.objects.filter(actor_id=admin.user.pk).values_list("action", flat=True))
        assert trail >= {"member.add", "user.transfer", "job.transfer", "template.transfer", "user.deactivate"}

    def test_nothing_of_theirs_works_on_nor_after_they_come_back(self, as_role):
        ann, admin, project, _, token = leaver(as_role)
        make_member("owner", tenant=project.tenant)
        version = ann.user.access_version

        admin.post(path(ann.user, "deactivate"), {})

        assert ann.get("/api/v1/me/").status_code == 401
        assert bearer(token).get("/api/v1/me/").status_code == 401
        assert User.objects.get(pk=ann.user.pk).access_version > version
        assert admin.post(path(ann.user, "reactivate")).json()["is_active"] is True
        assert ann.get("/api/v1/me/").status_code == 401
        assert bearer(token).get("/api/v1/me/").status_code == 401

    def test_an_only_owner_stays_unless_somebody_follows(self, as_role):
        ann, admin, project, _, token = leaver(as_role)

        answer = admin.post(path(ann.user, "deactivate"), {})

        assert answer.json()["type"] == "/problems/last-owner"
        assert answer.json()["tenants"] == [project.tenant.slug]
        assert bearer(token).get("/api/v1/me/").status_code == 200

    def test_who_has_no_role_there_gets_nothing_and_nothing_is_changed(self, as_role):
        ann, admin, project, job, _ = leaver(as_role)
        make_member("owner", tenant=project.tenant)
        outsider = make_user()

        answer = admin.post(path(ann.user, "deactivate"), {"to": outsider.email})

        assert answer.status_code == 422
        assert project.tenant.slug in answer.json()["errors"][0]["detail"]
        assert User.objects.get(pk=ann.user.pk).is_active
        assert Job.objects.get(pk=job["id"]).submitted_by == ann.user


class TestHandOver:
    def test_an_owner_hands_the_tenant_over(self, as_role):
        ann, _, project, _, _ = leaver(as_role)
        otto = make_member("developer", tenant=project.tenant).user

        answer = ann.post(f"/api/v1/tenants/{project.tenant_id}/ownership/", {"to": otto.email})

        assert answer.json()["user"]["id"] == str(otto.pk)
        owners = Member.objects.filter(tenant=project.tenant, role="owner").values_list("user", flat=True)
        assert list(owners) == [otto.pk]

    def test_ones_own_go_to_a_colleague(self, as_role):
        ann, _, project, job, _ = leaver(as_role)
        otto = make_member("developer", tenant=project.tenant).user

        answer = ann.post(f"/api/v1/tenants/{project.tenant_id}/handover/", {"to": otto.email})

        assert answer.json() == {"moved": 2}
        assert Job.objects.get(pk=job["id"]).submitted_by == otto

    def test_only_members_can_be_named(self, as_role):
        ann, _, project, _, _ = leaver(as_role)
        outsider = make_user()

        answer = ann.post(f"/api/v1/tenants/{project.tenant_id}/handover/", {"to": outsider.email})

        assert answer.json()["errors"][0]["pointer"] == "/to"
