"""Acts on accounts and groups as such. What follows from them for roles is decided in tenants.services.people."""

import secrets
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from apps.accounts.errors import AddressTaken
from apps.accounts.models import Group, Kind, OpenSession, User, second_factors
from apps.audit import services as audit
from apps.audit.services import Who
from apps.core.errors import InvalidRequest, NameTaken
from apps.core.ids import new_id
from apps.core.uniqueness import refused_when_taken


def new_password() -> str:
    """A password for one's first sign-in: 96 random bits, nothing that is misread aloud."""
    return "-".join(secrets.token_hex(3) for _ in range(4))


def raise_access(user_ids: Iterable[UUID]) -> None:
    """Say that what these users may do changed: their open sockets are closed and come back with the new state."""
    User.objects.filter(pk__in=list(user_ids)).update(access_version=F("access_version") + 1)


@transaction.atomic
def create_user(
    *, actor: Who, email: str, name: str, password: str = "", language: str = "", user_id: UUID | None = None
) -> tuple[User, str]:
    """Make an account; returns it with its password.

    Without `password` a temporary one is made, which its owner is asked to change.
    Raises AddressTaken, and InvalidRequest for a given password that is too weak.
    """
    temporary = not password
    user = User(id=user_id or new_id(), email=email.lower(), name=name, language=language, password_is_temporary=temporary)
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


@transaction.atomic
def create_service_user(*, email: str, name: str) -> User:
    """Make the account of a program: no password, no session. Who asks for it keeps the trail. Raises NameTaken."""
    user = User(email=email.lower(), name=name, kind=Kind.SERVICE)
    user.set_unusable_password()
    with refused_when_taken(NameTaken(f"There is a service account {name} already.", at="/name")):
        user.save(force_insert=True)
    return user


@transaction.atomic
def retire_service_user(*, user: User) -> None:
    """End the account of a program for good; what it did keeps its name, which is free for another."""
    user.is_active = False
    user.email = f"{user.pk}@retired.invalid"
    user.save(update_fields=["is_active", "email"])
    raise_access([user.pk])


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


def remember_project(*, user_id: UUID, project_id: UUID) -> None:
    """Take note of the project that the user works in. No act: nobody else sees it, and no generation grows."""
    User.objects.filter(pk=user_id).exclude(last_project_id=project_id).update(last_project_id=project_id)


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
def password_changed(*, actor: Who, user: User, session_key: str) -> None:
    """Take note that the user chose a new password: it is no longer temporary, and only `session_key` goes on."""
    User.objects.filter(pk=user.pk).update(password_is_temporary=False)
    _forget_sessions(OpenSession.objects.filter(user=user).exclude(session_key=session_key))
    raise_access([user.pk])
    audit.record(actor=actor, action="user.change-password", kind="user", subject_id=user.pk, label=user.email)


@transaction.atomic
def session_opened(
    *, actor: Who, user: User, session_key: str, opened_with: str, second_factor: bool, user_agent: str
) -> OpenSession:
    session = OpenSession.objects.create(
        user=user,
        session_key=session_key,
        opened_with=opened_with,
        second_factor=second_factor,
        address=actor.address,
        user_agent=user_agent[:300],
    )
    audit.record(
        actor=actor,
        action="session.open",
        kind="user",
        subject_id=user.pk,
        label=user.email,
        after={"opened_with": opened_with, "second_factor": second_factor},
    )
    return session


def session_seen(*, remembered_as: str, address: str) -> None:
    """Take note that a session is in use."""
    OpenSession.objects.filter(pk=remembered_as).update(last_seen_at=timezone.now(), address=address)


@transaction.atomic
def end_session(*, actor: Who, session: OpenSession) -> None:
    """End one session: its next request is a stranger's, and its sockets are closed."""
    _forget_sessions(OpenSession.objects.filter(pk=session.pk))
    audit.record(
        actor=actor,
        action="session.end",
        kind="user",
        subject_id=session.user_id,
        label=session.user.email,
        before={"address": session.address, "created_at": session.created_at.isoformat()},
    )


@transaction.atomic
def end_sessions(*, actor: Who, user: User, keep: str = "") -> None:
    """End all sessions of a user, also such as nobody remembers; `keep` is the key of one that goes on."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    user.session_epoch += 1
    user.save(update_fields=["session_epoch"])
    _forget_sessions(OpenSession.objects.filter(user=user).exclude(session_key=keep))
    if keep:
        store = SessionStore(keep)
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
        store.save(must_create=False)
    raise_access([user.pk])
    audit.record(
        actor=actor,
        action="session.end-others" if keep else "session.end-all",
        kind="user",
        subject_id=user.pk,
        label=user.email,
    )


def forget_ended_sessions() -> None:
    """Delete what is remembered of sessions that have expired or were left."""
    OpenSession.objects.over().delete()


def _forget_sessions(sessions: QuerySet[OpenSession]) -> None:
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(pk__in=keys).delete()
    OpenSession.objects.filter(session_key__in=keys).delete()


@transaction.atomic
def second_factors_changed(*, actor: Who, user: User, action: str, before: list[str], session_key: str) -> None:
    """Take note of a change that was just made, whose rows are written already.

    With the first one, sessions that were opened without it are over.
    """
    after = describe_second_factors(user)
    if second_factors().filter(user=user).exists():
        OpenSession.objects.filter(session_key=session_key).update(second_factor=True)
        if not before:
            end_sessions(actor=actor, user=user, keep=session_key)
    raise_access([user.pk])
    audit.record(
        actor=actor,
        action=action,
        kind="user",
        subject_id=user.pk,
        label=user.email,
        before={"second_factors": before},
        after={"second_factors": after},
    )


@transaction.atomic
def remove_second_factors(*, actor: Who, user: User) -> None:
    """Take all second factors from an account whose owner has lost theirs.

    Its sessions end, for they may be in wrong hands.
    """
    before = describe_second_factors(user)
    Authenticator.objects.filter(user=user).delete()
    end_sessions(actor=actor, user=user)
    audit.record(
        actor=actor,
        action="second-factor.remove-all",
        kind="user",
        subject_id=user.pk,
        label=user.email,
        before={"second_factors": before},
        after={"second_factors": []},
    )


def describe_second_factors(user: User) -> list[str]:
    """What the account has, as the audit trail keeps it: kinds, and the names of passkeys."""
    found = Authenticator.objects.filter(user=user).order_by("pk")
    return [f"{factor.type} {factor.data.get('name', '')}".strip() for factor in found]


@transaction.atomic
def create_group(*, actor: Who, name: str) -> Group:
    with refused_when_taken(NameTaken(f"There is a group called {name}.", at="/name")):
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
    with refused_when_taken(NameTaken(f"There is a group called {name}.", at="/name")):
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
