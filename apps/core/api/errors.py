"""Every refusal leaves as an RFC 9457 document with the request id."""

from typing import Any

import pydantic
import structlog
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from drf_standardized_errors.formatter import flatten_errors
from psycopg2.errors import DeadlockDetected, LockNotAvailable, QueryCanceled
from redis.exceptions import RedisError
from rest_framework import exceptions
from rest_framework.response import Response

from apps.core import errors
from apps.core.api.renderers import JSONRenderer
from apps.core.errors import InvalidRequest, Problem

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = "5"
_log = structlog.get_logger(__name__)

# What REST framework raises of its own accord -> our codes.
_BY_STATUS: dict[int, type[Problem]] = {
    int(problem.status): problem
    for problem in (
        errors.MalformedRequest,
        errors.NotSignedIn,
        errors.PermissionRefused,
        errors.NotVisible,
        errors.MethodNotAllowed,
        errors.NotAcceptable,
        errors.UnsupportedMediaType,
        errors.TooManyRequests,
    )
}

# pydantic's kinds of errors that serializers say in other words.
_PLAINLY = {"missing": "This field is required.", "extra_forbidden": "No such field."}


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's exception handler. Returns None for what nobody expected: that is a 500 and is logged once."""
    problem, headers = _problem(error)
    if problem is None:
        return None
    if problem.status == 503:
        headers.setdefault("Retry-After", RETRY_AFTER_SECONDS)
    document = _document(problem, context["request"]._request)
    # Whatever was to be answered: YAML, a table, lines.
    context["request"].accepted_renderer, context["request"].accepted_media_type = JSONRenderer(), MEDIA_TYPE
    return Response(document, status=document["status"], headers=headers, content_type=MEDIA_TYPE)


def _problem(error: Exception) -> tuple[Problem | None, dict[str, str]]:
    match error:
        case Problem():
            return error, {}
        case pydantic.ValidationError():
            return InvalidRequest(errors=pydantic_errors(error)), {}
        case exceptions.ValidationError():
            wrong = [
                {"pointer": pointer(*(item.attr or "").split(".")), "detail": str(item.detail)}
                for item in flatten_errors(error.detail)
            ]
            return InvalidRequest(errors=wrong), {}
        case Http404():
            return errors.NotVisible(), {}
        case PermissionDenied():
            return errors.PermissionRefused(), {}
        case OperationalError() | InterfaceError() | RedisError():
            return _away(error), {}
        case exceptions.APIException():
            headers = {}
            if wait := getattr(error, "wait", None):
                headers["Retry-After"] = str(int(wait) + 1)
            if challenge := getattr(error, "auth_header", None):
                headers["WWW-Authenticate"] = challenge
            return _BY_STATUS[error.status_code](str(error.detail)), headers
        case _:
            return None, {}


def _away(error: Exception) -> Problem:
    """Which system was missed, or what in it was busy."""
    if isinstance(error, RedisError):
        return errors.Unavailable("Redis does not answer; nothing was changed.", system="redis")
    match error.__cause__:
        case LockNotAvailable() | DeadlockDetected():
            return errors.Busy("Another change of the same object took too long; nothing was changed.")
        case QueryCanceled():
            return errors.Busy("The database took too long for this; nothing was changed.")
        case _:
            return errors.Unavailable("The database does not answer; nothing was changed.", system="database")


def pointer(*path: str | int) -> str:
    """JSON pointer (RFC 6901) of a place in a body; names as REST framework gives them are accepted."""
    return "".join(
        f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path if str(part) not in ("", "non_field_errors")
    )


def pydantic_errors(error: pydantic.ValidationError, *, below: int = 0) -> list[dict[str, str]]:
    """What a pydantic model refused, as {"pointer", "detail"}; `below`: steps of each path that the body does not have."""
    return [
        {
            "pointer": pointer(*item["loc"][below:]),
            "detail": _PLAINLY.get(item["type"]) or item["msg"].removeprefix("Value error, "),
        }
        for item in error.errors()
    ]


def problem_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as the answer of a view that is not REST framework's."""
    document = _document(problem, request)
    response = HttpResponse(JSONRenderer().render(document), status=document["status"], content_type=MEDIA_TYPE)
    if problem.status == 503:
        response["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """What a view outside REST framework's answers when the database fails it."""
    return problem_response(request, _away(error))


def _document(problem: Problem, request: HttpRequest) -> dict[str, Any]:
    document = {**problem.as_document(), "request_id": request.META.get("hanse.request_id", "")}
    _log.info("refused", problem=document["type"], status=document["status"], detail=problem.detail)
    return document


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem_response(request, errors.NotVisible("There is nothing at this address."))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem_response(request, errors.MalformedRequest())


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem_response(request, errors.PermissionRefused())


def server_error(request: HttpRequest) -> HttpResponse:
    return problem_response(request, errors.InternalError())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return problem_response(request, errors.CsrfFailed(reason))
