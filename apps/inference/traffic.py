"""What came to an app, for a chart: of stretches of minutes the requests, failures and percentiles."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from apps.inference.latency import STRETCHES, percentile
from apps.inference.models import App, AppTraffic

By = Literal["", "endpoint", "consumer"]
MOST_POINTS = 120
_STEPS = (1, 2, 5, 10, 30, 60, 120)
SHARES = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99}


@dataclass
class _Sum:
    requests: int = 0
    refused: int = 0
    failed: int = 0
    latency: list[int] = field(default_factory=lambda: [0] * STRETCHES)

    def add(self, requests: int, refused: int, failed: int, latency: Sequence[int]) -> None:
        self.requests += requests
        self.refused += refused
        self.failed += failed
        for stretch, count in enumerate(latency):
            self.latency[stretch] += count

    def as_json(self) -> dict[str, Any]:
        counts = {"requests": self.requests, "refused": self.refused, "failed": self.failed}
        return {**counts, **{name: percentile(self.latency, share) for name, share in SHARES.items()}}


def traffic_document(app: App, *, since: datetime, until: datetime, by: By) -> dict[str, Any]:
    """Of each series its sum and its points; minutes in which nothing came have none."""
    minutes = (until - since) / timedelta(minutes=1)
    step = next((step for step in _STEPS if minutes <= step * MOST_POINTS), _STEPS[-1]) * 60
    rows = AppTraffic.objects.filter(app=app, minute__gte=since, minute__lt=until)
    wholes: dict[str, _Sum] = defaultdict(_Sum)
    points: dict[str, dict[int, _Sum]] = defaultdict(lambda: defaultdict(_Sum))
    fields = ("minute", "endpoint", "consumer", "requests", "refused", "failed", "latency")
    for minute, endpoint, consumer, *counts in rows.values_list(*fields).iterator():
        name = {"": "", "endpoint": endpoint, "consumer": consumer}[by]
        at = int(minute.timestamp()) // step * step
        wholes[name].add(*counts)
        points[name][at].add(*counts)
    series = [
        {
            "name": name,
            **whole.as_json(),
            "points": [{"at": datetime.fromtimestamp(at, UTC), **one.as_json()} for at, one in sorted(points[name].items())],
        }
        for name, whole in sorted(wholes.items(), key=lambda item: -item[1].requests)
    ]
    return {"since": since, "until": until, "step_seconds": step, "series": series}
