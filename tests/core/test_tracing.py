"""Traces, as a collector gets them that speaks OTLP over HTTP; and request ids in the log lines of workers."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import structlog
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from apps.core import tracing
from apps.core.models import OutboxHint
from celery_workers.context import CONTEXT_HEADER
from celery_workers.tasks import monitoring  # noqa: F401 (its tasks)
from celery_workers.watchers.relay import Relay
from portal.celery import app
from tests.tenants.test_invitations import invite

TRACE = "0af7651916cd43dd8448eb211c80319c"
CALLER = f"00-{TRACE}-b7ad6b7169203331-01"


class Collector:
    """What a collector was sent: (service, name, span)."""

    def __init__(self) -> None:
        self.spans: list[tuple[str, object]] = []
        self.url = ""

    def named(self, name: str) -> tuple[str, object]:
        tracing.flush()
        [found] = [(service, span) for service, span in self.spans if span.name == name and span.trace_id.hex() == TRACE]
        return found


@contextmanager
def collector_running() -> Iterator[Collector]:
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert (self.path, self.headers["Content-Type"]) == ("/v1/traces", "application/x-protobuf")
            sent = ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["Content-Length"])))
            for resource in sent.resource_spans:
                told = {one.key: one.value.string_value for one in resource.resource.attributes}
                for scope in resource.scope_spans:
                    collector.spans += [(told["service.name"], span) for span in scope.spans]
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    collector.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield collector
    finally:
        server.shutdown()


@pytest.fixture
def collector(settings) -> Iterator[Collector]:
    with collector_running() as running:
        settings.OTLP_URL = running.url
        tracing._provider.cache_clear()
        yield running
        tracing.flush()
    tracing._provider.cache_clear()


def relayed() -> tuple[str, dict[str, str], dict[str, str]]:
    """The hint that the relay hands to Celery, so that people are told."""
    handed: list[tuple[str, dict[str, str], dict[str, str]]] = []
    Relay(lambda *hint: handed.append(hint)).move_hints()
    [hint] = [one for one in handed if one[0] == "monitoring.deliver"]
    return hint


class TestTrace:
    def test_goes_from_the_request_through_the_outbox_into_the_task(self, as_role, collector):
        client, project = as_role("owner")
        client.credentials(HTTP_TRACEPARENT=CALLER, HTTP_X_REQUEST_ID="request-4711")
        invite(client, project)
        task, arguments, context = relayed()

        app.tasks[task].apply(kwargs=arguments, headers={CONTEXT_HEADER: context})

        route = "POST /api/v1/tenants/<uuid:tenant_id>/invitations/"
        service, request = collector.named(route)
        its_service, its_span = collector.named(task)
        assert (service, its_service) == ("hanse-web", "hanse-worker")
        assert request.parent_span_id.hex() == "b7ad6b7169203331"
        assert its_span.parent_span_id == request.span_id
        told = {one.key: one.value.string_value or one.value.int_value for one in request.attributes}
        assert (told["hanse.request_id"], told["http.response.status_code"]) == ("request-4711", 201)

    def test_names_the_route_and_nobodys_object(self, as_role, collector):
        client, project = as_role("viewer")
        client.get(f"/api/v1/projects/{project.pk}/?secret=x", headers={"traceparent": CALLER})

        _, span = collector.named("GET /api/v1/projects/<uuid:project_id>/")

        assert str(project.pk) not in str(span)
        assert "secret" not in str(span)

    def test_probes_and_pages_make_none(self, client, db, collector):
        client.get("/healthz", headers={"traceparent": CALLER})
        tracing.flush()

        assert collector.spans == []

    def test_lines_name_trace_and_span(self, collector):
        with tracing.span("one", service="web", kind="SERVER", parent={"traceparent": CALLER}) as span:
            line = tracing.add_ids(None, "info", {"event": "x"})

        assert line["trace_id"] == TRACE
        assert line["span_id"] == f"{span.get_span_context().span_id:016x}"

    def test_a_collector_that_is_away_holds_up_nothing(self, as_role, collector, settings):
        settings.OTLP_URL = "http://127.0.0.1:1"
        tracing._provider.cache_clear()
        client, project = as_role("viewer")

        assert client.get(f"/api/v1/projects/{project.pk}/").status_code == 200


class TestRequestId:
    def test_is_in_the_lines_of_the_task_that_a_request_led_to_also_without_traces(self, as_role):
        client, project = as_role("owner")
        client.credentials(HTTP_X_REQUEST_ID="request-4711")
        invite(client, project)
        assert {hint.context.get("request_id") for hint in OutboxHint.objects.all()} == {"request-4711"}

        seen = []

        @app.task(name="tests.look")
        def look(**_: object) -> None:
            seen.append(structlog.contextvars.get_contextvars())

        look.apply(headers={CONTEXT_HEADER: {"request_id": "request-4711"}})
        app.tasks.pop("tests.look")

        assert (seen[0]["request_id"], seen[0]["task"]) == ("request-4711", "tests.look")
        assert "request_id" not in structlog.contextvars.get_contextvars()


class TestOff:
    def test_nothing_of_it_is_imported(self):
        """Neither by web nor by a worker. (Where OpenTelemetry is installed, redis-py imports its metrics by itself.)"""
        ask = (
            "import sys, portal.wsgi, celery_workers.context;"
            "print([name for name in sys.modules if name.startswith(('opentelemetry.sdk.trace', 'opentelemetry.exporter'))])"
        )
        settings = {"HANSE_MODE": "development", "HANSE_DATABASE_URL": "postgresql://hanse_web@127.0.0.1:1/hanse"}

        result = subprocess.run([sys.executable, "-c", ask], env=settings, capture_output=True, text=True, check=False)

        assert result.stdout.strip() == "[]", result.stderr
