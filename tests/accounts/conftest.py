"""A browser that signs in by typing, and a telephone with an authenticator app."""

import base64
import hashlib
import hmac
import struct
import time
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client as Plain

from apps.accounts.models import User
from tests.cookies import SecretCookies
from tests.eventually import eventually
from tests.factories import PASSWORD, make_user

ALLAUTH = "/_allauth/browser/v1/"


class Browser(SecretCookies, Plain):
    """One that has opened the console, and so has the CSRF cookie. Paths without a slash in front are django-allauth's."""

    user: User

    def __init__(self, user_agent: str = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0") -> None:
        super().__init__(enforce_csrf_checks=True, headers={"User-Agent": user_agent})
        self.get(f"{ALLAUTH}auth/session")

    def ask(self, path: str) -> Any:
        return self.get(path if path.startswith("/") else ALLAUTH + path)

    def send(self, path: str, body: dict[str, Any] | None = None, *, method: str = "post", **headers: str) -> Any:
        path = path if path.startswith("/") else ALLAUTH + path
        headers["X-CSRFToken"] = self.cookies["hanse_csrf"].value
        return getattr(self, method)(path, body or {}, content_type="application/json", headers=headers)

    def sign_in(self, user: User, password: str = PASSWORD) -> Any:
        self.user = user
        return self.send("auth/login", {"email": user.email, "password": password})

    def add_authenticator_app(self) -> "AuthenticatorApp":
        app = AuthenticatorApp(self.ask("account/authenticators/totp").json()["meta"]["secret"])
        answer = self.send("account/authenticators/totp", {"code": app.code()})
        assert answer.status_code == 200, answer.content
        return app

    @property
    def may_ask(self) -> bool:
        return self.ask("/api/v1/me/").status_code == 200


class AuthenticatorApp:
    """RFC 6238, as telephones do it."""

    def __init__(self, secret: str) -> None:
        self._key = base64.b32decode(secret)

    def code(self) -> str:
        eventually(lambda: time.time() % 30 < 28, what="a code that lasts for the test")
        counter = struct.pack(">Q", int(time.time()) // 30)
        digest = hmac.new(self._key, counter, hashlib.sha1).digest()
        (number,) = struct.unpack_from(">I", digest, digest[-1] & 15)
        return f"{(number & 0x7FFFFFFF) % 10**6:06}"


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def ann(db) -> User:
    return make_user("Ann", email="ann@aurora.example", password=PASSWORD)


@pytest.fixture
def browser(ann: User) -> Browser:
    """Ann's, signed in."""
    browser = Browser()
    assert browser.sign_in(ann).status_code == 200
    return browser
