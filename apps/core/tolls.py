"""Whom an act would hit, told in numbers and a page at a time: a tenant may have thirty thousand jobs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.core import registries
from apps.core.registries import Casualty, Toll

SHOWN = 50


@dataclass(frozen=True)
class Preview:
    """As PreviewOutput shows it."""

    count: int
    tolls: Sequence[Any]
    casualties: list[Casualty]
    next: str | None


def tolls_of(tenant_id: UUID, project_id: UUID | None, to: str) -> list[Toll]:
    """What a change of a tenant or project to the phase `to` would hit, by kind."""
    asked = (ask(tenant_id, project_id, to) for ask in registries.tolls.values())
    return [toll for toll in asked if toll is not None and toll.count]


def page_of_tolls(tolls: Sequence[Toll], cursor: str = "") -> Preview:
    """A page over all kinds. Raises ValueError for a cursor that is none of ours."""
    kind, _, last = cursor.partition(":")
    before = UUID(last) if cursor else None
    if cursor and registries.tolls.get(kind) is None:
        raise ValueError(cursor)
    rows: list[Casualty] = []
    for toll in tolls:
        if cursor and toll.kind < kind:
            continue
        rows += toll.page(before=before if toll.kind == kind else None, limit=SHOWN + 1 - len(rows))
        if len(rows) > SHOWN:
            break
    more = len(rows) > SHOWN
    rows = rows[:SHOWN]
    following = f"{rows[-1].kind}:{rows[-1].id}" if more else None
    return Preview(sum(toll.count for toll in tolls), tolls, rows, following)


def page_of(casualties: Sequence[Casualty], cursor: str = "") -> Preview:
    """A page of what a model found, which is all there is. Raises ValueError as above."""
    kind, _, last = cursor.partition(":")
    after = (kind, UUID(last)) if cursor else None
    ordered = sorted(casualties, key=lambda one: (one.kind, one.id))
    rest = [one for one in ordered if after is None or (one.kind, one.id) > after]
    counts = Counter((one.kind, one.effect.code) for one in ordered)
    firsts = {(one.kind, one.effect.code): one for one in reversed(ordered)}
    tolls = [{"kind": key[0], "effect": firsts[key].effect, "count": count} for key, count in sorted(counts.items())]
    following = f"{rest[SHOWN - 1].kind}:{rest[SHOWN - 1].id}" if len(rest) > SHOWN else None
    return Preview(len(ordered), tolls, rest[:SHOWN], following)
