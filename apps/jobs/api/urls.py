"""Addresses of jobs and templates."""

from typing import Any

from django.urls import path

from apps.jobs.api.views import (
    detail,
    images,
    lineage,
    lists,
    manifests,
    parts,
    report,
    schedules,
    shells,
    templates,
    waiting,
)

_row: dict[str, Any] = {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
_rows: dict[str, Any] = {"get": "list", "post": "create"}
_jobs = "projects/<uuid:project_id>/jobs/"
_job = f"{_jobs}<uuid:job_id>/"
_schedules = "projects/<uuid:project_id>/schedules/"
_schedule = f"{_schedules}<uuid:schedule_id>/"

urlpatterns = [
    path("jobs/", lists.AllJobsViewSet.as_view({"get": "list"})),
    path("job-schema/", report.JobSchemaViewSet.as_view({"get": "retrieve"})),
    path("report/", report.ReportViewSet.as_view({"post": "create"})),
    path(_jobs, lists.ProjectJobsViewSet.as_view(_rows)),
    path(f"{_jobs}bulk/", lists.ProjectJobsViewSet.as_view({"post": "bulk"})),
    path(_job, detail.JobDetailViewSet.as_view(_row)),
    *(
        path(f"{_job}{act}/", detail.JobDetailViewSet.as_view({"post": act}))
        for act in ("submit", "cancel", "suspend", "resume", "retry", "clone", "rerun", "restore", "template")
    ),
    path(f"{_job}timeline/", parts.TimelineViewSet.as_view({"get": "list"})),
    path(f"{_job}replicas/", parts.ReplicasViewSet.as_view({"get": "list"})),
    path(f"{_job}replicas/<int:rank>/exec/", shells.ExecViewSet.as_view({"post": "create"})),
    path(f"{_job}manifests/", manifests.ManifestsViewSet.as_view({"post": "create"})),
    path(f"{_job}wait/", waiting.WaitViewSet.as_view({"get": "retrieve"})),
    path(f"{_job}inputs/", parts.InputsViewSet.as_view({"get": "retrieve"})),
    path(f"{_job}why/", parts.WhyViewSet.as_view({"get": "retrieve"})),
    path(f"{_job}spec.yaml", parts.SpecViewSet.as_view({"get": "retrieve"})),
    path(f"{_job}artifacts/", parts.ArtifactsViewSet.as_view({"get": "list"})),
    path(f"{_job}artifacts/<uuid:artifact_id>/download/", parts.ArtifactsViewSet.as_view({"get": "download"})),
    path(f"{_job}shares/", parts.SharesViewSet.as_view(_rows)),
    path(f"{_job}shares/<int:share_id>/", parts.SharesViewSet.as_view({"delete": "destroy"})),
    path("projects/<uuid:project_id>/image-pulls/", images.ImagePullsViewSet.as_view({"post": "create"})),
    path(
        "projects/<uuid:project_id>/datasets/<uuid:dataset_id>/versions/<int:number>/lineage/",
        lineage.LineageViewSet.as_view({"get": "retrieve"}),
    ),
    path("schedule-times/", schedules.TimesViewSet.as_view({"get": "retrieve"})),
    path(_schedules, schedules.SchedulesViewSet.as_view(_rows)),
    path(_schedule, schedules.ScheduleDetailViewSet.as_view(_row)),
    *(
        path(f"{_schedule}{act}/", schedules.ScheduleDetailViewSet.as_view({"post": act}))
        for act in ("pause", "resume", "run")
    ),
    path(f"{_schedule}runs/", schedules.ScheduleDetailViewSet.as_view({"get": "runs"})),
    path("templates/", templates.TemplatesViewSet.as_view(_rows)),
    path("templates/<uuid:template_id>/", templates.TemplateDetailViewSet.as_view(_row)),
    path("tenants/<uuid:tenant_id>/templates/", templates.TenantTemplatesViewSet.as_view({"post": "create"})),
]
