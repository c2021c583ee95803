"""Learning from records of moves, and saying what a move would take."""

from typing import Any
from uuid import UUID

import numpy as np
import orjson
from django.utils import timezone

from apps.core import operations
from apps.core.errors import NotVisible
from apps.core.models import Operation
from apps.moves import services
from apps.moves.models import Place, Record
from celery_workers.alone import alone_at
from celery_workers.prediction.algorithms.interface import Floats
from celery_workers.prediction.migrations import LEAST_MOVES, UNFITTED, Estimate, Move, MoveModel, fit

GIB = 2**30
# The newest so many are learned from: networks change.
NEWEST = 20_000
# The link that the rates of no place in particular are of.
USUAL_LINK = 10**10
_OF_A_MOVE = (
    *("memory_bytes", "disk_bytes", "local_disk", "tunnelled", "dirty_bytes_per_second", "concurrent"),
    "link_bits_per_second",
)


def move_of(row: Record, usual_link: int | None) -> Move:
    """link: against the usual one of the place; one that nobody named is taken for that."""
    link = row.link_bits_per_second
    return Move(
        memory_gib=row.memory_bytes / GIB,
        disk_gib=row.disk_bytes / GIB,
        local_disk=row.local_disk,
        tunnelled=row.tunnelled,
        dirty_gib_per_second=row.dirty_bytes_per_second / GIB,
        concurrent=row.concurrent,
        link=link / usual_link if link and usual_link else 1.0,
    )


def learn(operation_id: UUID) -> None:
    """Learn from the measured records of a place, and put it in use; with too few, nothing is in use."""
    asked = _of_place(operation_id)
    if asked is None:
        return
    place = asked[1]
    with alone_at(place.pk) as alone:
        if not alone:
            # Sent again a little later, so that what is in use in the end was learned from what came last.
            operations.progress(operation_id=operation_id, result={})
            return
        fields = (*_OF_A_MOVE, "duration_seconds", "downtime_seconds")
        records = list(Record.objects.filter(place=place, simulated=False).order_by("-id").only(*fields)[:NEWEST])
        if len(records) < LEAST_MOVES:
            services.keep_learned(place=place, now=timezone.now(), learned=None)
        else:
            _learn_from(place, records)
    operations.finish(operation_id=operation_id, result={"records": len(records), "least": LEAST_MOVES})


def _of_place(operation_id: UUID) -> tuple[Operation, Place] | None:
    """The operation that is still to be carried out, and its place; that of a place which is gone is over."""
    operation = operations.pending(operation_id)
    if operation is None:
        return None
    place = Place.objects.filter(pk=operation.subject_id).first()
    if place is None:
        operations.finish(operation_id=operation_id, problem=NotVisible("The place was removed meanwhile."))
        return None
    return operation, place


def _learn_from(place: Place, records: list[Record]) -> None:
    links = [record.link_bits_per_second for record in records if record.link_bits_per_second]
    usual = int(np.median(links)) if links else None
    seconds: Floats = np.array([record.duration_seconds for record in records])
    stood: Floats = np.array([np.nan if (down := record.downtime_seconds) is None else down for record in records])
    model = fit([move_of(record, usual) for record in records], seconds, stood)
    services.keep_learned(
        place=place,
        now=timezone.now(),
        learned=orjson.loads(model.dump()),
        sizes=sorted({record.memory_bytes for record in records}),
        moves=model.moves,
        downtimes=model.downtimes if model.still else 0,
        error=model.error,
        error_beyond=model.error_beyond,
        link_bits_per_second=usual,
    )


def model_of(place: Place) -> MoveModel:
    return MoveModel.load(orjson.dumps(place.learned)) if place.learned else UNFITTED


def usual_link(place: Place) -> int:
    return place.link_bits_per_second or USUAL_LINK


def estimate(operation_id: UUID) -> None:
    """Say how long a move would take, and its machine would stand still."""
    found = _of_place(operation_id)
    if found is None:
        return
    operation, place = found
    asked = Record(**operation.arguments)
    model = model_of(place)
    said = model.estimate(move_of(asked, usual_link(place)))
    known = asked.memory_bytes in place.sizes
    operations.finish(operation_id=operation_id, result={**document(said, model), "size_known": known})


def document(said: Estimate, model: MoveModel) -> dict[str, Any]:
    """An estimate for programs and pages."""
    return {
        "seconds": said.seconds,
        "low": said.low,
        "high": said.high,
        "parts": said.parts,
        "dominant": said.dominant,
        "halved_by": said.halved_by,
        "converges": said.converges,
        "downtime_seconds": said.downtime_seconds,
        "downtime_low": said.downtime_low,
        "downtime_high": said.downtime_high,
        "downtime_from": "records" if model.still else "simulated",
        "moves": model.moves,
    }
