"""Every refusal leaves as an RFC 9457 document with the request id."""

from typing import Any

import pydantic
import structlog
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from drf_standardized_errors.formatter import flatten_errors
from rest_framework import exceptions, status
from rest_framework.response import Response

from apps.core.errors import InvalidRequest, NotVisible, PermissionRefused, Problem, Unavailable

MEDIA_TYPE = "application/problem+json"
_log = structlog.get_logger(__name__)

# What REST framework raises of its own accord -> our codes.
_CODES = {
    status.HTTP_400_BAD_REQUEST: "malformed-request",
    status.HTTP_401_UNAUTHORIZED: "not-signed-in",
    status.HTTP_403_FORBIDDEN: "permission-denied",
    status.HTTP_404_NOT_FOUND: "not-found",
    status.HTTP_405_METHOD_NOT_ALLOWED: "method-not-allowed",
    status.HTTP_406_NOT_ACCEPTABLE: "not-acceptable",
    status.HTTP_415_UNSUPPORTED_MEDIA_TYPE: "unsupported-media-type",
    status.HTTP_429_TOO_MANY_REQUESTS: "too-many-requests",
}


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's exception handler. Returns None for what nobody expected: that is a 500 and is logged once."""
    document, headers = _document(error)
    if document is None:
        return None
    request: HttpRequest = context["request"]._request
    document["request_id"] = request.META.get("hanse.request_id", "")
    _log.info("refused", problem=document["type"], status=document["status"], detail=document.get("detail"))
    return Response(document, status=document["status"], headers=headers, content_type=MEDIA_TYPE)


def _document(error: Exception) -> tuple[dict[str, Any] | None, dict[str, str]]:
    match error:
        case Problem():
            return error.as_document(), {"Retry-After": "5"} if error.status == 503 else {}
        case pydantic.ValidationError():
            return InvalidRequest(errors=pydantic_errors(error)).as_document(), {}
        case exceptions.ValidationError():
            wrong = [
                {"pointer": pointer(*(item.attr or "").split(".")), "detail": str(item.detail)}
                for item in flatten_errors(error.detail)
            ]
            return InvalidRequest(errors=wrong).as_document(), {}
        case Http404():
            return NotVisible().as_document(), {}
        case PermissionDenied():
            return PermissionRefused().as_document(), {}
        case OperationalError() | InterfaceError():
            return Unavailable("The database does not answer; nothing was changed.").as_document(), {"Retry-After": "5"}
        case exceptions.APIException():
            headers = {}
            if wait := getattr(error, "wait", None):
                headers["Retry-After"] = str(int(wait) + 1)
            if challenge := getattr(error, "auth_header", None):
                headers["WWW-Authenticate"] = challenge
            code = _CODES.get(error.status_code, "refused")
            return {
                "type": f"/problems/{code}",
                "title": str(error.default_detail),
                "status": error.status_code,
                "detail": str(error.detail),
            }, headers
        case _:
            return None, {}


def pointer(*path: str | int) -> str:
    """JSON pointer (RFC 6901) of a place in a body; names as REST framework gives them are accepted."""
    return "".join(
        f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path if str(part) not in ("", "non_field_errors")
    )


def pydantic_errors(error: pydantic.ValidationError) -> list[dict[str, str]]:
    """What a pydantic model refused, as {"pointer", "detail"}."""
    return [
        {"pointer": pointer(*item["loc"]), "detail": item["msg"].removeprefix("Value error, ")} for item in error.errors()
    ]


def _plain_problem(request: HttpRequest, *, code: str, title: str, status_code: int) -> HttpResponse:
    document = {
        "type": f"/problems/{code}",
        "title": title,
        "status": status_code,
        "request_id": request.META.get("hanse.request_id", ""),
    }
    return JsonResponse(document, status=status_code, content_type=MEDIA_TYPE)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain_problem(request, code="not-found", title="There is nothing at this address", status_code=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain_problem(request, code="malformed-request", title="The request cannot be read", status_code=400)


def server_error(request: HttpRequest) -> HttpResponse:
    return _plain_problem(
        request, code="internal-error", title="Something went wrong on our side; it has been logged", status_code=500
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _plain_problem(
        request, code="csrf-failed", title="The request does not prove that it came from the console", status_code=403
    )
