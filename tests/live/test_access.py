import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from websockets.exceptions import ConnectionClosed, InvalidStatus

from apps.accounts.models import OpenSession
from apps.tenants.models import ApiToken
from tests.conftest import Client
from tests.eventually import eventually
from tests.factories import make_member
from tests.live.conftest import LiveProcess
from tests.testbed.ports import own_port
from tests.testbed.proxy import Proxy

REVOKED_WITHIN_SECONDS = 5.0
NOT_SIGNED_IN, ACCESS_CHANGED = 4401, 4403


def ticket_of(client: Client) -> str:
    answer = client.post("/api/v1/tickets/", {})
    assert answer.status_code == 201, answer.json()
    return answer.json()["ticket"]


class TestOpening:
    def test_a_session_opens_it(self, live, as_role):
        client, _ = as_role("viewer")
        socket = live.open(client)

        socket.say(do="ping")

        assert socket.next() == {"is": "pong"}

    def test_a_stranger_is_told_to_sign_in(self, live):
        assert live.open().closed_with() == NOT_SIGNED_IN

    def test_a_session_that_was_made_up_is_none(self, live, as_role):
        client, _ = as_role("viewer")
        client.cookies["hanse_session"] = "x" * 32

        assert live.open(client).closed_with() == NOT_SIGNED_IN

    @pytest.mark.parametrize(
        "origin",
        [
            "https://evil.example",
            "http://127.0.0.1.evil.example",
            "https://127.0.0.1:8000",
            "null",
            "http://localhost",
            None,
        ],
    )
    def test_a_page_of_another_site_gets_nothing_by_the_cookie_it_brings(self, live, as_role, origin):
        client, _ = as_role("owner")

        with pytest.raises(InvalidStatus) as refused:
            live.open(client, origin=origin)

        assert refused.value.response.status_code == 403

    def test_the_address_that_was_asked_is_an_origin_too(self, live, as_role):
        client, _ = as_role("viewer")
        socket = live.open(client, origin=f"http://127.0.0.1:{live.port}")

        socket.say(do="ping")

        assert socket.next() == {"is": "pong"}

    @pytest.mark.parametrize("path", ["/", "/ws", "/ws/other/", "/api/v1/me/"])
    def test_no_other_address_answers(self, live, path):
        with pytest.raises(InvalidStatus) as refused:
            LiveProcess.connect(live.port, path)

        assert refused.value.response.status_code == 403


class TestTicket:
    @pytest.mark.parametrize("origin", [None, "http://127.0.0.1:8000"])
    def test_opens_the_socket_once(self, live, as_role, origin):
        client, _ = as_role("viewer")
        ticket = ticket_of(client)

        first = live.open(ticket=ticket, origin=origin)
        first.say(do="ping")
        assert first.next() == {"is": "pong"}

        assert live.open(ticket=ticket, origin=origin).closed_with() == NOT_SIGNED_IN

    def test_does_not_make_a_foreign_page_welcome(self, live, as_role):
        client, _ = as_role("viewer")

        with pytest.raises(InvalidStatus):
            live.open(ticket=ticket_of(client), origin="https://evil.example")

    @pytest.mark.parametrize("ticket", ["x" * 43, "x" * 5000])
    def test_one_that_was_made_up_is_none(self, live, ticket):
        assert live.open(ticket=ticket, origin=None).closed_with() == NOT_SIGNED_IN


class TestRevoking:
    """Whatever ends the right to see ends the socket, soon, also for who only listens."""

    def closes_soon(self, socket) -> None:
        began = time.monotonic()
        assert socket.closed_with() == ACCESS_CHANGED
        assert time.monotonic() - began < REVOKED_WITHIN_SECONDS

    def test_a_member_who_is_removed(self, live, as_role):
        owner, project = as_role("owner")
        viewer, _ = as_role("viewer", project=project)
        socket = live.viewer(viewer)
        member = viewer.user.roles.get()

        answer = owner.change("DELETE", f"/api/v1/tenants/{project.tenant_id}/members/{member.id}/")

        assert answer.status_code == 204
        self.closes_soon(socket)

    def test_a_member_who_is_given_another_role(self, live, as_role):
        owner, project = as_role("owner")
        viewer, _ = as_role("viewer", project=project)
        socket = live.viewer(viewer)

        answer = owner.post(
            f"/api/v1/tenants/{project.tenant_id}/members/", {"email": viewer.user.email, "role": "developer"}
        )

        assert answer.status_code == 201
        self.closes_soon(socket)

    def test_a_session_that_is_ended(self, live, as_role):
        client, _ = as_role("viewer")
        socket = live.viewer(client)

        Session.objects.filter(pk=client.session.session_key).delete()

        self.closes_soon(socket)

    def test_a_session_that_its_owner_ends_from_another(self, live, as_role):
        client, project = as_role("viewer")
        elsewhere, _ = as_role("viewer", project=project, user=client.user, on="project")
        socket, own = live.viewer(client), live.viewer(elsewhere)
        key = client.session.session_key
        session = OpenSession.objects.create(user=client.user, session_key=key)

        assert elsewhere.delete(f"/api/v1/me/sessions/{session.pk}/").status_code == 204

        self.closes_soon(socket)
        own.say(do="ping")
        assert own.next() == {"is": "pong"}

    def test_all_sessions_of_somebody_whom_an_administrator_signs_out(self, live, as_role):
        client, _ = as_role("viewer")
        admin, _ = as_role("platform-admin")
        socket = live.viewer(client)

        assert admin.post(f"/api/v1/users/{client.user.pk}/end-sessions/").status_code == 204

        self.closes_soon(socket)
        assert live.open(client).closed_with() == NOT_SIGNED_IN

    def test_an_account_that_is_switched_off(self, live, as_role):
        client, _ = as_role("viewer")
        socket = live.viewer(client)

        type(client.user).objects.filter(pk=client.user.pk).update(is_active=False)

        self.closes_soon(socket)

    @pytest.mark.parametrize("end", ["revoked_at", "expires_at"])
    def test_a_token_that_is_revoked_or_expires(self, live, as_role, end):
        client, _ = as_role("viewer")
        answer = client.post(
            "/api/v1/me/tokens/",
            {
                "name": "ci",
                "permissions": ["projects.view"],
                "expires_at": (timezone.now() + timedelta(days=1)).isoformat(),
            },
        )
        assert answer.status_code == 201, answer.json()
        program = Client(headers={"Authorization": f"Bearer {answer.json()['token']}"})
        socket = live.viewer(ticket=ticket_of(program), origin=None)

        ApiToken.objects.update(**{end: timezone.now()})

        self.closes_soon(socket)

    def test_nobody_else_is_disturbed(self, live, as_role):
        leaving, project = as_role("viewer")
        staying, _ = as_role("viewer", project=project)
        gone, here = live.viewer(leaving), live.viewer(staying)

        type(leaving.user).objects.filter(pk=leaving.user.pk).update(is_active=False)
        self.closes_soon(gone)

        here.say(do="ping")
        assert here.next() == {"is": "pong"}

    def test_a_token_shows_no_more_than_its_scope(self, live, as_role):
        client, project = as_role("owner")
        make_member("owner", user=client.user)
        answer = client.post(
            "/api/v1/me/tokens/",
            {
                "name": "narrow",
                "permissions": ["projects.view", "tenants.view"],
                "project": str(project.id),
                "expires_at": (timezone.now() + timedelta(days=1)).isoformat(),
            },
        )
        assert answer.status_code == 201, answer.json()
        program = Client(headers={"Authorization": f"Bearer {answer.json()['token']}"})
        socket = live.open(ticket=ticket_of(program), origin=None)
        other = client.user.roles.exclude(tenant=project.tenant).get().tenant_id

        for tenant, is_ in ((project.tenant_id, "subscribed"), (other, "refused")):
            socket.say(do="subscribe", id="s", tenant=tenant, kinds=["project"])
            assert socket.next()["is"] == is_


def lets_in(live: LiveProcess, client: Client) -> bool:
    try:
        live.viewer(client)
    except ConnectionClosed:
        return False
    return True


class TestDatabaseGone:
    @pytest.mark.parametrize("fault", ["resetting", "silent"])
    def test_a_check_that_cannot_be_made_is_a_refusal(self, own_redis, transactional_db, as_role, fault):
        database = connection.settings_dict
        proxy = Proxy((database["HOST"], int(database["PORT"])))
        live = LiveProcess(own_port(28200), own_redis.server.url, settings.OBJECTS_URL, database_address=proxy.address)
        live.start()
        try:
            client, _ = as_role("viewer")
            socket = live.viewer(client)
            began = time.monotonic()
            proxy.becomes(fault)

            assert socket.closed_with() == ACCESS_CHANGED
            assert time.monotonic() - began < 7
            proxy.becomes("")
            eventually(lambda: lets_in(live, client))
        finally:
            live.hang_up()
            live.stop()
            proxy.close()
