"""Cohorts, quotas, shares, caps, priorities and usage, as they come in and go out."""

from typing import Any

from rest_framework import serializers

from apps.core.api.serializers import Input, Output
from apps.quotas.admission import Reclaim
from apps.quotas.api.references import ClusterReference, GroupReference, MemberReference, TenantReference
from apps.quotas.services import Line, ShareLine
from apps.tenants.models import SLUG

LARGEST = 2**62
_reclaims = [reclaim.value for reclaim in Reclaim]


class AmountField(serializers.IntegerField):
    """cpu in millicores, memory in bytes, devices in pieces."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=LARGEST, **options)


class NamedOutput(Output):
    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()


class PersonNameOutput(Output):
    id = serializers.UUIDField()
    name = serializers.CharField()


class SlugOutput(Output):
    id = serializers.UUIDField()
    slug = serializers.CharField()


class CohortOutput(Output):
    id = serializers.UUIDField()
    generation = serializers.IntegerField()
    cluster = NamedOutput()
    name = serializers.CharField()
    description = serializers.CharField()
    reclaim_within_cohort = serializers.ChoiceField(choices=_reclaims)
    created_at = serializers.DateTimeField()


class CohortChange(Input):
    description = serializers.CharField(max_length=300, allow_blank=True, required=False)
    reclaim_within_cohort = serializers.ChoiceField(
        choices=_reclaims, required=False, help_text="Whose work a tenant may evict that takes back what it lent."
    )


class CohortInput(CohortChange):
    cluster = ClusterReference()
    name = serializers.CharField(max_length=40, validators=[SLUG])


class LineOutput(Output):
    flavor = serializers.CharField()
    resource = serializers.CharField(help_text="cpu (millicores), memory (bytes), gpu, fpga or rdma (pieces).")
    nominal = serializers.IntegerField(help_text="Guaranteed.")
    borrowing_limit = serializers.IntegerField(allow_null=True, help_text="At most this beyond nominal; null: no limit.")
    lending_limit = serializers.IntegerField(allow_null=True, help_text="At most this much to others; null: no limit.")
    used = serializers.IntegerField()
    borrowed = serializers.IntegerField(help_text="The part of used beyond nominal.")
    lent = serializers.IntegerField(help_text="The part of nominal that others of the cohort use now.")
    free = serializers.IntegerField(help_text="Of nominal, neither used nor lent.")
    available = serializers.IntegerField(help_text="What could start now by quota, borrowed and called back included.")


class CohortNameOutput(Output):
    id = serializers.UUIDField()
    name = serializers.CharField()


class QuotaOutput(Output):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    generation = serializers.IntegerField()
    tenant = NamedOutput()
    cluster = NamedOutput()
    cohort = CohortNameOutput(allow_null=True)
    lines = LineOutput(many=True)
    created_at = serializers.DateTimeField()
    can = serializers.ListField(child=serializers.CharField(), help_text="Permissions that you hold on its tenant.")


class LineInput(Input):
    flavor = serializers.CharField(max_length=40)
    resource = serializers.CharField(max_length=10)
    nominal = AmountField()
    borrowing_limit = AmountField(allow_null=True, default=None)
    lending_limit = AmountField(allow_null=True, default=None)

    def to_internal_value(self, data: Any) -> Any:
        return Line(**super().to_internal_value(data))


class QuotaChange(Input):
    cohort = serializers.CharField(max_length=60, allow_null=True, default=None, help_text="Its id or name; null: none.")
    lines = serializers.ListField(child=LineInput(), allow_empty=False, max_length=200)


class QuotaGrant(QuotaChange):
    cluster = ClusterReference()


class QuotaInput(QuotaGrant):
    tenant = TenantReference()


class ProjectShareOutput(Output):
    project = NamedOutput()
    used = serializers.IntegerField()
    guaranteed = serializers.IntegerField()
    cap = serializers.IntegerField(allow_null=True)


class UserShareOutput(Output):
    user = PersonNameOutput()
    used = serializers.IntegerField()


class TenantLineOutput(LineOutput):
    """One resource of one of the tenant's quotas, and who in the tenant uses it."""

    cluster = NamedOutput()
    quota_id = serializers.UUIDField()
    cohort = serializers.CharField(allow_null=True)
    by_project = ProjectShareOutput(many=True)
    by_user = UserShareOutput(many=True)


class TenantLinesOutput(Output):
    results = TenantLineOutput(many=True)


class QuotaShareOutput(Output):
    cluster = serializers.CharField()
    flavor = serializers.CharField()
    resource = serializers.CharField()
    guaranteed = serializers.IntegerField(help_text="Against work of the same or a lower priority of other projects.")
    cap = serializers.IntegerField(allow_null=True, help_text="At most this much; null: as much as the tenant.")


class SharesOutput(Output):
    project_id = serializers.UUIDField()
    generation = serializers.IntegerField(help_text="The project's; its ETag guards the shares.")
    shares = QuotaShareOutput(many=True)
    can = serializers.ListField(child=serializers.CharField())


class QuotaShareInput(Input):
    cluster = serializers.CharField(max_length=40)
    flavor = serializers.CharField(max_length=40)
    resource = serializers.CharField(max_length=10)
    guaranteed = AmountField(default=0)
    cap = AmountField(allow_null=True, default=None)

    def to_internal_value(self, data: Any) -> Any:
        return ShareLine(**super().to_internal_value(data))


class SharesInput(Input):
    shares = serializers.ListField(child=QuotaShareInput(), max_length=500)


class CapPersonOutput(Output):
    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.EmailField()


class CapGroupOutput(Output):
    id = serializers.UUIDField()
    name = serializers.CharField()


class CapOutput(Output):
    id = serializers.UUIDField()
    generation = serializers.IntegerField()
    tenant_id = serializers.UUIDField()
    user = CapPersonOutput(allow_null=True, help_text="null with group null: everybody without a cap of theirs.")
    group = CapGroupOutput(allow_null=True, help_text="Each person of it may have so much, who has no cap of their own.")
    running_workloads = serializers.IntegerField(allow_null=True)
    gpus = serializers.IntegerField(allow_null=True)
    may_use_restricted_priorities = serializers.BooleanField()


class CapChange(Input):
    running_workloads = serializers.IntegerField(min_value=0, max_value=2**31 - 1, allow_null=True, required=False)
    gpus = serializers.IntegerField(min_value=0, max_value=2**31 - 1, allow_null=True, required=False)
    may_use_restricted_priorities = serializers.BooleanField(required=False)


class CapInput(CapChange):
    user = MemberReference(allow_null=True, default=None)
    group = GroupReference(allow_null=True, default=None)

    def validate(self, attrs: Any) -> Any:
        if attrs["user"] and attrs["group"]:
            raise serializers.ValidationError("Name a user or a group, not both.")
        return attrs


class PriorityOutput(Output):
    id = serializers.UUIDField()
    generation = serializers.IntegerField()
    name = serializers.CharField()
    value = serializers.IntegerField(help_text="Larger goes first, and may evict smaller of its tenant.")
    description = serializers.CharField()
    starts_within_seconds = serializers.IntegerField(
        allow_null=True, help_text="After so long its place is kept; null: after ten minutes."
    )
    restricted = serializers.BooleanField(help_text="Only for those whom the tenant allows.")


class PriorityChange(Input):
    value = serializers.IntegerField(min_value=-1_000_000, max_value=1_000_000, required=False)
    description = serializers.CharField(max_length=300, allow_blank=True, required=False)
    starts_within_seconds = serializers.IntegerField(min_value=1, max_value=86_400, allow_null=True, required=False)
    restricted = serializers.BooleanField(required=False)


class PriorityInput(PriorityChange):
    name = serializers.CharField(max_length=40, validators=[SLUG])
    value = serializers.IntegerField(min_value=-1_000_000, max_value=1_000_000)


class UsageRowOutput(Output):
    cluster = SlugOutput()
    project = SlugOutput(help_text="The slug is empty when it is gone.")
    user = PersonNameOutput()
    flavor = serializers.CharField()
    resource = serializers.CharField()
    unit = serializers.CharField(help_text="core-hour, GiB-hour, gpu-hour, ...")
    hours = serializers.FloatField()


class UsageOutput(Output):
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    rows = UsageRowOutput(many=True)


class UsageQuery(serializers.Serializer[Any]):
    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False)


class NewProjectInput(Input):
    slug = serializers.CharField(max_length=40, validators=[SLUG])
    name = serializers.CharField(max_length=150)


class NewOwnerInput(Input):
    email = serializers.EmailField(max_length=254)
    name = serializers.CharField(max_length=150, allow_blank=True, default="")


class OnboardingInput(Input):
    slug = serializers.CharField(max_length=40, validators=[SLUG])
    name = serializers.CharField(max_length=150)
    description = serializers.CharField(max_length=2000, allow_blank=True, default="")
    project = NewProjectInput()
    owner = NewOwnerInput()
    quota = QuotaGrant(allow_null=True, default=None)


class OnboardedOutput(Output):
    tenant = NamedOutput()
    project = NamedOutput()
    owner = CapPersonOutput()
    owner_password = serializers.CharField(help_text='Temporary, shown once; "" when the account was there.')
    quota_id = serializers.UUIDField(allow_null=True)
