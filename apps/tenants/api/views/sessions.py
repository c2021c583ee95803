"""One's own sessions: where one is signed in, and how to end that."""

from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import services as accounts
from apps.accounts.browsers import browser_of
from apps.accounts.models import OpenSession, User
from apps.core.api.schema import describe
from apps.core.api.serializers import NoInput, Output
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.tenants import services


class SessionOutput(Output):
    id = serializers.UUIDField()
    is_this = serializers.SerializerMethodField(help_text="The session that asks.")
    browser = serializers.SerializerMethodField(help_text="Such as Firefox; empty: not known.")
    system = serializers.SerializerMethodField(help_text="Such as Windows; empty: not known.")
    address = serializers.CharField(help_text="Where it was last used from.")
    opened_with = serializers.CharField(help_text="password, passkey or single-sign-on; empty: not known.")
    second_factor = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    last_seen_at = serializers.DateTimeField(help_text="To the minute.")

    def get_is_this(self, row: OpenSession) -> bool:
        return bool(row.session_key == self.context["actor"].session_key)

    def get_browser(self, row: OpenSession) -> str:
        return browser_of(row.user_agent)[0]

    def get_system(self, row: OpenSession) -> str:
        return browser_of(row.user_agent)[1]


class SessionsViewSet(ResourceViewSet):
    permissions = {"list": "", "destroy": "", "end_others": ""}
    unversioned = frozenset({"destroy"})
    needs_second_factor = False
    queryset = OpenSession.objects.all()

    def authorize(self, permission: str) -> None:
        services.require_session(self.actor)

    @describe("List where you are signed in", gives=SessionOutput(many=True))
    def list(self, request: Request) -> Response:
        return self.page(SessionOutput, OpenSession.objects.of_user(self.actor.user_id))

    @describe("End one of your sessions", status=204)
    def destroy(self, request: Request, session_id: UUID) -> Response:
        own: Any = OpenSession.objects.of_user(self.actor.user_id).select_related("user")
        accounts.end_session(actor=self.actor, session=visible_or_404(own, pk=session_id))
        return Response(status=204)

    @describe("End all your sessions but this one", takes=NoInput, status=204)
    def end_others(self, request: Request) -> Response:
        self.given(NoInput)
        accounts.end_sessions(actor=self.actor, user=User(pk=self.actor.user_id), keep=self.actor.session_key)
        return Response(status=204)
