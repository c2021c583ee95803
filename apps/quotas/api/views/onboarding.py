"""POST /tenants/: onboarding. GET is tenants' own list."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.errors import InvalidRequest
from apps.quotas import services
from apps.quotas.api.references import cohort_in
from apps.quotas.api.serializers import OnboardedOutput, OnboardingInput
from apps.quotas.api.views.quotas import LINES_EXAMPLE
from apps.quotas.services import NewOwner, NewProject, NewQuota
from apps.tenants.api.views.tenants import TenantsViewSet

EXAMPLE = {
    "slug": "aurora",
    "name": "Aurora Robotics",
    "project": {"slug": "vision", "name": "Vision"},
    "owner": {"email": "otto@aurora.example", "name": "Otto"},
    "quota": {"cluster": "harbour", "cohort": "commons", "lines": LINES_EXAMPLE},
}


class OnboardingViewSet(TenantsViewSet):
    permissions = {**TenantsViewSet.permissions, "create": "tenants.onboard"}
    secret_fields = frozenset({"owner_password"})

    @describe(
        "Onboard a tenant: tenant, first project, owner and quota in one act",
        takes=OnboardingInput,
        gives=OnboardedOutput,
        status=201,
        example=EXAMPLE,
    )
    def create(self, request: Request) -> Response:
        given = self.given(OnboardingInput)
        quota = _quota(given["quota"])
        try:
            done = services.onboard_tenant(
                actor=self.actor,
                slug=given["slug"],
                name=given["name"],
                description=given["description"],
                project=NewProject(**given["project"]),
                owner=NewOwner(**given["owner"]),
                quota=quota,
            )
        except InvalidRequest as problem:  # only lines of the quota can be wrong in ways that serializers do not see
            raise InvalidRequest(
                errors=[{**wrong, "pointer": f"/quota{wrong['pointer']}"} for wrong in problem.errors]
            ) from problem
        document = {
            "tenant": done.tenant,
            "project": done.project,
            "owner": done.owner,
            "owner_password": done.owner_password,
            "quota_id": done.quota.pk if done.quota else None,
        }
        return self.answer(done.tenant, self.shown(OnboardedOutput, document), status=201)


def _quota(given: dict[str, Any] | None) -> NewQuota | None:
    if given is None:
        return None
    cohort = cohort_in(given["cluster"], given["cohort"], pointer="quota.cohort")
    return NewQuota(cluster=given["cluster"], cohort=cohort, lines=given["lines"])
