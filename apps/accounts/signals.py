"""What follows when somebody signs in or out, or chooses a password."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account import signals as allauth
from django.contrib.auth import signals as django
from django.dispatch import receiver
from django.http import HttpRequest

from apps.accounts import services
from apps.accounts.models import User
from apps.audit import services as audit


@dataclass(frozen=True)
class Person:
    """Whoever signs in, as the audit trail names them."""

    user_id: UUID
    label: str
    request_id: str
    address: str
    token_id: UUID | None = None
    token_label: str = ""


def _person(request: HttpRequest, user: User) -> Person:
    return Person(
        user_id=user.pk,
        label=user.email,
        request_id=request.META.get("hanse.request_id", ""),
        address=request.META.get("hanse.address", ""),
    )


@receiver(allauth.user_logged_in)
def signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    audit.record(actor=_person(request, user), action="session.open", kind="user", subject_id=user.pk, label=user.email)


@receiver(django.user_logged_out)
def signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    """Open sockets of the account are closed; those of its other sessions come back at once."""
    if user is None:
        return
    services.raise_access([user.pk])
    audit.record(actor=_person(request, user), action="session.close", kind="user", subject_id=user.pk, label=user.email)


@receiver(allauth.password_changed)
def password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    services.password_changed(actor=_person(request, user), user=user)
