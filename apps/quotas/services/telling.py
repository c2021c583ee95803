"""Whom a quota request concerns, and what they are told of it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from apps.core.notifications import notify
from apps.quotas.models import Asks, QuotaRequest
from apps.tenants.actor import Actor

TOLD_BEFORE = timedelta(days=3)
TOLD_AT_ONCE = 200


def tell_who_decides(actor: Actor, request: QuotaRequest) -> None:
    """Quota of a tenant is the platform's to give; shares and caps are its own admins'."""
    of_platform = request.asks == Asks.QUOTA
    path = "/platform/quota-requests" if of_platform else _path(request)
    _tell("quota.requested", request, path=path, tenant_id=None if of_platform else request.tenant_id, who=actor.label)


def tell_who_asked(code: str, actor: Actor, request: QuotaRequest) -> None:
    """What became of it, unless they did it themselves."""
    if request.requested_by_id != actor.user_id:
        _tell(code, request, to=request.requested_by_id, tenant_id=request.tenant_id, who=actor.label)


@transaction.atomic
def tell_of_ends_of_grants(*, now: datetime) -> None:
    """Tell of each grant that goes back within three days, once."""
    soon = QuotaRequest.objects.all().ending(now, now + TOLD_BEFORE).with_names()
    for request in soon.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:TOLD_AT_ONCE]:
        request.end_told_at = now
        request.save(update_fields=["end_told_at"])
        _tell("quota.expiring", request, to=request.requested_by_id, tenant_id=request.tenant_id)


def _tell(
    code: str,
    request: QuotaRequest,
    *,
    tenant_id: UUID | None,
    to: UUID | None = None,
    path: str = "",
    who: str = "",
) -> None:
    notify(
        code,
        object_kind=QuotaRequest.live_kind,
        object_id=request.pk,
        path=path or _path(request),
        to=[to] if to else [],
        tenant_id=tenant_id,
        who=who,
        what=request.brief,
        place=f"{request.tenant.slug}/{request.project.slug}" if request.project else request.tenant.name,
        reason=request.decision_reason if request.decided_at else request.reason,
        date=request.until.date().isoformat() if request.until else "",
    )


def _path(request: QuotaRequest) -> str:
    return f"/t/{request.tenant.slug}/quotas?tab=requests"
