"""A made-up fleet as it comes in: through what REST calls, a cluster in one transaction, so it is there whole or not yet."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as clock

import numpy as np
from django.db import transaction
from django.db.models import Max

from apps.forecasts.models import Day, Target
from apps.forecasts.packing import STEP_MINUTES, STEPS
from apps.forecasts.services.samples import Series, make_weeks, take_samples
from apps.forecasts.services.targets import TargetSpec, import_targets
from apps.forecasts.simulator.fleet import Cluster, Host, Wanted, clusters
from apps.forecasts.simulator.loads import Floats, born, load_of
from apps.tenants.actor import Actor

SAMPLES_AT_ONCE = 50_000
STEP = timedelta(minutes=STEP_MINUTES)


@dataclass
class Written:
    """What is new: targets, samples; and how long it took."""

    targets: int = 0
    samples: int = 0
    seconds: float = 0.0


def simulate(*, actor: Actor, wanted: Wanted, days: int, now: datetime, say: Callable[[str], None]) -> Written:
    """Bring a made-up fleet with the load of `days` days and of today until now. What is there is not sent again."""
    began, written = time.monotonic(), Written()
    calendar = range(now.date().toordinal() - days, now.date().toordinal() + 1)
    # On its own: to make partitions within a long transaction would have all readers wait for it.
    with transaction.atomic():
        make_weeks([datetime.fromordinal(day).date() for day in calendar])
    for cluster in clusters(wanted):
        with transaction.atomic():
            _write(actor, wanted, cluster, calendar, now, written)
        say(f"{cluster.spec.name}: {written.targets:,} targets, {written.samples:,} samples so far")
    written.seconds = time.monotonic() - began
    return written


def _write(actor: Actor, wanted: Wanted, cluster: Cluster, calendar: range, now: datetime, written: Written) -> None:
    machines = [machine.spec for host in cluster.hosts for machine in host.machines]
    specs = [cluster.spec, *(host.spec for host in cluster.hosts), *machines]
    written.targets += import_targets(actor=actor, targets=specs).added
    known = _newest_days(specs)
    batch: list[Series] = []
    for spec, mean, highest in _loads(wanted, cluster, calendar):
        series = _series(spec, mean, highest, calendar, known.get((spec.kind, spec.name), calendar.start), now)
        if batch and sum(len(each.mean) for each in batch) + len(series.mean) > SAMPLES_AT_ONCE:
            written.samples += _send(batch, now)
            batch = []
        batch.append(series)
    written.samples += _send(batch, now)


def _loads(wanted: Wanted, cluster: Cluster, calendar: range) -> Iterator[tuple[TargetSpec, Floats, Floats]]:
    """VMs by themselves; a host as the sum of what runs on it, a cluster as the mean of its hosts."""
    hosts = []
    for host in cluster.hosts:
        used = np.full(len(calendar) * STEPS, 1.0)
        peaks = used.copy()
        for machine in host.machines:
            mean, highest = load_of(wanted.seed, machine.number, calendar)
            mean[: born(wanted.seed, machine.number, calendar)] = np.nan
            share = _share(machine.spec, host)
            used += share * np.nan_to_num(mean)
            peaks += share * np.where(np.isfinite(mean), highest, 0.0)
            yield machine.spec, mean, highest
        hosts.append((np.minimum(used, 100.0), np.minimum(peaks, 100.0)))
        yield host.spec, *hosts[-1]
    yield cluster.spec, *(np.mean([host[at] for host in hosts], axis=0) for at in range(2))


def _share(spec: TargetSpec, host: Host) -> float:
    return (spec.vcpus or 0) / (host.spec.vcpus or 1)


def _newest_days(specs: list[TargetSpec]) -> dict[tuple[str, str], int]:
    """From which day on each target still lacks samples; nothing of those that have none."""
    rows = Day.objects.filter(target__in=Target.objects.filter(name__in=[spec.name for spec in specs]))
    newest = rows.values_list("target__kind", "target__name").annotate(Max("day"))
    return {(kind, name): day.toordinal() for kind, name, day in newest}


def _series(spec: TargetSpec, mean: Floats, highest: Floats, calendar: range, first: int, now: datetime) -> Series:
    skipped = max(first - calendar.start, 0) * STEPS
    midnight = datetime.combine(datetime.fromordinal(calendar.start), clock(), UTC)
    until = (now - midnight) // STEP
    values, peaks = np.round(mean[skipped:until], 2), np.round(highest[skipped:until], 2)
    gone = np.isnan(values)
    return Series(
        kind=spec.kind,
        name=spec.name,
        starts_at=midnight + skipped * STEP,
        mean=np.where(gone, None, values).tolist(),  # type: ignore[call-overload]
        max=np.where(gone, None, peaks).tolist(),  # type: ignore[call-overload]
    )


def _send(batch: list[Series], now: datetime) -> int:
    return take_samples(series=batch, unit="percent", step_minutes=STEP_MINUTES, now=now).accepted
