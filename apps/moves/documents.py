"""How places look to every reader alike: for events, and in answers."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from apps.moves.models import Place


def place_documents(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    return {place.pk: place_document(place) for place in Place.objects.filter(pk__in=list(ids))}


def place_document(place: Place) -> dict[str, Any]:
    fields = ("slug", "link_bits_per_second", "moves", "downtimes", "error", "error_beyond", "sizes", "learned_at")
    return {"id": place.pk, "version": place.version, **{name: getattr(place, name) for name in fields}}
