"""/projects/{project_id}/secrets/: names, versions and uses are shown, values never."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.views import visible_or_404
from apps.core.registries import secret_uses
from apps.secrets import services
from apps.secrets.api.serializers import (
    DestroyInput,
    SecretChange,
    SecretInput,
    SecretOutput,
    SecretUsesOutput,
    SecretVersionOutput,
    ValuesInput,
)
from apps.secrets.entries import read_entries
from apps.secrets.models import Secret, SecretVersion
from apps.tenants.api.base import ProjectViewSet

EXAMPLE = {"name": "tracker", "description": "The experiment tracker's key.", "data": {"api-key": "s3cr3t-value"}}
MOST_USES = 100


class SecretsViewSet(ProjectViewSet):
    permissions = {"list": "secrets.view", "create": "secrets.manage"}
    queryset = Secret.objects.all()
    orders = {"name": "name", "created": "pk"}
    default_order = "name"

    @describe("List the secrets of a project", gives=SecretOutput(many=True))
    def list(self, request: Request, project_id: UUID) -> Response:
        return self.page(SecretOutput, Secret.objects.filter(project=self.project).select_related("created_by"))

    @describe(
        "Create a secret",
        takes=SecretInput,
        gives=SecretOutput,
        status=201,
        example=EXAMPLE,
        text="The values are encrypted and never shown again. `basic-auth` wants `password` and may have `username`; "
        "`ssh-auth` wants `ssh-privatekey` and `known_hosts`; `registry` wants `server`, `username` and `password`, with "
        "which every pod of the project pulls its images.",
    )
    def create(self, request: Request, project_id: UUID) -> Response:
        given = self.given(SecretInput)
        entries = read_entries(given["kind"], data=given.pop("data"), binary_data=given.pop("binary_data"))
        secret = services.create_secret(actor=self.actor, project=self.project, entries=entries, **given)
        response = self.answer(secret, self.shown(SecretOutput, secret), status=201)
        response["Location"] = f"/api/v1/projects/{project_id}/secrets/{secret.pk}/"
        return response


class SecretViewSet(ProjectViewSet):
    """Endpoints below one secret. `self.secret` is of the project in the address."""

    secret: Secret

    def authorize(self, permission: str) -> None:
        super().authorize(permission)
        self.secret = visible_or_404(self.rows(), pk=self.kwargs["secret_id"])

    def rows(self) -> Any:
        return Secret.objects.filter(project=self.project).select_related("created_by")


class SecretDetailViewSet(SecretViewSet):
    permissions = {
        "retrieve": "secrets.view",
        "partial_update": "secrets.manage",
        "destroy": "secrets.manage",
        "rotate": "secrets.manage",
        "uses": "secrets.view",
    }

    @describe("Read what is known of a secret", gives=SecretOutput)
    def retrieve(self, request: Request, project_id: UUID, secret_id: UUID) -> Response:
        return self.answer(self.secret, self.shown(SecretOutput, self.secret))

    @describe("Change a secret's description", takes=SecretChange, gives=SecretOutput, example={"description": "New."})
    def partial_update(self, request: Request, project_id: UUID, secret_id: UUID) -> Response:
        secret = self.locked(self.rows(), pk=secret_id)
        secret = services.change_secret(actor=self.actor, secret=secret, **self.given(SecretChange))
        return self.answer(secret, self.shown(SecretOutput, secret))

    @describe(
        "Destroy a secret and all its versions",
        takes=DestroyInput,
        status=204,
        example={"confirm": "tracker"},
        text="Jobs that would still need it fail; what runs keeps what it was given.",
    )
    def destroy(self, request: Request, project_id: UUID, secret_id: UUID) -> Response:
        secret = self.locked(self.rows(), pk=secret_id)
        services.destroy_secret(actor=self.actor, secret=secret, **self.given(DestroyInput))
        return Response(status=204)

    @describe(
        "Give a secret new values",
        takes=ValuesInput,
        gives=SecretOutput,
        example={"data": {"api-key": "n3w-value"}},
        text="A new version with exactly these entries; the old ones stay until they are destroyed.",
    )
    def rotate(self, request: Request, project_id: UUID, secret_id: UUID) -> Response:
        secret = visible_or_404(self.rows().select_for_update(of=("self",), no_key=True), pk=secret_id)
        entries = read_entries(secret.kind, **self.given(ValuesInput))
        secret = services.rotate_secret(actor=self.actor, secret=secret, entries=entries)
        return self.answer(secret, self.shown(SecretOutput, secret))

    @describe(
        "What names a secret: jobs that have not ended, and templates",
        gives=SecretUsesOutput,
        text=f"The newest {MOST_USES}. Jobs that you may not see are not among them.",
    )
    def uses(self, request: Request, project_id: UUID, secret_id: UUID) -> Response:
        found = [
            use
            for users_of in secret_uses.values()
            for use in users_of(self.actor, self.project.tenant_id, self.project.pk, self.secret.name, MOST_USES + 1)
        ]
        return Response(SecretUsesOutput({"uses": found[:MOST_USES], "more": len(found) > MOST_USES}).data)


class SecretVersionsViewSet(SecretViewSet):
    permissions = {"list": "secrets.view", "destroy": "secrets.manage"}
    queryset = SecretVersion.objects.all()
    orders = {"number": "number"}
    default_order = "-number"

    @describe("List a secret's versions, newest first", gives=SecretVersionOutput(many=True))
    def list(self, request: Request, project_id: UUID, secret_id: UUID) -> Response:
        return self.page(SecretVersionOutput, self.secret.versions.select_related("created_by").defer("data"))

    @describe("Destroy the values of an old version", status=204, text="If-Match is the secret's ETag.")
    def destroy(self, request: Request, project_id: UUID, secret_id: UUID, number: int) -> Response:
        secret = self.locked(self.rows(), pk=secret_id)
        version = visible_or_404(secret.versions.all(), number=number)
        services.destroy_version(actor=self.actor, secret=secret, version=version)
        return Response(status=204)
