"""Redis streams: what they are called, what an entry holds, how one is written without gaps or doubles.

Nothing in Redis is the only copy of anything. Two kinds of scripts keep the order when writers die or Redis forgets:
events carry an epoch that changes whenever Redis restarted or lost the stream; log lines are accepted only right after
the line that Redis has, so a writer learns where to continue. Each script runs alone, so what it checks stays true.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NotConnected
from redis.retry import Retry

from apps.core.ids import new_id
from apps.core.written import encoded

PLATFORM = "platform"
ME = "me"
EVENTS_KEPT = 2048
EVENTS_FORGOTTEN_SECONDS = 24 * 3600
LOG_ENTRIES_AT_MOST = 16_384
LOG_ENTRY_BYTES = 16 * 1024
LOG_KEPT_MILLISECONDS = 60_000
POINTS_KEPT = 2000
SUBJECT_FORGOTTEN_SECONDS = 3600
_READ_BACK = 64

# One run: does Redis still have what it had? A restart may have lost the last second, so it begins a new epoch too;
# its first seq is the time in milliseconds, hence above all seqs of older epochs, so that waiting readers wake up.
_EVENTS = """
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or ''
local head = redis.call('HMGET', KEYS[2], 'epoch', 'run')
local top = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
local epoch, seq = head[1], 0
if epoch and head[2] == run and top[1] then
  seq = tonumber(string.match(top[1][1], '^%d+'))
else
  local now = redis.call('TIME')
  epoch, seq = ARGV[1], now[1] * 1000 + math.floor(now[2] / 1000)
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[2], 'epoch', epoch, 'run', run)
end
for at = 4, #ARGV, 6 do
  seq = seq + 1
  local text = string.format('%.0f', seq)
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], text .. '-0', 'epoch', epoch, 'seq', text, 'kind', ARGV[at],
    'id', ARGV[at + 1], 'project', ARGV[at + 2], 'version', ARGV[at + 3], 'op', ARGV[at + 4], 'object', ARGV[at + 5])
end
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('EXPIRE', KEYS[2], ARGV[3])
return {epoch, string.format('%.0f', seq)}
"""

_LINES = """
local known = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0')
local have = math.max(known, tonumber(ARGV[2]))
if have ~= tonumber(ARGV[3]) then
  return {string.format('%.0f', have), ''}
end
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[6], '*', 'of', ARGV[1], 'after', ARGV[3], 'last', ARGV[4],
  'lines', ARGV[5])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[4])
redis.call('EXPIRE', KEYS[1], ARGV[7])
redis.call('EXPIRE', KEYS[2], ARGV[7])
return {ARGV[4], id}
"""

# An epoch of before the last restart is not certain any more: it is answered as none.
_HEAD = """
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or ''
local head = redis.call('HMGET', KEYS[2], 'epoch', 'run')
local top = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
local bottom = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)
return {head[2] == run and head[1] or '', top[1] and top[1][1] or '0-0', bottom[1] and bottom[1][1] or '0-0'}
"""


@dataclass(frozen=True)
class Event:
    """One event as it goes to a stream; `document` is None for what is gone, or too large to send."""

    kind: str
    object_id: UUID
    project_id: UUID | None
    version: int
    op: str
    document: Mapping[str, Any] | None


@dataclass(frozen=True)
class EventsHead:
    """Where a stream of events stands. An empty epoch: there is no stream."""

    epoch: str
    seq: int
    oldest: int


@cache
def _client(url: str) -> Redis:
    # One silent repetition covers a connection that died while idle; every script here may run twice. One that is silent is
    # given up: pages that read logs have promised an answer.
    dead = Retry(NoBackoff(), 1, supported_errors=(NotConnected,))
    return Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2, retry=dead, decode_responses=False)


def store() -> Redis:
    """The connection of followers, the relay and REST (threads share it); every call has a time-out."""
    return _client(settings.REDIS_URL)


def events_key(tenant_id: UUID | str | None) -> str:
    return f"{settings.REDIS_PREFIX}:events:{tenant_id or PLATFORM}"


def user_key(user_id: UUID) -> str:
    """The stream of what concerns one user in all their tenants."""
    return f"{settings.REDIS_PREFIX}:events:user:{user_id}"


def log_key(subject_id: UUID) -> str:
    return f"{settings.REDIS_PREFIX}:log:{subject_id}"


def metrics_key(subject_id: UUID) -> str:
    return f"{settings.REDIS_PREFIX}:metrics:{subject_id}"


def head_key(stream: str) -> str:
    """A hash beside a stream: an event stream's epoch; a log's newest line number of each replica."""
    return f"{stream}:head"


def of_replica(attempt: int, rank: int) -> str:
    """How a stream names a replica."""
    return f"{attempt}/{rank}"


def add_events(stream: str, events: Iterable[Event]) -> EventsHead:
    """Append events with continuous seqs, all or none; begins a new epoch where the stream's past is not certain."""
    arguments: list[str | bytes | int] = [new_id().hex, EVENTS_KEPT, EVENTS_FORGOTTEN_SECONDS]
    for event in events:
        document = b"" if event.document is None else encoded(event.document)
        arguments += [event.kind, str(event.object_id), str(event.project_id or ""), event.version, event.op, document]
    epoch, seq = cast("list[bytes]", store().eval(_EVENTS, 2, stream, head_key(stream), *arguments))
    return EventsHead(epoch.decode(), int(seq), 0)


def head_arguments(stream: str) -> tuple[str, int, str, str]:
    """What `eval` of either kind of client needs to read an EventsHead; its answer goes to `read_head`."""
    return _HEAD, 2, stream, head_key(stream)


def read_head(answer: Any) -> EventsHead:
    epoch, top, bottom = answer
    return EventsHead(epoch.decode(), seq_of(top), seq_of(bottom))


def seq_of(entry_id: bytes) -> int:
    """The seq of an event from its entry's id: they are the same number."""
    return int(entry_id.split(b"-")[0])


@dataclass(frozen=True)
class Accepted:
    """`last` is the number of the newest line that Redis has; `entry_id` is empty when the batch was not right after it."""

    last: int
    entry_id: str


def add_lines(*, subject_id: UUID, replica: str, floor: int, after: int, last: int, lines: bytes) -> Accepted:
    """Append encoded lines that follow line `after`, if that is the newest that Redis has (or `floor`, if it has less)."""
    stream = log_key(subject_id)
    arguments: list[str | int | bytes] = [replica, floor, after, last, lines, LOG_ENTRIES_AT_MOST, SUBJECT_FORGOTTEN_SECONDS]
    have, entry_id = cast("list[bytes]", store().eval(_LINES, 2, stream, head_key(stream), *arguments))
    return Accepted(int(have), entry_id.decode())


def trim_lines(*, subject_id: UUID, before_id: str) -> None:
    """Forget entries older than `before_id` that are also older than what viewers usually ask for."""
    kept_since = int(before_id.split("-")[0]) - LOG_KEPT_MILLISECONDS
    if kept_since > 0:
        store().xtrim(log_key(subject_id), minid=f"{kept_since}-0", approximate=True)


def add_points(*, subject_id: UUID, attempt: int, rank: int | None, points: Iterable[tuple[str, datetime, float]]) -> None:
    stream = metrics_key(subject_id)
    entry = {"attempt": attempt, "rank": "" if rank is None else rank, "points": encoded(list(points))}
    with store().pipeline() as pipeline:
        pipeline.xadd(stream, cast(Any, entry), maxlen=POINTS_KEPT, approximate=True)
        pipeline.expire(stream, SUBJECT_FORGOTTEN_SECONDS)
        pipeline.execute()


def forget(subject_id: UUID) -> None:
    """Drop a subject's streams."""
    log = log_key(subject_id)
    store().delete(log, head_key(log), metrics_key(subject_id))


def newest_lines(subject_id: UUID) -> dict[str, int]:
    """The newest line number of each replica that the live stream knows; nothing when it was forgotten."""
    known = cast("dict[bytes, bytes]", store().hgetall(head_key(log_key(subject_id))))
    return {replica.decode(): int(number) for replica, number in known.items()}


def lines_since(subject_id: UUID, known: Mapping[str, int]) -> dict[str, list[bytes]]:
    """Encoded lines of the named replicas that are newer than the known ones, oldest first.

    Reads back only as far as needed; a batch may begin with lines that are known.
    """
    stream, found = log_key(subject_id), {replica: list[bytes]() for replica in known}
    newest = newest_lines(subject_id)
    searched = {replica for replica, number in known.items() if newest.get(replica, 0) > number}
    until = "+"
    while searched:
        entries = cast("list[tuple[bytes, dict[bytes, bytes]]]", store().xrevrange(stream, max=until, count=_READ_BACK))
        for _, entry in entries:
            replica = entry[b"of"].decode()
            if replica not in searched:
                continue
            if int(entry[b"last"]) > known[replica]:
                found[replica].append(entry[b"lines"])
            if int(entry[b"after"]) <= known[replica]:
                searched.discard(replica)
        if len(entries) < _READ_BACK:
            break
        until = f"({entries[-1][0].decode()}"
    return {replica: batches[::-1] for replica, batches in found.items()}
