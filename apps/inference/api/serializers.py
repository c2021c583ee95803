"""Apps as they come in and go out; documents are written in apps/inference/documents.py."""

from typing import Any

import orjson
import pydantic
from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers

from apps.core.api.errors import pydantic_errors
from apps.core.api.schema import model_schema
from apps.core.api.serializers import Input, Output, RefOutput, SaidOutput
from apps.core.errors import InvalidRequest
from apps.core.validators import LABEL
from apps.inference.models import SHOWN_PHASES, AppAccess, ReplicaPhase
from apps.inference.spec import MOST_REPLICAS, AppSpec, Autoscaling


class AppSpecBody(serializers.BaseSerializer[Any]):
    """An AppSpec, checked strictly: "2" is no number."""

    def to_internal_value(self, data: Any) -> AppSpec:
        try:
            return AppSpec.model_validate_json(orjson.dumps(data), strict=True)
        except pydantic.ValidationError as error:
            wrong = [{**one, "pointer": f"/spec{one['pointer']}"} for one in pydantic_errors(error)]
            raise InvalidRequest(errors=wrong) from error

    def to_representation(self, instance: Any) -> Any:
        return instance


class AppSpecSchema(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    target_class = AppSpecBody

    def get_name(self, auto_schema: Any, direction: str) -> str:
        return "AppSpec"

    def map_serializer(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        return model_schema(AppSpec, direction)


class AutoscalingBody(Input):
    max_replicas = serializers.IntegerField(min_value=1, max_value=MOST_REPLICAS)
    cpu_percent = serializers.IntegerField(
        min_value=1, max_value=100, default=70, help_text="Of the processors asked for: what is kept in use."
    )

    def to_internal_value(self, data: Any) -> Autoscaling:
        return Autoscaling(**super().to_internal_value(data))


class ScalingOutput(Output):
    current = serializers.IntegerField()
    desired = serializers.IntegerField(help_text="How many it wants, within what is set.")
    percent = serializers.IntegerField(allow_null=True, help_text="Of the processors asked for, what is in use.")
    said = SaidOutput(many=True, help_text="Why, as codes with arguments.")


_SCALES = "In a Kubernetes cluster: how far it grows with its load; `replicas` is what it has at least. Null: it does not."
_ACCESS = (
    "Who may call it: `public` (whoever reaches its address), `tenant` (API tokens that may see it, and keys) or `key`."
)


class AppInput(Input):
    name = serializers.CharField(max_length=40, validators=[LABEL])
    description = serializers.CharField(max_length=2000, allow_blank=True, default="")
    replicas = serializers.IntegerField(min_value=1, max_value=MOST_REPLICAS, default=1)
    autoscaling = AutoscalingBody(allow_null=True, default=None, help_text=_SCALES)
    cluster = serializers.CharField(
        max_length=40,
        default="",
        allow_blank=True,
        help_text="Slug of a cluster; if left out Hanse takes one: for an image of the kind kubernetes if it can.",
    )
    priority = serializers.CharField(max_length=40, default="low", help_text="Name of a priority class.")
    access = serializers.ChoiceField(AppAccess.choices, default=AppAccess.TENANT, help_text=_ACCESS)
    note = serializers.CharField(max_length=300, allow_blank=True, default="", help_text="Why it is deployed.")
    spec = AppSpecBody()


class AppChange(Input):
    description = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    replicas = serializers.IntegerField(min_value=1, max_value=MOST_REPLICAS, required=False)
    autoscaling = AutoscalingBody(allow_null=True, required=False, help_text=_SCALES)
    priority = serializers.CharField(max_length=40, required=False, help_text="Of replicas that start from now on.")
    access = serializers.ChoiceField(AppAccess.choices, required=False, help_text=_ACCESS)
    note = serializers.CharField(max_length=300, allow_blank=True, required=False, help_text="Kept with the new revision.")
    spec = AppSpecBody(required=False, help_text="Another one is a new revision.")


class RollBackInput(Input):
    revision = serializers.IntegerField(min_value=1)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class AppOutput(Output):
    id = serializers.UUIDField()
    version = serializers.IntegerField(help_text="Grows with every change; events carry it too.")
    generation = serializers.IntegerField(help_text="The ETag.")
    tenant_id = serializers.UUIDField()
    tenant_slug = serializers.CharField()
    project_id = serializers.UUIDField()
    project_slug = serializers.CharField()
    cluster = RefOutput()
    owner = RefOutput(help_text="Whoever deployed it last; its replicas ask for quota as them.")
    name = serializers.CharField()
    description = serializers.CharField()
    priority = serializers.CharField()
    access = serializers.ChoiceField(AppAccess.choices, help_text=_ACCESS)
    phase = serializers.ChoiceField(SHOWN_PHASES)
    message = serializers.CharField(help_text="Why it is in this phase.")
    said = SaidOutput(many=True, help_text="The same as codes with arguments.")
    stopped = serializers.BooleanField()
    replicas = serializers.IntegerField(help_text="How many are wanted; with `autoscaling`: at least.")
    autoscaling = AutoscalingBody(allow_null=True, help_text=_SCALES)
    scaling = ScalingOutput(allow_null=True, help_text="What the autoscaler last said; null: nothing yet.")
    replicas_ready = serializers.IntegerField()
    revision = serializers.IntegerField(help_text="The one that is wanted.")
    serving_revision = serializers.IntegerField(
        allow_null=True, help_text="The one that last had all its replicas ready; it serves until the wanted one has."
    )
    address = serializers.CharField(help_text="Where it answers; empty where nothing leads to apps from outside.")
    inside_address = serializers.CharField(
        help_text="Where it answers pods of its cluster that its project is open to; empty where apps are no pods."
    )
    created_at = serializers.DateTimeField()


class AppDetailOutput(AppOutput):
    spec = AppSpecBody(help_text="Values of variables are null for whoever may not deploy.")
    can = serializers.ListField(child=serializers.CharField(), help_text="Permissions that you hold on it.")


class PinnedOutput(Output):
    name = serializers.CharField()
    version = serializers.IntegerField()


class RevisionFileOutput(Output):
    path = serializers.CharField(help_text="Below $HANSE_FILES.")
    size_bytes = serializers.IntegerField()


class RevisionOutput(Output):
    number = serializers.IntegerField()
    note = serializers.CharField()
    rolled_back_to = serializers.IntegerField(allow_null=True, help_text="The revision that this one repeats.")
    deployed_by = RefOutput()
    created_at = serializers.DateTimeField()
    spec = AppSpecBody()
    files = RevisionFileOutput(many=True, help_text="What all its replicas are given, as long as the app is there.")
    secrets = PinnedOutput(many=True, help_text="Versions that all its replicas are given.")


class AppReplicaOutput(Output):
    number = serializers.IntegerField(help_text="Its rank among logs and metrics.")
    revision = serializers.IntegerField(help_text="The attempt among logs and metrics.")
    phase = serializers.ChoiceField(ReplicaPhase.choices)
    said = SaidOutput(many=True, help_text="What it waits for, or how it ended.")
    node = serializers.CharField()
    pod = serializers.CharField(help_text="What runs in its place in a Kubernetes cluster; empty: nothing does.")
    created_at = serializers.DateTimeField()
    admitted_at = serializers.DateTimeField(allow_null=True)
    ready_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)


class AppKeyInput(Input):
    consumer = serializers.CharField(max_length=40, validators=[LABEL], help_text="Who calls with it; the app is told.")
    requests_per_minute = serializers.IntegerField(
        min_value=1, max_value=1_000_000, allow_null=True, default=None, help_text="Null: as many as there are."
    )
    expires_at = serializers.DateTimeField(allow_null=True, default=None, help_text="Null: never.")


class AppKeyOutput(Output):
    id = serializers.UUIDField()
    consumer = serializers.CharField()
    hint = serializers.CharField(help_text="The first characters, to recognise it by.")
    requests_per_minute = serializers.IntegerField(allow_null=True)
    created_by = RefOutput()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)
    last_used_at = serializers.DateTimeField(allow_null=True, help_text="Known within seconds, as are the counts.")
    passed = serializers.IntegerField(help_text="Requests that came with it and were sent on.")
    held_back = serializers.IntegerField(help_text="Those that were over its rate.")


class AppKeyShownOutput(AppKeyOutput):
    secret = serializers.CharField(help_text="The key, shown this once.")


class TrafficQuery(Input):
    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False)
    by = serializers.ChoiceField(["endpoint", "consumer"], required=False)


class _TrafficCounts(Output):
    requests = serializers.IntegerField()
    refused = serializers.IntegerField(help_text="Answered with a status of 400 to 499, by the app or before it.")
    failed = serializers.IntegerField(help_text="With 500 or above, or not at all.")
    p50_ms = serializers.FloatField(allow_null=True, help_text="Half of the answers took no longer, to a fifth.")
    p95_ms = serializers.FloatField(allow_null=True)
    p99_ms = serializers.FloatField(allow_null=True)


class TrafficPointOutput(_TrafficCounts):
    at = serializers.DateTimeField(help_text="When the stretch begins.")


class TrafficSeriesOutput(_TrafficCounts):
    name = serializers.CharField(
        help_text="Empty: all, or no endpoint that is described, or nobody by name. `token`: people of the portal; `other`: "
        "what was too much to be told apart."
    )
    points = TrafficPointOutput(many=True, help_text="Where nothing came, there is none.")


class TrafficOutput(Output):
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    step_seconds = serializers.IntegerField(help_text="How long the stretch of a point is.")
    series = TrafficSeriesOutput(many=True, help_text="The one with most requests first.")
