"""Quota requests: asked for by who works, decided by who grants, given back when their time is over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.audit import services as audit
from apps.clusters.models import Flavor
from apps.core.errors import Conflict, InvalidRequest, PermissionRefused
from apps.core.outbox import publish
from apps.core.registries import Casualty
from apps.quotas.models import Asks, Quota, QuotaRequest, RequestState
from apps.quotas.services import raising
from apps.quotas.services.telling import tell_who_asked, tell_who_decides
from apps.tenants.actor import Actor, system_actor
from apps.tenants.errors import TenantNotActive
from apps.tenants.models import Project, Tenant, TenantPhase

REQUEST = "quotas.request"
MOST_OPEN = 20
_CLOCK = system_actor("clock")


@dataclass(frozen=True)
class Wish:
    """Which limit is to grow by how much, until when. `flavor` and `resource` say of what, where it is of something."""

    asks: Asks
    amount: int
    reason: str
    flavor: Flavor | None = None
    resource: str = ""
    until: datetime | None = None


@transaction.atomic
def request_quota(*, actor: Actor, tenant: Tenant, project: Project | None, wish: Wish) -> QuotaRequest:
    """Ask for more.

    Raises PermissionRefused unless the actor may ask in the project (or, without one, somewhere in the tenant),
    TenantNotActive, InvalidRequest for what is no limit of theirs, Conflict for too many requests that wait.
    """
    held = actor.in_tenant(tenant.pk) if project is None else actor.on_project(project.pk, tenant.pk)
    if REQUEST not in held:
        raise PermissionRefused(f"This needs the permission {REQUEST}.", permission=REQUEST)
    if tenant.phase in (TenantPhase.DRAINING, TenantPhase.CLOSED):
        raise TenantNotActive(f"{tenant.name} is {tenant.phase}.", phase=tenant.phase, reason=tenant.phase_reason)
    request = QuotaRequest(
        tenant=tenant,
        project=project if wish.asks in (Asks.GUARANTEE, Asks.CAP) else None,
        requested_by_id=actor.user_id,
        asks=wish.asks,
        flavor=wish.flavor,
        resource=wish.resource,
        amount=wish.amount,
        reason=wish.reason,
        until=wish.until,
    )
    _require_a_limit(request, project)
    waiting = QuotaRequest.objects.filter(tenant=tenant, requested_by_id=actor.user_id, state=RequestState.REQUESTED)
    if waiting.count() >= MOST_OPEN:
        raise Conflict(f"{MOST_OPEN} requests of yours wait for a decision; withdraw some first.")
    request.save(force_insert=True)
    _record(actor, "quota-request.create", request, after=describe(request))
    publish(op="added", subject=request)
    tell_who_decides(actor, request)
    return request


def preview_approval(*, request: QuotaRequest, amount: int | None = None) -> list[Casualty]:
    """Whom granting it (or `amount` instead) would hit. Raises as `approve_request` does, but for QuotaInUse."""
    return raising.preview(request, amount or request.amount)


def preview_end(*, request: QuotaRequest) -> list[Casualty]:
    """Whom it would hit if the limit went back now."""
    return raising.preview(request, -(request.granted or 0))


@transaction.atomic
def approve_request(
    *, actor: Actor, request_id: UUID, amount: int | None = None, reason: str = "", confirm: bool = False
) -> QuotaRequest:
    """Grant it, or `amount` instead, in the same act. Raises PermissionRefused, Conflict, NothingToRaise, QuotaInUse."""
    request = _decided(actor, request_id, "approve")
    now = timezone.now()
    if request.until is not None and request.until <= now:
        raise Conflict("It was asked for until a moment that has passed; decline it.", acts=["decline"])
    before = describe(request)
    request.granted = raising.move(request, actor=actor, by=amount or request.amount, confirm=confirm)
    request = _close(actor, request, RequestState.APPROVED, reason, before=before)
    tell_who_asked("quota.approved", actor, request)
    return request


@transaction.atomic
def decline_request(*, actor: Actor, request_id: UUID, reason: str) -> QuotaRequest:
    """Say no, and why. Raises PermissionRefused, Conflict."""
    request = _decided(actor, request_id, "decline")
    request = _close(actor, request, RequestState.DECLINED, reason, before=describe(request))
    tell_who_asked("quota.declined", actor, request)
    return request


@transaction.atomic
def withdraw_request(*, actor: Actor, request_id: UUID) -> QuotaRequest:
    """Ask no longer. Raises PermissionRefused unless it is the actor's own, Conflict when it was decided."""
    request = _locked(request_id)
    if request.requested_by_id != actor.user_id:
        raise PermissionRefused("Only who asked withdraws a request.", permission=REQUEST)
    _require_act(request, "withdraw")
    return _close(actor, request, RequestState.WITHDRAWN, "", before=describe(request))


@transaction.atomic
def end_grant(*, actor: Actor, request_id: UUID, reason: str = "", confirm: bool = False) -> QuotaRequest:
    """Let the limit go back before its time. Raises PermissionRefused, Conflict, QuotaInUse."""
    request = _decided(actor, request_id, "end")
    return _end(actor, request, reason=reason, confirm=confirm)


def end_grants(*, now: datetime) -> int:
    """Let each limit go back whose time is over; returns how many did. Nothing is stopped: see the problem quota-in-use."""
    ended = 0
    for pk in QuotaRequest.objects.all().over(now).order_by("until").values_list("pk", flat=True):
        with transaction.atomic():
            rows = QuotaRequest.objects.all().over(now).with_names()
            request = rows.select_for_update(of=("self",)).filter(pk=pk).first()
            if request is not None:
                _end(_CLOCK, request, reason="", confirm=True)
                ended += 1
    return ended


def describe(request: QuotaRequest) -> dict[str, Any]:
    """A request as the audit trail keeps it."""
    return {
        "asks": request.asks,
        "flavor": f"{request.flavor.cluster.slug}/{request.flavor.name}" if request.flavor else None,
        "resource": request.resource,
        "amount": request.amount,
        "reason": request.reason,
        "until": request.until.isoformat() if request.until else None,
        "state": request.state,
        "granted": request.granted,
        "decision_reason": request.decision_reason,
        "returned": request.returned,
    }


def _require_a_limit(request: QuotaRequest, project: Project | None) -> None:
    """Raise InvalidRequest unless there is such a limit, and whoever asks can have it raised."""
    asks = Asks(request.asks)
    of_project = asks in (Asks.GUARANTEE, Asks.CAP)
    of_flavor = asks is Asks.QUOTA or of_project
    wrong: list[dict[str, str]] = []
    if of_project and project is None:
        wrong.append({"pointer": "/project", "detail": "Name the project whose share is to grow."})
    if request.until is not None and request.until <= timezone.now():
        wrong.append({"pointer": "/until", "detail": "It lies in the past."})
    if of_flavor and request.flavor is None:
        wrong.append({"pointer": "/flavor", "detail": "Name a cluster and a flavor of it."})
    elif request.flavor is not None and of_flavor and request.resource not in request.flavor.resources:
        known = " and ".join(request.flavor.resources)
        wrong.append({"pointer": "/resource", "detail": f"{request.flavor.name} has {known}."})
    if not of_flavor and (request.flavor is not None or request.resource):
        wrong.append({"pointer": "/flavor", "detail": "A cap of a user is of no flavor; leave flavor and resource out."})
    if wrong:
        raise InvalidRequest(errors=wrong)
    if of_project and not _tenant_has(request):
        text = f"{request.tenant.name} has no quota for it; ask for quota of the tenant first."
        raise InvalidRequest(errors=[{"pointer": "/flavor", "detail": text}])
    if raising.limit_of(request).value is None:
        raise InvalidRequest(errors=[{"pointer": "/asks", "detail": "No such limit holds for you, so none can be raised."}])


def _tenant_has(request: QuotaRequest) -> bool:
    lines = Quota.objects.filter(tenant=request.tenant, lines__flavor=request.flavor, lines__resource=request.resource)
    return lines.exists()


def _decided(actor: Actor, request_id: UUID, act: str) -> QuotaRequest:
    request = _locked(request_id)
    tenant_id = None if request.asks == Asks.QUOTA else request.tenant_id
    actor.require(request.decided_with, tenant_id=tenant_id)
    _require_act(request, act)
    return request


def _locked(request_id: UUID) -> QuotaRequest:
    return QuotaRequest.objects.all().with_names().select_for_update(of=("self",)).get(pk=request_id)


def _require_act(request: QuotaRequest, act: str) -> None:
    if act not in request.acts:
        raise Conflict(f"A request that is {request.state} cannot be told to {act}.", acts=request.acts)


def _close(actor: Actor, request: QuotaRequest, state: RequestState, reason: str, *, before: dict[str, Any]) -> QuotaRequest:
    request.state, request.decision_reason, request.decided_at = state, reason, timezone.now()
    request.decided_by_id = actor.user_id
    act = {RequestState.APPROVED: "approve", RequestState.DECLINED: "decline"}.get(state, "withdraw")
    return _save(actor, request, act, before=before)


def _end(actor: Actor, request: QuotaRequest, *, reason: str, confirm: bool) -> QuotaRequest:
    before = describe(request)
    limit = raising.limit_of(request)
    # What was lifted altogether meanwhile has nothing to give back.
    request.returned = (
        0 if limit.value is None else raising.move(request, actor=actor, by=-(request.granted or 0), confirm=confirm)
    )
    request.state, request.ended_at = RequestState.ENDED, timezone.now()
    if reason:
        request.decision_reason = reason
    _save(actor, request, "end", before=before)
    tell_who_asked("quota.returned", actor, request)
    return request


def _save(actor: Actor, request: QuotaRequest, act: str, *, before: dict[str, Any]) -> QuotaRequest:
    request.generation += 1
    request.save()
    publish(op="changed", subject=request)
    _record(actor, f"quota-request.{act}", request, before=before, after=describe(request))
    return request


def _record(actor: Actor, action: str, request: QuotaRequest, **states: Any) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind=QuotaRequest.live_kind,
        subject_id=request.pk,
        label=f"{request.brief} · {request.asks}",
        tenant_id=request.tenant_id,
        project_id=request.project_id,
        **states,
    )
