"""Records of moves are imported; what is learned from them is computed by a worker and kept here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from apps.audit import services as audit
from apps.core import operations
from apps.core.errors import InvalidRequest
from apps.core.models import Operation
from apps.core.outbox import publish
from apps.moves.models import Place, Record
from apps.tenants.actor import Actor

MOST_RECORDS = 5_000
_GIVEN = [
    *("machine", "from_host", "to_host", "started_at", "memory_bytes", "disk_bytes", "local_disk", "tunnelled"),
    *("dirty_bytes_per_second", "concurrent", "link_bits_per_second", "duration_seconds", "downtime_seconds", "simulated"),
]


@dataclass(frozen=True)
class Imported:
    """added, changed: how many records. operation: learning from all records of the place anew."""

    place: Place
    added: int
    changed: int
    operation: Operation


@transaction.atomic
def import_records(*, actor: Actor, slug: str, records: Sequence[Mapping[str, Any]]) -> Imported:
    """Keep records of a place, all or none; a key that is known is changed. Raises InvalidRequest for a key given twice."""
    keys = [record["key"] for record in records]
    if twice := sorted({key for key in keys if keys.count(key) > 1}) if len(set(keys)) < len(keys) else []:
        raise InvalidRequest(errors=[{"pointer": "/records", "detail": f"A key is there twice: {', '.join(twice[:5])}."}])
    place, made = Place.objects.get_or_create(slug=slug)
    if made:
        publish(op="added", subject=place)
    known = place.records.filter(key__in=keys).count()
    Record.objects.bulk_create(
        [Record(place=place, **record) for record in records],
        update_conflicts=True,
        unique_fields=["place", "key"],
        update_fields=_GIVEN,
        batch_size=1000,
    )
    operation = _begin_learning(actor, place)
    counts = {"added": len(keys) - known, "changed": known}
    audit.record(actor=actor, action="moves.import", kind="move-place", subject_id=place.pk, label=place.slug, after=counts)
    return Imported(place, **counts, operation=operation)


@transaction.atomic
def delete_record(*, actor: Actor, record: Record) -> Operation:
    """Forget one record; its place learns anew without it."""
    label = f"{record.place.slug}/{record.key}"
    record.delete()
    operation = _begin_learning(actor, record.place)
    audit.record(actor=actor, action="moves.forget", kind="move-place", subject_id=record.place_id, label=label)
    return operation


@transaction.atomic
def ask_estimate(*, actor: Actor, place: Place, move: Mapping[str, Any]) -> Operation:
    """Have a worker say how long a move would take, and the machine would stand still."""
    return operations.begin(
        user_id=actor.user_id,
        kind="move.estimate",
        task="moves.estimate",
        subject_kind="move-place",
        subject_id=place.pk,
        **move,
    )


@transaction.atomic
def keep_learned(
    *,
    place: Place,
    now: datetime,
    learned: Mapping[str, Any] | None,
    sizes: Sequence[int] = (),
    moves: int = 0,
    downtimes: int = 0,
    **figures: Any,
) -> None:
    """Put what was learned in use; nothing, where there are too few records: then the physics speak alone.

    figures: error, error_beyond, link_bits_per_second.
    """
    place.learned, place.learned_at = learned, now if learned else None
    place.sizes, place.moves, place.downtimes = list(sizes), moves, downtimes
    for name in ("error", "error_beyond", "link_bits_per_second"):
        setattr(place, name, figures.get(name))
    place.save(
        update_fields=[
            *("learned", "learned_at", "sizes", "moves", "downtimes", "error", "error_beyond", "link_bits_per_second")
        ]
    )
    publish(op="changed", subject=place)


def _begin_learning(actor: Actor, place: Place) -> Operation:
    return operations.begin(
        user_id=actor.user_id, kind="move.learn", task="moves.learn", subject_kind="move-place", subject_id=place.pk
    )
