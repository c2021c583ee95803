"""Volumes as they come in and go out."""

from typing import Any

from rest_framework import serializers

from apps.clusters.models import ClusterKind
from apps.core.api.serializers import Input, Output, RefOutput, SaidOutput
from apps.core.validators import LABEL
from apps.storage.models import SHOWN_VOLUME_PHASES, AccessMode, ReclaimPolicy, Volume
from apps.storage.volumes import expandable, mounted_by

_SIZE: dict[str, Any] = {"min_value": 2**20, "max_value": 2**60}


class VolumeInput(Input):
    name = serializers.CharField(min_length=3, max_length=40, validators=[LABEL])
    cluster = serializers.CharField(max_length=40, help_text="Slug of the cluster in which it lies.")
    size_bytes = serializers.IntegerField(**_SIZE)
    access_mode = serializers.ChoiceField(
        AccessMode.choices, default=AccessMode.READ_WRITE_ONCE, help_text="From where it is mounted at once."
    )
    storage_class = serializers.CharField(
        max_length=253, allow_blank=True, default="", help_text="Of the cluster; empty: its own choice."
    )
    reclaim_policy = serializers.ChoiceField(
        ReclaimPolicy.choices, default=ReclaimPolicy.DELETE, help_text="What becomes of its files when it is deleted."
    )


class VolumeChange(Input):
    size_bytes = serializers.IntegerField(**_SIZE, required=False)
    reclaim_policy = serializers.ChoiceField(ReclaimPolicy.choices, required=False)


class VolumeOutput(Output):
    id = serializers.UUIDField()
    tenant_id = serializers.UUIDField()
    project_id = serializers.UUIDField()
    name = serializers.CharField()
    cluster = serializers.CharField(source="cluster.slug")
    cluster_kind = serializers.ChoiceField(ClusterKind.choices, source="cluster.kind")
    size_bytes = serializers.IntegerField(help_text="What is wanted.")
    access_mode = serializers.ChoiceField(AccessMode.choices)
    storage_class = serializers.CharField(help_text="Empty: a directory of the machine.")
    reclaim_policy = serializers.ChoiceField(ReclaimPolicy.choices)
    phase = serializers.ChoiceField(SHOWN_VOLUME_PHASES, source="shown_phase")
    why = serializers.CharField(help_text="What it waits for, and who must act; empty when it waits for nothing.")
    said = SaidOutput(many=True, help_text="The same as codes with arguments.")
    capacity_bytes = serializers.IntegerField(allow_null=True, help_text="What it was given; null: nothing yet.")
    size_enforced = serializers.BooleanField(
        allow_null=True, help_text="false: it is measured, and nothing keeps programs from writing more."
    )
    used_bytes = serializers.IntegerField(allow_null=True, help_text="null: nobody measures it.")
    files = serializers.IntegerField(allow_null=True)
    measured_at = serializers.DateTimeField(allow_null=True)
    expandable = serializers.SerializerMethodField(help_text="Whether its class lets it grow.")
    claim = serializers.CharField(help_text="What a cluster calls it.")
    created_by = RefOutput()
    created_at = serializers.DateTimeField()
    version = serializers.IntegerField(help_text="Grows with every change; events carry it too.")
    generation = serializers.IntegerField(help_text="The ETag.")
    observed_generation = serializers.IntegerField(help_text="What was carried out last.")

    def get_expandable(self, volume: Volume) -> bool:
        return expandable(volume)


class MountedOutput(Output):
    kind = serializers.CharField()
    id = serializers.UUIDField()
    name = serializers.CharField()
    phase = serializers.CharField()
    access = serializers.CharField(help_text="read or write.")
    path = serializers.CharField(help_text="Where it is mounted in a cluster.")


class VolumeDetailOutput(VolumeOutput):
    mounted_by = serializers.SerializerMethodField(help_text="What mounts it, or will, and is not over.")

    def get_mounted_by(self, volume: Volume) -> MountedOutput(many=True):  # type: ignore[valid-type]
        return MountedOutput(mounted_by(volume), many=True).data


class StorageClassOutput(Output):
    name = serializers.CharField()
    provisioner = serializers.CharField()
    default = serializers.BooleanField(help_text="The cluster's own choice.")
    expandable = serializers.BooleanField()
    reclaim_policy = serializers.CharField()
    waits = serializers.BooleanField(help_text="Its volumes are made when they are first mounted.")


class VolumePlaceOutput(Output):
    cluster = serializers.CharField(source="slug")
    name = serializers.CharField()
    kind = serializers.ChoiceField(ClusterKind.choices)
    storage_classes = StorageClassOutput(many=True)


class VolumeLimitInput(Input):
    most_bytes = serializers.IntegerField(min_value=0, max_value=2**62, allow_null=True, help_text="null: no limit.")
    most_volumes = serializers.IntegerField(min_value=0, max_value=1_000_000, allow_null=True)


class VolumeLimitOutput(Output):
    """What all volumes of a tenant are together, and may be."""

    most_bytes = serializers.IntegerField(allow_null=True, help_text="null: no limit.")
    most_volumes = serializers.IntegerField(allow_null=True)
    size_bytes = serializers.IntegerField(help_text="As they are wanted, whether they are filled or not.")
    volumes = serializers.IntegerField()
    generation = serializers.IntegerField(help_text="The ETag.")


class VolumePlacesOutput(Output):
    places = VolumePlaceOutput(many=True)
    limit = VolumeLimitOutput(help_text="Of the tenant.")
