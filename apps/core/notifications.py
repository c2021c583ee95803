"""What people are told: each kind with its words, its rule who gets it, and how to say that it happened.

`notify` writes one row in the transaction of an act or observation and decides nothing. Who gets it, by bell or mail, in
which language, and what is folded into one, is monitoring's business, afterwards. Apps register their kinds in
AppConfig.ready(); docs/reference/notifications.md is generated from them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.conf import settings

from apps.core.models import OutboxNotification
from apps.core.outbox import hint


class Severity(StrEnum):
    SUCCESS = "success"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Delivery(StrEnum):
    """How mail about a kind is sent."""

    NEVER = "never"
    DAILY = "daily"
    AT_ONCE = "at-once"


@dataclass(frozen=True)
class Words:
    """Templates of what is said, {name} standing for arguments. `many` is of several folded into one, with {count}."""

    title: str
    text: str = ""
    many: str = ""


@dataclass(frozen=True)
class NotificationKind:
    """`roles` get it where it happened (on the platform: platform roles), beside those whom `notify` names.

    `permission`: what a reader holds there, or is not shown it; empty for what concerns only themselves.
    `names_people`: `notify` names some; False for what only roles get.
    `many_path`: where several folded into one lead to, with {tenant} and {project}. Kinds without it are never folded.
    """

    code: str
    severity: Severity
    about: str
    words: Mapping[str, Words]
    permission: str = ""
    roles: frozenset[str] = frozenset()
    bell: bool = True
    mail: Delivery = Delivery.NEVER
    many_path: str = ""
    names_people: bool = True

    def said(self, language: str, arguments: Mapping[str, object], *, count: int = 1) -> tuple[str, str]:
        """Title and text in a language (any that is not there: English)."""
        words = self.words.get(language) or self.words["en"]
        given = _Lenient({**arguments, "count": count})
        if count > 1 and words.many:
            return words.many.format_map(given), ""
        return words.title.format_map(given), words.text.format_map(given)


class _Lenient(dict[str, object]):
    """An argument that an older release did not write is left out, rather than nothing be said."""

    def __missing__(self, key: str) -> str:
        return ""


_kinds: dict[str, NotificationKind] = {}


def register(*kinds: NotificationKind) -> None:
    for kind in kinds:
        if kind.code in _kinds:
            raise ValueError(f"the notification {kind.code!r} is registered twice")
        if missing := {language for language, _ in settings.LANGUAGES} - set(kind.words):
            raise ValueError(f"the notification {kind.code!r} has no words in {', '.join(sorted(missing))}")
        _kinds[kind.code] = kind


def kind_of(code: str) -> NotificationKind | None:
    """None for a code that another release knows."""
    return _kinds.get(code)


def known_kinds() -> list[NotificationKind]:
    return [kind for _, kind in sorted(_kinds.items())]


def notify(
    code: str,
    *,
    object_kind: str,
    object_id: UUID,
    path: str,
    to: Iterable[UUID] = (),
    tenant_id: UUID | None = None,
    project_id: UUID | None = None,
    **arguments: str | int,
) -> None:
    """Say that something happened, in the transaction in which it did. `to`: users who get it beside the kind's roles.

    `path` is the console's address of the object.
    """
    hint("monitoring.deliver")  # also checks that there is a transaction
    OutboxNotification.objects.create(
        code=code,
        tenant_id=tenant_id,
        project_id=project_id,
        object_kind=object_kind,
        object_id=object_id,
        path=path,
        user_ids=[str(user_id) for user_id in to],
        arguments={name: value if isinstance(value, int) else str(value)[:500] for name, value in arguments.items()},
    )
