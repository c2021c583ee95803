"""Channels between the workers of two parties that signed a contract: `pip install hanse[channels]`.

    with channels.connect(epoch=checkpoint.next_epoch) as link:
        for epoch in range(link.epoch, rounds):
            link.send("gradient", gradient, epoch=epoch)
            theirs = link.receive("gradient", epoch=epoch)
            checkpoint.save(epoch)
            link.checkpoint(epoch)

A worker that dies goes on at the epoch after its last checkpoint: what came in that epoch comes again, what it sent before
and sends again is dropped on the other side. So what is sent in an epoch must follow from the checkpoint alone; draw what
is random from `link.seed(epoch)`.
"""

import hashlib
import json
import logging
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import TypeVar

import pulsar

from hanse.channels.access import Access, Keys, NoAccess
from hanse.channels.receiving import Hearer, Receiver
from hanse.channels.sending import NotKept, Sender, Spool

__all__ = ["Access", "Channels", "ChannelsClosed", "Keys", "NoAccess", "TimedOut", "connect"]

DATA, CONTROL = "data", "control"
_FIRST_PAUSE_SECONDS, _MOST_PAUSE_SECONDS, _LISTEN_SECONDS = 5.0, 300.0, 1.0
_CLOSED = "The contract ended, or its bytes are used up: see its page."
_log = logging.getLogger(__name__)
End = TypeVar("End")


class TimedOut(Exception):
    """Nothing came for so long; the message says what was waited for."""


class ChannelsClosed(Exception):
    """The broker lets this worker neither read nor write any more: the contract ended, or its bytes are used up."""


def connect(
    access: Access | None = None,
    *,
    session: str | None = None,
    epoch: int = 0,
    spool: Path | None = None,
    timeout_seconds: float = 600,
) -> "Channels":
    """Open the channels of the contract that the job names, at an epoch.

    `session`: the same on both sides, and another for each training: what one that was stopped left behind is passed over.
    Parts of a federated job have its id, others none. `spool`: where sent parts are kept until the other side has used
    them; on a volume they outlive a crash.
    Raises NoAccess, ChannelsClosed, TimedOut where another worker holds them.
    """
    directory = spool or Path(tempfile.mkdtemp(prefix="hanse-spool-"))
    shared = Access.session_of_environment() if session is None else session
    return Channels(
        access or Access.of_environment(), session=shared, epoch=epoch, spool=directory, timeout_seconds=timeout_seconds
    )


class Channels:
    """Not for several threads at once; what the other side asks for is done beside, in a thread of its own."""

    def __init__(self, access: Access, *, session: str, epoch: int, spool: Path, timeout_seconds: float) -> None:
        self.access, self.epoch, self._timeout = access, epoch, timeout_seconds
        self._spool = Spool(spool)
        self._spool.forget(since=epoch)
        self._seq: dict[int, int] = {}
        self._over = Event()
        self._client = pulsar.Client(
            access.service_url,
            authentication=pulsar.AuthenticationToken(access.token),
            operation_timeout_seconds=30,
            logger=pulsar.ConsoleLogger(pulsar.LoggerLevel.Error),
        )
        try:
            self._sender = self._alone(lambda: Sender(self._client, access, DATA, session))
            self._asker = self._alone(lambda: Sender(self._client, access, CONTROL, session))
            self._receiver = self._alone(lambda: Receiver(self._client, access, DATA, session, epoch=epoch))
            self._hearer = self._alone(lambda: Hearer(self._client, access, CONTROL, session))
        except BaseException:
            self._client.close()
            raise
        self._listener = Thread(target=self._listen, name="hanse-channels", daemon=True)
        self._listener.start()

    def __enter__(self) -> "Channels":
        return self

    def __exit__(self, _type: type[BaseException] | None, error: BaseException | None, _at: TracebackType | None) -> None:
        self.close()

    @property
    def refused(self) -> int:
        """How many messages came that the other party did not write."""
        return self._receiver.refused + self._hearer.refused

    def send(self, name: str, payload: bytes, *, epoch: int) -> None:
        """To the other party. Returns once our own broker keeps it; waits while it takes no more.

        Raises ChannelsClosed, TimedOut.
        """
        self._require_undone(epoch)
        seq = self._seq.get(epoch, 0)
        self._seq[epoch] = seq + 1
        parts = [self._spool.keep(sealed) for sealed in self._sender.cut(name, payload, epoch=epoch, seq=seq)]
        deadline = time.monotonic() + self._timeout
        while not self._taken(parts):
            if time.monotonic() > deadline:
                raise TimedOut(f"Our broker does not take {name!r} of epoch {epoch}.")

    def receive(self, name: str, *, epoch: int, timeout_seconds: float | None = None) -> bytes:
        """The next payload of that name that they sent in the epoch. Raises ChannelsClosed, TimedOut."""
        self._require_undone(epoch)
        deadline = time.monotonic() + (timeout_seconds or self._timeout)
        pause = _FIRST_PAUSE_SECONDS
        ask_at = time.monotonic() + pause
        while (payload := self._receiver.take(name, epoch=epoch)) is None:
            came = self._receiver.read(seconds=_LISTEN_SECONDS)
            now = time.monotonic()
            if came is not None and not self._receiver.has_gap(epoch):
                pause = _FIRST_PAUSE_SECONDS
                ask_at = now + pause
            elif now > ask_at:
                self._require_open()
                self._ask({"again": epoch, "next": self._receiver.next(epoch)})
                pause = min(2 * pause, _MOST_PAUSE_SECONDS)
                ask_at = now + pause
            if now > deadline:
                raise TimedOut(f"{name!r} of epoch {epoch} did not come from {self.access.them}.")
        return payload

    def all_gather(self, name: str, payload: bytes, *, epoch: int) -> dict[int, bytes]:
        """What every party sends under the name, ours too, by number; the same on all sides."""
        self.send(name, payload, epoch=epoch)
        gathered = {self.access.us: payload, self.access.them: self.receive(name, epoch=epoch)}
        return dict(sorted(gathered.items()))

    def checkpoint(self, epoch: int) -> None:
        """All up to this epoch is saved by the caller: it is acknowledged, and the other side forgets what it sent."""
        self._receiver.done(epoch)
        self.epoch = epoch + 1
        self._seq = {one: seq for one, seq in self._seq.items() if one > epoch}
        self._ask({"done": epoch})

    def seed(self, epoch: int) -> int:
        """For what is random in an epoch: the same after a crash, and known to nobody else."""
        return int.from_bytes(hashlib.sha256(f"{self.access.private.seal}|{epoch}".encode()).digest()[:8], "big")

    def close(self) -> None:
        if self._over.is_set():
            return
        self._over.set()
        self._listener.join()
        self._client.close()

    def _taken(self, parts: list[Path]) -> bool:
        try:
            self._sender.write(self._spool.read(parts))
        except NotKept as failure:
            _log.warning("Our broker does not take %s yet: %s", parts[0], failure)
            self._require_open()
            return False
        return True

    def _ask(self, wish: dict[str, object]) -> None:
        with suppress(NotKept):  # it is asked again, or the next one says as much
            self._asker.write(self._asker.cut("control", json.dumps(wish).encode(), epoch=0, seq=0))

    def _listen(self) -> None:
        while not self._over.is_set():
            self._grant_wishes()

    def _grant_wishes(self) -> None:
        """Send again what the other side lacks, forget what it has used.

        All that waits is read before anything is done: a link that was cut brings the same wish many times over.
        """
        try:
            wishes = [json.loads(wish) for wish in self._hearer.hear(seconds=_LISTEN_SECONDS)]
            if done := [wish["done"] for wish in wishes if "done" in wish]:
                self._spool.forget(until=max(done))
            for epoch, (seq, part) in {wish["again"]: wish["next"] for wish in wishes if "again" in wish}.items():
                self._sender.write(self._spool.read(self._spool.since(epoch, (seq, part))))
        except (pulsar.PulsarException, NotKept) as failure:
            _log.warning("What the other party asked for could not be done: %s", failure)
            self._over.wait(_LISTEN_SECONDS)

    def _alone(self, opened: Callable[[], End]) -> End:
        """As soon as nobody else holds it: the broker misses a worker that was killed only after a while."""
        deadline = time.monotonic() + self._timeout
        while (one := _unless_held(opened)) is None:
            if time.monotonic() > deadline:
                raise TimedOut("Another worker holds these channels.")
            time.sleep(_LISTEN_SECONDS)
        return one

    def _require_open(self) -> None:
        """A client whose rights were taken away only waits: so ask. Raises ChannelsClosed."""
        try:
            self._client.get_topic_partitions(self.access.outward(DATA))
        except (pulsar.AuthorizationError, pulsar.TopicNotFound) as refusal:
            raise ChannelsClosed(_CLOSED) from refusal
        except pulsar.PulsarException as failure:
            _log.warning("The broker does not answer: %s", failure)

    def _require_undone(self, epoch: int) -> None:
        if epoch < self.epoch:
            raise ValueError(f"Epoch {epoch} is done; the next is {self.epoch}.")


def _unless_held(opened: Callable[[], End]) -> End | None:
    """None while another worker holds it. Raises ChannelsClosed."""
    try:
        return opened()
    except (pulsar.ProducerBusy, pulsar.ProducerFenced, pulsar.ConsumerBusy):
        return None
    except (pulsar.AuthorizationError, pulsar.TopicNotFound) as refusal:
        raise ChannelsClosed(_CLOSED) from refusal
