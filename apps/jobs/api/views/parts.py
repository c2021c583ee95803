"""What belongs to one job: its timeline, replicas, explanation, specification, artifacts, shares."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

import yaml
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.renderers import JSONRenderer
from apps.core.api.schema import describe
from apps.core.api.views import visible_or_404
from apps.jobs import services
from apps.jobs.api.base import JobViewSet, permissions_on
from apps.jobs.api.filters import ReplicaFilter
from apps.jobs.api.serializers import (
    ArtifactOutput,
    InputsOutput,
    JobShareInput,
    JobShareOutput,
    ReplicaOutput,
    TimelineEntryOutput,
    WhyOutput,
)
from apps.jobs.documents import artifact_document, replica_document, share_document, why_document
from apps.jobs.inputs_document import inputs_document
from apps.jobs.models import Artifact, JobShare, Replica, TimelineEntry
from apps.jobs.spec import without_values
from apps.storage import services as storage
from apps.tenants.api.streaming import download_file


class TimelineViewSet(JobViewSet):
    permissions = {"list": "jobs.view"}
    shared = frozenset({"list"})
    queryset = TimelineEntry.objects.all()
    default_order = "created"

    @describe("Read a job's timeline, oldest first", gives=TimelineEntryOutput(many=True))
    def list(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        return self.page(TimelineEntryOutput, TimelineEntry.objects.filter(job=self.job))


class ReplicasViewSet(JobViewSet):
    permissions = {"list": "jobs.view"}
    shared = frozenset({"list"})
    queryset = Replica.objects.all()
    filterset_class = ReplicaFilter
    orders = {"rank": "rank"}
    default_order = "rank"

    @describe("List the replicas of an attempt, by rank", gives=ReplicaOutput(many=True))
    def list(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        rows = Replica.objects.filter(job=self.job)
        if "attempt" not in request.query_params:
            rows = rows.filter(attempt=self.job.attempt)
        commands = {role.name: role.command for role in self.job.parsed_spec().roles}
        page = self.paginate_queryset(self.filter_queryset(rows)) or []
        return self.get_paginated_response([replica_document(replica, commands[replica.role]) for replica in page])


class WhyViewSet(JobViewSet):
    permissions = {"retrieve": "jobs.view"}
    shared = frozenset({"retrieve"})

    @describe("Explain why a job is in its phase, and what would help", gives=WhyOutput)
    def retrieve(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        return Response(why_document(self.job))


class InputsViewSet(JobViewSet):
    permissions = {"retrieve": "jobs.view"}
    shared = frozenset({"retrieve"})

    @describe("Read what a job was made of: enough to run it again exactly", gives=InputsOutput)
    def retrieve(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        return Response(inputs_document(self.job))


class YAMLRenderer(BaseRenderer):
    media_type = "application/yaml"
    format = "yaml"
    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> str:
        return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


class SpecViewSet(JobViewSet):
    permissions = {"retrieve": "jobs.view"}
    shared = frozenset({"retrieve"})
    renderer_classes = [YAMLRenderer, JSONRenderer]

    @describe(
        "Read a job's specification as YAML, as it would be submitted",
        text="Values of variables are shown to who may submit in the project; for others they are null.",
        gives=OpenApiTypes.STR,
        media_type="application/yaml",
    )
    def retrieve(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        short = self.job.parsed_spec().as_short_json()
        return Response(short if "jobs.submit" in permissions_on(self.actor, self.job) else without_values(short))


class ArtifactsViewSet(JobViewSet):
    permissions = {"list": "jobs.view", "download": "jobs.view"}
    queryset = Artifact.objects.all()

    @describe("List the files that a job left behind", gives=ArtifactOutput(many=True))
    def list(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        page = self.paginate_queryset(Artifact.objects.filter(job=self.job).select_related("stored")) or []
        needed = storage.needed_among([artifact.stored_id for artifact in page])
        return self.get_paginated_response([artifact_document(one, needed=one.stored_id in needed) for one in page])

    @describe(
        "Download a file",
        gives=OpenApiTypes.BINARY,
        media_type="application/octet-stream",
        text="Always an attachment of no particular type: what users wrote is never shown from the console's origin.",
    )
    def download(self, request: Request, project_id: UUID, job_id: UUID, artifact_id: UUID) -> StreamingHttpResponse:
        artifact = visible_or_404(Artifact.objects.filter(job=self.job).select_related("stored"), pk=artifact_id)
        stored = artifact.stored
        return download_file(
            self,
            storage.stream(stored=stored),
            name=artifact.name.rpartition("/")[2],
            size_bytes=stored.size_bytes,
            sha256=stored.sha256,
        )


class SharesViewSet(JobViewSet):
    """Who from elsewhere may read this job."""

    permissions = {"list": "jobs.share", "create": "jobs.share", "destroy": "jobs.share"}
    queryset = JobShare.objects.all()
    unversioned = frozenset({"destroy"})

    @describe("List with whom a job is shared", gives=JobShareOutput(many=True))
    def list(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        page = self.paginate_queryset(JobShare.objects.filter(content_object=self.job).select_related("group")) or []
        return self.get_paginated_response([share_document(share) for share in page])

    @describe(
        "Let one person, or a group, read a job, its timeline, logs and metrics",
        text="Whether an address has an account is not told; without one it takes effect when there is one.",
        takes=JobShareInput,
        gives=JobShareOutput,
        status=HTTPStatus.CREATED,
        example={"email": "carol@elsewhere.example"},
    )
    def create(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        given = self.given(JobShareInput)
        share_with = services.share_job_with_group if "group" in given else services.share_job
        share = share_with(actor=self.actor, job=self.job, **given)
        return Response(share_document(share), status=HTTPStatus.CREATED)

    @describe("Share a job with one person or group no more", status=HTTPStatus.NO_CONTENT)
    def destroy(self, request: Request, project_id: UUID, job_id: UUID, share_id: int) -> Response:
        rows = JobShare.objects.filter(content_object=self.job).select_related("content_object", "group")
        services.unshare_job(actor=self.actor, share=visible_or_404(rows, pk=share_id))
        return Response(status=HTTPStatus.NO_CONTENT)
