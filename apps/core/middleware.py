"""Middleware of every request."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.transaction import set_rollback
from django.http import HttpRequest, HttpResponse

from apps.core import tracing, walls
from apps.core.api.errors import unavailable
from apps.core.ids import new_id

_SAFE = re.compile(r"^[A-Za-z0-9._-]{8,60}$")


class RequestId:
    """Name each request: in its logs, its audit entries, its errors and the header X-Request-Id.

    An id that the client sends is kept when it is harmless, so that a trace can cross systems.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        request_id = given if _SAFE.match(given) else new_id().hex
        request.META["hanse.request_id"] = request_id
        request.META["hanse.address"] = client_address(request)
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self._get_response(request)
        response["X-Request-Id"] = request_id
        return response


class Traces:
    """Each request that does something is a span, below the one that its client names (`traceparent`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not tracing.is_on() or not request.path.startswith(Walls.asking):
            return self._get_response(request)
        parent = {"traceparent": request.headers.get("traceparent", "")}
        said = {"hanse.request_id": request.META["hanse.request_id"], "http.request.method": str(request.method)}
        with tracing.span(str(request.method), service="web", kind="SERVER", parent=parent, **said) as span:
            response = self._get_response(request)
            if request.resolver_match is not None:
                # Its route, not its path: that names what belongs together, and nobody's object.
                span.update_name(f"{request.method} /{request.resolver_match.route}")
                span.set_attribute("http.route", f"/{request.resolver_match.route}")
            span.set_attribute("http.response.status_code", response.status_code)
        return response


class Walls:
    """Each request that may ask for somebody's rows is one transaction, behind the wall between tenants.

    It is committed before the answer goes out, and undone with a failure of our own. Pages and probes show nobody's rows
    and need no database; a view that keeps its caller waiting is marked `non_atomic_requests` and takes short transactions.
    """

    asking = ("/api/", "/_allauth/", "/sign-in/")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            with ExitStack() as transaction:
                request.META["hanse.transaction"] = transaction
                response = self._get_response(request)
                if response.status_code >= 500 and "hanse.walled" in request.META:
                    set_rollback(True)
                return response
        except (OperationalError, InterfaceError) as error:  # it was gone when the transaction was to be committed
            return unavailable(request, error)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        if not request.path.startswith(self.asking) or hasattr(view, "_non_atomic_requests"):
            return None
        try:
            request.META["hanse.transaction"].enter_context(walls.transaction())
            request.META["hanse.walled"] = True
        except (OperationalError, InterfaceError) as error:
            return unavailable(request, error)
        return None


def client_address(request: HttpRequest) -> str:
    """The peer's address; behind trusted proxies, the entry that the outermost of them wrote."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if settings.TRUSTED_PROXIES and len(forwarded) >= settings.TRUSTED_PROXIES:
        return forwarded[-settings.TRUSTED_PROXIES][:60]
    return str(request.META.get("REMOTE_ADDR", ""))
