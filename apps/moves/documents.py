"""How places and plans look to every reader alike: for events, and in answers."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from apps.moves.models import MoveState, Place, Plan


def place_documents(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    return {place.pk: place_document(place) for place in Place.objects.filter(pk__in=list(ids))}


def place_document(place: Place) -> dict[str, Any]:
    fields = ("slug", "link_bits_per_second", "moves", "downtimes", "error", "error_beyond", "sizes", "learned_at")
    return {"id": place.pk, "version": place.version, **{name: getattr(place, name) for name in fields}}


_PLAN = (
    *(
        "id",
        "version",
        "goal",
        "hours",
        "limits",
        "closed",
        "state",
        "problem",
        "starts_at",
        "made_at",
        "approved_at",
        "finished_at",
    ),
    *("pace", "left", "synthetic", "created_at"),
)


def plan_documents(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    return {plan.pk: plan_document(plan) for plan in with_counts().filter(pk__in=list(ids))}


def with_counts() -> Any:
    """Plans with how many of their moves have come to which end."""
    ends = (MoveState.SUCCEEDED, MoveState.FAILED, MoveState.MOVING)
    return Plan.objects.annotate(
        moves_count=Count("moves"), **{f"moves_{end}": Count("moves", filter=Q(moves__state=end)) for end in ends}
    )


def plan_document(plan: Any) -> dict[str, Any]:
    counts = {"moves": plan.moves_count}
    counts |= {name: getattr(plan, f"moves_{name}") for name in ("succeeded", "failed", "moving")}
    return {**{name: getattr(plan, name) for name in _PLAN}, "totals": plan.totals or None, "hosts": plan.host_ids, **counts}
