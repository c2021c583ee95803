"""django-allauth's views where Hanse adds something: the audit entry of a change, and when to try again."""

import time
from typing import Any, ClassVar

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from allauth.headless.account.views import LoginView, ReauthenticateView, SessionView
from allauth.headless.mfa import views as mfa
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.contrib.auth import HASH_SESSION_KEY
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase, JsonResponse

from apps.accounts import services
from apps.accounts.api.single_sign_on import address_to_leave
from apps.accounts.signals import person
from apps.core import fields

# How long there is to enter the first code of an app that is being set up.
SET_UP_SECONDS = 600


class _Audited:
    """`acts`: the audit trail's word for each method that changes something."""

    acts: ClassVar[dict[str, str]]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        act = self.acts.get(str(request.method))
        if act is None or not request.user.is_authenticated:
            return self._answer(request, *args, **kwargs)
        before = services.describe_second_factors(request.user)
        response = self._answer(request, *args, **kwargs)
        if response.status_code < 300:
            services.second_factors_changed(
                actor=person(request, request.user),
                user=request.user,
                action=act,
                before=before,
                session_key=request.session.session_key or "",
            )
            request.user.refresh_from_db(fields=["session_epoch"])
            request.session[HASH_SESSION_KEY] = request.user.get_session_auth_hash()
        return response

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc,no-any-return]


class AuthenticatorAppView(_Audited, mfa.ManageTOTPView):
    """While an app is set up its key is kept apart from the session, encrypted, and for some minutes only.

    django-allauth keeps it in the session, in clear and until somebody signs out. It still finds it there, but only
    while it answers.
    """

    acts = {"POST": "second-factor.add", "DELETE": "second-factor.remove"}

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        place = f"authenticator-app-to-be:{request.session.session_key}"
        if kept := cache.get(place):
            request.session[SECRET_SESSION_KEY] = fields.decrypt(kept)
        try:
            return super()._answer(request, *args, **kwargs)
        finally:
            if secret := request.session.pop(SECRET_SESSION_KEY, None):
                cache.set(place, fields.encrypt(secret), SET_UP_SECONDS)
            else:
                cache.delete(place)


class PasskeysView(_Audited, mfa.ManageWebAuthnView):
    acts = {"POST": "second-factor.add", "PUT": "second-factor.rename", "DELETE": "second-factor.remove"}


class RecoveryCodesView(_Audited, mfa.ManageRecoveryCodesView):
    acts = {"POST": "second-factor.renew-codes"}


class _Patient:
    """Says with `Retry-After` how many seconds a lock-out lasts."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if response.status_code in (400, 429):
            seconds = seconds_locked(request, self.counted_as(request))
            if seconds or response.status_code == 429:
                response["Retry-After"] = str(seconds or 60)
        return response

    def counted_as(self, request: HttpRequest) -> str:
        """The key by which failures of whoever asks are counted."""
        raise NotImplementedError


def seconds_locked(request: HttpRequest, key: str) -> int:
    """Until the next try is looked at; 0 when it would be now. Reads allauth's own counters."""
    now, longest = time.time(), 0.0
    for rate in ratelimit.get_rates(app="allauth.account", action="login_failed"):
        place = ratelimit.get_cache_key(request, app="allauth.account", action="login_failed", rate=rate, key=key)
        tries = [tried for tried in cache.get(place, []) if tried > now - rate.duration]
        if len(tries) >= rate.amount:
            longest = max(longest, tries[rate.amount - 1] + rate.duration - now)
    return int(longest) + 1 if longest else 0


class SignOutView(SessionView):
    """Who came by a provider that is to be left too is told where: `{"data": {"address": …}}` in the answer."""

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        address = address_to_leave(request)
        answer: HttpResponseBase = super().delete(request, *args, **kwargs)
        if address is None:
            return answer
        # 401, as allauth says that there is no session any more.
        return JsonResponse({"status": answer.status_code, "data": {"address": address}}, status=answer.status_code)


class SignInView(_Patient, LoginView):
    def counted_as(self, request: HttpRequest) -> str:
        data = getattr(self, "data", None) or {}
        return str(get_adapter()._get_login_attempts_cache_key(request, email=str(data.get("email", ""))))


class ProveByPasswordView(_Patient, ReauthenticateView):
    def counted_as(self, request: HttpRequest) -> str:
        email = getattr(request.user, "email", "")
        return str(get_adapter()._get_login_attempts_cache_key(request, email=email))


class SecondFactorView(_Patient, mfa.AuthenticateView):
    def counted_as(self, request: HttpRequest) -> str:
        stage = getattr(self, "stage", None)
        return f"mfa-auth-user-{stage.login.user.pk if stage else ''}"


class ProveBySecondFactorView(_Patient, mfa.ReauthenticateView):
    def counted_as(self, request: HttpRequest) -> str:
        return f"mfa-auth-user-{request.user.pk}"
