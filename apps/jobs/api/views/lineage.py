"""…/datasets/{dataset_id}/versions/{number}/lineage/: which jobs a version comes from, and which read it."""

from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.serializers import Output
from apps.core.api.views import visible_or_404
from apps.jobs.lineage import MOST_NODES, MOST_STEPS, lineage_of
from apps.storage.api.datasets import DatasetViewSet
from apps.storage.models import DatasetVersion


class LineageNodeOutput(Output):
    id = serializers.UUIDField()
    kind = serializers.CharField(help_text="version or job.")
    step = serializers.IntegerField(help_text="How far before (negative) or behind the version it is.")
    name = serializers.CharField(help_text="Of the job, or of the dataset.")
    phase = serializers.CharField()
    number = serializers.IntegerField(required=False, help_text="Of a version.")
    dataset_id = serializers.UUIDField(required=False, help_text="Of a version.")


class LineageEdgeOutput(Output):
    origin = serializers.UUIDField()
    target = serializers.UUIDField()


class LineageOutput(Output):
    nodes = LineageNodeOutput(many=True)
    edges = LineageEdgeOutput(many=True)
    more = serializers.BooleanField(help_text=f"There is more than these {MOST_NODES}.")


class LineageViewSet(DatasetViewSet):
    permissions = {"retrieve": "datasets.view"}
    queryset = DatasetVersion.objects.all()

    @describe(
        "Read where a version comes from, and what reads it",
        gives=LineageOutput,
        text="Jobs of the project that wrote or read it, the versions that these read or made, and so on, up to "
        f"{MOST_STEPS} steps away. Needs `jobs.view` as well.",
    )
    def retrieve(self, request: Request, project_id: UUID, dataset_id: UUID, number: int) -> Response:
        self.actor.require("jobs.view", tenant_id=self.project.tenant_id, project_id=self.project.pk)
        rows = DatasetVersion.objects.filter(dataset=self.dataset).select_related("dataset")
        graph = lineage_of(visible_or_404(rows, number=number))
        edges = [{"origin": origin, "target": target} for origin, target in sorted(graph.edges)]
        return Response(LineageOutput({"nodes": list(graph.nodes.values()), "edges": edges, "more": graph.more}).data)
