"""Secrets that came in by every door there is, looked for wherever a thief of disks, logs or backups would look."""

import base64
import re
import subprocess
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import quote

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from apps.accounts.models import Provider
from celery_workers.tasks.mail import deliver_mail
from embedded.postgres import PROGRAMS
from tests.accounts.conftest import Browser
from tests.clusters.test_connection import ADDRESS, HARBOUR, kubeconfig
from tests.conftest import AsRole, Client
from tests.factories import in_time, make_user
from tests.jobs.jobs import submitted

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("mail_server")]


class Planted(dict[str, str]):
    """Door -> the secret that came in, or was given out, there."""

    def where(self, text: str) -> list[str]:
        """Of which doors the secret stands in this text, as it is or as base64 or addresses have it."""
        return [
            door
            for door, secret in self.items()
            if any(form in text for form in (secret, base64.b64encode(secret.encode()).decode(), quote(secret, safe="")))
        ]


@pytest.fixture
def planted(as_role: AsRole, mail_server: Any) -> Planted:
    cache.clear()
    planted = Planted()
    developer, project = as_role("developer", equipped=True)
    owner, _ = as_role("owner", project=project)
    admin, _ = as_role("platform-admin")
    _of_people(planted, mail_server)
    _of_programs(planted, developer, owner, project, mail_server)
    _of_systems(planted, admin)
    return planted


def _of_people(planted: Planted, mail_server: Any) -> None:
    planted["a password"] = "a-horse-of-no-particular-colour"
    ann = make_user("Ann", email="ann@aurora.example", password=planted["a password"])
    browser = Browser()
    assert browser.sign_in(ann, planted["a password"]).status_code == 200
    planted["a session's cookie"] = browser.cookie
    planted["an authenticator app"] = browser.ask("account/authenticators/totp").json()["meta"]["secret"]
    browser.add_authenticator_app()
    for number, code in enumerate(browser.ask("account/authenticators/recovery-codes").json()["data"]["unused_codes"]):
        planted[f"recovery code {number}"] = code
    planted["a wrong password"] = "almost-the-horse-of-no-colour"
    assert Browser().sign_in(ann, planted["a wrong password"]).status_code == 400
    assert Browser().send("/api/v1/password-resets/", {"email": ann.email}).status_code == 202
    planted["a link to a new password"] = mailed(mail_server)


def _of_programs(planted: Planted, developer: Client, owner: Client, project: Any, mail_server: Any) -> None:
    planted["a project's secret"], planted["its next version"] = "first-of-the-tracker", "second-of-the-tracker"
    secrets = f"/api/v1/projects/{project.pk}/secrets/"
    made = developer.once(secrets, {"name": "tracker", "data": {"key": planted["a project's secret"]}}, key="one")
    assert made.status_code == 201, made.json()
    body = {"data": {"key": planted["its next version"]}}
    assert developer.post(f"{secrets}{made.json()['id']}/rotate/", body).status_code == 200
    role = {"env_from": [{"secret": "tracker", "key": "key", "name": "TRACKER_KEY"}]}
    submitted(developer, project, role=role)
    token = {"name": "ci", "permissions": ["projects.view"], "expires_at": in_time(days=1)}
    planted["a token"] = developer.once("/api/v1/me/tokens/", token, key="two").json()["token"]
    planted["a ticket"] = developer.post("/api/v1/tickets/", {}).json()["ticket"]
    accounts = f"/api/v1/tenants/{project.tenant_id}/service-accounts/"
    account = owner.post(accounts, {"name": "pipeline", "role": "developer"}).json()["id"]
    planted["a service account's token"] = owner.post(f"{accounts}{account}/tokens/", token).json()["token"]
    invitation = {"email": "bea@aurora.example", "role": "viewer"}
    answer = owner.post(f"/api/v1/tenants/{project.tenant_id}/invitations/", invitation)
    assert answer.status_code == 201, answer.json()
    planted["an invitation's link"] = mailed(mail_server)


def mailed(mail_server: Any) -> str:
    """What follows the # of the link in the newest mail."""
    deliver_mail()
    text = mail_server.messages[-1].get_body(("plain",)).get_content()
    return str(re.search(r"https?://[^#\s]+#(\S+)", text)[1])


def _of_systems(planted: Planted, admin: Client) -> None:
    planted["a cluster's credential"] = "bearer-of-the-harbour-cluster"
    text = kubeconfig(user={"token": planted["a cluster's credential"]})
    made = admin.once("/api/v1/clusters/", {**HARBOUR, "connection": {"kubeconfig": text}}, key="three")
    assert made.status_code == 201, made.json()
    planted["its next one"] = "next-bearer-of-the-harbour-cluster"
    path = f"/api/v1/clusters/{made.json()['id']}/connection/"
    text = kubeconfig(user={"token": planted["its next one"]})
    assert admin.change("PATCH", path, {"connection": {"kubeconfig": text}}).status_code == 200
    planted["a sign-in provider's secret"] = "between-hanse-and-the-provider"
    Provider.objects.create(
        slug="aurora", name="Aurora", issuer=ADDRESS, client_id="hanse", secret=planted["a sign-in provider's secret"]
    )


def dump() -> str:
    database = connection.settings_dict
    user = f"{database['USER']}:{database['PASSWORD']}"
    address = f"postgresql://{user}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    done = subprocess.run([PROGRAMS / "pg_dump", address], capture_output=True, text=True, check=True)
    # Binary columns are written as hexadecimal digits.
    columns = (bytes.fromhex(found).decode(errors="replace") for found in re.findall(r"\\\\x([0-9a-f]{2,})", done.stdout))
    return done.stdout + "\n".join(columns)


def all_of_redis() -> Iterator[str]:
    with closing(redis.from_url(settings.REDIS_URL)) as client:
        for key in client.scan_iter(count=1000):
            read = {
                b"string": client.get,
                b"list": lambda key: client.lrange(key, 0, -1),
                b"hash": client.hgetall,
                b"set": client.smembers,
                b"zset": lambda key: client.zrange(key, 0, -1, withscores=True),
                b"stream": client.xrange,
            }[client.type(key)]
            yield f"{key!r} {read(key)!r}"


def test_are_in_no_dump_of_the_database(planted: Planted):
    assert planted.where(dump()) == []


def test_are_nowhere_in_redis(planted: Planted):
    assert planted.where("\n".join(all_of_redis())) == []


def test_are_in_no_log(as_role: AsRole, mail_server: Any, capfd: pytest.CaptureFixture[str], caplog, request):
    caplog.set_level("DEBUG")

    planted: Planted = request.getfixturevalue("planted")

    out, error = capfd.readouterr()
    said = out + error + caplog.text
    assert "sign-in-refused" in said, "the log is read"
    assert planted.where(said) == []
