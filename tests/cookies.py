"""Django's test clients set sessions' keys as cookies; Hanse's cookies hold what the keys are digests of."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest

from apps.accounts.sessions import SessionStore

if TYPE_CHECKING:
    from django.test.client import Client as _Client
else:
    _Client = object


class SecretCookies(_Client):
    """For a class that also is one of Django's clients, before it."""

    @property
    def cookie(self) -> str:
        held = self.cookies.get(settings.SESSION_COOKIE_NAME)
        return held.value if held else ""

    @property
    def session(self) -> Any:
        store = SessionStore.of_cookie(self.cookie)
        if not self.cookie:
            store.save()
            self.cookies[settings.SESSION_COOKIE_NAME] = store.secret
        return store

    def _set_login_cookies(self, request: HttpRequest) -> None:
        super()._set_login_cookies(request)
        self.cookies[settings.SESSION_COOKIE_NAME] = request.session.secret
