"""/clusters/{id}/capacity/ and /fragmentation/: what a cluster had over time, and what is left of it in one piece."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.clusters.fragmentation import fragmentation
from apps.clusters.models import CAPACITY_PARTS, Cluster
from apps.clusters.services.capacity import KEPT, SAMPLED_EVERY
from apps.core.api.schema import describe
from apps.core.api.serializers import Output
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.core.errors import InvalidRequest
from apps.tenants.actor import Actor

MOST_POINTS = 300


class CapacityQuery(serializers.Serializer[Any]):
    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False)


class CapacityPointOutput(Output):
    at = serializers.DateTimeField(help_text="When the stretch began.")
    allocatable = serializers.IntegerField(help_text="On nodes that answered, cordoned ones among them.")
    ours = serializers.IntegerField(help_text="What work that Hanse started asked for.")
    others = serializers.IntegerField(help_text="What everything else there asked for.")
    unhealthy = serializers.IntegerField(help_text="On nodes that did not answer, and devices that fell ill.")


class CapacityCurveOutput(Output):
    flavor = serializers.CharField()
    resource = serializers.CharField(help_text="cpu (millicores), memory (bytes), gpu, fpga or rdma (pieces).")
    points = CapacityPointOutput(many=True, help_text="Oldest first; none where the cluster was not seen.")


class CapacityHistoryOutput(Output):
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    step_seconds = serializers.IntegerField(help_text="A point is the mean of a stretch this long.")
    curves = CapacityCurveOutput(many=True)


class RoomOutput(Output):
    size = serializers.IntegerField(help_text="Devices of one replica, all on one node.")
    replicas = serializers.IntegerField(help_text="Whole replicas of that size for which there is room.")
    usable = serializers.IntegerField(help_text="Devices that they would have.")


class FragmentationOutput(Output):
    flavor = serializers.CharField()
    resource = serializers.CharField()
    free = serializers.IntegerField(help_text="Devices that nobody asked for, on nodes that take new work.")
    sizes = RoomOutput(many=True, help_text="1, 2, 4, 8, 16 and as many as the largest node has.")


class FragmentationsOutput(Output):
    devices = FragmentationOutput(many=True)


class ClusterCapacityViewSet(ResourceViewSet):
    """Over time, for platform roles."""

    permissions = {"retrieve": ""}

    @describe(
        "What a cluster had and what was taken of it, over time",
        gives=CapacityHistoryOutput,
        query={"since": "From this moment on; a day ago unless given.", "until": "To this moment; now unless given."},
        text=f"Looked at every {SAMPLED_EVERY.seconds // 60} minutes, kept for {KEPT.days} days, shown in at most "
        f"{MOST_POINTS} points a curve.",
    )
    def retrieve(self, request: Request, cluster_id: UUID) -> Response:
        cluster = _cluster_of(self.actor, cluster_id)
        asked = CapacityQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        now = timezone.now()
        until = min(asked.validated_data.get("until", now), now)
        since = max(asked.validated_data.get("since", until - timedelta(days=1)), now - KEPT)
        if since >= until:
            raise InvalidRequest(
                errors=[{"pointer": "?since", "detail": f"Before until, and at most {KEPT.days} days ago."}]
            )
        # Whole stretches, so that each holds as many samples as the next.
        step = SAMPLED_EVERY * -(-(until - since) // (SAMPLED_EVERY * MOST_POINTS))
        rows = cluster.capacity_samples.curves(since=since, until=until, step=step)
        found = {"since": since, "until": until, "step_seconds": step.total_seconds(), "curves": _curves(rows)}
        return Response(self.shown(CapacityHistoryOutput, found))


class ClusterFragmentationViewSet(ResourceViewSet):
    """Now, for platform roles."""

    permissions = {"retrieve": ""}

    @describe(
        "How much of what is free can still take a whole replica",
        gives=FragmentationsOutput,
        text="The devices of a replica are all on one node, and what is free may be spread over many.",
    )
    def retrieve(self, request: Request, cluster_id: UUID) -> Response:
        cluster = _cluster_of(self.actor, cluster_id)
        return Response(self.shown(FragmentationsOutput, {"devices": fragmentation(cluster.nodes.all())}))


def _cluster_of(actor: Actor, cluster_id: UUID) -> Cluster:
    cluster: Cluster = visible_or_404(Cluster.objects.permitted(actor), pk=cluster_id)
    actor.require("clusters.view")
    return cluster


def _curves(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    def key(row: dict[str, Any]) -> tuple[str, str]:
        return row["flavor"], row["resource"]

    return [
        {
            "flavor": flavor,
            "resource": resource,
            "points": [
                {"at": row["stretch"], **{name: round(row[f"mean_{name}"]) for name in CAPACITY_PARTS}} for row in of_curve
            ],
        }
        for (flavor, resource), of_curve in groupby(rows, key)
    ]
