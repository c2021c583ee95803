"""Acts on accounts and groups as such. What follows from them for roles is decided in tenants.services.people."""

import secrets
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from apps.accounts.errors import AddressTaken
from apps.accounts.models import Group, User
from apps.audit import services as audit
from apps.audit.services import Who
from apps.core.errors import InvalidRequest, NameTaken
from apps.core.uniqueness import refused_when_taken


def new_password() -> str:
    """A password for one's first sign-in: 96 random bits, nothing that is misread aloud."""
    return "-".join(secrets.token_hex(3) for _ in range(4))


def raise_access(user_ids: Iterable[UUID]) -> None:
    """Say that what these users may do changed: their open sockets are closed and come back with the new state."""
    User.objects.filter(pk__in=list(user_ids)).update(access_version=F("access_version") + 1)


@transaction.atomic
def create_user(*, actor: Who, email: str, name: str, password: str = "", language: str = "") -> tuple[User, str]:
    """Make an account; returns it with its password.

    Without `password` a temporary one is made, which its owner is asked to change.
    Raises AddressTaken, and InvalidRequest for a given password that is too weak.
    """
    temporary = not password
    user = User(email=email.lower(), name=name, language=language, password_is_temporary=temporary)
    if temporary:
        password = new_password()
    else:
        check_password_strength(password, user)
    user.set_password(password)
    with refused_when_taken(AddressTaken(f"{user.email} has an account.")):
        user.save(force_insert=True)
    audit.record(
        actor=actor, action="user.create", kind="user", subject_id=user.pk, label=user.email, after=describe_user(user)
    )
    return user, password


def check_password_strength(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidRequest(errors=[{"pointer": "/password", "detail": text} for text in error.messages]) from error


@transaction.atomic
def change_user(*, actor: Who, user: User, **fields: Any) -> User:
    """Change the profile of an account: name, language, time_zone, theme."""
    before = describe_user(user)
    for name, value in fields.items():
        setattr(user, name, value)
    after = describe_user(user)
    if after != before:
        user.generation += 1
        user.save()
        audit.record(
            actor=actor, action="user.change", kind="user", subject_id=user.pk, label=user.email, before=before, after=after
        )
    return user


@transaction.atomic
def reset_password(*, actor: Who, user: User) -> str:
    """Give the account a new temporary password, which ends its sessions; returns it."""
    password = new_password()
    user.set_password(password)
    user.password_is_temporary = True
    user.generation += 1
    user.save(update_fields=["password", "password_is_temporary", "generation"])
    raise_access([user.pk])
    audit.record(actor=actor, action="user.reset-password", kind="user", subject_id=user.pk, label=user.email)
    return password


@transaction.atomic
def password_changed(*, actor: Who, user: User) -> None:
    """Take note that the user chose a new password: it is no longer temporary, and other sessions are over."""
    User.objects.filter(pk=user.pk).update(password_is_temporary=False)
    raise_access([user.pk])
    audit.record(actor=actor, action="user.change-password", kind="user", subject_id=user.pk, label=user.email)


@transaction.atomic
def create_group(*, actor: Who, name: str) -> Group:
    with refused_when_taken(NameTaken(f"There is a group called {name}.")):
        group = Group.objects.create(name=name)
    audit.record(
        actor=actor, action="group.create", kind="group", subject_id=group.pk, label=group.name, after={"name": name}
    )
    return group


@transaction.atomic
def rename_group(*, actor: Who, group: Group, name: str) -> Group:
    before = group.name
    group.name = name
    group.generation += 1
    with refused_when_taken(NameTaken(f"There is a group called {name}.")):
        group.save()
    audit.record(
        actor=actor,
        action="group.change",
        kind="group",
        subject_id=group.pk,
        label=name,
        before={"name": before},
        after={"name": name},
    )
    return group


def describe_user(user: User) -> dict[str, Any]:
    """An account as the audit trail keeps it."""
    fields = ("email", "name", "is_active", "language", "time_zone", "theme")
    return {field: getattr(user, field) for field in fields}
