"""/report/: where a workload says how far it is; and /job-schema/."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core import signing
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from rest_framework import authentication, exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.throttles import ActorThrottle
from apps.core.api.views import ResourceViewSet
from apps.jobs import services
from apps.jobs.api.serializers import ReportInput
from apps.jobs.placement import read_report_token
from apps.jobs.presets import json_schema


@dataclass(frozen=True)
class Reporter:
    """A running attempt of a job, as the sender of a request."""

    job_id: UUID
    attempt: int
    is_authenticated = True
    is_active = True
    lacks_second_factor = False

    @property
    def pk(self) -> str:
        return f"report:{self.job_id}"


class ReportAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer $HANSE_REPORT_TOKEN`: signed, for one attempt of one job, and for nothing but reports."""

    def authenticate(self, request: Request) -> tuple[Reporter, None]:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            job_id, attempt = read_report_token(token)
        except signing.BadSignature as error:
            raise exceptions.AuthenticationFailed("Send `Authorization: Bearer $HANSE_REPORT_TOKEN`.") from error
        services.enter_report(job_id=UUID(job_id))
        return Reporter(UUID(job_id), attempt), None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class ReportAuthenticationSchema(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = ReportAuthentication
    name = "reportToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "$HANSE_REPORT_TOKEN of a replica."}


class ReportThrottle(ActorThrottle):
    """Reports of one job, of all its replicas together: each is a write that everybody who looks is told of."""

    scope = "report"


class ReportViewSet(ResourceViewSet):
    authentication_classes = [ReportAuthentication]
    throttle_classes = [ReportThrottle]
    permissions = {"create": ""}

    @describe(
        "Report progress and metrics of a running job, from within it",
        takes=ReportInput,
        status=HTTPStatus.NO_CONTENT,
        example={"progress": 0.42, "metrics": {"loss": 0.31}, "eta_seconds": 12},
        text="Printing the same object as one line does the same. Reports of an attempt that is over are ignored.",
    )
    def create(self, request: Request) -> Response:
        given = self.given(ReportInput)
        reporter: Any = self.actor
        services.report(
            job_id=reporter.job_id,
            attempt=reporter.attempt,
            progress=given.get("progress"),
            eta_seconds=given.get("eta_seconds"),
            metrics=given.get("metrics", {}),
            at=timezone.now(),
        )
        return Response(status=HTTPStatus.NO_CONTENT)


class JobSchemaViewSet(ResourceViewSet):
    """For editors of specifications."""

    permissions = {"retrieve": ""}

    @describe(
        "Read the JSON Schema of a job specification",
        gives=OpenApiTypes.OBJECT,
        text="`examples` holds a specification to start from for each framework.",
    )
    def retrieve(self, request: Request) -> Response:
        return Response(json_schema())
