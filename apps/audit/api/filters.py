"""Filters of the trail: each has an index; times are turned into ranges of the time-ordered ids."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.audit.models import AuditEntry
from apps.core.ids import first_id_at


class AuditFilter(filters.FilterSet):
    actor = filters.UUIDFilter(field_name="actor_id", label="Id of the user who acted.")
    action = filters.CharFilter(field_name="action", label="Such as job.submit.")
    subject = filters.CharFilter(field_name="subject_id", label="Id of what was acted on.")
    since = filters.IsoDateTimeFilter(method="from_then", label="Not before this time.")
    until = filters.IsoDateTimeFilter(method="before_then", label="Before this time.")

    class Meta:
        model = AuditEntry
        fields: tuple[str, ...] = ()

    def from_then(self, rows: QuerySet[Any], name: str, value: datetime) -> QuerySet[Any]:
        return rows.filter(pk__gte=first_id_at(value))

    def before_then(self, rows: QuerySet[Any], name: str, value: datetime) -> QuerySet[Any]:
        return rows.filter(pk__lt=first_id_at(value))


class PlatformAuditFilter(AuditFilter):
    tenant = filters.UUIDFilter(field_name="tenant_id", label="The trail of this tenant, also of one that is gone.")
