"""Lists are read a page at a time by key (the last row's), never by offset: page 1,000 costs what page 1 costs."""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.parameters import whole_number
from apps.core.errors import InvalidRequest

COUNTED_EXACTLY = 1000


class KeysetPagination(BasePagination):
    """`?limit=`, `?cursor=` and `?order=`; the answer's `next` and `previous` are cursors.

    A view lists its orders as {"name": "field"}; each needs an index that ends with the id. "-name" turns it round.
    Rows are ordered newest first unless asked otherwise.
    """

    default_limit, most = 50, 500

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        orders: dict[str, str] = getattr(view, "orders", {"created": "pk"})
        asked = request.query_params.get("order", getattr(view, "default_order", "-created"))
        name, descending = asked.removeprefix("-"), asked.startswith("-")
        if name not in orders:
            raise InvalidRequest(errors=[_wrong("order", f"Order by one of {', '.join(sorted(orders))}.")])
        field = orders[name]
        limit = whole_number(request, "limit", most=self.most, standard=self.default_limit)
        cursor = _decode(request.query_params.get("cursor", ""), queryset.model, field)
        backwards = bool(cursor and cursor["back"])

        self.beyond = cursor["pk"] if cursor else None
        self.count = self.counted(queryset, COUNTED_EXACTLY + 1, request)
        falling = descending != backwards
        sign = "-" if falling else ""
        ordering = [f"{sign}{field}"] if field == "pk" else [f"{sign}{field}", f"{sign}pk"]
        rows = self.read(queryset.filter(_beyond(field, cursor, falling)), ordering, limit + 1, request)
        more = len(rows) > limit
        rows = rows[:limit]
        if backwards:
            rows.reverse()
        has_next, has_previous = (True, more) if backwards else (more, cursor is not None)
        self.next = _encode(rows[-1], field, back=False) if rows and has_next else None
        self.previous = _encode(rows[0], field, back=True) if rows and has_previous else None
        return rows

    def counted(self, rows: QuerySet[Any], most: int, request: Request) -> int:
        """How many rows there are, counted up to `most`."""
        return rows.order_by()[:most].count()

    def read(self, rows: QuerySet[Any], ordering: list[str], limit: int, request: Request) -> list[Any]:
        """The first `limit` rows in this order."""
        return list(rows.order_by(*ordering)[:limit])

    def get_paginated_response(self, data: Sequence[Any]) -> Response:
        return Response(
            {
                "results": data,
                "next": self.next,
                "previous": self.previous,
                "count": min(self.count, COUNTED_EXACTLY),
                "count_is_exact": self.count <= COUNTED_EXACTLY,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["results", "next", "previous", "count", "count_is_exact"],
            "properties": {
                "results": schema,
                "next": {"type": ["string", "null"], "description": "Cursor of the next page."},
                "previous": {"type": ["string", "null"], "description": "Cursor of the page before."},
                "count": {"type": "integer", "description": f"Rows in all, counted up to {COUNTED_EXACTLY}."},
                "count_is_exact": {"type": "boolean"},
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        orders = sorted(getattr(view, "orders", {"created": "pk"}))
        return [
            {
                "name": "limit",
                "in": "query",
                "required": False,
                "schema": {"type": "integer", "minimum": 1, "maximum": self.most, "default": self.default_limit},
            },
            {"name": "cursor", "in": "query", "required": False, "schema": {"type": "string"}},
            {
                "name": "order",
                "in": "query",
                "required": False,
                "schema": {"type": "string", "enum": [*orders, *(f"-{order}" for order in orders)]},
            },
        ]


def _beyond(field: str, cursor: dict[str, Any] | None, falling: bool) -> Q:
    if cursor is None:
        return Q()
    step = "lt" if falling else "gt"
    if field == "pk":
        return Q(**{f"pk__{step}": cursor["pk"]})
    return Q(**{f"{field}__{step}": cursor["value"]}) | Q(**{field: cursor["value"], f"pk__{step}": cursor["pk"]})


def _encode(row: Model, field: str, *, back: bool) -> str:
    value = None if field == "pk" else getattr(row, field)
    if isinstance(value, datetime):
        value = value.isoformat()
    return base64.urlsafe_b64encode(orjson.dumps({"pk": str(row.pk), "value": value, "back": back})).decode().rstrip("=")


def _decode(text: str, model: type[Model], field: str) -> dict[str, Any] | None:
    """The place in the list that a cursor names. It came back from outside, so it may hold anything."""
    if not text:
        return None
    try:
        cursor = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        place = {"pk": _value(model, "pk", cursor["pk"]), "value": None, "back": bool(cursor["back"])}
        return place if field == "pk" else {**place, "value": _value(model, field, cursor["value"])}
    except (binascii.Error, ValueError, KeyError, TypeError, ValidationError) as error:
        raise InvalidRequest(errors=[_wrong("cursor", "Not a cursor of this list; start again without one.")]) from error


def _value(model: type[Model], field: str, given: Any) -> Any:
    """What a cursor holds of a column, as the column holds it. Raises ValidationError, ValueError or TypeError."""
    column = model._meta.pk if field == "pk" else model._meta.get_field(field)
    if given is None or "\0" in str(given) or not isinstance(column, Field):
        raise ValueError(f"{field} is never this")
    return column.to_python(given)


def _wrong(parameter: str, detail: str) -> dict[str, str]:
    return {"pointer": f"?{parameter}", "detail": detail}
