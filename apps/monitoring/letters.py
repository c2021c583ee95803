"""Notifications as mail, in the language of whoever gets it."""

from collections.abc import Sequence

from apps.accounts.models import User
from apps.core.mail import Letter
from apps.core.notifications import NotificationKind, kind_of
from apps.monitoring.models import Notification

PREFERENCES_PATH = "/me/notifications/preferences"
_MOST_IN_A_DIGEST = 100

_WORDS = {
    "en": {
        "open": "Open it in Hanse",
        "all": "Open your notifications",
        "footer": "Choose what you are told, and how:",
        "digest": "{count} notifications",
        "more": "… and {count} more.",
    },
    "zh-hans": {
        "open": "在 Hanse 中打开",
        "all": "打开通知",
        "footer": "选择接收哪些通知以及方式：",
        "digest": "{count} 条通知",
        "more": "……另有 {count} 条。",
    },
}


def language_of(user: User) -> str:
    return user.language if user.language in _WORDS else "en"


def letter_of(user: User, notification: Notification, kind: NotificationKind) -> Letter:
    """One notification."""
    language = language_of(user)
    title, text = kind.said(language, notification.arguments, count=notification.count)
    return Letter(
        subject=title,
        paragraphs=[title, text] if text else [title],
        language=language,
        action=(_WORDS[language]["open"], notification.path),
        footer=_WORDS[language]["footer"],
        unsubscribe_path=PREFERENCES_PATH,
    )


def digest_of(user: User, notifications: Sequence[Notification]) -> Letter:
    """The notifications of a day, the oldest first."""
    language = language_of(user)
    words = _WORDS[language]
    lines = []
    for notification in notifications[:_MOST_IN_A_DIGEST]:
        kind = kind_of(notification.code)
        if kind is not None:
            title, text = kind.said(language, notification.arguments, count=notification.count)
            lines.append(f"• {title}\n{text}" if text else f"• {title}")
    if len(notifications) > _MOST_IN_A_DIGEST:
        lines.append(words["more"].format(count=len(notifications) - _MOST_IN_A_DIGEST))
    return Letter(
        subject=words["digest"].format(count=len(notifications)),
        paragraphs=lines,
        language=language,
        action=(words["all"], "/me/notifications"),
        footer=words["footer"],
        unsubscribe_path=PREFERENCES_PATH,
    )
