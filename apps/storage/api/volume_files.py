"""/projects/{project_id}/volumes/{volume_id}/files/, …/content/ and …/folders/: files of volumes on this machine."""

from contextlib import ExitStack
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.serializers import Input, Output
from apps.core.api.views import visible_or_404
from apps.core.errors import InvalidRequest
from apps.storage import volume_files
from apps.storage.models import Volume
from apps.storage.trees import LONGEST_PATH, require_path
from apps.tenants.api.base import ProjectViewSet
from apps.tenants.api.streaming import download_file

_PATH = {"path": "Below the volume, such as runs/7/model.pt."}


class VolumeFolderInput(Input):
    path = serializers.CharField(max_length=LONGEST_PATH, trim_whitespace=False, help_text="Below the volume.")


class VolumeEntryOutput(Output):
    name = serializers.CharField()
    kind = serializers.ChoiceField(
        ["file", "folder", "link", "other"], help_text="Links and others (pipes, devices) are neither followed nor read."
    )
    size_bytes = serializers.IntegerField()
    modified_at = serializers.DateTimeField()


class VolumeFilesOutput(Output):
    entries = VolumeEntryOutput(many=True)
    next = serializers.CharField(help_text="`cursor` of the next page; empty at the end.")


class VolumeFilesViewSet(ProjectViewSet):
    permissions = {
        "browse": "volumes.view",
        "read": "volumes.view",
        "write": "volumes.write",
        "remove": "volumes.write",
        "make_folder": "volumes.write",
    }
    unversioned = frozenset({"write", "remove"})

    def authorize(self, permission: str) -> None:
        super().authorize(permission)
        rows = Volume.objects.filter(project=self.project).select_related("cluster")
        self.volume: Volume = visible_or_404(rows, pk=self.kwargs["volume_id"])
        if self.action == "write":
            self.path, self.replace = self._path(), self._replace()
            # Read now: however slowly it comes, no transaction of an act is open meanwhile.
            size = self.request.META.get("CONTENT_LENGTH", "")
            body = volume_files.received(self.volume, self.request, size_bytes=int(size) if size.isdigit() else None)
            self.arrived = ExitStack()
            self.file = self.arrived.enter_context(body)

    @describe(
        "List a folder of a volume",
        gives=VolumeFilesOutput,
        query={"folder": "Such as runs/7; empty: the outermost.", "cursor": "`next` of the page before."},
        text="Only what lies in the folder, and nothing of what lies below. A page is what the file system gives at once, "
        "some hundred entries, sorted; the pages come in its order, so the last of a million costs as much as the first.",
    )
    def browse(self, request: Request, project_id: UUID, volume_id: UUID) -> Response:
        asked = request.query_params
        page = volume_files.tree_of(self.volume).page(asked.get("folder", ""), asked.get("cursor", ""))
        return Response(self.shown(VolumeFilesOutput, page))

    @describe(
        "Download a file of a volume",
        gives=OpenApiTypes.BINARY,
        media_type="application/octet-stream",
        query=_PATH,
        text="Always an attachment of no particular type: what users wrote is never shown from the console's origin.",
    )
    def read(self, request: Request, project_id: UUID, volume_id: UUID) -> StreamingHttpResponse:
        path = self._path()
        file, size_bytes = volume_files.tree_of(self.volume).opened(path)
        name = path.rpartition("/")[2]
        return download_file(self, volume_files.blocks(file, size_bytes), name=name, size_bytes=size_bytes)

    @describe(
        "Upload a file to a volume",
        takes={"application/octet-stream": OpenApiTypes.BINARY},
        gives=VolumeEntryOutput,
        status=201,
        query={**_PATH, "replace": "true: a file of this name is replaced."},
        text=f"The body is the file, at most {volume_files.MOST_UPLOAD_BYTES // 10**9} GB. It appears whole or not at all, "
        "and is on the disk when this is answered. Its folder must be there.",
    )
    def write(self, request: Request, project_id: UUID, volume_id: UUID) -> Response:
        with self.arrived:
            entry = volume_files.place(
                actor=self.actor, volume=self.volume, file=self.file, path=self.path, replace=self.replace
            )
        return Response(self.shown(VolumeEntryOutput, entry), status=201)

    @describe(
        "Delete a file or a folder of a volume",
        status=204,
        query=_PATH,
        text="A folder goes with all that is in it, at once and for good; its room is free a moment later. "
        "Links are deleted, not followed.",
    )
    def remove(self, request: Request, project_id: UUID, volume_id: UUID) -> Response:
        volume_files.remove(actor=self.actor, volume=self.volume, path=self._path())
        return Response(status=204)

    @describe(
        "Make a folder in a volume",
        takes=VolumeFolderInput,
        gives=VolumeEntryOutput,
        status=201,
        example={"path": "runs"},
        text="The folder above it must be there.",
    )
    def make_folder(self, request: Request, project_id: UUID, volume_id: UUID) -> Response:
        entry = volume_files.make_folder(actor=self.actor, volume=self.volume, **self.given(VolumeFolderInput))
        return Response(self.shown(VolumeEntryOutput, entry), status=201)

    def _path(self) -> str:
        path = str(self.request.query_params.get("path", ""))
        require_path(path)
        return path

    def _replace(self) -> bool:
        given = self.request.query_params.get("replace", "false")
        if given not in ("true", "false"):
            raise InvalidRequest(errors=[{"pointer": "?replace", "detail": "true or false."}])
        return given == "true"
