"""One-time tickets of the WebSocket."""

from django.core.cache import caches

from apps.tenants import tickets
from apps.tenants.models import ApiToken
from tests.factories import in_time
from tests.tenants.test_tokens import TOKENS, bearer

TICKETS = "/api/v1/tickets/"


class TestTickets:
    def test_one_stands_for_its_user_once(self, as_role):
        client, project = as_role("viewer")
        ticket = client.post(TICKETS, {}).json()

        actor = tickets.redeem(ticket["ticket"])

        assert ticket["expires_in"] == 30
        assert actor.user_id == client.user.pk
        assert actor.visible_tenant_ids.each == (project.tenant_id,)
        assert tickets.redeem(ticket["ticket"]) is None

    def test_one_made_with_a_token_holds_no_more_than_it(self, as_role):
        client, project = as_role("owner")
        body = {"name": "narrow", "permissions": ["tenants.view"], "expires_at": in_time(days=1)}
        program = bearer(client.post(TOKENS, body).json()["token"])

        actor = tickets.redeem(program.post(TICKETS, {}).json()["ticket"])

        assert actor.on_tenant(project.tenant_id) == {"tenants.view"}
        assert actor.token_id == ApiToken.objects.get().pk
        assert actor.expires_at is not None

    def test_one_of_a_token_that_was_revoked_since_is_worth_nothing(self, as_role):
        client, _ = as_role("owner")
        body = {"name": "narrow", "permissions": ["tenants.view"], "expires_at": in_time(days=1)}
        made = client.post(TOKENS, body).json()
        ticket = bearer(made["token"]).post(TICKETS, {}).json()["ticket"]

        client.delete(f"{TOKENS}{made['id']}/")

        assert tickets.redeem(ticket) is None

    def test_one_of_a_session_that_ended_is_worth_nothing(self, as_role):
        client, _ = as_role("viewer")
        ticket = client.post(TICKETS, {}).json()["ticket"]

        client.logout()

        assert tickets.redeem(ticket) is None

    def test_an_unknown_one_is_worth_nothing(self, db):
        assert tickets.redeem("") is None
        assert tickets.redeem("x" * 5000) is None
        assert tickets.redeem("never-issued") is None

    def test_the_ticket_itself_is_not_kept(self, as_role):
        client, _ = as_role("viewer")
        ticket = client.post(TICKETS, {}).json()["ticket"]

        assert caches["strict"].get(f"ticket:{ticket}") is None

    def test_without_redis_there_are_none_and_it_says_so(self, as_role, settings):
        client, _ = as_role("viewer")
        settings.CACHES = {name: {**cache, "LOCATION": "redis://127.0.0.1:1/0"} for name, cache in settings.CACHES.items()}

        response = client.post(TICKETS, {})

        assert response.status_code == 503
        assert response.json()["system"] == "redis"
