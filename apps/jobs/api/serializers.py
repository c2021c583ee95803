"""What comes in and goes out, as the OpenAPI document describes it.

Documents are written by hand in apps/jobs/documents.py; these declare their fields (a test holds the two together).
"""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers

from apps.accounts.models import Group, Kind
from apps.core.api.schema import model_schema
from apps.core.api.serializers import Input, Output, RefOutput, SaidOutput
from apps.jobs.models import CodeState, JobPhase, ReplicaPhase
from apps.jobs.spec import Framework, JobSpec
from apps.tenants.api.serializers import GroupNameOutput
from apps.tenants.models import groups_known_to

BULK_ACTS = ("submit", "cancel", "suspend", "resume", "retry", "delete", "restore")
MOST_AT_ONCE = 200


class JobSpecBody(serializers.BaseSerializer[Any]):
    """A JobSpec, checked by apps.jobs.api.bodies; its description in the OpenAPI document is pydantic's own."""

    def to_internal_value(self, data: Any) -> Any:
        return data

    def to_representation(self, instance: Any) -> Any:
        return instance


class JobSpecSchema(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    target_class = JobSpecBody

    def get_name(self, auto_schema: Any, direction: str) -> str:
        return "JobSpec"

    def map_serializer(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        return model_schema(JobSpec, direction)


class AmountOutput(Output):
    flavor = serializers.CharField()
    resource = serializers.ChoiceField(["cpu", "memory", "gpu", "fpga", "rdma"])
    amount = serializers.IntegerField(help_text="cpu in millicores, memory in bytes, devices in pieces.")


class ResolvedOutput(Output):
    """What a need for devices of one replica was resolved to."""

    role = serializers.CharField()
    need = serializers.CharField(help_text="As it was asked for, in words.")
    flavor = serializers.CharField()
    model = serializers.CharField()
    resource = serializers.ChoiceField(["gpu", "fpga", "rdma"])
    amount = serializers.IntegerField(help_text="Pieces, for each replica of the role.")


class PrincipalOutput(RefOutput):
    kind = serializers.ChoiceField(choices=Kind.choices, help_text="A person, or a program.")


class ClusterRefOutput(Output):
    id = serializers.UUIDField()
    slug = serializers.CharField()


class ReplicaCountOutput(Output):
    wanted = serializers.IntegerField()
    running = serializers.IntegerField()


class FailureOutput(Output):
    """An entry of the failure dictionary; the console translates it by `code`."""

    code = serializers.CharField()
    phrase = serializers.CharField()
    cause = serializers.CharField()
    who = serializers.ChoiceField(["developer", "tenant-admin", "platform"], help_text="Who must act.")
    advice = serializers.CharField()


class ConditionOutput(Output):
    type = serializers.CharField()
    status = serializers.ChoiceField(["True", "False", "Unknown"])
    reason = serializers.CharField()
    message = serializers.CharField()
    since = serializers.DateTimeField()


class JobOutput(Output):
    id = serializers.UUIDField()
    version = serializers.IntegerField(help_text="Grows with every change; events carry it too.")
    generation = serializers.IntegerField(help_text="The ETag.")
    tenant_id = serializers.UUIDField()
    tenant_slug = serializers.CharField()
    project_id = serializers.UUIDField()
    project_slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    labels = serializers.DictField(child=serializers.CharField())
    framework = serializers.ChoiceField([framework.value for framework in Framework])
    priority = serializers.CharField()
    phase = serializers.ChoiceField(JobPhase.choices)
    reason = serializers.CharField(help_text="A code: why it is in this phase.")
    message = serializers.CharField(help_text="The same as a sentence.")
    attempt = serializers.IntegerField()
    restarts = serializers.IntegerField(help_text="Restarts that count against the back-off limit.")
    replicas = ReplicaCountOutput()
    stopping = serializers.BooleanField(help_text="Its replicas were told to go and some have not gone yet.")
    resources = AmountOutput(many=True, help_text="Of all replicas together; empty for drafts.")
    cluster = ClusterRefOutput(allow_null=True)
    queue_position = serializers.IntegerField(allow_null=True)
    why = serializers.CharField(allow_null=True, help_text="What it waits for, as a sentence.")
    said = SaidOutput(many=True, help_text="The same, or else the message, as codes with arguments; may be empty.")
    progress = serializers.FloatField(allow_null=True, help_text="0..1, as the workload says.")
    eta_seconds = serializers.FloatField(allow_null=True)
    metrics = serializers.DictField(child=serializers.FloatField(), help_text="Newest value of each metric.")
    failure = FailureOutput(allow_null=True)
    submitted_by = PrincipalOutput()
    schedule = RefOutput(allow_null=True, help_text="What submitted it, when nobody did by hand.")
    acts = serializers.ListField(child=serializers.CharField(), help_text="What its phase allows now.")
    created_at = serializers.DateTimeField()
    queued_at = serializers.DateTimeField(allow_null=True)
    admitted_at = serializers.DateTimeField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    deadline_at = serializers.DateTimeField(allow_null=True)
    restart_at = serializers.DateTimeField(allow_null=True)
    deleted_at = serializers.DateTimeField(allow_null=True)
    purge_at = serializers.DateTimeField(allow_null=True, help_text="When it is removed for good.")
    conditions = ConditionOutput(many=True)


class JobDetailOutput(JobOutput):
    spec = JobSpecBody()
    resolved = ResolvedOutput(many=True, help_text="What needs for devices were resolved to.")
    can = serializers.ListField(child=serializers.CharField(), help_text="Permissions that you hold on it.")


class JobChangeInput(Input):
    """Description and labels of any job; of a draft also `spec`, the whole of it."""

    description = serializers.CharField(required=False, allow_blank=True, max_length=2000, trim_whitespace=False)
    labels = serializers.DictField(required=False, child=serializers.CharField(allow_blank=True))
    spec = JobSpecBody(required=False)


class CloneInput(Input):
    name = serializers.CharField(required=False, max_length=63)


class BulkInput(Input):
    act = serializers.ChoiceField(BULK_ACTS)
    ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST_AT_ONCE)


class BulkResultOutput(Output):
    id = serializers.UUIDField()
    status = serializers.IntegerField(help_text="What the single act would have been answered with.")
    problem = serializers.DictField(required=False, help_text="A problem document, when it was refused.")


class BulkOutput(Output):
    results = BulkResultOutput(many=True)


class TimelineEntryOutput(Output):
    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    attempt = serializers.IntegerField()
    phase = serializers.ChoiceField(JobPhase.choices)
    reason = serializers.CharField()
    message = serializers.CharField()
    actor_id = serializers.UUIDField(allow_null=True)
    actor_label = serializers.CharField()


class ReplicaOutput(Output):
    id = serializers.UUIDField()
    attempt = serializers.IntegerField()
    role = serializers.CharField()
    index = serializers.IntegerField()
    rank = serializers.IntegerField()
    node = serializers.CharField()
    phase = serializers.ChoiceField(ReplicaPhase.choices)
    exit_code = serializers.IntegerField(allow_null=True)
    signal = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField()
    message = serializers.CharField(help_text="What the cluster says of it, such as why no node takes it yet.")
    pod = serializers.CharField(allow_null=True, help_text="In a cluster: its name in the project's namespace.")
    failure = FailureOutput(allow_null=True)
    made_at = serializers.DateTimeField(allow_null=True, help_text="In a cluster: since when its pod is there.")
    scheduled_at = serializers.DateTimeField(allow_null=True, help_text="In a cluster: when a node took it.")
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)


class JobCodeOutput(Output):
    kind = serializers.ChoiceField(["git", "archive"])
    state = serializers.ChoiceField(CodeState.choices)
    message = serializers.CharField(help_text="What the last try to fetch it came to.")
    url = serializers.CharField()
    ref = serializers.CharField()
    path = serializers.CharField()
    commit = serializers.CharField(help_text="Of git, once it is known.")
    id = serializers.UUIDField(allow_null=True, help_text="Below /projects/{id}/code/, once it is there.")
    name = serializers.CharField()
    sha256 = serializers.CharField()
    size_bytes = serializers.IntegerField(allow_null=True)
    files = serializers.IntegerField(allow_null=True)


class JobImageOutput(Output):
    role = serializers.CharField()
    image = serializers.CharField()
    digest = serializers.CharField(allow_null=True, help_text="Where the cluster says which image it ran.")
    runs = serializers.BooleanField(help_text="false: this cluster runs commands and no images.")


class JobSecretOutput(Output):
    name = serializers.CharField()
    secret_version = serializers.IntegerField(allow_null=True, help_text="Which it was given; null: none yet.")
    pinned_at = serializers.DateTimeField(allow_null=True)
    usable = serializers.BooleanField(help_text="false: what it was given was destroyed since.")


class JobBucketOutput(Output):
    id = serializers.UUIDField(allow_null=True, help_text="null: it was removed.")
    name = serializers.CharField()
    access = serializers.CharField(help_text="read or write.")
    prefix = serializers.CharField(help_text="Only what is below this folder; empty: all.")
    variable = serializers.CharField(help_text="The variable that says where it is.")


class JobDatasetOutput(Output):
    id = serializers.UUIDField(help_text="Of the dataset.")
    name = serializers.CharField()
    number = serializers.IntegerField(help_text="Of the version.")
    digest = serializers.CharField(help_text="SHA-256 of the version's manifest.")
    variable = serializers.CharField(help_text="The variable that says where it is.")
    there = serializers.BooleanField(help_text="false: the version was deleted since.")


class JobVolumeOutput(Output):
    id = serializers.UUIDField(allow_null=True, help_text="null: it was deleted, or the job was never submitted.")
    name = serializers.CharField()
    access = serializers.CharField(help_text="read or write.")
    path = serializers.CharField(help_text="Where it is mounted in a cluster.")
    variable = serializers.CharField(help_text="The variable that says where it is.")


class JobVariablesOutput(Output):
    role = serializers.CharField()
    command = serializers.ListField(child=serializers.CharField())
    variables = serializers.ListField(child=serializers.CharField(), help_text="Names only.")
    from_secrets = serializers.ListField(child=serializers.CharField(), help_text="NAME from secret/key, in words.")


class InputsOutput(Output):
    framework = serializers.CharField()
    attempts = serializers.IntegerField()
    code = JobCodeOutput(allow_null=True)
    images = JobImageOutput(many=True)
    secrets = JobSecretOutput(many=True)
    buckets = JobBucketOutput(many=True)
    roles = JobVariablesOutput(many=True)
    resolved = ResolvedOutput(many=True)
    datasets = JobDatasetOutput(many=True)
    volumes = JobVolumeOutput(many=True)


class HelpSaid(Output):
    who = SaidOutput()
    what = SaidOutput()


class HelpOutput(Output):
    who = serializers.CharField()
    what = serializers.CharField()
    permission = serializers.CharField(allow_null=True)
    said = HelpSaid(help_text="The same as codes with arguments.")


class WhyOutput(Output):
    """Why a job is where it is, and what would help."""

    phase = serializers.ChoiceField(JobPhase.choices)
    sentence = serializers.CharField()
    said = SaidOutput(many=True, help_text="The same as codes with arguments; may be empty.")
    reason = serializers.CharField()
    position = serializers.IntegerField(allow_null=True)
    asked = AmountOutput(many=True)
    could_fit = AmountOutput(many=True, help_text="What it could get if nothing else ran.")
    free = AmountOutput(many=True)
    ahead = serializers.IntegerField()
    helps = HelpOutput(many=True)
    bound = serializers.CharField(allow_null=True, help_text="Which limit holds it back.")
    never = serializers.BooleanField(help_text="It cannot start as things are, even if nothing else ran.")
    cluster = serializers.CharField(allow_null=True, help_text="Slug of the cluster that this speaks of.")
    reserved_since = serializers.DateTimeField(allow_null=True, help_text="Since when its place is kept free.")
    failure = FailureOutput(allow_null=True)


class AssessedNeedOutput(Output):
    """What a need for devices of one replica would be resolved to here."""

    pod_set = serializers.CharField(help_text="The role.")
    need = serializers.CharField(help_text="As it was asked for, in words.")
    count = serializers.IntegerField()
    flavor = serializers.CharField()
    model = serializers.CharField()


class ClusterAssessmentOutput(Output):
    cluster = serializers.CharField(help_text="Its slug.")
    starts_now = serializers.BooleanField(help_text="Of independent replicas: whether any would.")
    replicas_now = serializers.IntegerField(help_text="How many replicas would start now.")
    verdict = serializers.CharField(help_text="Whether and when it would start here, as a sentence.")
    said = SaidOutput(many=True, help_text="The same as codes with arguments.")
    resolved = AssessedNeedOutput(many=True)
    ahead = serializers.IntegerField(help_text="How many would go before it.")
    asked = AmountOutput(many=True)
    could_fit = AmountOutput(many=True)
    free = AmountOutput(many=True)


class AssessmentOutput(Output):
    """Will it fit? Of each cluster that could ever hold it, the best first."""

    verdict = serializers.CharField()
    starts_now = serializers.BooleanField()
    clusters = ClusterAssessmentOutput(many=True)


class ArtifactOutput(Output):
    id = serializers.UUIDField()
    attempt = serializers.IntegerField()
    rank = serializers.IntegerField()
    name = serializers.CharField()
    size_bytes = serializers.IntegerField()
    sha256 = serializers.CharField()
    media_type = serializers.CharField()
    needed = serializers.BooleanField(help_text="An app was deployed with it, which keeps it when the job goes.")
    created_at = serializers.DateTimeField()


class JobShareInput(Input):
    email = serializers.EmailField(required=False)
    group = serializers.CharField(
        max_length=100,
        required=False,
        help_text="Name of a group that you are in, or that has a role where you see members.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError("Name exactly one of: email, group.")
        return attrs

    def validate_group(self, name: str) -> Group:
        group = groups_known_to(self.context["actor"]).filter(name=name).first()
        if group is None:
            raise serializers.ValidationError("There is no group of this name that you may see.")
        return group


class JobShareOutput(Output):
    id = serializers.IntegerField()
    email = serializers.CharField(help_text="Empty for a group.")
    group = GroupNameOutput(allow_null=True)


class TemplateInput(Input):
    name = serializers.CharField(max_length=63)
    description = serializers.CharField(required=False, allow_blank=True, max_length=500)
    spec = JobSpecBody()


class TemplateChangeInput(Input):
    name = serializers.CharField(required=False, max_length=63)
    description = serializers.CharField(required=False, allow_blank=True, max_length=500)
    spec = JobSpecBody(required=False)


class SaveAsTemplateInput(Input):
    name = serializers.CharField(max_length=63)
    description = serializers.CharField(required=False, allow_blank=True, max_length=500)


class TemplateOutput(Output):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    generation = serializers.IntegerField()
    tenant_id = serializers.UUIDField(allow_null=True, help_text="Null: of the platform's gallery.")
    tenant_slug = serializers.CharField(allow_null=True)
    name = serializers.CharField()
    description = serializers.CharField()
    framework = serializers.ChoiceField([framework.value for framework in Framework])
    spec = JobSpecBody()
    created_by = RefOutput(allow_null=True)
    created_at = serializers.DateTimeField()
    can = serializers.ListField(child=serializers.CharField(), help_text="Permissions that you hold on it.")


class ReportInput(Input):
    """What a workload says of itself; every field may be left out."""

    progress = serializers.FloatField(required=False, min_value=0, max_value=1)
    eta_seconds = serializers.FloatField(required=False, min_value=0)
    metrics = serializers.DictField(required=False, child=serializers.FloatField())

    def validate_metrics(self, metrics: dict[str, float]) -> dict[str, float]:
        if any(not name.isprintable() for name in metrics):
            raise serializers.ValidationError("Names of metrics are printable: no line breaks, no control characters.")
        return metrics
