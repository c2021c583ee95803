"""/clusters/{id}/admission/."""

from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.clusters.api.serializers import ClusterOutput
from apps.clusters.api.views import shown_to
from apps.clusters.models import AdmittedBy, Cluster
from apps.core.api.schema import describe
from apps.core.api.serializers import Input
from apps.core.api.views import ResourceViewSet
from apps.quotas import services


class AdmissionInput(Input):
    admission = serializers.ChoiceField(choices=AdmittedBy.choices)


class ClusterAdmissionViewSet(ResourceViewSet):
    permissions = {"partial_update": "clusters.manage"}

    @describe(
        "Choose who decides what starts in a cluster",
        takes=AdmissionInput,
        gives=ClusterOutput,
        example={"admission": "kueue"},
        text="The portal, or the Kueue of the cluster, where one was found (`capabilities.kueue`). Changed only while "
        "nothing runs, waits or is suspended there.",
    )
    def partial_update(self, request: Request, cluster_id: UUID) -> Response:
        cluster = self.locked(Cluster.objects.permitted(self.actor), pk=cluster_id)
        cluster = services.choose_admission(actor=self.actor, cluster=cluster, **self.given(AdmissionInput))
        return self.answer(cluster, self.shown(ClusterOutput, shown_to(self.actor, cluster)))
