"""Support looks as somebody else: sees what they see, changes nothing, leaves its name."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from apps.audit.models import PLATFORM_CHAIN, AuditEntry
from apps.monitoring import access
from apps.tenants import view_as
from apps.tenants.models import Member
from tests.factories import make_project

VIEW = "/api/v1/view-as/"


@pytest.fixture
def looking(as_role):
    """`looking()` -> (the administrator's client while it looks, the viewer it looks as, their project)."""
    cache.clear()

    def look(role: str = "viewer"):
        viewer, project = as_role(role)
        admin, _ = as_role("platform-admin")
        make_project()
        body = {"user": str(viewer.user.pk), "reason": "Ticket 4711.", "minutes": 15}
        assert admin.post(VIEW, body).status_code == 204
        return admin, viewer, project

    return look


class TestLooking:
    def test_it_shows_what_they_see_and_nothing_else(self, looking):
        admin, viewer, _ = looking()

        me = admin.get("/api/v1/me/").json()

        assert me["user"]["id"] == str(viewer.user.pk)
        assert me["viewer"]["name"] == admin.user.email
        assert me["can"] == []
        assert admin.get("/api/v1/tenants/").json() == viewer.get("/api/v1/tenants/").json()
        assert admin.get("/api/v1/users/").status_code == 403

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("post", "/api/v1/tickets/"),
            ("patch", "/api/v1/me/"),
            ("post", "/api/v1/me/tokens/"),
            ("post", "/api/v1/view-as/"),
            ("post", "/_allauth/browser/v1/account/password/change"),
        ],
    )
    def test_every_change_is_refused(self, looking, method, path):
        admin, _, _ = looking("owner")

        answer = getattr(admin, method)(path, {}, headers={"If-Match": "*"})

        assert answer.status_code == 403
        assert answer.json()["type"] == "/problems/view-is-read-only"

    def test_an_owners_rights_are_not_used_either(self, looking):
        admin, _, project = looking("owner")

        answer = admin.post(f"/api/v1/tenants/{project.tenant_id}/projects/", {"slug": "more", "name": "More"})

        assert answer.json()["type"] == "/problems/view-is-read-only"

    def test_both_names_are_in_both_trails(self, looking):
        admin, viewer, project = looking()
        admin.delete(VIEW)

        entries = AuditEntry.objects.filter(action__startswith="user.view-as").order_by("sequence")

        for chain in (PLATFORM_CHAIN, project.tenant_id):
            first, last = entries.filter(tenant_id=chain)
            assert (first.action, last.action) == ("user.view-as", "user.view-as-end")
            assert (first.actor_label, first.on_behalf_of_label) == (admin.user.email, viewer.user.email)
            assert first.after["reason"] == "Ticket 4711."

    def test_only_who_may_looks_and_not_by_token(self, as_role):
        owner, project = as_role("owner")
        viewer, _ = as_role("viewer", project=project)
        body = {"user": str(viewer.user.pk), "reason": "Curious."}

        assert owner.post(VIEW, body).status_code == 403


class TestEnd:
    def test_a_click_gives_oneself_back(self, looking):
        admin, _, _ = looking()

        assert admin.delete(VIEW).status_code == 204

        assert admin.get("/api/v1/me/").json()["viewer"] is None
        assert admin.get("/api/v1/users/").status_code == 200

    def test_after_its_time_nothing_is_shown_until_it_is_ended(self, looking):
        admin, _, _ = looking()
        session = admin.session
        session[view_as.KEY] |= {"until": (timezone.now() - timedelta(seconds=1)).isoformat()}
        session.save()

        assert admin.get("/api/v1/me/").json()["type"] == "/problems/view-is-over"
        assert admin.delete(VIEW).status_code == 204
        assert admin.get("/api/v1/me/").status_code == 200

    def test_it_ends_with_the_right_to_look(self, looking):
        admin, _, _ = looking()
        Member.objects.filter(user=admin.user).delete()

        assert admin.get("/api/v1/me/").json()["type"] == "/problems/view-is-over"

    def test_sockets_see_as_they_see_and_close_when_it_ends(self, looking):
        admin, viewer, project = looking()
        actor = access.actor_of_session(admin.cookie)

        assert actor.user_id == viewer.user.pk
        assert actor.visible_tenant_ids.each == (project.tenant_id,)
        assert access.still_valid([actor]) == [True]
        admin.delete(VIEW)
        assert access.still_valid([actor]) == [False]
