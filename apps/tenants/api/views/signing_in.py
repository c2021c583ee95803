"""What strangers may ask: how one signs in here, and a new password by mail."""

from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from apps.accounts import resets
from apps.accounts.models import Provider
from apps.core.api.schema import describe
from apps.core.api.serializers import Input, Output
from apps.core.api.throttles import SignInThrottle
from apps.core.mail import mail_is_configured
from apps.tenants.api.authentication import SessionAuthentication


class ProvesOrigin(SessionAuthentication):
    """Nobody's session is asked for; but the request must come from the console, as the CSRF token proves."""

    def authenticate(self, request: Request) -> None:
        self.enforce_csrf(request)


class _OpenViewSet(ViewSet):
    authentication_classes = [ProvesOrigin]
    permission_classes = []
    throttle_classes = [SignInThrottle]

    def given(self, serializer: type[Input]) -> dict[str, Any]:
        body = serializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)


class NamedProviderOutput(Output):
    slug = serializers.CharField()
    name = serializers.CharField()


class WaysInOutput(Output):
    providers = NamedProviderOutput(many=True)
    resets_by_mail = serializers.BooleanField(help_text="Who forgot their password can have a link mailed.")


class WaysInViewSet(_OpenViewSet):
    throttle_classes = []

    @describe("Read how one signs in here", gives=WaysInOutput)
    def retrieve(self, request: Request) -> Response:
        providers = Provider.objects.filter(is_active=True).order_by("name")
        return Response(WaysInOutput({"resets_by_mail": mail_is_configured(), "providers": providers}).data)


class ResetInput(Input):
    email = serializers.EmailField()


class NewPasswordInput(Input):
    key = serializers.CharField(max_length=120, help_text="What follows the # of the mailed link.")
    password = serializers.CharField(max_length=200, trim_whitespace=False)


class PasswordResetsViewSet(_OpenViewSet):
    @describe(
        "Have a link mailed that sets a new password",
        takes=ResetInput,
        status=202,
        text="Answered alike whether or not somebody has an account with this address. One mail a minute an address.",
        example={"email": "ann@aurora.example"},
    )
    def create(self, request: Request) -> Response:
        resets.ask(email=self.given(ResetInput)["email"], language=get_language() or "en", request=request._request)
        return Response(status=202)

    @describe(
        "Set a new password with a mailed link",
        takes=NewPasswordInput,
        status=204,
        example={"key": "0192f7c18a407c3ea1f05d9a3f1c2b44-cx3kq0-5d9a3f1c2b44", "password": "quite-another-horse"},
        text="All sessions of the account end. A second factor is still asked for at the next sign-in.",
    )
    def redeem(self, request: Request) -> Response:
        with transaction.atomic():
            resets.redeem(**self.given(NewPasswordInput), request=request._request)
        return Response(status=204)
