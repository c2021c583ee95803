"""Requests whose answers wait: the same events and lines as by WebSocket, for programs that have only HTTP."""

import concurrent.futures
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import orjson
import pytest
from django.utils import timezone

from apps.core.registries import SubjectScope
from apps.jobs import services
from apps.jobs.models import Job, JobPhase, Replica
from apps.monitoring import guard
from apps.tenants.models import ApiToken
from tests.conftest import Client
from tests.eventually import eventually
from tests.factories import make_member, make_project
from tests.jobs.jobs import submitted
from tests.live.conftest import LiveProcess
from tests.live.test_access import REVOKED_WITHIN_SECONDS
from tests.live.test_events import change
from tests.monitoring.logs import Writer, lines, make_job

pytestmark = pytest.mark.usefixtures("follower_dies")
EVENTS = "/api/v1/events/"


@pytest.fixture
def meanwhile() -> Iterator[Callable[..., "Future[httpx.Response]"]]:
    """Asks in another thread: `meanwhile(client.get, address)`."""
    with ThreadPoolExecutor(4) as threads:
        yield threads.submit


def waits(answer: "Future[httpx.Response]", seconds: float = 0.4) -> bool:
    """Whether there is no answer, also not in a moment."""
    return not concurrent.futures.wait([answer], timeout=seconds).done


def program_of(client: Client, *permissions: str, **scope: str) -> str:
    """The header value of a new token of this user."""
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()
    body = {"name": f"ci-{time.monotonic_ns()}", "permissions": permissions, "expires_at": tomorrow, **scope}
    answer = client.post("/api/v1/me/tokens/", body)
    assert answer.status_code == 201, answer.json()
    return f"Bearer {answer.json()['token']}"


def wait_address(job: Job) -> str:
    return f"/api/v1/projects/{job.project_id}/jobs/{job.pk}/wait/"


def follow_address(job: Job) -> str:
    return f"/api/v1/projects/{job.project_id}/jobs/{job.pk}/logs/follow/"


class Reader:
    """Reads server-sent events (or lines) until it has what it waits for."""

    def __init__(self, response: httpx.Response) -> None:
        assert response.status_code == 200, response.read()
        self._lines = response.iter_lines()

    def message(self) -> dict[str, str]:
        """The next message that is no sign of life."""
        said: dict[str, str] = {}
        for line in self._lines:
            if line:
                name, _, value = line.partition(": ")
                said[name] = value
            elif "data" in said:
                return said
            else:
                said = {}
        raise AssertionError("the stream ended")

    def line(self) -> dict[str, Any]:
        return orjson.loads(next(line for line in self._lines if line))

    def rest(self) -> list[dict[str, Any]]:
        return [orjson.loads(line) for line in self._lines if line]


class TestPoll:
    def test_without_a_wait_it_says_where_the_tenant_is(self, live, as_role, relayed):
        client, project = as_role("viewer")
        change(project)
        relayed()

        answer = live.http(client).get(EVENTS, params={"tenant": str(project.tenant_id)}).json()

        assert (answer["results"], answer["lost"]) == ([], False)
        assert answer["at"].partition(":")[2].isdigit()

    def test_what_happened_since_comes_at_once(self, live, as_role, relayed):
        client, project = as_role("viewer")
        change(project)
        relayed()
        http, params = live.http(client), {"tenant": str(project.tenant_id)}
        at = http.get(EVENTS, params=params).json()["at"]
        change(project)
        relayed()

        answer = http.get(EVENTS, params={**params, "after": at, "wait": 30}).json()

        (event,) = answer["results"]
        assert (event["kind"], event["object_id"], event["object"]["version"]) == ("project", str(project.id), 3)
        assert answer["at"] == f"{event['epoch']}:{event['seq']}"

    def test_it_waits_for_the_next_and_no_longer(self, live, as_role, relayed, meanwhile):
        client, project = as_role("viewer")
        change(project)
        relayed()
        http, params = live.http(client), {"tenant": str(project.tenant_id)}
        at = http.get(EVENTS, params=params).json()["at"]

        waiting = meanwhile(http.get, EVENTS, params={**params, "after": at, "wait": 30})
        assert waits(waiting)
        change(project)
        relayed()

        assert [event["version"] for event in waiting.result(10).json()["results"]] == [3]

    def test_nothing_is_an_empty_list_and_the_same_place(self, live, as_role, relayed):
        client, project = as_role("viewer")
        change(project)
        relayed()
        http, params = live.http(client), {"tenant": str(project.tenant_id)}
        at = http.get(EVENTS, params=params).json()["at"]
        began = time.monotonic()

        answer = http.get(EVENTS, params={**params, "after": at, "wait": 0.5}).json()

        assert answer == {"results": [], "at": at, "lost": False}
        assert time.monotonic() - began >= 0.5

    def test_reading_on_shows_each_event_once_in_order(self, live, as_role, relayed):
        client, project = as_role("viewer")
        change(project)
        relayed()
        http, params = live.http(client), {"tenant": str(project.tenant_id)}
        at = http.get(EVENTS, params=params).json()["at"]
        others = [make_project(project.tenant) for _ in range(700)]
        change(*others)
        relayed()

        seen = []
        while answer := http.get(EVENTS, params={**params, "after": at}).json():
            if not answer["results"]:
                break
            seen += [event["object_id"] for event in answer["results"]]
            at = answer["at"]

        assert seen == [str(other.id) for other in others]

    def test_a_place_that_is_forgotten_is_lost(self, live, as_role, relayed):
        client, project = as_role("viewer")
        change(project)
        relayed()

        params = {"tenant": str(project.tenant_id), "after": "0192:17", "wait": 30}
        answer = live.http(client).get(EVENTS, params=params).json()

        assert (answer["results"], answer["lost"]) == ([], True)

    def test_only_kinds_and_projects_that_are_asked_for_come_and_the_place_moves_on(self, live, as_role, relayed):
        client, project = as_role("viewer")
        other = make_project(project.tenant)
        change(project)
        relayed()
        http, params = (
            live.http(client),
            {"tenant": str(project.tenant_id), "kind": ["project"], "project": [str(project.id)]},
        )
        at = http.get(EVENTS, params=params).json()["at"]
        change(project.tenant, other)
        relayed()

        answer = http.get(EVENTS, params={**params, "after": at}).json()

        assert answer["results"] == []
        assert answer["at"] != at

    @pytest.mark.parametrize(
        ("wrong", "pointer"),
        [
            ({"tenant": "mine"}, "?tenant"),
            ({"kind": "cargo"}, "?kind"),
            ({"project": "x"}, "?project"),
            ({"after": "yesterday"}, "?after"),
            ({"wait": 3600}, "?wait"),
            ({"sort": "seq"}, "?sort"),
        ],
    )
    def test_what_is_not_understood_is_refused_by_name(self, live, as_role, wrong, pointer):
        client, project = as_role("viewer")

        answer = live.http(client).get(EVENTS, params={"tenant": str(project.tenant_id), **wrong})

        assert answer.status_code == 422, answer.text
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
        assert answer.json()["request_id"] == answer.headers["X-Request-Id"]


class TestStream:
    ACCEPT = {"Accept": "text/event-stream"}

    def test_events_come_as_messages_and_a_reader_comes_back_where_it_was(self, live, as_role, relayed):
        client, project = as_role("viewer")
        change(project)
        relayed()
        http, params = live.http(client, **self.ACCEPT), {"tenant": str(project.tenant_id)}

        with http.stream("GET", EVENTS, params=params) as response:
            assert response.headers["Content-Type"] == "text/event-stream"
            reader = Reader(response)
            assert reader.message()["event"] == "subscribed"
            change(project)
            relayed()
            first = reader.message()
            assert orjson.loads(first["data"])["version"] == 3
        change(project)
        relayed()

        with http.stream("GET", EVENTS, params=params, headers={"Last-Event-ID": first["id"]}) as response:
            reader = Reader(response)
            assert reader.message()["id"] == first["id"]
            assert orjson.loads(reader.message()["data"])["version"] == 4

    def test_a_place_that_is_forgotten_is_lost(self, live, as_role, relayed):
        client, project = as_role("viewer")
        change(project)
        relayed()

        with live.http(client, **self.ACCEPT).stream(
            "GET", EVENTS, params={"tenant": str(project.tenant_id), "after": "0192:17"}
        ) as response:
            reader = Reader(response)
            assert [reader.message()["event"], reader.message()["event"]] == ["subscribed", "lost"]


class TestWhoMayWait:
    def test_a_token_sees_no_more_than_its_scope(self, live, as_role, relayed):
        client, project = as_role("owner")
        make_member("owner", user=client.user)
        other = client.user.roles.exclude(tenant=project.tenant).get().tenant_id
        http = live.http(Authorization=program_of(client, "projects.view", "tenants.view", project=str(project.id)))

        mine, theirs = (http.get(EVENTS, params={"tenant": str(tenant)}) for tenant in (project.tenant_id, other))

        assert (mine.status_code, theirs.status_code) == (200, 404)

    def test_a_token_that_was_made_up_is_none(self, live, as_role):
        _, project = as_role("owner")

        answer = live.http(Authorization="Bearer hns_nothing").get(EVENTS, params={"tenant": str(project.tenant_id)})

        assert (answer.status_code, answer.json()["type"]) == (401, "/problems/not-signed-in")

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:8000"},
        ],
    )
    def test_a_page_of_another_site_gets_nothing_by_the_cookie_it_brings(self, live, as_role, headers):
        client, project = as_role("owner")

        answer = live.http(client, **headers).get(EVENTS, params={"tenant": str(project.tenant_id)})

        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/csrf-failed")

    def test_the_console_itself_is_welcome(self, live, as_role):
        client, project = as_role("viewer")

        headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1:8000"}
        answer = live.http(client, **headers).get(EVENTS, params={"tenant": str(project.tenant_id)})

        assert answer.status_code == 200

    def test_the_process_that_must_not_wait_says_who_may(self, as_role):
        client, project = as_role("viewer")

        answer = client.get(EVENTS, {"tenant": str(project.tenant_id)})

        assert (answer.status_code, answer.json()["type"]) == (421, "/problems/misdirected")

    def test_nothing_else_of_rest_is_answered_by_the_process_that_waits(self, live, as_role):
        client, _ = as_role("viewer")

        assert live.http(client).get("/api/v1/me/").status_code == 404

    def test_who_waits_too_often_at_once_is_refused_until_they_hang_up(self, live, as_role):
        client, project = as_role("viewer")
        params = {"tenant": str(project.tenant_id)}
        for _ in range(guard.MOST_OF_A_USER - 1):
            live.viewer(client)
        http = live.http(client)
        with http.stream("GET", EVENTS, params=params, headers=TestStream.ACCEPT) as response:
            reader = Reader(response)  # kept: letting go of it would hang up
            reader.message()

            refused = live.http(client).get(EVENTS, params=params)

        assert (refused.status_code, refused.json()["type"]) == (429, "/problems/too-many-waiting")
        assert "Retry-After" in refused.headers
        assert eventually(lambda: live.http(client).get(EVENTS, params=params).status_code == 200)


class TestRevoking:
    """Whatever ends the right to see ends the waiting, soon."""

    def test_a_poll_is_answered_as_whoever_asks_is_by_then(self, live, as_role, meanwhile):
        client, project = as_role("viewer")
        http = live.http(Authorization=program_of(client, "projects.view", "tenants.view"))
        waiting = meanwhile(http.get, EVENTS, params={"tenant": str(project.tenant_id), "wait": 30})
        assert waits(waiting)
        began = time.monotonic()

        ApiToken.objects.update(revoked_at=timezone.now())

        assert waiting.result(10).status_code == 401
        assert time.monotonic() - began < REVOKED_WITHIN_SECONDS

    def test_a_stream_ends_and_says_so(self, live, as_role):
        client, project = as_role("viewer")
        http = live.http(client, **TestStream.ACCEPT)

        with http.stream("GET", EVENTS, params={"tenant": str(project.tenant_id)}) as response:
            reader = Reader(response)
            reader.message()
            began = time.monotonic()
            client.user.roles.all().delete()
            type(client.user).objects.filter(pk=client.user.pk).update(access_version=client.user.access_version + 1)
            last = reader.message()

        assert (last["event"], orjson.loads(last["data"])) == ("end", {"reason": "access-changed"})
        assert time.monotonic() - began < REVOKED_WITHIN_SECONDS

    def test_a_wait_for_a_job_ends_as_not_found(self, live, as_role, meanwhile):
        owner, project = as_role("owner", equipped=True)
        viewer, _ = as_role("viewer", project=project)
        job = submitted(owner, project)
        waiting = meanwhile(live.http(viewer).get, wait_address(job), params={"seconds": 30})
        assert waits(waiting)
        member = viewer.user.roles.get()

        assert owner.change("DELETE", f"/api/v1/tenants/{project.tenant_id}/members/{member.id}/").status_code == 204

        assert waiting.result(10).status_code == 404

    def test_a_log_ends_and_says_so(self, live, as_role):
        client, project = as_role("viewer")
        job = make_job(project)

        with live.http(client).stream("GET", follow_address(job)) as response:
            type(client.user).objects.filter(pk=client.user.pk).update(is_active=False)
            assert Reader(response).rest() == [{"is": "end", "reason": "access-changed"}]


class TestWait:
    def test_a_job_that_is_over_is_answered_at_once(self, live, as_role):
        client, project = as_role("developer", equipped=True)
        job = submitted(client, project)
        client.post(f"/api/v1/projects/{project.id}/jobs/{job.pk}/cancel/")

        answer = live.http(client).get(wait_address(job), params={"seconds": 30})

        assert (answer.json()["phase"], answer.json()["id"]) == ("cancelled", str(job.pk))
        assert answer.json() == client.get(f"/api/v1/projects/{project.id}/jobs/{job.pk}/").json()
        assert answer.headers["ETag"]

    def test_it_answers_when_the_phase_comes(self, live, as_role, relayed, meanwhile):
        client, project = as_role("developer", equipped=True)
        job = submitted(client, project)
        waiting = meanwhile(live.http(client).get, wait_address(job), params={"phase": "suspended", "seconds": 30})
        assert waits(waiting)

        assert client.post(f"/api/v1/projects/{project.id}/jobs/{job.pk}/suspend/").status_code == 200
        relayed()

        assert waiting.result(10).json()["phase"] == "suspended"

    def test_other_changes_do_not_end_it(self, live, as_role, relayed, meanwhile):
        client, project = as_role("developer", equipped=True)
        job = submitted(client, project)
        waiting = meanwhile(live.http(client).get, wait_address(job), params={"phase": ["running", "ended"], "seconds": 30})
        assert waits(waiting)

        client.post(f"/api/v1/projects/{project.id}/jobs/{job.pk}/suspend/")
        relayed()
        assert waits(waiting)
        client.post(f"/api/v1/projects/{project.id}/jobs/{job.pk}/cancel/")
        relayed()

        assert waiting.result(10).json()["phase"] == "cancelled"

    def test_after_its_time_the_job_is_answered_as_it_is(self, live, as_role):
        client, project = as_role("developer", equipped=True)
        job = submitted(client, project)

        assert live.http(client).get(wait_address(job), params={"seconds": 0.3}).json()["phase"] == "queued"

    @pytest.mark.parametrize(("wrong", "pointer"), [({"phase": "done"}, "?phase"), ({"seconds": 999}, "?seconds")])
    def test_what_is_not_understood_is_refused_by_name(self, live, as_role, wrong, pointer):
        client, project = as_role("developer", equipped=True)

        answer = live.http(client).get(wait_address(submitted(client, project)), params=wrong)

        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


class TestFollow:
    @pytest.fixture
    def running(self, as_role) -> tuple[Client, Job, Writer]:
        client, project = as_role("viewer")
        job = make_job(project)
        Replica.objects.create(**job.place, job=job, attempt=1, role="worker", index=0, rank=0, started_at=timezone.now())
        return client, job, Writer(job.id, scope=SubjectScope(tenant_id=project.tenant_id, project_id=project.id))

    def end(self, job: Job) -> None:
        Job.objects.filter(pk=job.pk).update(phase=JobPhase.SUCCEEDED, finished_at=timezone.now())
        change(job)

    def test_every_line_once_the_archived_first_to_the_end(self, live, running, relayed):
        client, job, writer = running
        writer.write(lines(1, 3000), final=True)
        writer.write(lines(3001, 3100))

        with live.http(client).stream("GET", follow_address(job)) as response:
            reader = Reader(response)
            before = [reader.line()["number"] for _ in range(3100)]
            writer.write(lines(3101, 3200))
            self.end(job)
            relayed()
            writer.write(lines(3201, 3300), final=True)
            services.log_ended(job_id=job.pk, attempt=1, rank=0)
            *after, last = reader.rest()

        assert [*before, *(line["number"] for line in after)] == list(range(1, 3301))
        assert last == {"is": "end", "reason": "complete"}

    def test_it_does_not_end_before_the_last_lines_are_there(self, live, running, relayed, meanwhile):
        client, job, writer = running
        self.end(job)
        relayed()
        reading = meanwhile(live.http(client).get, follow_address(job))
        assert waits(reading, seconds=1)

        writer.write(lines(1, 10), final=True)
        services.log_ended(job_id=job.pk, attempt=1, rank=0)

        said = [orjson.loads(line) for line in reading.result(10).iter_lines() if line]
        assert [line.get("number") for line in said] == [*range(1, 11), None]

    def test_a_reader_comes_back_with_the_numbers_it_has(self, live, running):
        client, job, writer = running
        writer.write(lines(1, 100))

        with live.http(client).stream("GET", follow_address(job), params={"after": "1/0:90"}) as response:
            assert Reader(response).line()["number"] == 91

    def test_the_last_lines_are_enough_for_who_says_so(self, live, running):
        client, job, writer = running
        writer.write(lines(1, 100), final=True)

        with live.http(client).stream("GET", follow_address(job), params={"tail": 3}) as response:
            assert Reader(response).line()["number"] == 98

    def test_one_rank_of_several(self, live, running):
        client, job, writer = running
        other = Writer(job.id, scope=writer.scope, rank=1)
        writer.write(lines(1, 5))
        other.write(lines(1, 5, text="other {number}"))

        with live.http(client).stream("GET", follow_address(job), params={"rank": 1}) as response:
            reader = Reader(response)
            assert [(line["rank"], line["text"]) for line in (reader.line() for _ in range(5))] == [
                (1, f"other {number}") for number in range(1, 6)
            ]

    def test_a_kill_of_live_costs_a_reader_who_comes_back_nothing(self, own_live: LiveProcess, running, relayed):
        client, job, writer = running
        writer.write(lines(1, 50))
        have = 0
        with own_live.http(client).stream("GET", follow_address(job)) as response:
            reader = Reader(response)
            while have < 50:
                have = reader.line()["number"]
            own_live.kill()
            with pytest.raises((httpx.TransportError, StopIteration)):
                reader.line()
        writer.write(lines(51, 80))
        own_live.start()

        with own_live.http(client).stream("GET", follow_address(job), params={"after": f"1/0:{have}"}) as response:
            reader = Reader(response)
            assert [reader.line()["number"] for _ in range(30)] == list(range(51, 81))

    @pytest.mark.parametrize("after", ["17", "1/0", "1/0:x"])
    def test_a_place_that_is_none_is_refused(self, live, running, after):
        client, job, _ = running

        answer = live.http(client).get(follow_address(job), params={"after": after})

        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == ["?after"]
