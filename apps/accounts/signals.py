"""What follows when somebody signs in or out, or chooses a password."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from allauth.account import signals as allauth
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as django
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from apps.accounts import services
from apps.accounts.models import OpenSession, User
from apps.audit import services as audit

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Person:
    """Whoever signs in, as the audit trail names them."""

    user_id: UUID
    label: str
    request_id: str
    address: str
    token_id: UUID | None = None
    token_label: str = ""
    on_behalf_of_id: UUID | None = None
    on_behalf_of_label: str = ""


def person(request: HttpRequest, user: User) -> Person:
    return Person(
        user_id=user.pk,
        label=user.email,
        request_id=request.META.get("hanse.request_id", ""),
        address=request.META.get("hanse.address", ""),
    )


@receiver(allauth.user_logged_in)
def signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    proofs = get_authentication_records(request, user)
    by_passkey = any(proof.get("passwordless") for proof in proofs)
    session = services.session_opened(
        actor=person(request, user),
        user=user,
        session_key=request.session.session_key or "",
        opened_with="passkey" if by_passkey else next((proof["method"] for proof in proofs), ""),
        second_factor=any(proof["method"] == "mfa" or proof.get("second_factor") for proof in proofs),
        user_agent=request.headers.get("User-Agent", ""),
    )
    # Its key changes with a new password; this does not.
    request.session["remembered_as"] = str(session.pk)


@receiver(django.user_logged_out)
@transaction.atomic
def signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    """Open sockets of the account are closed; those of its other sessions come back at once."""
    if user is None:
        return
    OpenSession.objects.filter(session_key=request.session.session_key).delete()
    services.raise_access([user.pk])
    audit.record(actor=person(request, user), action="session.close", kind="user", subject_id=user.pk, label=user.email)


@receiver(allauth.password_changed)
@transaction.atomic
def password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    key = request.session.session_key or ""
    if remembered_as := request.session.get("remembered_as"):
        OpenSession.objects.filter(pk=remembered_as).update(session_key=key)
    services.password_changed(actor=person(request, user), user=user, session_key=key)


@receiver(django.user_login_failed)
def password_refused(request: HttpRequest | None = None, **_: Any) -> None:
    """Strangers fail as often as they like to try, so this goes to the log; the trail is for what is about somebody."""
    _log.warning("sign-in-refused", address=request.META.get("hanse.address", "") if request else "")


@receiver(mfa.authentication_failed)
def second_factor_refused(request: HttpRequest, user: User, **_: Any) -> None:
    """Whoever comes here had the right password: that the account's owner must be able to find."""
    audit.record(
        actor=person(request, user),
        action="session.second-factor-refused",
        kind="user",
        subject_id=user.pk,
        label=user.email,
    )
