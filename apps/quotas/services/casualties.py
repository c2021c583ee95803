"""Whom a change of limits would hit: found by the model on the limits before and after, before anything is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from apps.core.registries import Casualty
from apps.core.sentences import say
from apps.quotas.admission import Book, Key, Limit, Reach, Running, Share, Snapshot, UserCap, gpus
from apps.quotas.errors import QuotaInUse
from apps.quotas.services.snapshots import Read

_MOST_SHOWN = 100


@dataclass(frozen=True)
class _Excess:
    """By how much a limit is exceeded, and who counts for it. `effect`: the code of what that means for those on top."""

    scope: tuple[str, ...]
    amount: int
    key: Key | None
    effect: str

    def counts(self, workload: Running, cohort_of: dict[str, str | None]) -> int:
        owner = workload.owner
        kind, *rest = self.scope
        belongs = {
            "tenant": lambda: owner.tenant == rest[0],
            "cohort": lambda: cohort_of.get(owner.tenant) == rest[0],
            "project": lambda: owner.project == rest[0],
            "user": lambda: [owner.tenant, owner.user] == rest[:2],
        }[kind]()
        if not belongs:
            return 0
        if self.key is not None:
            return workload.total.get(self.key, 0)
        return 1 if rest[2] == "running" else gpus(workload.total)


def hit_by(found: Read, after: Snapshot) -> list[Casualty]:
    """Running and waiting work that is worse off with the limits of `after` than with those it has."""
    before = {(excess.scope, excess.key): excess.amount for excess in _excesses(found.snapshot)}
    cohort_of = {queue.tenant: queue.cohort for queue in after.queues}
    effects: dict[str, str] = {}
    for excess in _excesses(after):
        if excess.amount > before.get((excess.scope, excess.key), 0):
            for workload in _on_top(after.running, excess, cohort_of):
                effects.setdefault(workload.id, excess.effect)
    could, can = Reach(found.snapshot), Reach(after)
    for pending in found.snapshot.pending:
        if can.refusal(pending) is not None and could.refusal(pending) is None:
            effects[pending.id] = "effect-never"
    return [_casualty(found, workload_id, effect) for workload_id, effect in sorted(effects.items())]


def require_confirmed(casualties: list[Casualty], *, confirm: bool) -> None:
    """Raise QuotaInUse, naming who would be hit, unless the change is confirmed or hits nobody."""
    if casualties and not confirm:
        work = f"{len(casualties)} workload{'s' if len(casualties) != 1 else ''}"
        raise QuotaInUse(
            f"It hits {work}. Look at who they are; then repeat it with ?confirm=true if that is meant.",
            casualties=[one.as_json() for one in casualties[:_MOST_SHOWN]],
            count=len(casualties),
        )


def with_limits(snapshot: Snapshot, tenant: UUID, limits: dict[Key, Limit] | None, cohort: UUID | None) -> Snapshot:
    """The snapshot with another quota of one tenant; with None, with none."""
    queues = [queue for queue in snapshot.queues if queue.tenant != str(tenant)]
    old = next((queue for queue in snapshot.queues if queue.tenant == str(tenant)), None)
    if limits is not None and old is not None:
        queues.append(replace(old, limits=limits, cohort=str(cohort) if cohort else None))
    return replace(snapshot, queues=tuple(queues))


def with_shares(snapshot: Snapshot, project: UUID, shares: dict[Key, Share]) -> Snapshot:
    kept = {place: share for place, share in snapshot.shares.items() if place[0] != str(project)}
    return replace(snapshot, shares={**kept, **{(str(project), key): share for key, share in shares.items()}})


def with_cap(snapshot: Snapshot, tenant: UUID, whose: UUID | None, cap: UserCap | None) -> Snapshot:
    """`whose`: a user or group; None is everybody."""
    place = (str(tenant), str(whose or ""))
    caps = {other: value for other, value in snapshot.caps.items() if other != place}
    return replace(snapshot, caps=caps if cap is None else {**caps, place: cap})


def _excesses(snapshot: Snapshot) -> Iterator[_Excess]:
    book = Book(snapshot)
    yield from _of_tenants(book, snapshot)
    for (project, key), share in sorted(snapshot.shares.items()):
        if share.cap is not None:
            yield _Excess(("project", project), book.project_used(project, key) - share.cap, key, "effect-over-cap")
    for owner in sorted({workload.owner for workload in snapshot.running}, key=lambda owner: (owner.tenant, owner.user)):
        cap = snapshot.cap_of(owner)
        mine = [one for one in snapshot.running if (one.owner.tenant, one.owner.user) == (owner.tenant, owner.user)]
        if cap.running is not None:
            yield _Excess(
                ("user", owner.tenant, owner.user, "running"), len(mine) - cap.running, None, "effect-over-user-cap"
            )
        if cap.gpus is not None:
            held = sum(gpus(one.total) for one in mine)
            yield _Excess(("user", owner.tenant, owner.user, "gpus"), held - cap.gpus, None, "effect-over-user-cap")


def _of_tenants(book: Book, snapshot: Snapshot) -> Iterator[_Excess]:
    """Uncovered first: of several effects on one workload, the first is told."""
    used = sorted({(one.owner.tenant, key) for one in snapshot.running for key in one.total})
    for tenant, key in used:
        yield _Excess(("tenant", tenant), book.used(tenant, key) - book.most(tenant, key), key, "effect-uncovered")
    for tenant, key in used:
        if book.cohort_of(tenant) is not None:
            yield _Excess(("tenant", tenant, "nominal"), book.borrowed(tenant, key), key, "effect-borrowed")
    pools = {(cohort, key) for tenant, key in used if (cohort := book.cohort_of(tenant)) is not None}
    for cohort, key in sorted(pools):
        yield _Excess(("cohort", cohort), -book.left_in_cohort(cohort, key), key, "effect-less-lent")


def _on_top(running: Iterable[Running], excess: _Excess, cohort_of: dict[str, str | None]) -> Iterator[Running]:
    """Who would go first if it came to that, until the excess is covered."""
    left = excess.amount
    newest_first = sorted(running, key=lambda one: (one.admitted_at, one.id), reverse=True)
    for workload in sorted(newest_first, key=lambda one: one.priority):
        if left <= 0:
            return
        counted = excess.counts(workload, cohort_of)
        if counted:
            left -= counted
            yield workload


def _casualty(found: Read, workload_id: str, effect: str) -> Casualty:
    row = found.workloads[workload_id]
    return Casualty(kind=row.subject_kind, id=row.subject_id, name=row.subject_name, effect=say(effect))
