"""/projects/{project_id}/kubeconfigs/ and what is taken once."""

from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.clusters import services
from apps.clusters.models import Cluster
from apps.clusters.services.kubeconfigs import FEWEST_MINUTES, MOST_MINUTES
from apps.core import operations
from apps.core.api.operations import OperationOutput
from apps.core.api.schema import describe
from apps.core.api.serializers import Input, Output
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.core.errors import InvalidRequest
from apps.core.models import Operation
from apps.tenants.api.base import ProjectViewSet
from apps.tenants.services import require_session


class KubeconfigInput(Input):
    cluster = serializers.SlugField(max_length=40)
    minutes = serializers.IntegerField(
        min_value=FEWEST_MINUTES, max_value=MOST_MINUTES, default=60, help_text="How long its token lives."
    )


class OperationSecretOutput(Output):
    """Shown this once."""

    secret = serializers.CharField()


class KubeconfigsViewSet(ProjectViewSet):
    permissions = {"create": "kubectl.use"}

    @describe(
        "Make a kubeconfig of one's own",
        takes=KubeconfigInput,
        gives=OperationOutput,
        status=202,
        example={"cluster": "harbour", "minutes": 60},
        text="For a cluster in which the tenant has quota. Its token is that of the caller's own account there, ends by "
        "itself, and may what the caller's roles in Hanse say, in each of their projects. When the operation has succeeded, "
        "`POST /operations/{id}/secret/` hands the file out, once. Not by an API token.",
    )
    def create(self, request: Request, project_id: UUID) -> Response:
        given = self.given(KubeconfigInput)
        quotas = Cluster.objects.filter(quotas__tenant=self.project.tenant_id).distinct()
        cluster = quotas.filter(slug=given["cluster"]).first()
        if cluster is None:
            detail = "The tenant has no quota in a cluster of this name."
            raise InvalidRequest(errors=[{"pointer": "/cluster", "detail": detail}])
        operation = services.begin_kubeconfig(
            actor=self.actor, project=self.project, cluster=cluster, minutes=given["minutes"]
        )
        return Response(self.shown(OperationOutput, operations.document(operation)), status=202)


class OperationSecretViewSet(ResourceViewSet):
    permissions = {"create": ""}
    secret_fields = frozenset({"secret"})

    @describe(
        "Take what an operation made to be shown once",
        gives=OperationSecretOutput,
        status=200,
        text="Where `has_secret` says that something is there; within ten minutes of its end. A second time gives 410.",
    )
    def create(self, request: Request, operation_id: UUID) -> Response:
        require_session(self.actor)
        mine = visible_or_404(Operation.objects.filter(user_id=self.actor.user_id), pk=operation_id)
        return Response(self.shown(OperationSecretOutput, {"secret": operations.take_secret(mine.pk)}))
