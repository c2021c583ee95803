"""/operations/: what came of requests that another system has to answer."""

from uuid import UUID

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import operations
from apps.core.api.schema import describe
from apps.core.api.serializers import Output
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.core.models import Operation, OperationState


class OperationOutput(Output):
    """A question to another system. It is over when `state` is no longer pending; kept for a day."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    kind = serializers.CharField(help_text="Such as cluster.preflight; says what `result` holds.")
    subject_kind = serializers.CharField()
    subject_id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=OperationState.choices)
    result = serializers.DictField(allow_null=True, help_text="While it is pending: how far it is, where that is told.")
    problem = serializers.DictField(allow_null=True, help_text="As an answer would say it, when it failed.")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    has_secret = serializers.BooleanField(help_text="Whether something is there to be taken, once.")


class OperationViewSet(ResourceViewSet):
    """What came of a request that was answered with 202; only whoever asked may see it."""

    permissions = {"retrieve": ""}

    @describe("Read an operation", gives=OperationOutput)
    def retrieve(self, request: Request, operation_id: UUID) -> Response:
        mine = Operation.objects.filter(user_id=self.actor.user_id)
        found = visible_or_404(mine, pk=operation_id)
        return self.answer(found, self.shown(OperationOutput, operations.document(found)))


urlpatterns = [path("operations/<uuid:operation_id>/", OperationViewSet.as_view({"get": "retrieve"}))]
