"""What belongs together: the id of a request, and its trace where traces are sent (OpenTelemetry, OTLP over HTTP).

Both go with the hints that a request leaves, and come out in the worker's spans and log lines. Without HANSE_OTLP_URL
nothing of OpenTelemetry is imported: no thread, no memory, no time.

Spans are made here rather than by OpenTelemetry's instrumentations of Django and Celery: those know nothing of the outbox
that lies between a request and its tasks.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cache
from typing import Any

import structlog
from django.conf import settings

Context = dict[str, str]
EXPORT_SECONDS = 5
_PARENT = "traceparent"


def is_on() -> bool:
    return bool(settings.OTLP_URL)


@contextmanager
def span(name: str, *, service: str, kind: str, parent: Mapping[str, str], **attributes: Any) -> Iterator[Any]:
    """Run the block as one span below `parent`, which may hold a traceparent (W3C). Yields None where traces are off.

    kind: SERVER, CONSUMER. An exception that leaves the block is recorded.
    """
    with _started(name, service, kind, parent, attributes) if is_on() else nullcontext() as started:
        yield started


def carried() -> Context:
    """What a hint takes along: the request that leaves it, and its span."""
    context: Context = {}
    if request_id := structlog.contextvars.get_contextvars().get("request_id"):
        context["request_id"] = str(request_id)
    if is_on():
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        TraceContextTextMapPropagator().inject(context)
    return context


def add_ids(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """A processor of structlog: the trace and span in which a line was written."""
    from opentelemetry import trace

    here = trace.get_current_span().get_span_context()
    if here.is_valid:
        event["trace_id"], event["span_id"] = f"{here.trace_id:032x}", f"{here.span_id:016x}"
    return event


def flush() -> None:
    """Send what was not sent yet, at most for a few seconds."""
    for service in _provided:
        _provider(service).force_flush(EXPORT_SECONDS * 1000)


_provided: set[str] = set()


def _started(name: str, service: str, kind: str, parent: Mapping[str, str], attributes: Mapping[str, Any]) -> Any:
    from opentelemetry.trace import SpanKind
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    above = TraceContextTextMapPropagator().extract({_PARENT: parent.get(_PARENT, "")})
    tracer = _provider(service).get_tracer("hanse")
    return tracer.start_as_current_span(name, context=above, kind=SpanKind[kind], attributes=dict(attributes))


@cache
def _provider(service: str) -> Any:
    """Made with the first span, so in each process after it was forked: the exporter is a thread."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

    resource = Resource.create({"service.name": f"hanse-{service}", "service.version": settings.VERSION})
    provider = TracerProvider(resource=resource, sampler=ParentBased(TraceIdRatioBased(settings.TRACE_RATIO)))
    exporter = OTLPSpanExporter(endpoint=f"{settings.OTLP_URL}/v1/traces", timeout=EXPORT_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    _provided.add(service)
    return provider
