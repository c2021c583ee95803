"""What came to apps: counted once from the log of the server before them, and read as curves."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest
from django.utils import timezone

from apps.inference import services
from apps.inference.latency import BOUNDS, STRETCHES, percentile, stretch_of
from apps.inference.models import App, AppTraffic
from celery_workers.gate.traffic import MOST_SERIES, OTHER, Traffic
from tests.eventually import eventually
from tests.inference.conftest import Apps
from tests.inference.test_apps import SPEC, address, deployed

PREFIX = "/vision-1/digits"
INFER = {"name": "infer", "method": "POST", "path": "/predict"}
AT = datetime(2026, 11, 27, 12, 0, 30, tzinfo=UTC)


@pytest.fixture
def developer(as_role):
    return as_role("developer", equipped=True)


@pytest.fixture
def served(developer) -> tuple[Any, Any, App]:
    client, project = developer
    made = deployed(client, project, spec={**SPEC, "endpoints": [INFER]}).json()
    return client, project, App.objects.get(pk=made["id"])


class Log:
    """What Caddy writes, and who reads it."""

    def __init__(self, directory: Path) -> None:
        self.file = directory / "requests.log"

    def write(self, app: App, *, path: str = "/", whole: bool = True, **more: Any) -> None:
        request = {"method": more.pop("method", "GET"), "uri": PREFIX + path}
        line = {"ts": AT.timestamp(), "app": str(app.pk), "prefix": PREFIX, "request": request, "status": 200}
        text = json.dumps({**line, "duration": 0.01, "consumer": "", **more})
        with self.file.open("a") as log:
            log.write(text + "\n" if whole else text[:20])

    def read(self) -> None:
        """As a new `watch` does, which remembers nothing."""
        Traffic(str(self.file)).step(Event())

    def put_aside(self, name: str) -> None:
        self.file.rename(self.file.with_name(f"requests-{name}.log"))


@pytest.fixture
def log(tmp_path) -> Log:
    return Log(tmp_path)


def totals(app: App) -> dict[tuple[str, str], tuple[int, int, int]]:
    rows = AppTraffic.objects.filter(app=app)
    return {(one.endpoint, one.consumer): (one.requests, one.refused, one.failed) for one in rows}


class TestTheLog:
    def test_is_counted_by_endpoint_and_consumer(self, served, log):
        _, _, app = served
        log.write(app, method="POST", path="/predict", consumer="shop")
        log.write(app, method="POST", path="/predict?x=1", consumer="shop", status=503)
        log.write(app, path="/predict", consumer="token:01a1")
        log.write(app, path="/else", status=401)

        log.read()

        assert totals(app) == {("infer", "shop"): (2, 0, 1), ("", "token"): (1, 0, 0), ("", ""): (1, 1, 0)}

    def test_each_line_counts_once_whoever_reads_it_and_however_files_are_put_aside(self, served, log):
        _, _, app = served
        log.write(app)
        log.write(app, whole=False)
        log.read()
        log.read()
        once = totals(app)
        with log.file.open("a") as rest:
            rest.write("\n")
        log.write(app)
        log.put_aside("2026-11-27T12-00-00.000")
        log.write(app)
        log.put_aside("2026-11-27T12-05-00.000")
        log.write(app)

        log.read()
        log.read()

        assert (once, totals(app)) == ({("", ""): (1, 0, 0)}, {("", ""): (4, 0, 0)})

    def test_of_two_who_read_the_same_one_counts(self, served):
        _, _, app = served
        counted = {services.Counted(app.pk, AT, "", ""): services.Seen(requests=1)}
        here, there = services.Place(), services.Place(7, 100)

        first = services.note_traffic(log="a", since=here, to=there, counted=counted)
        second = services.note_traffic(log="a", since=here, to=there, counted=counted)

        assert (first, second, totals(app)) == (True, False, {("", ""): (1, 0, 0)})

    def test_says_nothing_of_what_is_no_app_and_no_line(self, served, log):
        _, _, app = served
        log.file.write_text('{"app": 1}\nnonsense\n[]\n{"app": "' + str(app.project_id) + '"}\n')
        log.write(app)

        log.read()

        assert totals(app) == {("", ""): (1, 0, 0)}

    def test_callers_without_number_are_counted_together(self, served, log):
        _, _, app = served
        for number in range(MOST_SERIES + 5):
            log.write(app, consumer=f"c{number}")

        log.read()

        assert len(totals(app)) == MOST_SERIES + 1
        assert totals(app)[OTHER, OTHER] == (5, 0, 0)


class TestCurves:
    def test_show_counts_and_percentiles_of_each_minute(self, served, log):
        client, project, app = served
        for milliseconds in [10] * 98 + [1000] * 2:
            log.write(app, duration=milliseconds / 1000, consumer="shop")
        log.write(app, ts=(AT + timedelta(minutes=2)).timestamp(), status=500)
        log.read()
        window = "since=2026-11-27T11:30:00Z&until=2026-11-27T12:30:00Z"

        whole = client.get(address(project, {"id": app.pk}, f"traffic/?{window}")).json()
        each = client.get(address(project, {"id": app.pk}, f"traffic/?{window}&by=consumer")).json()

        [all_of_it] = whole["series"]
        assert (all_of_it["requests"], all_of_it["failed"], whole["step_seconds"]) == (101, 1, 60)
        assert [(one["at"], one["requests"]) for one in all_of_it["points"]] == [
            ("2026-11-27T12:00:00Z", 100),
            ("2026-11-27T12:02:00Z", 1),
        ]
        first = all_of_it["points"][0]
        assert 8 <= first["p50_ms"] <= 12
        assert 800 <= first["p99_ms"] <= 1200
        assert [(one["name"], one["requests"]) for one in each["series"]] == [("shop", 100), ("", 1)]

    @pytest.mark.parametrize("query", ["since=2026-01-01T00:00:00Z", "since=2099-01-01T00:00:00Z", "by=hour"])
    def test_what_is_no_stretch_of_time_is_refused(self, served, query):
        client, project, app = served

        refused = client.get(address(project, {"id": app.pk}, f"traffic/?{query}"))

        assert refused.status_code == 422

    def test_are_forgotten_after_thirty_days(self, served):
        _, _, app = served
        place = {"tenant_id": app.tenant_id, "project_id": app.project_id, "app": app, "latency": []}
        for days in (29, 31):
            AppTraffic.objects.create(**place, minute=timezone.now() - timedelta(days=days))

        services.forget_old_traffic()

        assert AppTraffic.objects.count() == 1


def test_a_percentile_is_off_by_a_fifth_at_most():
    for milliseconds in (1.5, 7, 33, 500, 9_000):
        counts = [0] * STRETCHES
        counts[stretch_of(milliseconds)] = 10
        found = percentile(counts, 0.5)
        assert found is not None
        assert abs(found - milliseconds) <= milliseconds * 0.2
    assert percentile([0] * STRETCHES, 0.5) is None
    assert percentile([0] * len(BOUNDS) + [3], 0.99) == BOUNDS[-1]


class TestAnApp:
    def test_s_requests_are_seen_with_who_came_and_without_what_they_asked(self, apps: Apps):
        app = apps.until(apps.deploy(endpoints=[{"name": "greet", "method": "GET", "path": "/hello"}]), "ready")
        httpx.get(f"{apps.address(app)}/hello?name=secret", headers={"X-Hanse-Consumer": "somebody-else"})
        httpx.post(f"{apps.address(app)}/else", content="x")

        def counted() -> bool:
            Traffic(apps.front.log).step(Event())
            return len(totals(app)) == 2

        eventually(counted, within=30, what="both requests in the log")
        assert totals(app) == {("greet", ""): (1, 0, 0), ("", ""): (1, 0, 0)}
        assert "secret" not in Path(apps.front.log).read_text()
