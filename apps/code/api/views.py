"""/projects/{project_id}/code/: archives of code, uploaded and fetched."""

from http import HTTPStatus
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from apps.code import services
from apps.code.api.parsers import ArchiveParser, GzipParser, Upload, ZipParser
from apps.code.api.serializers import CodeOutput
from apps.code.archives import inspect
from apps.code.errors import ArchiveRefused
from apps.code.models import Code
from apps.core.api.schema import describe
from apps.core.api.views import visible_or_404
from apps.core.errors import InvalidRequest
from apps.storage import services as storage
from apps.tenants.api.base import ProjectViewSet
from apps.tenants.api.streaming import download_file


class CodeViewSet(ProjectViewSet):
    permissions = {
        "list": "jobs.view",
        "create": "jobs.submit",
        "retrieve": "jobs.view",
        "download": "jobs.view",
        "destroy": "jobs.delete",
    }
    queryset = Code.objects.all()
    parser_classes = [ArchiveParser, GzipParser, ZipParser]
    unversioned = frozenset({"destroy"})

    def authorize(self, permission: str) -> None:
        super().authorize(permission)
        if self.action == "create":
            # Read now: however slowly it comes, no transaction of an act is open meanwhile.
            if not isinstance(self.request.data, Upload):  # nothing is parsed where nothing came
                raise ArchiveRefused("The body is empty.")
            self.upload = self.request.data

    def rows(self) -> QuerySet[Code]:
        return Code.objects.filter(project=self.project).select_related("created_by")

    @describe("List the code of a project, newest first", gives=CodeOutput(many=True))
    def list(self, request: Request, project_id: UUID) -> Response:
        return self.page(CodeOutput, self.rows())

    @describe(
        "Upload an archive of code",
        takes={"application/gzip": OpenApiTypes.BINARY, "application/zip": OpenApiTypes.BINARY},
        gives=CodeOutput,
        status=HTTPStatus.CREATED,
        also={HTTPStatus.OK: CodeOutput},
        query={"name": "What it is called, such as trainer.tar.gz."},
        text="The body is a tar.gz or zip of plain files; what it is follows from its content. The same bytes are kept "
        "once: an upload of what is there already is answered with 200. A job names it as `source.archive`.",
    )
    def create(self, request: Request, project_id: UUID) -> Response:
        name = request.query_params.get("name", "code").rpartition("/")[2] or "code"
        if len(name) > 200 or not name.isprintable():
            raise InvalidRequest(errors=[{"pointer": "?name", "detail": "At most 200 printable characters."}])
        upload = self.upload
        contents = inspect(upload.file, size_bytes=upload.size_bytes)
        code, made = services.keep_upload(
            actor=self.actor,
            project=self.project,
            name=name,
            source=Path(upload.file.name),
            sha256=upload.sha256,
            size_bytes=upload.size_bytes,
            contents=contents,
        )
        status = HTTPStatus.CREATED if made else HTTPStatus.OK
        response = Response(self.shown(CodeOutput, self.rows().get(pk=code.pk)), status=status)
        response["Location"] = f"/api/v1/projects/{project_id}/code/{code.pk}/"
        return response

    @describe("Read what is known of a code", gives=CodeOutput)
    def retrieve(self, request: Request, project_id: UUID, code_id: UUID) -> Response:
        return Response(self.shown(CodeOutput, visible_or_404(self.rows(), pk=code_id)))

    @describe("Delete code that no job refers to", status=HTTPStatus.NO_CONTENT)
    def destroy(self, request: Request, project_id: UUID, code_id: UUID) -> Response:
        services.delete_code(actor=self.actor, code=visible_or_404(self.rows(), pk=code_id))
        return Response(status=HTTPStatus.NO_CONTENT)

    @describe("Download code", gives=OpenApiTypes.BINARY, media_type="application/octet-stream")
    def download(self, request: Request, project_id: UUID, code_id: UUID) -> StreamingHttpResponse:
        code: Code = visible_or_404(self.rows().select_related("stored"), pk=code_id)
        name = code.name if code.name.endswith((".zip", ".tar.gz", ".tgz")) else f"{code.name}.{code.format}"
        blocks = storage.stream(stored=code.stored)
        return download_file(self, blocks, name=name, size_bytes=code.size_bytes, sha256=code.sha256)
