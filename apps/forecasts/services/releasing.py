"""Engines put in use and taken back: by rules, from what trials and days that came have shown, or by a person.

Rules, by segment. An engine that in trials loses less than the champion (paired bootstrap, one-sided 95 %), whose bands hold
what they should and whose windows are not worse, is asked beside it (shadow). After three days of that it is put in its
place, if it lost less on what came too. A champion that over a day lost more than the seasonal naive is taken back, at
once; the last good one follows it, or the seasonal naive itself.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import inf

from django.db import connection, transaction

from apps.audit import services as audit
from apps.forecasts.engines import DEFAULT_ENGINE
from apps.forecasts.models import Evaluation, Release, ReleaseReason, Score, Stage
from apps.forecasts.models.releases import LAST_RESORT
from apps.forecasts.models.scores import Total
from apps.forecasts.segments import SEGMENTS
from apps.tenants.actor import Actor

SURE, LEAST_COVERAGE, MOST_COVERAGE = 0.95, 0.75, 0.85
# Windows are coarse: so much less of the gain is no worse.
AS_GOOD_WINDOWS = 0.05
SHADOWED_FOR = timedelta(days=3)
LIVE_FOR = timedelta(days=7)
# What a champion is judged by: a day of standing runs.
JUDGED_FOR, LEAST_RUNS = timedelta(hours=48), 4
TRIED_EVERY, TRIED_AGAIN_AFTER = timedelta(hours=24), timedelta(hours=6)
# Lately so many times the loss of the week: what was learned does not hold any more.
DRIFT = 1.25


@transaction.atomic
def keep_trial(*, evaluations: Sequence[Evaluation], now: datetime) -> None:
    """Write down what engines were tried, once, and let the rules act on it."""
    Evaluation.objects.bulk_create(evaluations, ignore_conflicts=True)
    Evaluation.objects.filter(tried_at__lt=now - timedelta(days=35)).delete()
    apply_rules(now=now)


@transaction.atomic
def apply_rules(*, now: datetime) -> None:
    """Move engines between stages, as what is known now says."""
    _alone()
    tried: dict[str, dict[str, Evaluation]] = {}
    for row in Evaluation.objects.newest():
        tried.setdefault(row.segment, {})[row.engine] = row
    live: dict[str, list[Score]] = {}
    for score in Score.objects.filter(issued_at__gte=now - LIVE_FOR).order_by("issued_at"):
        live.setdefault(score.segment, []).append(score)
    for segment in SEGMENTS:
        if segment in tried:
            _shadow(segment, tried[segment], now)
        if segment in live:
            _roll_back(segment, live[segment], now)
            _promote(segment, live[segment], now)


@transaction.atomic
def choose(*, actor: Actor, segment: str, engine: str, hold: bool, now: datetime) -> Release:
    """Make an engine the champion of a segment. `hold`: no rule puts another in its place unless it is taken back."""
    _alone()
    before = Release.objects.champions().get(segment)
    release = _crown(segment, engine, ReleaseReason.CHOSEN, now, held_by=actor.label if hold else "")
    audit.record(
        actor=actor,
        action="forecasts.release",
        kind="forecast-release",
        subject_id=release.pk,
        label=str(release),
        before={"engine": before.engine if before else DEFAULT_ENGINE},
        after={"engine": engine, "hold": hold},
    )
    return release


def trial_due(*, now: datetime) -> bool:
    """Once a day; after six hours already where a champion drifts."""
    last = Evaluation.objects.tried_last()
    if last is None or now - last >= TRIED_EVERY:
        return True
    return now - last >= TRIED_AGAIN_AFTER and any(drifts(segment, now=now) for segment in SEGMENTS)


def drifts(segment: str, *, now: datetime) -> bool:
    ratio = drift(Score.objects.filter(segment=segment, issued=True, issued_at__gte=now - LIVE_FOR), now=now)
    return ratio is not None and ratio > DRIFT


def drift(issued: Iterable[Score], *, now: datetime) -> float | None:
    """What was issued within two days and has come lost so many times what the days of the week before it did."""
    issued = list(issued)
    lately = Total.of(score for score in issued if score.issued_at >= now - JUDGED_FOR)
    before = Total.of(score for score in issued if score.issued_at < now - JUDGED_FOR)
    return lately.wql / before.wql if lately and before and before.wql else None


def _alone() -> None:
    """Rules that run twice at once, or beside a person, see what the other did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('forecasts_releases'))")


def _shadow(segment: str, tried: dict[str, Evaluation], now: datetime) -> None:
    champion = Release.objects.champions().get(segment)
    if champion is None:
        champion = _crown(segment, DEFAULT_ENGINE, ReleaseReason.FIRST, now)
    current = {row.engine: row for row in Release.objects.current().filter(segment=segment)}
    own = tried.get(champion.engine)
    for engine, row in tried.items():
        known = current.get(engine)
        # What was taken back since the trial is not asked again for the sake of it.
        if engine == champion.engine or (known and known.stage == Stage.RETIRED and row.tried_at <= known.since):
            continue
        if _convinces(row, own):
            if known is None or known.stage != Stage.SHADOW:
                _move(segment, engine, Stage.SHADOW, ReleaseReason.BETTER_IN_TRIALS, now)
        elif known is None:
            _move(segment, engine, Stage.CANDIDATE, ReleaseReason.FIRST, now)
        elif known.stage == Stage.SHADOW:
            _move(segment, engine, Stage.CANDIDATE, ReleaseReason.NO_LONGER_BETTER, now)


def _convinces(row: Evaluation, champion: Evaluation | None) -> bool:
    sure = row.beats_champion is not None and row.beats_champion >= SURE
    honest = LEAST_COVERAGE <= row.coverage <= MOST_COVERAGE
    if champion is None or champion.window_gain is None or row.window_gain is None:
        return sure and honest
    return sure and honest and row.window_gain >= champion.window_gain - AS_GOOD_WINDOWS


def _roll_back(segment: str, live: list[Score], now: datetime) -> None:
    champion = Release.objects.champions().get(segment)
    if champion is None or champion.engine == LAST_RESORT:
        return
    since = max(now - JUDGED_FOR, champion.since)
    own = _total(live, champion.engine, since)
    seasonal = _total(live, LAST_RESORT, since)
    if own is None or seasonal is None or own.runs < LEAST_RUNS or own.wql <= seasonal.wql:
        return
    follows = Release.objects.last_good(segment, but=champion.engine) or LAST_RESORT
    _move(segment, champion.engine, Stage.RETIRED, ReleaseReason.WORSE_THAN_SEASONAL, now)
    _crown(segment, follows, ReleaseReason.FALLBACK, now)


def _promote(segment: str, live: list[Score], now: datetime) -> None:
    champion = Release.objects.champions().get(segment)
    if champion is None or champion.held_by:
        return
    best, least = None, inf
    for shadow in Release.objects.current().filter(segment=segment, stage=Stage.SHADOW):
        since = max(shadow.since, champion.since)
        came, own = _total(live, shadow.engine, since), _total(live, champion.engine, since)
        if now - shadow.since < SHADOWED_FOR or came is None or own is None or came.runs < LEAST_RUNS:
            continue
        honest = LEAST_COVERAGE <= came.coverage <= MOST_COVERAGE
        if honest and came.wql < min(own.wql, least):
            best, least = shadow.engine, came.wql
    if best:
        _crown(segment, best, ReleaseReason.BETTER_LIVE, now)


def _total(live: list[Score], engine: str, since: datetime) -> Total | None:
    return Total.of(score for score in live if score.engine == engine and score.issued_at >= since)


def _crown(segment: str, engine: str, reason: ReleaseReason, now: datetime, *, held_by: str = "") -> Release:
    champion = Release.objects.champions().get(segment)
    if champion and champion.engine != engine:
        _move(segment, champion.engine, Stage.CANDIDATE, ReleaseReason.REPLACED, now)
    return _move(segment, engine, Stage.CHAMPION, reason, now, held_by=held_by)


def _move(segment: str, engine: str, stage: Stage, reason: ReleaseReason, now: datetime, *, held_by: str = "") -> Release:
    Release.objects.current().filter(segment=segment, engine=engine).update(until=now)
    return Release.objects.create(segment=segment, engine=engine, stage=stage, reason=reason, since=now, held_by=held_by)
