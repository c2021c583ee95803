"""/projects/{project_id}/image-pulls/: images brought to nodes before jobs need them."""

from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import operations
from apps.core.api.operations import OperationOutput
from apps.core.api.schema import describe
from apps.core.api.serializers import Input
from apps.jobs import services
from apps.tenants.api.base import ProjectViewSet


class ImagePullInput(Input):
    image = serializers.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9._:/@-]*$",
        max_length=300,
        error_messages={"invalid": "The name of an image, such as registry.example.org/train:3."},
    )
    cluster = serializers.CharField(max_length=40, help_text="Slug of a Kubernetes cluster.")
    flavor = serializers.CharField(max_length=40, help_text="Name of a flavor: its nodes pull.")


class ImagePullsViewSet(ProjectViewSet):
    permissions = {"create": "jobs.submit"}

    @describe(
        "Have the nodes of a flavor pull an image",
        takes=ImagePullInput,
        gives=OperationOutput,
        status=202,
        example={"image": "registry.example.org/train:3", "cluster": "lab", "flavor": "v100"},
        text="So that jobs need not wait for it. `result` of the operation says how many nodes have it, and which cannot "
        "get it and why. Nothing of the image is run.",
    )
    def create(self, request: Request, project_id: UUID) -> Response:
        operation = services.pull_image(actor=self.actor, project=self.project, **self.given(ImagePullInput))
        return Response(self.shown(OperationOutput, operations.document(operation)), status=202)
