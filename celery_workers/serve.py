"""Carrying out apps, whatever cluster they are in."""

from functools import partial
from uuid import UUID

import structlog

from apps.clusters.models import ClusterKind
from apps.core.errors import Unavailable
from apps.core.models import Lease
from apps.inference import services
from apps.inference.models import App
from celery_workers import compute
from celery_workers.kubernetes import apps as kubernetes
from celery_workers.local import apps as local

# What happens to replicas while one is carried out makes it due anew; so often at most, then the sweep takes over.
_MOST_TURNS = 5
_log = structlog.get_logger(__name__)


def reconcile_app(app_id: UUID) -> None:
    """Carry out what is wanted of an app now, under its lease; whoever finds it leased leaves it to the holder."""
    for _ in range(_MOST_TURNS):
        with App.objects.select_related("cluster").leased(app_id, holder=compute.holder()) as lease:
            if lease is None:
                return
            _carry_out(lease)
        if not App.objects.due().filter(pk=app_id).exists():
            return


def _carry_out(lease: Lease[App]) -> None:
    for app in lease.rounds():
        in_pods = app.cluster.kind == ClusterKind.KUBERNETES
        try:
            if (not in_pods or kubernetes.is_gone(app)) and services.remove_when_empty(app_id=app.pk):
                return
            later = services.roll_out(app_id=app.pk)
            if in_pods:
                later = min(filter(None, (later, kubernetes.carry_out(app))))
            else:
                local.carry_out(app, go_on=partial(lease.renew, app))
        except Unavailable as problem:
            _log.warning("app-not-carried-out", app_id=str(app.pk), detail=problem.detail)
            services.not_carried_out(app_id=app.pk, fence=app.fence, message=problem.detail)
            return
        services.carried_out(
            app_id=app.pk, fence=app.fence, generation=app.generation, due=app.next_reconcile_at, later=later
        )
