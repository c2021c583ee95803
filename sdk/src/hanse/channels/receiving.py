"""What comes: opened, in its order and once, acknowledged when its epoch is done."""

import logging
from collections import defaultdict, deque
from typing import Any

import pulsar

from hanse.channels.access import Access
from hanse.channels.envelopes import Envelopes, Forged, OfAnotherSession, Place

SUBSCRIPTION = "hanse"
_AHEAD = 4
_log = logging.getLogger(__name__)


class Epoch:
    """Parts of one epoch, put together in the order in which they were sent, whatever order they come in."""

    def __init__(self) -> None:
        self.ids: list[Any] = []
        self.next = (0, 0)
        self.whole: dict[str, deque[bytes]] = defaultdict(deque)
        self._early: dict[tuple[int, int], tuple[Place, bytes]] = {}
        self._begun: list[bytes] = []
        self._run = ""

    @property
    def has_gap(self) -> bool:
        """Something came that is not next: what is between was lost, or comes again."""
        return bool(self._early)

    def add(self, place: Place, plain: bytes) -> None:
        """What is here already is dropped. A payload that another run of their worker begins anew is not mixed."""
        if self._begun and place.seq == self.next[0] and place.run != self._run:
            self._begun, self.next = [], (place.seq, 0)
            self._early = {key: one for key, one in self._early.items() if one[0].run == place.run}
        if place.key < self.next:
            return
        self._early[place.key] = place, plain
        while self.next in self._early:
            self._put(*self._early.pop(self.next))

    def _put(self, place: Place, plain: bytes) -> None:
        self._run = place.run
        self._begun.append(plain)
        if place.part + 1 < place.parts:
            self.next = (place.seq, place.part + 1)
            return
        self.whole[place.name].append(b"".join(self._begun))
        self._begun, self.next = [], (place.seq + 1, 0)


class _Reader:
    """The one reader of a topic."""

    def __init__(self, client: pulsar.Client, access: Access, channel: str, session: str) -> None:
        self._consumer = client.subscribe(
            access.inward(channel),
            SUBSCRIPTION,
            consumer_type=pulsar.ConsumerType.Exclusive,
            initial_position=pulsar.InitialPosition.Earliest,
            receiver_queue_size=_AHEAD,
        )
        self._envelopes = Envelopes(access, channel, session)
        self.refused = 0

    def _next(self, *, seconds: float) -> tuple[Any, Place, bytes] | None:
        """None when nothing came, or nothing that the other party wrote for this session: that is dropped.

        What another job under the contract needs and did not get, it asks for again; what is forged is counted.
        """
        try:
            message = self._consumer.receive(timeout_millis=max(1, int(seconds * 1000)))
        except pulsar.Timeout:
            return None
        try:
            return message, *self._envelopes.open(message.properties(), message.data())
        except OfAnotherSession:
            pass
        except Forged as forged:
            self.refused += 1
            _log.warning("A message that the other party did not write is dropped: %s", forged)
        self._consumer.acknowledge(message)
        return None


class Hearer(_Reader):
    """Of wishes, which are said again when they are lost."""

    def hear(self, *, seconds: float) -> list[bytes]:
        """All that wait."""
        heard = []
        while one := self._next(seconds=seconds):
            message, _, plain = one
            self._consumer.acknowledge(message)
            heard.append(plain)
            seconds = 0
        return heard


class Receiver(_Reader):
    """Of payloads. Nothing is acknowledged before `done`: who dies reads the epoch again."""

    def __init__(self, client: pulsar.Client, access: Access, channel: str, session: str, *, epoch: int) -> None:
        super().__init__(client, access, channel, session)
        self._epochs: dict[int, Epoch] = defaultdict(Epoch)
        self._epoch = epoch

    def read(self, *, seconds: float) -> Place | None:
        """Take one message and say where it belonged; None when none came."""
        if (one := self._next(seconds=seconds)) is None:
            return None
        message, place, plain = one
        if place.epoch < self._epoch:
            self._consumer.acknowledge(message)
        else:
            self._epochs[place.epoch].ids.append(message.message_id())
            self._epochs[place.epoch].add(place, plain)
        return place

    def take(self, name: str, *, epoch: int) -> bytes | None:
        """The next payload of that name, once all of it is here."""
        waiting = self._epochs[epoch].whole[name]
        return waiting.popleft() if waiting else None

    def next(self, epoch: int) -> tuple[int, int]:
        """Before it nothing is missing."""
        return self._epochs[epoch].next

    def has_gap(self, epoch: int) -> bool:
        return self._epochs[epoch].has_gap

    def done(self, epoch: int) -> None:
        """All up to this epoch is used: it is never read again."""
        for past in [one for one in self._epochs if one <= epoch]:
            for message_id in self._epochs.pop(past).ids:
                self._consumer.acknowledge(message_id)
        self._epoch = epoch + 1
