"""Invitations: an offer of a role to whoever has an address, taken up with a link that works once.

The link's secret is a keyed digest of the row's id and issue. It is kept nowhere, so a copy of the database lets nobody
in, and a worker that sends it by mail needs no secret in its arguments.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.audit import services as audit
from apps.core.errors import InvalidRequest
from apps.core.ids import new_id
from apps.core.mail import mail_is_configured, send_mail
from apps.core.notifications import notify
from apps.core.outbox import publish
from apps.core.uniqueness import refused_when_taken
from apps.tenants import access
from apps.tenants.access import actor_of_user
from apps.tenants.actor import Actor
from apps.tenants.errors import AlreadyInvited, ForSomebodyElse, InvitationOver, SignInFirst
from apps.tenants.letters import invitation_letter
from apps.tenants.models import Invitation, InvitationState, Member, Project, Tenant
from apps.tenants.permissions import PLATFORM_ROLES, Role
from apps.tenants.services.members import give, may_give, require_grantable

LASTS = timedelta(days=7)
LONGEST = timedelta(days=30)
TOLD_AT_ONCE = 200
PREFIX = "hni_"
_DIGEST_BYTES = 32


@transaction.atomic
def invite(
    *, actor: Actor, email: str, role: Role, tenant: Tenant, project: Project | None = None, lasts: timedelta = LASTS
) -> Invitation:
    """Offer a role on the project, else on the tenant. Raises what add_member raises, and AlreadyInvited.

    Whether the address has an account is neither asked nor told.
    """
    if role in PLATFORM_ROLES:
        raise InvalidRequest(errors=[{"pointer": "/role", "detail": f"{role} is no role on a tenant or project."}])
    invitation = Invitation(
        tenant=tenant,
        project=project,
        email=email.lower(),
        role=role,
        invited_by_id=actor.user_id,
        token_id=actor.token_id,
        expires_at=timezone.now() + lasts,
    )
    require_grantable(actor, [_member(invitation)])
    with refused_when_taken(AlreadyInvited(f"{invitation.email} is invited as {role} there; resend or revoke that.")):
        invitation.save(force_insert=True)
    _record(actor, "invitation.create", invitation, after=describe(invitation))
    publish(op="added", subject=invitation)
    _send(invitation)
    _tell("invitation.sent", invitation, who=actor.label)
    return invitation


@transaction.atomic
def resend(*, actor: Actor, invitation: Invitation, lasts: timedelta = LASTS) -> Invitation:
    """Issue the invitation anew, as the actor's own: the link before is over. Raises InvitationOver, GrantsTooMuch."""
    invitation = Invitation.objects.select_for_update(of=("self",)).with_names().get(pk=invitation.pk)
    if invitation.state in (InvitationState.ACCEPTED, InvitationState.REVOKED):
        raise InvitationOver(f"This invitation is {invitation.state}; make another.", state=invitation.state)
    require_grantable(actor, [_member(invitation)])
    invitation.issue += 1
    invitation.generation += 1
    invitation.expires_at = timezone.now() + lasts
    invitation.invited_by_id, invitation.token_id = actor.user_id, actor.token_id
    invitation.end_told_at = None
    invitation.save(update_fields=["issue", "generation", "expires_at", "invited_by", "token", "end_told_at"])
    _record(actor, "invitation.resend", invitation, after=describe(invitation))
    publish(op="changed", subject=invitation)
    _send(invitation)
    return invitation


@transaction.atomic
def revoke_invitation(*, actor: Actor, invitation: Invitation) -> None:
    """Take the offer back. Raises GrantsTooMuch, and InvitationOver when it was taken up already."""
    require_grantable(actor, [_member(invitation)])
    if invitation.state == InvitationState.ACCEPTED:
        raise InvitationOver("It was accepted already; take the role instead.", state=invitation.state)
    if invitation.revoked_at is not None:
        return
    invitation.revoked_at = timezone.now()
    invitation.generation += 1
    invitation.save(update_fields=["revoked_at", "generation"])
    _record(actor, "invitation.revoke", invitation, before=describe(invitation))
    publish(op="changed", subject=invitation)


@transaction.atomic
def tell_of_expired_invitations(*, now: datetime) -> None:
    """Tell who invited of each invitation whose time is over, once."""
    over = Invitation.objects.with_names().filter(accepted_at=None, revoked_at=None, end_told_at=None, expires_at__lte=now)
    for invitation in over.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:TOLD_AT_ONCE]:
        invitation.end_told_at = now
        invitation.save(update_fields=["end_told_at"])
        _tell("invitation.expired", invitation, to=invitation.invited_by_id)


@transaction.atomic
def accept_with_account(*, actor: Actor, secret: str) -> Invitation:
    """Take up the offer as the account that is signed in. Raises InvitationOver, ForSomebodyElse."""
    invitation = opened(secret, lock=True)
    user = User.objects.get(pk=actor.user_id)
    if user.email != invitation.email:
        raise ForSomebodyElse(f"You are signed in as {user.email}.")
    return _accept(actor, invitation, user)


@transaction.atomic
def accept_with_new_account(*, secret: str, name: str, password: str, request_id: str, address: str) -> Invitation:
    """Take up the offer with an account made for it.

    Raises InvitationOver, InvalidRequest for a weak password, SignInFirst when the address has an account.
    """
    invitation = opened(secret, lock=True)
    if User.objects.filter(email=invitation.email).exists():
        raise SignInFirst("Sign in with this address, then accept.")
    newcomer = Actor(user_id=new_id(), label=invitation.email, request_id=request_id, address=address)
    user, _ = accounts.create_user(
        actor=newcomer, email=invitation.email, name=name, password=password, user_id=newcomer.user_id
    )
    return _accept(newcomer, invitation, user)


def opened(secret: str, *, lock: bool = False) -> Invitation:
    """The invitation that a link's secret opens. Raises InvitationOver alike for what never was and what is over."""
    pk = _id_in(secret)
    issue = access.issue_of_invitation(pk) if pk else None
    if pk is None or issue is None or not hmac.compare_digest(_secret(pk, issue), secret):
        raise InvitationOver("There is no such invitation, or a newer link took its place.")
    access.enter_invited(pk)
    rows = Invitation.objects.with_names()
    invitation: Invitation = (rows.select_for_update(of=("self",)) if lock else rows).get(pk=pk)
    if invitation.issue != issue:
        raise InvitationOver("There is no such invitation, or a newer link took its place.")
    if (state := standing(invitation)) != InvitationState.PENDING:
        raise InvitationOver(f"This invitation is {state}.", state=state)
    return invitation


def standing(invitation: Invitation) -> InvitationState:
    """Its state, also when whoever invited may do so no longer."""
    return standings([invitation])[invitation.pk]


def standings(page: Sequence[Invitation]) -> dict[UUID, InvitationState]:
    """The same for many, in as many queries as for one: what accepting each of them would find."""
    pending = [one for one in page if one.state == InvitationState.PENDING]
    actors = access.actors_of_users(list({one.invited_by_id: one.invited_by for one in pending}.values()))
    revoked = access.revoked_of({one.token_id for one in pending if one.token_id})
    void = {
        one.pk
        for one in pending
        if not one.invited_by.is_active or one.token_id in revoked or not may_give(actors[one.invited_by_id], _member(one))
    }
    return {one.pk: InvitationState.VOID if one.pk in void else one.state for one in page}


def link_secret(invitation: Invitation) -> str:
    return _secret(invitation.pk, invitation.issue)


def _secret(pk: UUID, issue: int) -> str:
    keyed = hmac.new(settings.TOKEN_KEY.encode(), f"invitation:{pk}:{issue}".encode(), hashlib.sha256)
    return PREFIX + base64.urlsafe_b64encode(pk.bytes + keyed.digest()).decode().rstrip("=")


def link_for(actor: Actor, invitation: Invitation) -> str | None:
    """Where it is accepted, for whoever may hand it on; None when it goes by mail.

    Whoever has the link may be taken for whoever has the address. Where mail proves the address, only those see it who
    could make an account of that address anyway.
    """
    if mail_is_configured() and "users.manage" not in actor.on_platform:
        return None
    return settings.PUBLIC_URL + _path(invitation)


def describe(invitation: Invitation) -> dict[str, Any]:
    """An invitation as the audit trail keeps it."""
    return {
        "email": invitation.email,
        "role": str(invitation.role),
        "project": invitation.project.slug if invitation.project else None,
        "expires_at": invitation.expires_at.isoformat(),
    }


def _accept(actor: Actor, invitation: Invitation, user: User) -> Invitation:
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.generation += 1
    invitation.save(update_fields=["accepted_at", "accepted_by", "generation"])
    _record(actor, "invitation.accept", invitation, after={"invited_by": invitation.invited_by.label})
    publish(op="changed", subject=invitation)
    _tell("invitation.accepted", invitation, to=invitation.invited_by_id)
    member = _member(invitation)
    member.user = user
    # Somebody may have given the role by hand in the meantime: then there is nothing left to give.
    if not Member.objects.filter(user=user, tenant=member.tenant, project=member.project, role=member.role).exists():
        give(actor=actor, giver=actor_of_user(invitation.invited_by), member=member)
    return invitation


def _path(invitation: Invitation) -> str:
    """The page that accepts it. The secret is a fragment: no server and no proxy logs it."""
    return f"/invitation#{link_secret(invitation)}"


def _send(invitation: Invitation) -> None:
    send_mail(address=invitation.email, letter=invitation_letter(invitation, path=_path(invitation)), purpose="invitation")


def _tell(code: str, invitation: Invitation, *, to: UUID | None = None, who: str = "") -> None:
    tenant, project = invitation.tenant, invitation.project
    notify(
        code,
        object_kind=Invitation.live_kind,
        object_id=invitation.pk,
        path=f"/t/{tenant.slug}/members/invitations",
        to=[to] if to else [],
        tenant_id=tenant.pk,
        project_id=project.pk if project else None,
        who=who,
        email=invitation.email,
        role=invitation.role,
        place=f"{tenant.slug}/{project.slug}" if project else tenant.name,
    )


def _member(invitation: Invitation) -> Member:
    return Member(role=invitation.role, tenant=invitation.tenant, project=invitation.project)


def _id_in(secret: str) -> UUID | None:
    """The row that a secret says it opens. It came from outside, so it may hold anything."""
    try:
        known = base64.urlsafe_b64decode(secret.removeprefix(PREFIX) + "=" * (-len(secret.removeprefix(PREFIX)) % 4))
        return UUID(bytes=known[:-_DIGEST_BYTES])
    except ValueError:
        return None


def _record(
    actor: Actor,
    action: str,
    invitation: Invitation,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="invitation",
        subject_id=invitation.pk,
        label=f"{invitation.email} · {invitation.role}",
        tenant_id=invitation.tenant_id,
        project_id=invitation.project_id,
        before=before,
        after=after,
    )
