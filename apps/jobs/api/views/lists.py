"""/jobs/ and /projects/{id}/jobs/: lists, submission, bulk acts."""

from http import HTTPStatus
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.serializers import sparse
from apps.core.api.views import ResourceViewSet
from apps.core.errors import InvalidRequest
from apps.jobs import services
from apps.jobs.api.base import shown_new_job
from apps.jobs.api.bodies import parse_spec
from apps.jobs.api.filters import AllJobsFilter, ProjectJobFilter
from apps.jobs.api.paging import JobPagination, PermittedJobPagination
from apps.jobs.api.serializers import AssessmentOutput, BulkInput, BulkOutput, JobDetailOutput, JobOutput, JobSpecBody
from apps.jobs.documents import documents
from apps.jobs.models import Job
from apps.jobs.presets import preset
from apps.jobs.spec import Framework
from apps.tenants.api.base import ProjectViewSet

PERMISSION_OF_ACT = {
    "submit": "jobs.submit",
    "cancel": "jobs.cancel",
    "suspend": "jobs.suspend",
    "resume": "jobs.suspend",
    "retry": "jobs.retry",
    "delete": "jobs.delete",
    "restore": "jobs.delete",
}


class _JobLists(ResourceViewSet):
    queryset = Job.objects.all()
    pagination_class: type[JobPagination] = JobPagination

    def jobs_page(self, rows: QuerySet[Job]) -> Response:
        wanted = self.get_serializer_context()["fields"]
        page = self.paginate_queryset(self.filter_queryset(rows)) or []
        return self.get_paginated_response([sparse(document, wanted) for document in documents(page)])


class AllJobsViewSet(_JobLists):
    """Jobs of every project that the reader may see."""

    permissions = {"list": ""}
    filterset_class = AllJobsFilter
    pagination_class = PermittedJobPagination

    @describe("List jobs of all projects", gives=JobOutput(many=True))
    def list(self, request: Request) -> Response:
        return self.jobs_page(Job.objects.all())  # the pagination reads the permitted only


class ProjectJobsViewSet(ProjectViewSet, _JobLists):
    """Jobs of one project."""

    permissions = {"list": "jobs.view", "create": "jobs.submit", "bulk": ""}
    filterset_class = ProjectJobFilter
    orders = {"created": "pk", "name": "name"}

    @describe("List jobs", gives=JobOutput(many=True))
    def list(self, request: Request, project_id: UUID) -> Response:
        return self.jobs_page(Job.objects.filter(project=self.project))

    @describe(
        "Submit a job",
        takes=JobSpecBody,
        gives=JobDetailOutput,
        status=HTTPStatus.CREATED,
        example=preset(Framework.PYTORCH).as_short_json(),
        query={
            "dry_run": "true: check everything, say whether it would fit, and write nothing; answered with 200.",
            "draft": "true: keep it as a draft, to be submitted later.",
        },
        also={HTTPStatus.OK: AssessmentOutput},
        text="The body is a JobSpec, as JSON or YAML.",
    )
    def create(self, request: Request, project_id: UUID) -> Response:
        spec = parse_spec(request.data)
        if self.dry_run:
            return Response(services.assess(actor=self.actor, project=self.project, spec=spec))
        make = services.draft_job if self.flag("draft") else services.submit_job
        job = make(actor=self.actor, project=self.project, spec=spec)
        response = self.answer(job, shown_new_job(self.actor, job), status=HTTPStatus.CREATED)
        response["Location"] = f"/api/v1/projects/{project_id}/jobs/{job.pk}/"
        return response

    @describe(
        "Do one act to many jobs",
        takes=BulkInput,
        gives=BulkOutput,
        example={"act": "cancel", "ids": ["0190f5fe-7c00-7a00-8000-000000000001"]},
        text="Each succeeds or is refused on its own; the answer is 200 either way.",
    )
    def bulk(self, request: Request, project_id: UUID) -> Response:
        given = self.given(BulkInput)
        self.actor.require(PERMISSION_OF_ACT[given["act"]], tenant_id=self.project.tenant_id, project_id=self.project.pk)
        done = services.act_on_jobs(actor=self.actor, project=self.project, act=given["act"], ids=given["ids"])
        return Response(
            {
                "results": [
                    {"id": str(job_id), "status": int(problem.status), "problem": problem.as_document()}
                    if problem
                    else {"id": str(job_id), "status": int(HTTPStatus.OK)}
                    for job_id, problem in done
                ]
            }
        )

    def flag(self, name: str) -> bool:
        given = self.request.query_params.get(name, "false")
        if given not in ("true", "false"):
            raise InvalidRequest(errors=[{"pointer": f"?{name}", "detail": "true or false."}])
        return given == "true"
