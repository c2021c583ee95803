"""/platform/health/: the checks of `doctor`, for whoever looks after the platform."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.serializers import Output
from apps.core.api.views import ResourceViewSet
from apps.core.health import STATES, examine, worst


class FindingOutput(Output):
    check = serializers.CharField(help_text="What was looked at, such as database.")
    code = serializers.CharField(help_text="What was found, such as database.away.")
    state = serializers.ChoiceField(choices=STATES)
    text = serializers.CharField()
    fix = serializers.CharField(help_text="What to do; empty where nothing needs doing.")
    values = serializers.DictField(help_text="The figures and names in the text.")


class HealthOutput(Output):
    state = serializers.ChoiceField(choices=STATES, help_text="The worst of all findings.")
    findings = FindingOutput(many=True)


class HealthViewSet(ResourceViewSet):
    permissions = {"retrieve": "platform.view"}

    @describe("Examine what the portal needs", gives=HealthOutput)
    def retrieve(self, request: Request) -> Response:
        examined = list(examine())
        findings = [{"check": name, **vars(found)} for name, checked in examined for found in checked]
        return Response(HealthOutput({"state": worst(examined), "findings": findings}).data)
