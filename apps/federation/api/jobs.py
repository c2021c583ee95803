"""/tenants/{tenant_id}/federated-jobs/."""

from typing import Any
from uuid import UUID

from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.views import visible_or_404
from apps.core.errors import InvalidRequest, NotVisible
from apps.federation import services
from apps.federation.api.job_serializers import (
    FederatedJobDetailOutput,
    FederatedJobInput,
    FederatedJobOutput,
    OurPartInput,
)
from apps.federation.api.serializers import ReasonInput
from apps.federation.models import Contract, FederatedJob, FederatedPhase, Partner
from apps.federation.services._jobs import locked
from apps.jobs.api.bodies import parse_spec
from apps.jobs.models import Template
from apps.jobs.spec import JobSpec
from apps.tenants.api.base import TenantViewSet, require_staying
from apps.tenants.models import Project

FEDERATED_ACTS = ("accept", "refuse", "stop")
_PART = {
    "project_id": "0190f3c4-0000-7000-8000-000000000004",
    "spec": {"name": "digits", "roles": [{"command": ["python", "-m", "demonstration.together", "--digits", "even"]}]},
}
EXAMPLE = {
    "contract_id": "0190f3c4-0000-7000-8000-000000000003",
    "name": "digits-of-both",
    "rounds": 20,
    "parameters": {"learning_rate": 0.5},
    **_PART,
}


class FederatedJobFilter(filters.FilterSet):
    phase = filters.MultipleChoiceFilter(choices=FederatedPhase.choices)
    contract = filters.UUIDFilter(field_name="contract_id", label="The `id` of an edition.")

    class Meta:
        model = FederatedJob
        fields: tuple[str, ...] = ()


class _FederatedJobs(TenantViewSet):
    """Whoever gives a part submits a job by it, so they hold jobs.submit in its project too."""

    def part(self, given: dict[str, Any]) -> dict[str, Any]:
        """The project and the specification that are given as our part."""
        visible = Project.objects.select_related("tenant").permitted(self.actor)
        project = visible_or_404(visible.filter(tenant=self.tenant), pk=given.pop("project_id"))
        require_staying(self.request.method, project)
        self.actor.require("jobs.submit", tenant_id=project.tenant_id, project_id=project.pk)
        spec, template_id = given.pop("spec", None), given.pop("template", None)
        if (spec is None) == (template_id is None):
            detail = "Give either a specification or the id of a template, as template."
            raise InvalidRequest(errors=[{"pointer": "/spec", "detail": detail}])
        if template_id is None:
            return {**given, "project": project, "spec": parse_spec(spec, at="/spec")}
        template = Template.objects.permitted(self.actor).filter(pk=template_id).first()
        if template is None or template.tenant_id not in (None, project.tenant_id):
            raise InvalidRequest(errors=[{"pointer": "/template", "detail": "There is no such template that you may see."}])
        return {**given, "project": project, "spec": JobSpec.model_validate(template.spec)}


class FederatedJobsViewSet(_FederatedJobs):
    permissions = {"list": "parties.view", "create": "federated-jobs.run"}
    queryset = FederatedJob.objects.all()
    filterset_class = FederatedJobFilter
    orders = {"created": "pk"}
    default_order = "-created"

    @describe("List jobs that run with other parties", gives=FederatedJobOutput(many=True))
    def list(self, request: Request, tenant_id: UUID) -> Response:
        return self.page(FederatedJobOutput, FederatedJob.objects.filter(tenant=self.tenant).with_sides())

    @describe(
        "Propose a job to another party",
        takes=FederatedJobInput,
        gives=FederatedJobOutput,
        status=201,
        example=EXAMPLE,
        text="With our own part, an ordinary job that is submitted once they gave theirs and the channels of the contract "
        "are open on both sides. Unanswered it ends after seven days.",
    )
    def create(self, request: Request, tenant_id: UUID) -> Response:
        given = self.part(self.given(FederatedJobInput))
        rows = Contract.objects.filter(tenant=self.tenant).select_related("partner__party__tenant", "channels")
        contract = visible_or_404(rows, pk=given.pop("contract_id"))
        # One after the other, so that two never take the same rounds.
        Partner.objects.select_for_update(of=("self",), no_key=True).get(pk=contract.partner_id)
        job = services.propose_job(actor=self.actor, contract=contract, **given)
        return self.answer(job, self.shown(FederatedJobOutput, job), status=201)


class FederatedJobViewSet(_FederatedJobs):
    permissions = {
        "retrieve": "parties.view",
        "accept": "federated-jobs.run",
        **dict.fromkeys(("refuse", "stop"), "federated-jobs.stop"),
    }

    @describe("Read a federated job, with the timeline of both sides", gives=FederatedJobDetailOutput)
    def retrieve(self, request: Request, tenant_id: UUID, federated_job_id: UUID) -> Response:
        job = visible_or_404(FederatedJob.objects.filter(tenant=self.tenant).with_sides(), pk=federated_job_id)
        return self.answer(job, self.shown(FederatedJobDetailOutput, job))

    @describe(
        "Accept what the other party proposed, with our part",
        takes=OurPartInput,
        gives=FederatedJobOutput,
        example=_PART,
        text="It is submitted, as you, once the channels of the contract are open on both sides.",
    )
    def accept(self, request: Request, tenant_id: UUID, federated_job_id: UUID) -> Response:
        given = self.part(self.given(OurPartInput))
        return self._act(federated_job_id, services.accept_job, **given)

    @describe("Refuse, with a reason", takes=ReasonInput, gives=FederatedJobOutput, example={"reason": "Not this week."})
    def refuse(self, request: Request, tenant_id: UUID, federated_job_id: UUID) -> Response:
        return self._act(federated_job_id, services.refuse_job, **self.given(ReasonInput))

    @describe(
        "Stop both parts, or take back a proposal",
        takes=ReasonInput,
        gives=FederatedJobOutput,
        example={"reason": "The loss does not fall."},
        text="Our part is stopped here whether or not the other side can be told yet; they stop theirs once they hear it.",
    )
    def stop(self, request: Request, tenant_id: UUID, federated_job_id: UUID) -> Response:
        return self._act(federated_job_id, services.stop_job, **self.given(ReasonInput))

    def _act(self, federated_job_id: UUID, act: Any, **given: Any) -> Response:
        visible_or_404(FederatedJob.objects.filter(tenant=self.tenant), pk=federated_job_id)
        job = locked(federated_job_id)
        if job is None:
            raise NotVisible
        act(actor=self.actor, job=job, **given)
        return self.answer(job, self.shown(FederatedJobOutput, job))
