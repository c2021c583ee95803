"""Who forecasts which segment, and how well that goes: in a fixed number of queries."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from apps.forecasts.models import Release, Score
from apps.forecasts.models.releases import LAST_RESORT
from apps.forecasts.models.scores import Total
from apps.forecasts.segments import SEGMENTS
from apps.forecasts.services.releasing import DRIFT, LIVE_FOR, drift


def standings(*, now: datetime) -> list[dict[str, Any]]:
    champions, chains = Release.objects.champions(), Release.objects.chains(SEGMENTS)
    scores: dict[str, list[Score]] = defaultdict(list)
    for score in Score.objects.filter(issued_at__gte=now - LIVE_FOR):
        scores[score.segment].append(score)
    return [_standing(name, champions.get(name), chains[name], scores[name], now) for name in SEGMENTS]


def _standing(name: str, champion: Release | None, chain: list[str], scores: list[Score], now: datetime) -> dict[str, Any]:
    issued = [score for score in scores if score.issued]
    ratio = drift(issued, now=now)
    return {
        "segment": name,
        "chain": chain,
        "since": champion.since if champion else None,
        "reason": champion.reason if champion else "",
        "held_by": champion.held_by if champion else "",
        "live": Total.of(issued),
        "seasonal": Total.of(score for score in scores if score.engine == LAST_RESORT),
        "drift": ratio,
        "drifts": ratio is not None and ratio > DRIFT,
    }
