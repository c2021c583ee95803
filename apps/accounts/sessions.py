"""Sessions whose cookies stand in browsers and nowhere else.

Django keeps a session under the value of its cookie, so that whoever reads a dump of the database can go on as anybody
who is signed in. Here the cookie holds a secret, and the session's key, by which tables, sockets and tickets know it, is
that secret's digest.
"""

import base64
import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest

KEY_LENGTH = 40


def key_of(secret: str) -> str:
    """The key of the session whose cookie is `secret`: 240 bits of its SHA-256, as long as Django's column is wide."""
    digest = hashlib.sha256(secret.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()[:KEY_LENGTH]


class SessionStore(db.SessionStore):
    """`secret` is what the cookie holds: of a session that was made here, or found by its cookie."""

    secret = ""

    @classmethod
    def of_cookie(cls, secret: str | None) -> "SessionStore":
        """The session of this cookie; a new one, not made yet, when there is none."""
        store = cls(key_of(secret) if secret else None)
        store.secret = secret or ""
        return store

    def _get_new_session_key(self) -> str:
        self.secret = secrets.token_urlsafe(32)
        return key_of(self.secret)


class Sessions(SessionMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        request.session = SessionStore.of_cookie(request.COOKIES.get(settings.SESSION_COOKIE_NAME))

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        answer = super().process_response(request, response)
        cookie = answer.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and cookie.value and isinstance(request.session, SessionStore):
            answer.cookies[settings.SESSION_COOKIE_NAME] = request.session.secret
        return answer
