"""List and watch: what is there of one kind in one cluster, kept up to date until something goes wrong.

Level-triggered: whoever starts lists everything, then watches from there; what was missed meanwhile (a kill, an outage, a
resourceVersion too old) is found by listing again. Only what `read` makes of an object is kept, not the object.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

import orjson
import structlog

from apps.core.errors import Unavailable
from apps.core.pulses import WatchPulse
from celery_workers.kubernetes.client import Client, Expired, Refused

Seen = TypeVar("Seen")
Json = Mapping[str, Any]
Name = tuple[str, str]
# Of an object: its namespace, name and uid. One that was made again under a name is another, and the first is gone.
Identity = tuple[str, str, str]

# The server ends a watch after so long, and says in between (bookmarks, about once a minute) that it is there.
WATCH_SECONDS, SILENT_SECONDS = 300, 100.0
_log = structlog.get_logger(__name__)
_running: "set[Watched[Any]]" = set()


def pulses_of_all() -> dict[Name, WatchPulse]:
    """(cluster, kind) -> how current each watch of this process is."""
    return {watched.name: watched.pulse() for watched in list(_running)}


class Watched(Generic[Seen]):
    """Objects of one kind in one cluster, as of now; a thread keeps them so until `stop`, or until it fails.

    `failure` says why it ended. What has changed since it was last taken is taken with `changes`.
    """

    def __init__(
        self, client: Client, path: str, selector: str, read: Callable[[Json], Seen | None], *, cluster: str, kind: str
    ) -> None:
        self.name = (cluster, kind)
        self._client, self._path, self._read = client, path, read
        self._query = {"labelSelector": selector}
        self._lock = threading.Lock()
        self._found: dict[Identity, Seen] = {}
        self._changed: set[Identity] = set()
        self._gone: dict[Identity, Seen] = {}
        self._stopping = threading.Event()
        self._answer: Any = None
        self._news_since: float | None = None
        self.news = threading.Event()
        self.listed_at: float | None = None
        self.heard_at = time.monotonic()
        self.failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, name=f"watch-{cluster}-{kind}", daemon=True)

    def start(self) -> None:
        _running.add(self)
        self._thread.start()

    def stop(self) -> None:
        _running.discard(self)
        self._stopping.set()
        answer = self._answer
        if answer is not None:
            with contextlib.suppress(Exception):  # it may just have ended by itself
                answer.shutdown()
        self._thread.join(5)

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def changes(self) -> tuple[list[Seen], list[Seen]]:
        """(new or changed, gone) since the last call."""
        with self._lock:
            self.news.clear()
            self._news_since = None
            changed = [self._found[one] for one in self._changed if one in self._found]
            gone = list(self._gone.values())
            self._changed, self._gone = set(), {}
            return changed, gone

    def all(self) -> list[Seen]:
        with self._lock:
            return list(self._found.values())

    def pulse(self) -> WatchPulse:
        """How current it is, for /metrics."""
        now = time.monotonic()
        with self._lock:
            lag = 0.0 if self._news_since is None else now - self._news_since
            return WatchPulse(now - self.heard_at, lag, len(self._found))

    def _tell(self) -> None:
        """There is something new to take; with the lock held."""
        self._news_since = self._news_since or time.monotonic()
        self.news.set()

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                version = self._list()
                with contextlib.suppress(Expired):
                    while not self._stopping.is_set():
                        version = self._watch(version)
        except (Unavailable, Refused) as failure:
            self.failure = failure
        except Exception as failure:  # noqa: BLE001 - told to whoever started it, which ends for it
            self.failure = None if self._stopping.is_set() else failure
        finally:
            _running.discard(self)

    def _list(self) -> str:
        """Take everything anew; what is not there any more is gone. Returns the version to watch from."""
        found: dict[Identity, Seen] = {}
        version = ""
        for page in self._client.pages(self._path, self._query):
            version = version or str(page["metadata"]["resourceVersion"])
            for item in page["items"]:
                seen = self._read(item)
                if seen is not None:
                    found[_identity(item)] = seen
        with self._lock:
            self._gone |= {one: seen for one, seen in self._found.items() if one not in found}
            self._changed |= {one for one, seen in found.items() if self._found.get(one) != seen}
            self._found = found
            self._tell()
        self.listed_at = self.heard_at = time.monotonic()
        return version

    def _watch(self, version: str) -> str:
        """Follow from `version` until the server ends it; returns where to go on. Raises Expired: list again."""
        query: dict[str, str | int | bool] = {
            **self._query,
            "watch": True,
            "allowWatchBookmarks": True,
            "resourceVersion": version,
            "timeoutSeconds": WATCH_SECONDS,
        }
        with self._client.stream(self._path, query, read_seconds=SILENT_SECONDS) as answer:
            self._answer = answer
            for event in _events(answer):
                self.heard_at = time.monotonic()
                if event["type"] == "ERROR":
                    if event["object"].get("code") == 410:
                        raise Expired(str(event["object"].get("message")))
                    raise Unavailable(f"The watch failed: {event['object'].get('message')}")
                version = str(event["object"]["metadata"]["resourceVersion"])
                if event["type"] != "BOOKMARK":
                    self._take(event["type"], event["object"])
                if self._stopping.is_set():
                    break
        self._answer = None
        return version

    def _take(self, kind: str, item: Json) -> None:
        seen, one = self._read(item), _identity(item)
        if seen is None:
            return
        with self._lock:
            if kind == "DELETED":
                self._found.pop(one, None)
                self._changed.discard(one)
                self._gone[one] = seen
            else:
                self._found[one] = seen
                self._changed.add(one)
            self._tell()


def _identity(item: Json) -> Identity:
    metadata = item["metadata"]
    return metadata.get("namespace", ""), metadata["name"], metadata["uid"]


def _events(answer: Any) -> Iterator[Json]:
    """One JSON document a line."""
    rest = b""
    for block in answer.stream(65536):
        *lines, rest = (rest + block).split(b"\n")
        yield from (orjson.loads(line) for line in lines if line.strip())
