"""What the log and metric endpoints take in their address."""

import base64
import binascii
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import orjson
from rest_framework import serializers
from rest_framework.request import Request

from apps.core.api.serializers import Input
from apps.core.errors import InvalidRequest
from apps.monitoring.logs import Boundary
from apps.monitoring.search import Place

MOST_LINES = 5000
MOST_FOUND = 1000
MOST_POINTS = 5000
MOST_NUMBER = 2**53


class AttemptQuery(Input):
    attempt = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    rank = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False)


class LinesQuery(AttemptQuery):
    after = serializers.IntegerField(min_value=0, max_value=MOST_NUMBER, required=False)
    before = serializers.IntegerField(min_value=0, max_value=MOST_NUMBER, required=False)
    limit = serializers.IntegerField(min_value=1, max_value=MOST_LINES, default=1000)


class MergedQuery(Input):
    attempt = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    after = serializers.CharField(max_length=20_000, required=False)
    before = serializers.CharField(max_length=20_000, required=False)
    at = serializers.DateTimeField(required=False)
    limit = serializers.IntegerField(min_value=1, max_value=MOST_LINES, default=1000)


class SearchQuery(AttemptQuery):
    q = serializers.CharField(max_length=500, trim_whitespace=False)
    regex = serializers.BooleanField(default=False)
    case = serializers.BooleanField(default=False)
    after = serializers.CharField(max_length=200, required=False)
    limit = serializers.IntegerField(min_value=1, max_value=MOST_FOUND, default=200)


class DownloadQuery(AttemptQuery):
    timestamps = serializers.BooleanField(default=False)


class MetricsQuery(Input):
    attempt = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    names = serializers.CharField(max_length=4000, required=False)
    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False)
    points = serializers.IntegerField(min_value=10, max_value=MOST_POINTS, default=1000)


class NoQuery(Input):
    pass


def asked(query: type[Input], request: Request) -> dict[str, Any]:
    """The parameters, checked. Raises InvalidRequest naming each that is wrong or unknown."""
    return checked(query, listed(query, request, many=()))


def listed(query: type[Input], request: Request, *, many: Collection[str]) -> dict[str, Any]:
    """The parameters as they came; of those that may be given several times, each as a list."""
    given = request.query_params
    return {name: given.getlist(name) if name in many else value for name, value in given.items() if name != "fields"}


def checked(query: type[Input], given: Mapping[str, Any]) -> dict[str, Any]:
    """Raises InvalidRequest naming each parameter that is wrong or unknown."""
    parameters = query(data=given)
    if not parameters.is_valid():
        raise InvalidRequest(
            errors=[
                {"pointer": f"?{name}", "detail": str(detail)}
                for name, details in parameters.errors.items()
                for detail in _flat(details)
            ]
        )
    return dict(parameters.validated_data)


def _flat(details: Any) -> Iterator[Any]:
    """Of a list, what is wrong with each of its items comes by place."""
    for detail in details.values() if isinstance(details, dict) else details:
        if isinstance(detail, list):
            yield from detail
        else:
            yield detail


def write_boundary(boundary: Boundary) -> str:
    return _encode([[rank, number] for rank, number in sorted(boundary.items())])


def read_boundary(text: str, parameter: str) -> Boundary:
    try:
        return {int(rank): int(number) for rank, number in _decode(text)}
    except (ValueError, TypeError) as error:
        raise _no_cursor(parameter) from error


def write_place(place: Place) -> str:
    return _encode([place.attempt, place.rank, place.number])


def read_place(text: str) -> Place:
    try:
        attempt, rank, number = _decode(text)
        return Place(int(attempt), int(rank), int(number))
    except (ValueError, TypeError) as error:
        raise _no_cursor("after") from error


def parameters(query: type[Input], meanings: Mapping[str, str]) -> dict[str, str]:
    """Meanings for the OpenAPI document; every parameter of the query must have one."""
    if missing := set(query().fields) - set(meanings):
        raise ValueError(f"{query.__name__}: say what {', '.join(sorted(missing))} mean")
    return dict(meanings)


def _encode(value: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(value)).decode().rstrip("=")


def _decode(text: str) -> Any:
    try:
        return orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except binascii.Error as error:
        raise ValueError(str(error)) from error


def _no_cursor(parameter: str) -> InvalidRequest:
    return InvalidRequest(errors=[{"pointer": f"?{parameter}", "detail": "Not a cursor of this log; start without one."}])
