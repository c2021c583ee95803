"""Who a request is from: a session of the console, or an API token."""

from typing import Any

from django.contrib.auth import get_user
from django.http import HttpRequest
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from apps.core.errors import CsrfFailed
from apps.tenants import access
from apps.tenants.actor import Actor
from apps.tenants.services.tokens import TOKEN_PREFIX, digest


def _circumstances(request: HttpRequest) -> dict[str, str]:
    return {"request_id": request.META.get("hanse.request_id", ""), "address": request.META.get("hanse.address", "")}


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
        if not user.is_authenticated or not user.is_active:
            return None
        self.enforce_csrf(request)
        return access.actor_of_user(user, session_key=http.session.session_key or "", **_circumstances(http)), None

    def enforce_csrf(self, request: Any) -> None:
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as error:
            raise CsrfFailed(str(error.detail)) from error
