"""What came to apps, by minute, endpoint and consumer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.inference.latency import STRETCHES
from apps.inference.models import App, AppTraffic, TrafficRead

KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Place:
    """How far a log was read: in which file, and to which byte."""

    inode: int = 0
    offset: int = 0


@dataclass(frozen=True)
class Counted:
    app_id: UUID
    minute: datetime
    endpoint: str
    consumer: str


@dataclass
class Seen:
    requests: int = 0
    refused: int = 0
    failed: int = 0
    latency: list[int] = field(default_factory=lambda: [0] * STRETCHES)


def read_to(*, log: str) -> Place:
    found = TrafficRead.objects.filter(log=log).values_list("inode", "offset").first()
    return Place(*found) if found else Place()


@transaction.atomic
def note_traffic(*, log: str, since: Place, to: Place, counted: Mapping[Counted, Seen]) -> bool:
    """Add what was read of a log from one place to another; False when somebody else has read on from there already."""
    TrafficRead.objects.get_or_create(log=log)
    place = TrafficRead.objects.select_for_update().get(log=log)
    if (place.inode, place.offset) != (since.inode, since.offset):
        return False
    place.inode, place.offset = to.inode, to.offset
    place.save(update_fields=["inode", "offset"])
    # One that goes meanwhile is waited for, and takes what was counted of it along.
    there = App.objects.filter(pk__in={key.app_id for key in counted}).order_by("pk")
    apps = {app.pk: app for app in there.select_for_update(of=("self",), no_key=True)}
    for key, seen in counted.items():
        if key.app_id in apps:
            _add(key, seen, apps[key.app_id])
    return True


def forget_old_traffic() -> None:
    AppTraffic.objects.filter(minute__lt=timezone.now() - KEPT).delete()


def _add(key: Counted, seen: Seen, app: App) -> None:
    row, _ = AppTraffic.objects.get_or_create(
        app=app,
        minute=key.minute,
        endpoint=key.endpoint,
        consumer=key.consumer,
        defaults={"tenant_id": app.tenant_id, "project_id": app.project_id, "latency": [0] * STRETCHES},
    )
    row.requests += seen.requests
    row.refused += seen.refused
    row.failed += seen.failed
    row.latency = [old + new for old, new in zip(row.latency, seen.latency, strict=True)]
    row.save(update_fields=["requests", "refused", "failed", "latency"])
