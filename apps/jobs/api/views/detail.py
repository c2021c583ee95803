"""/projects/{id}/jobs/{id}/ and the acts on it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.serializers import NoInput
from apps.jobs import services
from apps.jobs.api.base import JobViewSet
from apps.jobs.api.bodies import parse_spec
from apps.jobs.api.serializers import (
    CloneInput,
    JobChangeInput,
    JobDetailOutput,
    SaveAsTemplateInput,
    TemplateOutput,
)
from apps.jobs.api.views.lists import PERMISSION_OF_ACT
from apps.jobs.api.views.templates import shown_template
from apps.jobs.models import Job


class JobDetailViewSet(JobViewSet):
    permissions = {
        **PERMISSION_OF_ACT,
        "retrieve": "jobs.view",
        "partial_update": "jobs.submit",
        "destroy": "jobs.delete",
        "clone": "jobs.submit",
        "rerun": "jobs.submit",
        "template": "templates.manage",
    }
    shared = frozenset({"retrieve"})

    @describe("Read a job", gives=JobDetailOutput)
    def retrieve(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        return self.shown_job(self.job)

    @describe(
        "Change a job's description and labels, or all of a draft",
        takes=JobChangeInput,
        gives=JobDetailOutput,
        example={"description": "With the new data.", "labels": {"data": "2026-11"}},
    )
    def partial_update(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        job = self.locked(Job.objects.readable(self.actor), pk=job_id)
        given = self.given(JobChangeInput)
        spec = given.pop("spec", None)
        changed = services.change_job(
            actor=self.actor, job=job, spec=None if spec is None else parse_spec(spec, at="/spec"), **given
        )
        return self.shown_job(changed)

    @describe("Put a job into the bin", status=HTTPStatus.NO_CONTENT, text="It can be restored until its `purge_at`.")
    def destroy(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        job = self.locked(Job.objects.readable(self.actor), pk=job_id)
        services.delete_job(actor=self.actor, job=job)
        return Response(status=HTTPStatus.NO_CONTENT)

    @describe("Submit a draft", takes=NoInput, gives=JobDetailOutput)
    def submit(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        return self._done(services.submit_draft)

    @describe("Cancel a job", takes=NoInput, gives=JobDetailOutput)
    def cancel(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        return self._done(services.cancel_job)

    @describe("Suspend a job", takes=NoInput, gives=JobDetailOutput, text="Its replicas are stopped, its quota is freed.")
    def suspend(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        return self._done(services.suspend_job)

    @describe("Resume a suspended job", takes=NoInput, gives=JobDetailOutput)
    def resume(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        return self._done(services.resume_job)

    @describe("Run a failed or cancelled job once more", takes=NoInput, gives=JobDetailOutput)
    def retry(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        return self._done(services.retry_job)

    @describe("Take a job out of the bin", takes=NoInput, gives=JobDetailOutput)
    def restore(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        return self._done(services.restore_job)

    @describe(
        "Write a draft like this job",
        takes=CloneInput,
        gives=JobDetailOutput,
        status=HTTPStatus.CREATED,
        example={"name": "digits-again"},
    )
    def clone(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        clone = services.clone_job(actor=self.actor, job=self.job, name=self.given(CloneInput).get("name"))
        response = self.shown_job(clone, status=HTTPStatus.CREATED)
        response["Location"] = f"/api/v1/projects/{project_id}/jobs/{clone.pk}/"
        return response

    @describe(
        "Run a job again exactly",
        takes=CloneInput,
        gives=JobDetailOutput,
        status=HTTPStatus.CREATED,
        example={"name": "digits-again"},
        text="Submits a job with the same commit or archive, and the versions of secrets that this one was given.",
    )
    def rerun(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        again = services.rerun_job(actor=self.actor, job=self.job, name=self.given(CloneInput).get("name"))
        response = self.shown_job(again, status=HTTPStatus.CREATED)
        response["Location"] = f"/api/v1/projects/{project_id}/jobs/{again.pk}/"
        return response

    @describe(
        "Save a job as a template of its tenant",
        takes=SaveAsTemplateInput,
        gives=TemplateOutput,
        status=HTTPStatus.CREATED,
        example={"name": "Digits, two workers"},
    )
    def template(self, request: Request, project_id: UUID, job_id: UUID) -> Response:
        given = self.given(SaveAsTemplateInput)
        template = services.save_as_template(actor=self.actor, job=self.job, **given)
        return self.answer(template, shown_template(self.actor, template), status=HTTPStatus.CREATED)

    def _done(self, act: Any) -> Response:
        self.given(NoInput)
        return self.shown_job(act(actor=self.actor, job=self.job))
