"""PostgreSQL or Redis is slow, breaks connections, or says nothing any more: answers come, and it heals by itself."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.conf import settings
from django.db import connection

from apps.jobs.models import Job
from tests.eventually import eventually
from tests.factories import in_time, make_member
from tests.jobs.jobs import spec
from tests.testbed.proxy import Proxy
from tests.testbed.web import WebProcess

# Twice what is promised, since other tests have this machine too: `benches/blackout` measures the promise.
ANSWERED_SECONDS, FLIPS_SECONDS, HEALS_SECONDS = 7, 5, 10
AT_ONCE = 6


@dataclass(frozen=True)
class Portal:
    web: WebProcess
    proxies: dict[str, Proxy]

    def ready(self) -> int:
        return httpx.get(f"{self.web.address}/readyz", timeout=30).status_code


@dataclass(frozen=True)
class Answer:
    seconds: float
    status: int
    problem: dict[str, Any]
    retry_after: str


@pytest.fixture(scope="module")
def portal(django_db_setup: None, django_db_blocker: Any) -> Iterator[Portal]:
    with django_db_blocker.unblock():
        database, redis = connection.settings_dict, urlsplit(settings.REDIS_URL)
        proxies = {
            "database": Proxy((database["HOST"], int(database["PORT"])), first_port=28500),
            "redis": Proxy((str(redis.hostname), int(redis.port or 6379)), first_port=28550),
        }
        web = WebProcess(proxies["database"].address, proxies["redis"].address)
        web.start()
    yield Portal(web, proxies)
    web.stop()
    for proxy in proxies.values():
        proxy.close()


@pytest.fixture
def program(portal: Portal, transactional_db: None, as_role) -> Iterator[httpx.Client]:
    """A developer's program; nothing is wrong when it begins and after it ended."""
    client, project = as_role("developer", equipped=True)
    make_member("operator", user=client.user)
    may = ["projects.view", "jobs.view", "jobs.submit", "jobs.cancel", "platform.view"]
    body = {"name": "ci", "permissions": may, "expires_at": in_time(days=1)}
    token = client.post("/api/v1/me/tokens/", body).json()["token"]
    address = f"{portal.web.address}/api/v1/projects/{project.pk}/jobs/"
    with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=30) as program:
        eventually(lambda: program.get("").status_code == 200)
        yield program
    for proxy in portal.proxies.values():
        proxy.becomes("")
    eventually(lambda: portal.ready() == 200, within=HEALS_SECONDS)


def submit(program: httpx.Client, key: str) -> Answer:
    return timed(program, "POST", json=spec(name=key), headers={"Idempotency-Key": key})


def timed(program: httpx.Client, method: str, **options: Any) -> Answer:
    began = time.monotonic()
    answer = program.request(method, "", **options)
    seconds = time.monotonic() - began
    problem = {} if answer.is_success else answer.json()
    return Answer(seconds, answer.status_code, problem, answer.headers.get("Retry-After", ""))


@pytest.mark.parametrize("fault", ["slow", "trickling", "resetting", "silent"])
@pytest.mark.parametrize("dependency", ["database", "redis"])
class TestDependency:
    def test_requests_are_answered_and_it_heals_alone(self, portal, program, dependency, fault):
        keys = [f"job-{number}" for number in range(AT_ONCE)]

        portal.proxies[dependency].becomes(fault)
        if fault != "trickling":  # what a probe asks is answered in time then
            eventually(lambda: portal.ready() == 503, within=FLIPS_SECONDS)
        with ThreadPoolExecutor(2 * AT_ONCE) as pool:
            submits = [pool.submit(submit, program, key) for key in keys]
            reads = [pool.submit(timed, program, "GET") for _ in keys]
        answers = [one.result() for one in (*submits, *reads)]

        assert [answer for answer in answers if answer.seconds > ANSWERED_SECONDS] == []
        refused = [answer for answer in answers if answer.status not in (200, 201)]
        assert {(answer.status, answer.problem.get("type")) for answer in refused} <= {(503, "/problems/unavailable")}
        assert all(int(answer.retry_after) > 0 for answer in refused)
        if dependency == "redis":
            assert not refused  # nothing that was asked needs it
        elif fault != "trickling":
            assert len(refused) == len(answers)

        portal.proxies[dependency].becomes("")
        eventually(lambda: portal.ready() == 200, within=HEALS_SECONDS)
        again = {key: eventually(lambda key=key: submit(program, key).status == 201, within=HEALS_SECONDS) for key in keys}
        assert sorted(Job.objects.values_list("name", flat=True)) == sorted(again)


class TestSilentRedis:
    """What waits for Redis waits once; what needs none of it does not notice."""

    @pytest.fixture
    def silent(self, portal: Portal, program: httpx.Client) -> Proxy:
        proxy = portal.proxies["redis"]
        proxy.becomes("silent")
        eventually(lambda: portal.ready() == 503, within=FLIPS_SECONDS)
        return proxy

    def test_jobs_are_submitted_shown_listed_and_cancelled(self, portal, program, silent):
        submitted = program.post("", json=spec())
        job = f"{portal.web.address}{submitted.headers['Location']}"

        answers = {
            "submit": submitted,
            "show": program.get(job),
            "list": program.get(""),
            "log": program.get(f"{job}log-ranks/"),
            "cancel": program.post(f"{job}cancel/"),
        }

        assert {name: answer.status_code for name, answer in answers.items()} == {
            **dict.fromkeys(answers, 200),
            "submit": 201,
        }

    def test_a_ticket_cannot_be_kept_and_says_when_to_come_again(self, portal, program, silent):
        answer = program.post(f"{portal.web.address}/api/v1/tickets/", json={})

        assert (answer.status_code, answer.json()["system"]) == (503, "redis")
        assert int(answer.headers["Retry-After"]) > 0

    @pytest.mark.parametrize("path", ["/api/v1/platform/health/", "/metrics"])
    def test_a_page_that_asks_it_much_waits_for_it_once_at_most(self, portal, program, silent, path):
        before = silent.arrived

        answer = program.get(f"{portal.web.address}{path}")

        assert answer.status_code == 200
        assert silent.arrived <= before + 1
