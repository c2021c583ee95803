"""Where the console begins."""

import pytest

from apps.accounts.models import User
from tests.conftest import Client
from tests.factories import make_project

PLACE = "/api/v1/me/place/"
pytestmark = pytest.mark.django_db


class TestPlace:
    def test_is_kept_with_the_account(self, as_role):
        client, project = as_role("developer")
        before = client.user.generation

        assert client.put(PLACE, {"project": str(project.pk)}).status_code == 204

        other_browser = Client()
        other_browser.force_login(client.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert other_browser.get("/api/v1/me/").json()["user"]["last_project_id"] == str(project.pk)
        assert User.objects.get(pk=client.user.pk).generation == before

    def test_is_one_that_they_may_see(self, as_role):
        client, _ = as_role("developer")
        theirs = make_project()

        answer = client.put(PLACE, {"project": str(theirs.pk)})

        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/project")
        assert User.objects.get(pk=client.user.pk).last_project_id is None
