"""A new password for who forgot theirs, by a link in a mail that lets somebody in once, for an hour.

Nobody learns from it whether an address has an account: known and unknown ones are answered alike, after the same work.
"""

import hashlib
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

from apps.accounts import services
from apps.accounts.errors import ResetLinkSpent
from apps.accounts.models import User
from apps.accounts.signals import person
from apps.audit import services as audit
from apps.core.mail import Letter, send_mail

# So long must pass between two mails to one address, whoever asks.
PAUSE_SECONDS = 60

_WORDS = {
    "en": (
        "Choose a new password for Hanse",
        "Somebody, you we hope, asked for a new password of your account {email}.",
        "The link works once, within an hour. If it was not you, do nothing: your password is as it was.",
        "Choose a new password",
    ),
    "zh-hans": (
        "重设您的 Hanse 密码",
        "有人（应该是您本人）请求为账号 {email} 重设密码。",
        "链接只能使用一次，一小时内有效。如果不是您本人操作，请忽略此邮件，密码不会改变。",
        "设置新密码",
    ),
}


@transaction.atomic
def ask(*, email: str, language: str, request: HttpRequest) -> None:
    """Mail a link to the account of this address, if there is one that has a password."""
    if not cache.add(f"reset:{hashlib.sha256(email.lower().encode()).hexdigest()}", 1, timeout=PAUSE_SECONDS):
        return
    known = User.objects.people().filter(email=email.lower(), is_active=True).first()
    user = known or User(email=email.lower())
    with transaction.atomic():
        subject, who, how, act = _WORDS.get(user.language or language, _WORDS["en"])
        send_mail(
            address=user.email,
            letter=Letter(
                subject=subject,
                paragraphs=[who.format(email=user.email), how],
                language=user.language or language,
                # Behind a #, so that it is in no server's log.
                action=(act, f"/reset-password#{_key(user)}"),
            ),
            purpose="password-reset",
            user_id=user.pk,
        )
        audit.record(
            actor=person(request, user), action="user.ask-password", kind="user", subject_id=user.pk, label=user.email
        )
        if known is None or not known.has_usable_password():
            transaction.set_rollback(True)


@transaction.atomic
def redeem(*, key: str, password: str, request: HttpRequest) -> None:
    """Set the password that `key` allows to set, and end the account's sessions.

    Raises ResetLinkSpent for a key that was used, is too old or was made up, and InvalidRequest for a weak password.
    """
    user = _user_of(key)
    services.check_password_strength(password, user)
    user.set_password(password)
    user.password_is_temporary = False
    user.generation += 1
    user.save(update_fields=["password", "password_is_temporary", "generation"])
    who = person(request, user)
    services.end_sessions(actor=who, user=user)
    audit.record(actor=who, action="user.redeem-password", kind="user", subject_id=user.pk, label=user.email)
    # Whoever reads the mail of the account is its owner: what others failed of no longer locks them out.
    get_adapter()._delete_login_attempts_cached_email(request, email=user.email)


def _key(user: User) -> str:
    return f"{user.pk.hex}-{default_token_generator.make_token(user)}"


def _user_of(key: str) -> User:
    spent = ResetLinkSpent("Ask for another link.")
    pk, _, token = key.partition("-")
    try:
        user = User.objects.select_for_update(no_key=True).filter(pk=UUID(pk), is_active=True).first()
    except ValueError as error:
        raise spent from error
    if user is None or not user.has_usable_password() or not default_token_generator.check_token(user, token):
        raise spent
    return user
