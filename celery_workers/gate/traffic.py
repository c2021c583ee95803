"""Reads what the Caddy before apps writes of each request, and adds it up by minute.

Where it has read to is written together with what it counted, in one transaction: whatever is killed, a line is counted
once. A file that Caddy has put aside is read to its end before the next one.
"""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

import orjson
from django.db.models import F

from apps.inference import services
from apps.inference.latency import stretch_of
from apps.inference.models import Revision
from apps.inference.services import Counted, Place, Seen

READ_AT_ONCE = 4 * 2**20
# Of one app in one minute; what further callers do is counted together, as "other".
MOST_SERIES = 200
OTHER, TOKEN = "other", "token"


class Traffic:
    """Counts a piece of the log, again and again."""

    def __init__(self, log: str) -> None:
        self._log = Path(log)

    def step(self, stop: Event) -> None:
        while not stop.is_set():
            place = services.read_to(log=self._log.name)
            file, begin = self._next(place)
            if file is None:
                return
            with file.open("rb") as lines:
                inode = file.stat().st_ino
                lines.seek(begin)
                piece = lines.read(READ_AT_ONCE)
            whole = piece[: piece.rfind(b"\n") + 1]
            if not whole and (file == self._log or place.inode == inode):
                return
            counted = _counted(whole)
            services.note_traffic(log=self._log.name, since=place, to=Place(inode, begin + len(whole)), counted=counted)
            if len(piece) < READ_AT_ONCE and file == self._log:
                return

    def _next(self, place: Place) -> tuple[Path | None, int]:
        """The file to read on in, and where: the one that was read last, until it ends and there is a newer one."""
        files = [one for one in (*self._set_aside(), self._log) if one.exists()]
        inodes = [one.stat().st_ino for one in files]
        if place.inode in inodes:
            files = files[inodes.index(place.inode) :]
            if len(files) == 1 or files[0].stat().st_size > place.offset:
                return files[0], place.offset
            files = files[1:]
        return (files[0], 0) if files else (None, 0)

    def _set_aside(self) -> list[Path]:
        """Caddy names them by the time at which it did: the oldest first."""
        return sorted(self._log.parent.glob(f"{self._log.stem}-*{self._log.suffix}"))


def _counted(lines: bytes) -> dict[Counted, Seen]:
    requests = [request for line in lines.splitlines() if (request := _read(line))]
    endpoints = _endpoints({app for app, *_ in requests})
    found: dict[Counted, Seen] = {}
    series: Counter[tuple[UUID, datetime]] = Counter()
    for app, minute, method, path, consumer, status, milliseconds in requests:
        if app not in endpoints:
            continue
        key = Counted(app, minute, endpoints[app].get((method, path), ""), consumer)
        if key not in found:
            series[app, minute] += 1
            if series[app, minute] > MOST_SERIES:
                key = Counted(app, minute, OTHER, OTHER)
        seen = found.setdefault(key, Seen())
        seen.requests += 1
        seen.failed += status >= 500 or status == 0
        seen.refused += 400 <= status < 500
        seen.latency[stretch_of(milliseconds)] += 1
    return found


def _read(line: bytes) -> tuple[UUID, datetime, str, str, str, int, float] | None:
    """One request to an app; None for any other line."""
    try:
        said: dict[str, Any] = orjson.loads(line)
        app, prefix = UUID(said["app"]), said["prefix"]
        request = said["request"]
        at = datetime.fromtimestamp(said["ts"], UTC).replace(second=0, microsecond=0)
        path = request["uri"].partition("?")[0].removeprefix(prefix) or "/"
        consumer = said.get("consumer") or ""
        # Whoever uses the portal's own tokens is one caller: their ids say nothing to anybody.
        consumer = TOKEN if consumer.startswith("token:") else consumer[:40]
        return app, at, request["method"], path, consumer, int(said["status"]), float(said["duration"]) * 1000
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _endpoints(apps: set[UUID]) -> dict[UUID, dict[tuple[str, str], str]]:
    """Of each app that is there, the names of its endpoints as it describes them now, by method and path."""
    wanted = Revision.objects.filter(app_id__in=apps, number=F("app__revision"))
    return {
        app: {(one["method"], one["path"].partition("?")[0]): one["name"] for one in spec["endpoints"]}
        for app, spec in wanted.values_list("app_id", "spec")
    }
