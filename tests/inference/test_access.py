"""Who may call an app: keys over REST, and what the doorman says of requests that come with one."""

from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.utils import timezone

from apps.core.errors import Problem
from apps.inference import services
from apps.inference.models import App, AppKey
from celery_workers.gate.doorman import BELIEVED_SECONDS, MINUTE, MOST_TRIES, Doorman, Rate
from tests.inference.test_apps import SPEC


@pytest.fixture
def deployed(as_role) -> tuple[Any, str, App]:
    """A developer, the path of an app's keys, and the app."""
    client, project = as_role("developer", equipped=True)
    body = {"name": "digits", "access": "key", "spec": SPEC}
    app = client.post(f"/api/v1/projects/{project.pk}/apps/", body).json()
    return client, f"/api/v1/projects/{project.pk}/apps/{app['id']}/keys/", App.objects.get(pk=app["id"])


class Door:
    """A doorman who asks in the test's own transaction, and whose clock the test moves."""

    def __init__(self) -> None:
        self.now = 1000 * MINUTE
        self.doorman = Doorman(look=self._look, clock=lambda: self.now)

    async def _look(self, app_id: Any, shown: str) -> Any:
        return await sync_to_async(services.caller_of)(app_id=app_id, shown=shown)

    def says(self, app: App, shown: str, address: str = "") -> str:
        """Who calls, or the code of what is said to them."""
        try:
            return async_to_sync(self.doorman.admit)(app.pk, shown, address).name
        except Problem as problem:
            return problem.code


class TestKeys:
    def test_a_key_is_shown_once_and_kept_nowhere(self, deployed):
        client, path, _ = deployed
        made = client.once(path, {"consumer": "shop"}, key="once").json()
        again = client.once(path, {"consumer": "shop"}, key="once").json()
        twice = client.post(path, {"consumer": "shop"})
        listed = client.get(path).json()["results"]

        assert made["secret"].startswith(made["hint"])
        assert "secret" not in again
        assert again["id"] == made["id"]
        assert twice.json()["type"] == "/problems/name-taken"
        assert [one["consumer"] for one in listed] == ["shop"]
        assert "secret" not in listed[0]
        assert made["secret"] not in str(AppKey.objects.values())

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"consumer": "Shop\nX-Evil: 1"}, "/consumer"),
            ({"consumer": "shop", "requests_per_minute": 0}, "/requests_per_minute"),
            ({"consumer": "shop", "expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
        ],
    )
    def test_what_is_wrong_is_refused(self, deployed, body, pointer):
        client, path, _ = deployed

        refused = client.post(path, body)

        assert [one["pointer"] for one in refused.json()["errors"]] == [pointer]
        assert not AppKey.objects.exists()


class TestDoorman:
    def test_a_key_opens_its_own_app_until_it_is_revoked(self, deployed):
        client, path, app = deployed
        key = client.post(path, {"consumer": "shop"}).json()
        project = app.project
        body = {"name": "other", "access": "key", "spec": SPEC}
        other = App.objects.get(pk=client.post(f"/api/v1/projects/{project.pk}/apps/", body).json()["id"])
        door = Door()
        opened, elsewhere, guessed, nothing = (
            door.says(one, shown) for one, shown in [(app, key["secret"]), (other, key["secret"]), (app, "hnk_x"), (app, "")]
        )
        client.delete(f"{path}{key['id']}/")
        door.now += BELIEVED_SECONDS

        assert opened == "shop"
        assert {elsewhere, guessed, nothing} == {"app-access-refused"}
        assert door.says(app, key["secret"]) == "app-access-refused"

    def test_an_expired_key_is_refused(self, deployed):
        client, path, app = deployed
        key = client.post(path, {"consumer": "shop", "expires_at": "2999-01-01T00:00:00Z"}).json()
        AppKey.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

        assert Door().says(app, key["secret"]) == "app-access-refused"

    def test_what_is_over_the_rate_is_held_back_and_both_are_counted(self, deployed):
        client, path, app = deployed
        key = client.post(path, {"consumer": "shop", "requests_per_minute": 3}).json()
        door = Door()
        said = [door.says(app, key["secret"]) for _ in range(5)]
        services.note_uses(uses={AppKey.objects.get().pk: services.Uses(3, 2, timezone.now())})
        door.now += 2 * MINUTE
        listed = client.get(path).json()["results"][0]

        assert said == ["shop"] * 3 + ["app-rate-exceeded"] * 2
        assert door.says(app, key["secret"]) == "shop"
        assert (listed["passed"], listed["held_back"]) == (3, 2)
        assert listed["last_used_at"]

    def test_who_tries_keys_is_held_back_and_nobody_else(self, deployed):
        client, path, app = deployed
        key, late = (client.post(path, {"consumer": name}).json()["secret"] for name in ("shop", "late"))
        door = Door()
        before = door.says(app, key, "10.0.0.1")
        tried = [door.says(app, f"hnk_{number}", "10.0.0.1") for number in range(MOST_TRIES + 2)]
        door.now += BELIEVED_SECONDS

        assert before == "shop"
        assert tried == ["app-access-refused"] * MOST_TRIES + ["app-tries-exceeded"] * 2
        assert (door.says(app, key, "10.0.0.1"), door.says(app, late, "10.0.0.2")) == ("shop", "late")
        door.now += 2 * MINUTE
        assert door.says(app, "hnk_again", "10.0.0.1") == "app-access-refused"

    def test_whoever_sees_an_app_that_is_open_to_its_tenant_calls_with_a_token(self, deployed, as_role):
        _, _, app = deployed
        App.objects.update(access="tenant")
        viewer, _ = as_role("viewer", project=app.project)
        stranger, _ = as_role("developer")
        wanted = {"name": "calls", "permissions": ["apps.view"], "expires_at": timezone.now() + timedelta(days=1)}
        tokens = [one.post("/api/v1/me/tokens/", wanted).json()["token"] for one in (viewer, stranger)]

        assert Door().says(app, tokens[0]).startswith("token:")
        assert Door().says(app, tokens[1]) == "app-access-refused"
        App.objects.update(access="key")
        assert Door().says(app, tokens[0]) == "app-access-refused"


def test_a_rate_holds_in_every_minute_wherever_it_begins():
    rate = Rate()
    passed = [at for at in (step / 10 for step in range(6000)) if rate.wait(60, at=at) == 0.0]

    assert max(sum(begin <= at < begin + MINUTE for at in passed) for begin in passed) <= 62
    assert len(passed) >= 550
