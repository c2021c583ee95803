"""What one socket follows: events of a tenant or of its own user, a subject's lines, a subject's points.

Each first pulls what its reader lacks, at the reader's pace, up to where the hub stands; from then on the hub pushes.
What finds no room in a slow reader's queue is left out, and the reader is told what it was as soon as there is room.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from apps.core import live
from apps.monitoring import frames, streams
from apps.monitoring.frames import Entry, EventItem, LinesItem, PointsItem
from apps.monitoring.hub import Feed, Hub
from apps.monitoring.outlet import Outlet
from apps.tenants.actor import Actor

START = b"0-0"


class Subscription:
    """`broken_` is called when the hub lost Redis."""

    key: str
    decode: Callable[[Iterable[Entry]], Iterable[Any]]

    def __init__(self, id_: str, hub: Hub, outlet: Outlet, broken: Callable[[], None]) -> None:
        self.id, self.quoted_id = id_, orjson.dumps(id_).decode()
        self.hub, self.outlet = hub, outlet
        self._broken = broken
        self._feed: Feed | None = None
        self._live = False

    async def run(self) -> None:
        """Join, catch up, go live. Raises RedisError."""
        self._feed = await self.hub.join(self.key, self.decode, self)
        at = await self.begin(self._feed)
        while True:
            # No await between the comparison and the switch: nothing can come in between.
            if at is None or at == self._feed.position:
                self._live = True
                return
            await self.outlet.room()
            until = self._feed.position
            page = await self.hub.page(self._feed, after=at, until=until)
            at = page.last
            for item in page.items:
                self.give(item)

    async def begin(self, feed: Feed) -> bytes | None:
        """Answer the reader, and say after which entry it has to catch up; None when it need not."""
        raise NotImplementedError

    def take(self, items: Sequence[Any]) -> None:
        if self._live:
            for item in items:
                self.give(item)

    def give(self, item: Any) -> None:
        raise NotImplementedError

    def room_again(self) -> None:
        """Tell what was left out."""

    def broken(self) -> None:
        self._broken()

    def close(self) -> None:
        self._live = False
        if self._feed is not None:
            self.hub.leave(self._feed, self)


class EventSubscription(Subscription):
    """A stream's events: of kinds and projects that are wanted, as far as `sees` says that they may be seen."""

    decode = staticmethod(frames.events)

    def __init__(
        self,
        id_: str,
        hub: Hub,
        outlet: Outlet,
        broken: Callable[[], None],
        *,
        stream: str,
        sees: Callable[[str, UUID | None], bool],
        projects: frozenset[UUID] | None,
        kinds: frozenset[str],
        after: tuple[str, int] | None,
    ) -> None:
        super().__init__(id_, hub, outlet, broken)
        self.key = stream
        self._sees, self._projects, self._kinds = sees, projects, kinds
        self._after = after
        self._epoch, self._seq = "", 0
        self._lost = False
        self._visible: dict[tuple[str, UUID | None], bool] = {}

    async def begin(self, feed: Feed) -> bytes | None:
        head = await self.hub.events_head(self.key)
        self._epoch, self._seq = head.epoch, streams.seq_of(feed.position)
        if self._after is None:
            self._say("subscribed")
            return None
        epoch, seq = self._after
        if epoch != head.epoch or not head.oldest - 1 <= seq <= self._seq:
            self._say("subscribed")
            self._say("lost")
            return None
        self._seq = seq
        self._say("subscribed")
        return f"{seq}-0".encode()

    @property
    def position(self) -> tuple[str, int]:
        """Epoch and seq after which nothing was given yet."""
        return self._epoch, self._seq

    def give(self, item: EventItem) -> None:
        if item.epoch != self._epoch:
            began, self._epoch, self._seq = self._epoch, item.epoch, item.seq - 1
            if began:
                self._lost = True
                self.room_again()
        self._seq = item.seq
        if self._lost or item.kind not in self._kinds or not self._wanted(item.project_id):
            return
        if self._may_see(item.kind, item.project_id):
            self._lost = not self.outlet.offer(item.frame(self.quoted_id))

    def room_again(self) -> None:
        if self._lost:
            self._lost = False
            self._say("lost")

    def _say(self, what: str) -> None:
        self.outlet.put(frames.frame(what, id=self.id, at={"epoch": self._epoch, "seq": self._seq}))

    def _wanted(self, project_id: UUID | None) -> bool:
        return self._projects is None or project_id is None or project_id in self._projects

    def _may_see(self, kind: str, project_id: UUID | None) -> bool:
        which = (kind, project_id)
        if which not in self._visible:
            self._visible[which] = self._sees(kind, project_id)
        return self._visible[which]


class LogSubscription(Subscription):
    """The lines of all replicas of a subject, after those that the reader has: {"<attempt>/<rank>": number}."""

    decode = staticmethod(frames.lines)

    def __init__(
        self,
        id_: str,
        hub: Hub,
        outlet: Outlet,
        broken: Callable[[], None],
        *,
        subject_id: UUID,
        after: Mapping[str, int],
        archived: Mapping[str, int],
    ) -> None:
        super().__init__(id_, hub, outlet, broken)
        self.key = streams.log_key(subject_id)
        self._have = dict(after)
        self._exists = dict(archived)

    async def begin(self, feed: Feed) -> bytes | None:
        return START if feed.position != START else None

    async def run(self) -> None:
        await super().run()
        self.room_again()

    def give(self, item: LinesItem) -> None:
        have = self._have.get(item.replica, 0)
        if item.last <= have:
            return
        if item.after > have:
            if self.outlet.full:
                self._leave_out(item)
                return
            have = self._miss(item.replica, have, item.after)
            if item.last <= have:
                return
        frame = item.frame(self.quoted_id) if item.after == have else item.frame_after(self.quoted_id, have)
        if self.outlet.offer(frame):
            self._have[item.replica] = item.last
        else:
            self._leave_out(item)

    def room_again(self) -> None:
        if not self._live:
            return
        for replica, number in self._exists.items():
            have = self._have.get(replica, 0)
            if number > have:
                self._miss(replica, have, number)
        self._exists.clear()

    def _leave_out(self, item: LinesItem) -> None:
        self._exists[item.replica] = max(item.last, self._exists.get(item.replica, 0))
        self.outlet.refuse()

    def _miss(self, replica: str, have: int, until: int) -> int:
        attempt, _, rank = replica.partition("/")
        told = {"attempt": int(attempt), "rank": int(rank), "from": have + 1, "to": until}
        self.outlet.put(frames.frame("missed", id=self.id, **told))
        self._have[replica] = until
        return until


class PointSubscription(Subscription):
    """The points of a subject: those of the last while first, so that none falls between reading a series and following."""

    decode = staticmethod(frames.points)

    def __init__(self, id_: str, hub: Hub, outlet: Outlet, broken: Callable[[], None], *, subject_id: UUID) -> None:
        super().__init__(id_, hub, outlet, broken)
        self.key = streams.metrics_key(subject_id)
        self._lost = False

    async def begin(self, feed: Feed) -> bytes | None:
        return START if feed.position != START else None

    def give(self, item: PointsItem) -> None:
        if not self._lost:
            self._lost = not self.outlet.offer(item.frame(self.quoted_id))

    def room_again(self) -> None:
        if self._lost:
            self._lost = False
            self.outlet.put(frames.frame("lost", id=self.id, at=None))


def sees_events(actor: Actor, tenant_id: UUID | None) -> bool:
    """Whether the actor may follow a tenant's events (the platform's when it is None) at all."""
    if tenant_id is None:
        return "platform.view" in actor.on_platform
    return actor.sees_all_tenants or tenant_id in actor.visible_tenant_ids


def may_see(actor: Actor, kind: str, tenant_id: UUID | None, project_id: UUID | None) -> bool:
    """Whether the actor may see an object of this kind, there: the same rule as the kind's `permitted()`."""
    known = live.of_kind(kind)
    if known is None or known.of_user:
        return False
    if tenant_id is None:
        return {"platform.view", known.permission} <= actor.on_platform
    if project_id is not None:
        return known.permission in actor.on_project(project_id, tenant_id)
    return known.permission in (actor.in_tenant(tenant_id) if known.seen_from_projects else actor.on_tenant(tenant_id))


def is_of_user(kind: str) -> bool:
    """Whether events of this kind are in the users' own streams."""
    known = live.of_kind(kind)
    return known is not None and known.of_user
