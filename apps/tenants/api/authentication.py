"""Who a request is from: a session of the console, or an API token."""

from typing import Any

from django.contrib.auth import get_user
from django.core.cache import cache
from django.http import HttpRequest
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from apps.accounts import services as accounts
from apps.accounts.models import Kind
from apps.core.errors import CsrfFailed
from apps.tenants import access, view_as
from apps.tenants.actor import Actor
from apps.tenants.services.tokens import TOKEN_PREFIX, digest

# Where one ends a view as somebody else; which is one's own act.
END_OF_VIEW = "/api/v1/view-as/"


def _circumstances(request: HttpRequest) -> dict[str, str]:
    return {"request_id": request.META.get("hanse.request_id", ""), "address": request.META.get("hanse.address", "")}


def _note_use(request: HttpRequest) -> None:
    """At most once a minute a session."""
    remembered_as = request.session.get("remembered_as")
    if remembered_as and cache.add(f"seen:{remembered_as}", 1, timeout=60):
        accounts.session_seen(remembered_as=remembered_as, address=request.META.get("hanse.address", ""))


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer hns_...`. A header that is wrong in any way is a 401, never a fall-back to another way."""

    def authenticate(self, request: Request) -> tuple[Actor, None] | None:
        header = request.headers.get("Authorization")
        if header is None:
            return None
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not token.startswith(TOKEN_PREFIX):
            raise exceptions.AuthenticationFailed("Send `Authorization: Bearer hns_...`.")
        actor = access.actor_of_token(digest(token), **_circumstances(request._request))
        if actor is None:
            raise exceptions.AuthenticationFailed("This token is unknown, expired or revoked.")
        return actor, None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class SessionAuthentication(authentication.SessionAuthentication):
    """The console's session cookie; changes need the CSRF token."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        http = request._request
        user = get_user(http)
        # A program has no password to sign in with; should a session ever be its, it opens nothing.
        if not user.is_authenticated or not user.is_active or user.kind != Kind.PERSON:
            return None
        self.enforce_csrf(request)
        key = http.session.session_key or ""
        _note_use(http)
        if http.path == END_OF_VIEW and http.method == "DELETE":
            return access.enter_as(user, session_key=key, **_circumstances(http)), None
        view_as.require_read_only(http.method, http.session)
        return view_as.actor_of_session(user, http.session, session_key=key, **_circumstances(http)), None

    def enforce_csrf(self, request: Any) -> None:
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as error:
            raise CsrfFailed(str(error.detail)) from error
