"""Filters of the lists; only such as an index or a small table answers."""

from typing import Any

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters

from apps.accounts.models import Group, User
from apps.tenants.models import Member, Project, Tenant, TenantPhase
from apps.tenants.permissions import Role


class TenantFilter(filters.FilterSet):
    q = filters.CharFilter(method="called_like", label="Part of the slug or name.")
    phase = filters.ChoiceFilter(choices=TenantPhase.choices)

    class Meta:
        model = Tenant
        fields: tuple[str, ...] = ()

    def called_like(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(Q(slug__icontains=value) | Q(name__icontains=value))


class ProjectFilter(TenantFilter):
    phase = None

    class Meta:
        model = Project
        fields: tuple[str, ...] = ()


class MemberFilter(filters.FilterSet):
    role = filters.ChoiceFilter(choices=[(str(role), str(role)) for role in Role])
    project = filters.UUIDFilter(field_name="project_id")
    user = filters.UUIDFilter(field_name="user_id", label="Roles of this user themselves, not those by groups.")
    q = filters.CharFilter(method="called_like", label="Part of a name or address.")

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()

    def called_like(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(
            Q(user__email__icontains=value) | Q(user__name__icontains=value) | Q(group__name__icontains=value)
        )


class UserFilter(filters.FilterSet):
    q = filters.CharFilter(method="called_like", label="Part of the name or address.")
    is_active = filters.BooleanFilter()

    class Meta:
        model = User
        fields: tuple[str, ...] = ()

    def called_like(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(Q(email__icontains=value) | Q(name__icontains=value))


class GroupFilter(filters.FilterSet):
    q = filters.CharFilter(field_name="name", lookup_expr="icontains", label="Part of the name.")

    class Meta:
        model = Group
        fields: tuple[str, ...] = ()
