"""/projects/{id}/schedules/: jobs that are submitted again and again, and when that is."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.utils import timezone
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.serializers import Input, NoInput, Output, RefOutput, sparse
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.core.errors import InvalidRequest
from apps.jobs import services
from apps.jobs.api.bodies import parse_spec
from apps.jobs.api.serializers import JobSpecBody
from apps.jobs.cron import LONGEST, check_cron, check_zone, next_due
from apps.jobs.documents import next_runs, schedule_document, shown_spec
from apps.jobs.models import Missed, Overlap, RunOutcome, Schedule, ScheduleRun, ScheduleState, Template
from apps.jobs.presets import preset
from apps.jobs.spec import Framework
from apps.tenants.api.base import ProjectViewSet

SHOWN = 5
DAY_SECONDS = 86_400
EXAMPLE = {
    "name": "nightly",
    "cron": "0 2 * * 1-5",
    "time_zone": "Europe/Berlin",
    "spec": preset(Framework.CUSTOM).as_short_json(),
}


class ScheduleChangeInput(Input):
    name = serializers.RegexField(
        r"^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$",
        required=False,
        error_messages={
            "invalid": "Use lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen."
        },
    )
    cron = serializers.CharField(
        required=False, max_length=LONGEST, help_text="Minute, hour, day of the month, month, day of the week."
    )
    time_zone = serializers.CharField(required=False, max_length=60, help_text="IANA name.")
    spec = JobSpecBody(required=False)
    template = serializers.UUIDField(required=False, help_text="Instead of `spec`: what it is when it is due.")
    overlap = serializers.ChoiceField(Overlap.choices, required=False)
    missed = serializers.ChoiceField(Missed.choices, required=False)
    starting_deadline_seconds = serializers.IntegerField(
        required=False, min_value=60, max_value=7 * DAY_SECONDS, help_text="How late a missed run is caught up."
    )

    def validate_cron(self, cron: str) -> str:
        return _in_words(check_cron, " ".join(cron.split()))

    def validate_time_zone(self, name: str) -> str:
        return _in_words(check_zone, name)

    def validate_template(self, template_id: UUID) -> Template:
        template = Template.objects.permitted(self.context["actor"]).filter(pk=template_id).first()
        if template is None:
            raise serializers.ValidationError("There is no such template that you may see.")
        return template


class ScheduleInput(ScheduleChangeInput):
    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().get_fields()
        for name in ("name", "cron"):
            fields[name].required = True
        return fields


class LastRunOutput(Output):
    due_at = serializers.DateTimeField()
    outcome = serializers.ChoiceField(RunOutcome.choices)
    reason = serializers.CharField()
    job_id = serializers.UUIDField(allow_null=True)


class ScheduleOutput(Output):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    generation = serializers.IntegerField(help_text="The ETag.")
    tenant_id = serializers.UUIDField()
    tenant_slug = serializers.CharField()
    project_id = serializers.UUIDField()
    project_slug = serializers.CharField()
    name = serializers.CharField()
    cron = serializers.CharField()
    time_zone = serializers.CharField()
    template = RefOutput(allow_null=True)
    overlap = serializers.ChoiceField(Overlap.choices)
    missed = serializers.ChoiceField(Missed.choices)
    starting_deadline_seconds = serializers.IntegerField()
    state = serializers.ChoiceField(ScheduleState.choices)
    state_reason = serializers.CharField(help_text="Why it was stopped: owner-gone or permission-lost.")
    owner = RefOutput(help_text="Whoever wrote or resumed it last; its jobs are theirs.")
    next_run_at = serializers.DateTimeField(allow_null=True)
    last_run = LastRunOutput(allow_null=True)
    created_at = serializers.DateTimeField()


class ScheduleDetailOutput(ScheduleOutput):
    spec = JobSpecBody(allow_null=True, help_text="Values of variables are null for whoever may not submit jobs.")
    next_runs = serializers.ListField(child=serializers.DateTimeField(), help_text="The next five due times.")
    can = serializers.ListField(child=serializers.CharField(), help_text="Permissions that you hold on it.")


class ScheduleRunOutput(Output):
    id = serializers.UUIDField()
    due_at = serializers.DateTimeField()
    by_hand = serializers.BooleanField()
    outcome = serializers.ChoiceField(RunOutcome.choices)
    reason = serializers.CharField(help_text="A code: why it failed or was skipped.")
    message = serializers.CharField(help_text="The same as a sentence.")
    job_id = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()


class TimesOutput(Output):
    cron = serializers.CharField()
    time_zone = serializers.CharField()
    times = serializers.ListField(child=serializers.DateTimeField(), help_text="The next five due times, in UTC.")


def _in_words(check: Callable[[str], None], given: str) -> str:
    try:
        check(given)
    except ValueError as error:
        raise serializers.ValidationError(str(error)) from error
    return given


class ScheduleFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=ScheduleState.choices)
    q = filters.CharFilter(field_name="name", lookup_expr="startswith", label="How the name begins.")

    class Meta:
        model = Schedule
        fields: tuple[str, ...] = ()


class _OfProject(ProjectViewSet):
    """A schedule submits jobs as its owner, so whoever writes or runs one holds jobs.submit too."""

    def authorize(self, permission: str) -> None:
        super().authorize(permission)
        if permission == "schedules.manage":
            self.actor.require("jobs.submit", tenant_id=self.project.tenant_id, project_id=self.project.pk)

    @property
    def rows(self) -> Any:
        return Schedule.objects.filter(project=self.project).select_related("project__tenant", "owner", "template")

    def body(self, serializer: type[Input]) -> dict[str, Any]:
        given = self.given(serializer)
        if "spec" in given:
            given["spec"] = parse_spec(given["spec"], at="/spec")
        template: Template | None = given.get("template")
        # Of another tenant's template the actor may see less than a job made from it would show.
        if template is not None and template.tenant_id not in (None, self.project.tenant_id):
            detail = "A template of this project's tenant, or of the platform's gallery."
            raise InvalidRequest(errors=[{"pointer": "/template", "detail": detail}])
        return given

    def whole(self, schedule_id: UUID, *, status: int = HTTPStatus.OK) -> Response:
        """The schedule as it is now, with its next due times and what the actor may do."""
        schedule = self.rows.get(pk=schedule_id)
        held = self.actor.on_project(self.project.pk, self.project.tenant_id)
        document = {
            **schedule_document(schedule),
            "spec": shown_spec(schedule.spec, values="jobs.submit" in held) if schedule.spec else None,
            "next_runs": next_runs(schedule),
            "can": sorted(permission for permission in held if permission.startswith(("schedules.", "jobs."))),
        }
        return self.answer(schedule, sparse(document, self.get_serializer_context()["fields"]), status=status)


class SchedulesViewSet(_OfProject):
    permissions = {"list": "schedules.view", "create": "schedules.manage"}
    queryset = Schedule.objects.all()
    filterset_class = ScheduleFilter
    orders = {"created": "pk", "name": "name"}

    @describe("List schedules", gives=ScheduleOutput(many=True))
    def list(self, request: Request, project_id: UUID) -> Response:
        wanted = self.get_serializer_context()["fields"]
        page = self.paginate_queryset(self.filter_queryset(self.rows)) or []
        return self.get_paginated_response([sparse(schedule_document(schedule), wanted) for schedule in page])

    @describe(
        "Have a job submitted again and again",
        takes=ScheduleInput,
        gives=ScheduleDetailOutput,
        status=HTTPStatus.CREATED,
        example=EXAMPLE,
        text="Give either `spec` or `template`. You become its owner, and its jobs are yours.",
    )
    def create(self, request: Request, project_id: UUID) -> Response:
        schedule = services.create_schedule(actor=self.actor, project=self.project, **self.body(ScheduleInput))
        response = self.whole(schedule.pk, status=HTTPStatus.CREATED)
        response["Location"] = f"/api/v1/projects/{project_id}/schedules/{schedule.pk}/"
        return response


class ScheduleDetailViewSet(_OfProject):
    permissions = {
        "retrieve": "schedules.view",
        "runs": "schedules.view",
        **dict.fromkeys(("partial_update", "destroy", "pause", "resume", "run"), "schedules.manage"),
    }
    queryset = ScheduleRun.objects.all()

    @describe("Read a schedule", gives=ScheduleDetailOutput)
    def retrieve(self, request: Request, project_id: UUID, schedule_id: UUID) -> Response:
        return self.whole(self._schedule.pk)

    @describe(
        "Change a schedule",
        takes=ScheduleChangeInput,
        gives=ScheduleDetailOutput,
        example={"cron": "30 3 * * *"},
        text="You become its owner.",
    )
    def partial_update(self, request: Request, project_id: UUID, schedule_id: UUID) -> Response:
        schedule = self.locked(self.rows, pk=schedule_id)
        services.change_schedule(actor=self.actor, schedule=schedule, **self.body(ScheduleChangeInput))
        return self.whole(schedule.pk)

    @describe("Remove a schedule; its jobs stay", status=HTTPStatus.NO_CONTENT)
    def destroy(self, request: Request, project_id: UUID, schedule_id: UUID) -> Response:
        services.delete_schedule(actor=self.actor, schedule=self.locked(self.rows, pk=schedule_id))
        return Response(status=HTTPStatus.NO_CONTENT)

    @describe("Pause a schedule", takes=NoInput, gives=ScheduleDetailOutput)
    def pause(self, request: Request, project_id: UUID, schedule_id: UUID) -> Response:
        return self._act(services.pause_schedule)

    @describe("Resume a schedule that is paused or stopped", takes=NoInput, gives=ScheduleDetailOutput)
    def resume(self, request: Request, project_id: UUID, schedule_id: UUID) -> Response:
        return self._act(services.resume_schedule)

    @describe("Run a schedule once, now, as yourself", takes=NoInput, gives=ScheduleRunOutput, status=HTTPStatus.CREATED)
    def run(self, request: Request, project_id: UUID, schedule_id: UUID) -> Response:
        self.given(NoInput)
        run = services.run_schedule_now(actor=self.actor, schedule=self._schedule)
        return Response(self.shown(ScheduleRunOutput, run), status=HTTPStatus.CREATED)

    @describe("List what became of its due times", gives=ScheduleRunOutput(many=True))
    def runs(self, request: Request, project_id: UUID, schedule_id: UUID) -> Response:
        return self.page(ScheduleRunOutput, ScheduleRun.objects.filter(schedule=self._schedule))

    @property
    def _schedule(self) -> Schedule:
        found: Schedule = visible_or_404(self.rows, pk=self.kwargs["schedule_id"])
        return found

    def _act(self, act: Any) -> Response:
        self.given(NoInput)
        return self.whole(act(actor=self.actor, schedule=self._schedule).pk)


class TimesViewSet(ResourceViewSet):
    permissions = {"retrieve": ""}

    @describe(
        "Read when a cron expression is due next",
        gives=TimesOutput,
        query={"cron": "Five fields.", "time_zone": "IANA name; UTC when left out."},
    )
    def retrieve(self, request: Request) -> Response:
        cron = " ".join(request.query_params.get("cron", "").split())
        zone = request.query_params.get("time_zone", "") or "UTC"
        wrong = []
        for pointer, check, given in (("?cron", check_cron, cron), ("?time_zone", check_zone, zone)):
            try:
                check(given)
            except ValueError as error:
                wrong.append({"pointer": pointer, "detail": str(error)})
        if wrong:
            raise InvalidRequest(errors=wrong)
        times = next_due(cron, zone, after=timezone.now(), count=SHOWN)
        return Response(self.shown(TimesOutput, {"cron": cron, "time_zone": zone, "times": times}))
