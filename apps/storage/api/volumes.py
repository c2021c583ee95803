"""/projects/{project_id}/volumes/: file systems that jobs mount, and /tenants/{tenant_id}/volume-limit/."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.views import visible_or_404
from apps.storage import volumes
from apps.storage.api.volume_serializers import (
    VolumeChange,
    VolumeDetailOutput,
    VolumeInput,
    VolumeLimitInput,
    VolumeLimitOutput,
    VolumeOutput,
    VolumePlacesOutput,
)
from apps.storage.models import Volume, VolumeLimit
from apps.tenants.api.base import ProjectViewSet, TenantViewSet


class VolumesViewSet(ProjectViewSet):
    permissions = {"list": "volumes.view", "create": "volumes.manage", "places": "volumes.view"}
    queryset = Volume.objects.all()
    orders = {"name": "name", "created": "pk"}
    default_order = "name"

    @describe("List the volumes of a project", gives=VolumeOutput(many=True))
    def list(self, request: Request, project_id: UUID) -> Response:
        rows = Volume.objects.filter(project=self.project).select_related("created_by", "cluster")
        return self.page(VolumeOutput, rows)

    @describe(
        "Create a volume",
        takes=VolumeInput,
        gives=VolumeDetailOutput,
        status=201,
        example={"name": "scratch", "cluster": "here", "size_bytes": 10 * 2**30},
        text="It lies in one cluster, and jobs that mount it run there. In a Kubernetes cluster it is a claim of the "
        "project's namespace; on a machine it is a directory, which is measured and cannot be kept to its size.",
    )
    def create(self, request: Request, project_id: UUID) -> Response:
        volume = volumes.create_volume(actor=self.actor, project=self.project, **self.given(VolumeInput))
        response = self.answer(volume, self.shown(VolumeDetailOutput, volume), status=201)
        response["Location"] = f"/api/v1/projects/{project_id}/volumes/{volume.pk}/"
        return response

    @describe("Where volumes of a project can lie, and how many more its tenant may have", gives=VolumePlacesOutput)
    def places(self, request: Request, project_id: UUID) -> Response:
        places = volumes.clusters_of(self.project).order_by("slug")
        limit = _limit(volumes.limit_of(self.project.tenant))
        return Response(self.shown(VolumePlacesOutput, {"places": places, "limit": limit}))


class VolumeDetailViewSet(ProjectViewSet):
    permissions = {"retrieve": "volumes.view", "partial_update": "volumes.manage", "destroy": "volumes.manage"}

    def rows(self) -> Any:
        return Volume.objects.filter(project=self.project).select_related("created_by", "cluster")

    @describe("Read a volume, and what mounts it", gives=VolumeDetailOutput)
    def retrieve(self, request: Request, project_id: UUID, volume_id: UUID) -> Response:
        volume = visible_or_404(self.rows(), pk=volume_id)
        return self.answer(volume, self.shown(VolumeDetailOutput, volume))

    @describe(
        "Resize a volume, or say what becomes of its files",
        takes=VolumeChange,
        gives=VolumeDetailOutput,
        example={"size_bytes": 20 * 2**30},
        text="In a Kubernetes cluster volumes only grow, and only where their class lets them.",
    )
    def partial_update(self, request: Request, project_id: UUID, volume_id: UUID) -> Response:
        volume = self.locked(self.rows(), pk=volume_id)
        volume = volumes.change_volume(actor=self.actor, volume=volume, **self.given(VolumeChange))
        return self.answer(volume, self.shown(VolumeDetailOutput, volume))

    @describe(
        "Delete a volume that nothing mounts",
        gives=VolumeOutput,
        status=202,
        text="It goes when its cluster has let it go; until then it is `deleting`.",
    )
    def destroy(self, request: Request, project_id: UUID, volume_id: UUID) -> Response:
        volume = self.locked(self.rows(), pk=volume_id)
        volumes.remove_volume(actor=self.actor, volume=volume)
        return self.answer(volume, self.shown(VolumeOutput, volume), status=202)


class VolumeLimitViewSet(TenantViewSet):
    permissions = {"retrieve": "quotas.view", "update": "quotas.manage"}

    @describe("Read what all volumes of a tenant are together, and may be", gives=VolumeLimitOutput)
    def retrieve(self, request: Request, tenant_id: UUID) -> Response:
        row = volumes.limit_of(self.tenant)
        return self.answer(row, self.shown(VolumeLimitOutput, _limit(row)))

    @describe(
        "Limit the volumes of a tenant",
        takes=VolumeLimitInput,
        gives=VolumeLimitOutput,
        example={"most_bytes": 2**40, "most_volumes": 50},
        text="Below what there is, nothing is added and nothing grows; none is deleted for it.",
    )
    def update(self, request: Request, tenant_id: UUID) -> Response:
        VolumeLimit.objects.get_or_create(tenant=self.tenant)
        row = self.locked(VolumeLimit.objects.select_related("tenant"), pk=self.tenant.pk)
        volumes.limit_tenant(actor=self.actor, row=row, **self.given(VolumeLimitInput))
        return self.answer(row, self.shown(VolumeLimitOutput, _limit(row)))


def _limit(row: VolumeLimit) -> dict[str, Any]:
    may = {"most_bytes": row.most_bytes, "most_volumes": row.most_volumes, "generation": row.generation}
    return {**may, **volumes.total_of(row.tenant_id)}
