"""What a job is in its Kubernetes cluster."""

from http import HTTPStatus
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import operations
from apps.core.api.operations import OperationOutput
from apps.core.api.schema import describe
from apps.core.api.serializers import NoInput
from apps.jobs import services
from apps.jobs.api.base import JobViewSet


class ManifestsViewSet(JobViewSet):
    # As values of variables are: they are in it.
    permissions = {"create": "jobs.submit"}

    @describe(
        "Have the Kubernetes manifests of a job's newest attempt rendered",
        text="`result` of the operation has them as `yaml`, in the order in which Hanse applies them. What Secrets and "
        "ConfigMaps hold is left out. Of pods that differ by their rank only, the first of each role is in it; "
        "`pods_left_out` says how many are not.",
        takes=NoInput,
        gives=OperationOutput,
        status=HTTPStatus.ACCEPTED,
    )
    def create(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        self.given(NoInput)
        operation = services.show_manifests(actor=self.actor, job=self.job)
        return Response(self.shown(OperationOutput, operations.document(operation)), status=HTTPStatus.ACCEPTED)
