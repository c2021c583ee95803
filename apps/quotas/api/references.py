"""Fields that name another object by its id or by its slug."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.accounts.models import Group, User
from apps.clusters.models import Cluster
from apps.quotas.models import Cohort
from apps.tenants.models import Member, Project, Tenant


@extend_schema_field({"type": "string", "description": "Its id or its slug."})
class Reference(serializers.Field[Any, Any, Any, Any]):
    """The row that an id or slug names, among those that the actor may see; there is no other."""

    word = "slug"
    noun = "thing"

    def rows(self) -> QuerySet[Any]:
        raise NotImplementedError

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or not 0 < len(data) <= 254 or not data.isprintable():
            raise serializers.ValidationError(f"Name a {self.noun} by its id or its {self.word}.")
        row = self.rows().filter(**_by(data, self.word)).first()
        if row is None:
            raise serializers.ValidationError(f"There is no {self.noun} {data} that you may see.")
        return row

    def to_representation(self, value: Any) -> str:
        return str(value.pk)


class TenantReference(Reference):
    noun = "tenant"

    def rows(self) -> QuerySet[Any]:
        return Tenant.objects.permitted(self.context["actor"])


class ClusterReference(Reference):
    noun = "cluster"

    def rows(self) -> QuerySet[Any]:
        return Cluster.objects.permitted(self.context["actor"])


@extend_schema_field({"type": "string", "description": "Its id, or its slug in the tenant of the address."})
class ProjectReference(Reference):
    noun = "project"

    def rows(self) -> QuerySet[Any]:
        return Project.objects.permitted(self.context["actor"]).filter(tenant=self.context["tenant"])


@extend_schema_field({"type": "string", "description": "Their id or address."})
class UserReference(Reference):
    noun, word = "user", "email"

    def rows(self) -> QuerySet[Any]:
        return User.objects.filter(is_active=True)

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value(data.lower() if isinstance(data, str) else data)


class MemberReference(UserReference):
    """Whoever has a role in the tenant of the address; of others it does not tell who has an account."""

    noun = "member"

    def rows(self) -> QuerySet[Any]:
        members = Member.objects.filter(tenant=self.context["tenant"])
        return super().rows().filter(pk__in=members.user_ids())


@extend_schema_field({"type": "string", "description": "Its id, or its name."})
class GroupReference(Reference):
    """A group that has a role in the tenant of the address."""

    noun, word = "group", "name"

    def rows(self) -> QuerySet[Any]:
        return Group.objects.filter(roles__tenant=self.context["tenant"]).distinct()


def cohort_in(cluster: Cluster, named: str | None, *, pointer: str) -> Cohort | None:
    """The cohort of the cluster that an id or name means. Raises ValidationError when there is none."""
    if not named:
        return None
    cohort = Cohort.objects.filter(cluster=cluster, **_by(named, "name")).first()
    if cohort is None:
        raise serializers.ValidationError({pointer: [f"{cluster.slug} has no cohort {named}."]})
    return cohort


def _by(named: str, word: str) -> dict[str, Any]:
    try:
        return {"pk": UUID(named)}
    except ValueError:
        return {word: named}
