"""/projects/{project_id}/buckets/{bucket_id}/unpackings/: archives in a bucket that are unpacked where they lie."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.views import visible_or_404
from apps.storage import unpackings
from apps.storage.api.serializers import UnpackingInput, UnpackingOutput
from apps.storage.api.views import BucketViewSet
from apps.storage.models import Unpacking


class UnpackingsViewSet(BucketViewSet):
    permissions = {"list": "buckets.view", "retrieve": "buckets.view", "create": "buckets.write"}
    queryset = Unpacking.objects.all()
    orders = {"created": "pk"}
    default_order = "-created"

    @describe("List the archives of a bucket that were unpacked, the newest first", gives=UnpackingOutput(many=True))
    def list(self, request: Request, project_id: UUID, bucket_id: UUID) -> Response:
        return self.page(UnpackingOutput, self.unpackings())

    @describe("Read how far an archive is unpacked", gives=UnpackingOutput)
    def retrieve(self, request: Request, project_id: UUID, bucket_id: UUID, unpacking_id: UUID) -> Response:
        return Response(self.shown(UnpackingOutput, visible_or_404(self.unpackings(), pk=unpacking_id)))

    @describe(
        "Unpack an archive that lies in the bucket",
        takes=UnpackingInput,
        gives=UnpackingOutput,
        status=202,
        example={"key": "digits.zip", "folder": "digits/"},
        text="A worker reads a zip, a tar or a tar.gz in a stream and writes each file below `folder`. Links, devices, "
        "paths that lead elsewhere and odd names are refused one by one, with the reason; all others are written. An "
        "archive that unpacks to more than 200 times its size is left.",
    )
    def create(self, request: Request, project_id: UUID, bucket_id: UUID) -> Response:
        row = unpackings.ask_for(actor=self.actor, bucket=self.bucket, **self.given(UnpackingInput))
        return Response(self.shown(UnpackingOutput, row), status=202)

    def unpackings(self) -> Any:
        return Unpacking.objects.filter(bucket=self.bucket).select_related("created_by")
