"""How often one may ask: counted per minute, in one Redis command."""

import time
from typing import Any

from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

from apps.core.cache import count

WINDOW_SECONDS = 60


class _PerMinute(BaseThrottle):
    """Windows of a minute. A list of time stamps, as REST framework keeps it, would be 50 kB read and written each time."""

    scope: str

    def allow_request(self, request: Request, view: Any) -> bool:
        most = int(str(api_settings.DEFAULT_THROTTLE_RATES[self.scope]).partition("/")[0])
        now = time.time()
        self._wait = WINDOW_SECONDS - now % WINDOW_SECONDS
        key = f"throttle:{self.who(request)}:{int(now // WINDOW_SECONDS)}"
        return count(key, timeout=2 * WINDOW_SECONDS) <= most

    def wait(self) -> float:
        return self._wait

    def who(self, request: Request) -> str:
        raise NotImplementedError


class StrangerThrottle(_PerMinute):
    """Requests of one address that come without a token or session, or with a wrong one."""

    scope = "anonymous"

    def who(self, request: Request) -> str:
        return str(request.META.get("hanse.address", ""))


class SignInThrottle(_PerMinute):
    """Requests of one address about signing in, counted before any password is hashed."""

    scope = "sign-in"

    def who(self, request: Request) -> str:
        return f"sign-in:{request.META.get('hanse.address', '')}"


class ActorThrottle(_PerMinute):
    """Requests of one token, or of one user by all their sessions; of strangers where they are let in, by address."""

    scope = "actor"

    def allow_request(self, request: Request, view: Any) -> bool:
        if request.user is not None:
            return super().allow_request(request, view)
        stranger = StrangerThrottle()
        allowed = stranger.allow_request(request, view)
        self._wait = stranger.wait()
        return allowed

    def who(self, request: Request) -> str:
        return str(request.user.pk)
