"""What a task belongs to: its log lines name the request that left the hint, and its span is part of that trace."""

from contextlib import ExitStack
from typing import Any

import structlog
from celery import Task
from celery.signals import task_failure, task_postrun, task_prerun, worker_process_shutdown

from apps.core import tracing

CONTEXT_HEADER = "hanse_context"
# Of the tasks that this process runs now: what ends with them.
_running: dict[str, ExitStack] = {}


@task_prerun.connect
def _begin(task_id: str, task: Task[Any, Any], **_: Any) -> None:
    given = getattr(task.request, CONTEXT_HEADER, None) or (task.request.headers or {}).get(CONTEXT_HEADER) or {}
    running = _running[task_id] = ExitStack()
    known = {"request_id": given["request_id"]} if "request_id" in given else {}
    running.enter_context(structlog.contextvars.bound_contextvars(task=task.name, **known))
    said = {"hanse.task_id": task_id, **({"hanse.request_id": given["request_id"]} if known else {})}
    running.enter_context(tracing.span(str(task.name), service="worker", kind="CONSUMER", parent=given, **said))


@task_failure.connect
def _fail(exception: BaseException, **_: Any) -> None:
    if tracing.is_on():
        from opentelemetry import trace

        here = trace.get_current_span()
        here.record_exception(exception)
        here.set_status(trace.StatusCode.ERROR, type(exception).__name__)


@task_postrun.connect
def _end(task_id: str, **_: Any) -> None:
    if running := _running.pop(task_id, None):
        running.close()


@worker_process_shutdown.connect
def _flush(**_: Any) -> None:
    tracing.flush()
