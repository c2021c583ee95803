"""Lists offer only the filters that they declare, and refuse others by name instead of ignoring them."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from apps.core.errors import InvalidRequest

# What every list reads besides its filters. A view adds its own in `parameters`.
COMMON = frozenset({"limit", "cursor", "order", "fields"})


class DeclaredFilters(DjangoFilterBackend):
    """django-filter, strict. A view names further query parameters that it reads itself in `parameters`.

    A set of filters that also leaves something out when nobody asks says so in `unasked`: building django-filter's form
    costs as much processor time as reading twenty rows, so that is not done for nothing.
    """

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        declared = self.get_filterset_class(view, queryset)
        own = set(declared.base_filters) if declared else set()
        known = own | COMMON | set(getattr(view, "parameters", ()))
        if unknown := sorted(set(request.query_params) - known):
            offered = f"There are {', '.join(sorted(known))}."
            raise InvalidRequest(
                errors=[{"pointer": f"?{name}", "detail": f"No such filter. {offered}"} for name in unknown]
            )
        if not own & set(request.query_params):
            unasked = getattr(declared, "unasked", None)
            return queryset if unasked is None else unasked(queryset)
        try:
            filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
            return filtered
        except ValidationError as error:
            wrong = error.detail.items() if isinstance(error.detail, dict) else ()
            raise InvalidRequest(
                errors=[{"pointer": f"?{name}", "detail": str(detail)} for name, details in wrong for detail in details]
            ) from error


class FlagFilter(filters.TypedChoiceFilter):
    """true or false, and nothing else (BooleanFilter takes what it does not know for no filter)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=[("true", "true"), ("false", "false")], coerce="true".__eq__, **options)
