"""Looking as somebody else, for support."""

from datetime import timedelta
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.core.api.schema import describe
from apps.core.api.serializers import Input
from apps.core.api.views import ResourceViewSet
from apps.tenants import view_as


class ViewAsInput(Input):
    user = serializers.UUIDField(help_text="Id of the account to look as.")
    reason = serializers.CharField(min_length=3, max_length=300, help_text="Why; the trails of both show it.")
    minutes = serializers.IntegerField(
        min_value=1, max_value=int(view_as.LONGEST.total_seconds() // 60), default=30, help_text="How long at most."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        user = User.objects.people().filter(pk=attrs["user"], is_active=True).first()
        if user is None:
            raise serializers.ValidationError({"user": "There is no active account of this id."})
        return {"user": user, "reason": attrs["reason"], "lasts": timedelta(minutes=attrs["minutes"])}


class ViewAsViewSet(ResourceViewSet):
    permissions = {"create": view_as.PERMISSION, "destroy": ""}
    unversioned = frozenset({"destroy"})

    @describe(
        "Look at the console as somebody else sees it",
        takes=ViewAsInput,
        status=204,
        text="For the session that asks: read-only, until the time is over or it is ended. In the trails of both.",
        example={"user": "01981a2b-0000-7000-8000-000000000000", "reason": "Ticket 4711: sees no quota.", "minutes": 30},
    )
    def create(self, request: Request) -> Response:
        view_as.start(actor=self.actor, session=request._request.session, **self.given(ViewAsInput))
        return Response(status=204)

    @describe("Look as oneself again", status=204)
    def destroy(self, request: Request) -> Response:
        view_as.end(actor=self.actor, session=request._request.session)
        return Response(status=204)
