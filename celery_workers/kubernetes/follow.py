"""What replicas in clusters print, told to monitoring and jobs while they run.

Each replica is read through the API server, over a bounded number of connections: while there are enough, all replicas are
followed without a pause; when there are more replicas, they take turns. Where to continue is a moment in nanoseconds, kept
with each archived chunk, and of lines of one moment their text: so whoever starts again neither loses nor doubles a line.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from queue import Empty, SimpleQueue
from typing import Any
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, connection

from apps.core.errors import Unavailable
from apps.core.registries import SubjectScope
from apps.inference.models import App
from apps.jobs import services as jobs
from apps.jobs.models import Job, Replica
from apps.monitoring import services as monitoring
from apps.monitoring.errors import ArchiveBehind
from apps.monitoring.services import Line
from apps.monitoring.text import safe_line
from celery_workers.kubernetes.client import Client, Invalid, NotFound, Refused
from celery_workers.kubernetes.paths import collection
from celery_workers.kubernetes.pods import PodSeen
from celery_workers.speech import Speech, reports_in

# Connections, and threads, over all clusters.
MOST_FOLLOWED = 64
# How long one is followed when others wait for a turn, and how long a silent one is when none does.
TURN_SECONDS, SILENT_SECONDS = 5.0, 60.0
READ_BYTES = 256 * 1024
FIRST_PAUSE_SECONDS, MOST_PAUSE_SECONDS = 0.5, 15.0
# The log of a pod that has ended is asked for this long; its node may be gone with it.
LAST_WORDS_SECONDS = 60.0
# A connection that does not end with its pod is ended after so long, and the rest is read at once.
HANGS_ON_SECONDS = 2.0
_log = structlog.get_logger(__name__)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Printing:
    """A pod that may print: where it is read, and to whose log its lines belong. `kind`: of the subject, a job or an app."""

    kind: str
    key: tuple[UUID, int, int]
    namespace: str
    name: str
    uid: str
    container: str
    has_log: bool
    terminal: bool = False

    @classmethod
    def of_replica(cls, pod: PodSeen) -> "Printing":
        return cls(
            Job.live_kind, pod.key, pod.namespace, pod.name, pod.uid, pod.container, pod.has_log, terminal=pod.terminal
        )

    @property
    def path(self) -> str:
        return f"{collection('v1', 'Pod', self.namespace)}/{self.name}"


@dataclass
class Tail:
    """How far one replica was read. Used by one thread at a time.

    speech: what its job says of itself; an app says nothing. following: the pod that comes in its place, read when this one
    has ended.
    """

    client: Client
    pod: Printing
    scope: SubjectScope
    speech: Speech | None
    number: int = field(init=False)
    position: int = field(init=False)
    # Texts of the lines that were taken of the very moment `position`, and of these what is still to be passed over.
    taken: list[str] = field(init=False)
    passed_over: list[str] = field(default_factory=list)
    failed_since: float | None = None
    pause: float = 0.0
    ended_at: float | None = None
    following: Printing | None = None

    def __post_init__(self) -> None:
        self.number, self.position = monitoring.resume_point(*self.pod.key)
        self.taken = monitoring.newest_texts(*self.pod.key)

    def follow(self, reading: Callable[[Any], None], leave: Callable[[], bool]) -> bool:
        """Pass on what it prints until it ends, or until it is time to `leave`; True when there is nothing left to come."""
        ended = self.pod.terminal
        query: dict[str, str | int | bool] = {"container": self.pod.container, "timestamps": True, "follow": not ended}
        if self.position:
            query["sinceTime"] = _moment(self.position).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.passed_over = list(self.taken)
        silent = TURN_SECONDS if leave() else SILENT_SECONDS
        with self.client.stream(f"{self.pod.path}/log", query, read_seconds=silent) as answer:
            if not ended:
                reading(answer)
            rest = b""
            for block in answer.stream(READ_BYTES):
                *whole, rest = (rest + block).split(b"\n")
                self._take(whole)
                if leave():
                    return False
            if rest and ended:
                self._take([rest])
        return ended

    def _take(self, records: Sequence[bytes]) -> None:
        before = self.number, self.position, list(self.taken), list(self.passed_over)
        lines = list(self._new(records))
        try:
            self._append(lines, final=False)
        except Exception:  # they are read again
            self.number, self.position, self.taken, self.passed_over = before
            raise
        if self.speech is not None:
            self.speech.hear(self.pod.key[2], reports_in(lines))
            self.speech.tell(final=False)

    def _new(self, records: Sequence[bytes]) -> Iterator[Line]:
        for record in records:
            at, text = _parted(record)
            if at < self.position or not at:
                continue
            shown = safe_line(text)
            if at > self.position:
                self.position, self.taken, self.passed_over = at, [], []
            elif shown in self.passed_over:
                self.passed_over.remove(shown)
                continue
            self.taken.append(shown)
            self.number += 1
            yield Line(self.number, _moment(at), "out", text)

    def finish(self, last: str = "") -> None:
        """Archive what is there; nothing will follow. `last`: what there is to say of its end."""
        lines = []
        if last:
            self.number += 1
            lines = [Line(self.number, datetime.now(UTC), "hanse", last)]
        self._append(lines, final=True)
        if self.speech is not None:
            self.speech.tell(final=True)
            job_id, attempt, rank = self.pod.key
            jobs.log_ended(job_id=job_id, attempt=attempt, rank=rank)

    def moves_on(self) -> bool:
        """Read from now on what came in the place of the pod, from its beginning; False when nothing has."""
        if self.following is None:
            return False
        self.pod, self.following = self.following, None
        self.position, self.taken = 0, []
        self.failed_since = self.ended_at = None
        return True

    def _append(self, lines: Sequence[Line], *, final: bool) -> None:
        subject_id, attempt, rank = self.pod.key
        monitoring.append_lines(
            scope=self.scope,
            subject_kind=self.pod.kind,
            subject_id=subject_id,
            attempt=attempt,
            rank=rank,
            lines=lines,
            source_position=self.position,
            final=final,
        )


class Followers:
    """Threads that read replicas' logs, each in its turn."""

    def __init__(self, most: int = MOST_FOLLOWED) -> None:
        self._most = most
        self._waiting: SimpleQueue[Tail] = SimpleQueue()
        self._tails: dict[tuple[UUID, int, int], Tail] = {}
        self._speeches: dict[tuple[UUID, int], Speech] = {}
        self._answers: dict[tuple[UUID, int, int], Any] = {}
        self._later: list[tuple[float, Tail]] = []
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._stopping = threading.Event()
        self.failure: Exception | None = None

    def follow(self, client: Client, pods: Sequence[Printing]) -> None:
        """Follow those of `pods` that print something and are not followed yet; call it again when they change."""
        new = []
        for pod in pods:
            tail = self._tails.get(pod.key)
            if tail is not None and tail.pod.uid != pod.uid:
                tail.following = pod if pod.has_log else None
                tail.ended_at = tail.ended_at or time.monotonic()
            elif tail is not None:
                tail.client, tail.pod = client, pod
                if pod.terminal and tail.ended_at is None:
                    tail.ended_at = time.monotonic()
            elif pod.has_log:
                new.append(pod)
        read = _read_to_the_end(new)
        scopes = _scopes(new)
        for pod in new:
            if pod.key[0] in scopes and pod.key not in read:
                self._begin(client, pod, scopes[pod.key[0]])
        self._wake()

    def stop(self) -> None:
        self._stopping.set()
        with self._lock:
            answers = list(self._answers.values())
        for answer in answers:
            _end(answer)
        for thread in self._threads:
            thread.join(5)

    def _begin(self, client: Client, pod: Printing, scope: SubjectScope) -> None:
        attempt = pod.key[:2]
        with self._lock:
            of_job = pod.kind == Job.live_kind
            speech = self._speeches.setdefault(attempt, Speech(scope, *attempt)) if of_job else None
        tail = Tail(client, pod, scope, speech)
        with self._lock:
            self._tails[pod.key] = tail
        self._waiting.put(tail)
        if len(self._threads) < min(self._most, len(self._tails)):
            thread = threading.Thread(target=self._work, name=f"follow-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _wake(self) -> None:
        """Let those have a turn whose pause is over, and end connections that outlive their pod."""
        now = time.monotonic()
        with self._lock:
            due = [tail for at, tail in self._later if at <= now]
            self._later = [(at, tail) for at, tail in self._later if at > now]
            hang_on = [
                answer
                for key, answer in self._answers.items()
                if (tail := self._tails.get(key)) and tail.ended_at and now - tail.ended_at > HANGS_ON_SECONDS
            ]
        for tail in due:
            self._waiting.put(tail)
        for answer in hang_on:
            _end(answer)

    def _work(self) -> None:
        try:
            while not self._stopping.is_set():
                try:
                    tail = self._waiting.get(timeout=1)
                except Empty:
                    continue
                self._turn(tail)
        except Exception as failure:  # noqa: BLE001 - told to the loop, which ends for it
            self.failure = failure
        finally:
            connection.close()

    def _turn(self, tail: Tail) -> None:
        """Read one; then it is done, or waits for its next turn."""
        begun = time.monotonic()

        def leave() -> bool:
            contended = not self._waiting.empty() and time.monotonic() - begun > TURN_SECONDS
            return self._stopping.is_set() or contended

        pause = 0.0
        try:
            with self._reading(tail) as reading:
                if tail.follow(reading, leave):
                    self._finish(tail)
                    return
            tail.failed_since, tail.pause = None, 0.0
            # It ended by itself: its pod is about to say so.
            pause = 0.0 if leave() else FIRST_PAUSE_SECONDS
        except NotFound:
            self._finish(tail)
            return
        except (Invalid, Unavailable, Refused) as failure:  # Invalid: its container does not stand yet
            tail.failed_since = tail.failed_since or time.monotonic()
            if tail.pod.terminal and time.monotonic() - tail.failed_since > LAST_WORDS_SECONDS:
                self._finish(tail, f"Hanse: the rest of this log could not be read: {failure}")
                return
            pause = tail.pause = min(max(tail.pause * 2, FIRST_PAUSE_SECONDS), MOST_PAUSE_SECONDS)
        except ArchiveBehind as problem:
            _log.warning("log-archive-behind", pod=tail.pod.name, detail=str(problem))
            pause = FIRST_PAUSE_SECONDS
        except (OperationalError, InterfaceError) as outage:
            _log.warning("log-not-kept", pod=tail.pod.name, error=str(outage).strip())
            connection.close()
            pause = MOST_PAUSE_SECONDS
        with self._lock:
            self._later.append((time.monotonic() + pause, tail))

    def _finish(self, tail: Tail, last: str = "") -> None:
        if tail.moves_on():
            self._waiting.put(tail)
            return
        tail.finish(last)
        with self._lock:
            self._tails.pop(tail.pod.key, None)
            attempt = tail.pod.key[:2]
            if not any(key[:2] == attempt for key in self._tails):
                self._speeches.pop(attempt, None)

    @contextmanager
    def _reading(self, tail: Tail) -> Iterator[Callable[[Any], None]]:
        """Remember what is read, so that it can be ended."""

        def note(answer: Any) -> None:
            with self._lock:
                self._answers[tail.pod.key] = answer
            if self._stopping.is_set():
                _end(answer)

        try:
            yield note
        finally:
            with self._lock:
                self._answers.pop(tail.pod.key, None)


def _end(answer: Any) -> None:
    try:
        answer.shutdown()
    except (OSError, ValueError, RuntimeError):
        _log.debug("answer-ended-already")


def _scopes(pods: Sequence[Printing]) -> dict[UUID, SubjectScope]:
    """Of each subject that is there: its tenant and project."""
    ids = {pod.key[0] for pod in pods}
    rows = [*_places(Job, ids), *_places(App, ids)] if ids else []
    return {pk: SubjectScope(tenant_id, project_id) for pk, tenant_id, project_id in rows}


def _places(subject: type[Job] | type[App], ids: set[UUID]) -> list[tuple[UUID, UUID, UUID]]:
    return list(subject._default_manager.filter(pk__in=ids).values_list("pk", "tenant_id", "project_id"))


def _read_to_the_end(pods: Sequence[Printing]) -> set[tuple[UUID, int, int]]:
    """Those of which every line was taken over."""
    if not pods:
        return set()
    rows = Replica.objects.filter(job__in={pod.key[0] for pod in pods}, log_complete=True)
    return set(rows.values_list("job_id", "attempt", "rank"))


def _parted(record: bytes) -> tuple[int, str]:
    """(nanoseconds since 1970, text) of a line with its timestamp; 0 for one that has none."""
    stamp, _, text = record.decode(errors="replace").partition(" ")
    try:
        whole, _, fraction = stamp.removesuffix("Z").partition(".")
        at = datetime.fromisoformat(f"{whole}+00:00")
    except ValueError:
        return 0, ""
    seconds = int((at - _EPOCH).total_seconds())
    return seconds * 10**9 + int(fraction.ljust(9, "0")[:9] or 0), text


def _moment(nanoseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=nanoseconds // 1000)
