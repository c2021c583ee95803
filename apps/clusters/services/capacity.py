"""What clusters had and what was taken of it, over time."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from apps.clusters.models import CapacitySample, Cluster, Health, Node

SAMPLED_EVERY = timedelta(minutes=5)
KEPT = timedelta(days=30)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Key = tuple[str, str]  # flavor, resource


def record_capacity(*, cluster: Cluster, at: datetime) -> None:
    """Keep how the cluster's nodes stand, once in each stretch of time, and forget what is too old."""
    stretch = at - (at - _EPOCH) % SAMPLED_EVERY
    if CapacitySample.objects.filter(cluster=cluster, at=stretch).exists():
        return
    CapacitySample.objects.bulk_create(_samples(cluster, stretch), ignore_conflicts=True)
    CapacitySample.objects.filter(cluster=cluster, at__lt=stretch - KEPT).delete()


def _samples(cluster: Cluster, at: datetime) -> Iterable[CapacitySample]:
    allocatable: Counter[Key] = Counter()
    ours: Counter[Key] = Counter()
    asked: Counter[Key] = Counter()
    unhealthy: Counter[Key] = Counter()
    for node in Node.objects.filter(cluster=cluster):
        unhealthy.update(_flat(node.lost))
        if node.health == Health.DOWN:
            unhealthy.update(_flat(node.allocatable))
            continue
        allocatable.update(_flat(node.allocatable))
        ours.update(_flat(node.ours))
        asked.update(_flat(node.requested))
    for flavor, resource in sorted(allocatable.keys() | unhealthy.keys()):
        key = flavor, resource
        yield CapacitySample(
            cluster=cluster,
            at=at,
            flavor=flavor,
            resource=resource,
            allocatable=allocatable[key],
            ours=ours[key],
            others=max(0, asked[key] - ours[key]),
            unhealthy=unhealthy[key],
        )


def _flat(amounts: dict[str, dict[str, int]]) -> dict[Key, int]:
    return {(flavor, resource): amount for flavor, resources in amounts.items() for resource, amount in resources.items()}
