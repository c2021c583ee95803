"""Filters of the trail: each has an index; times are turned into ranges of the time-ordered ids."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from apps.audit.models import AuditEntry
from apps.core.ids import first_id_at


class AuditFilter(filters.FilterSet):
    actor = filters.UUIDFilter(field_name="actor_id", label="Id of the user who acted.")
    token = filters.UUIDFilter(field_name="token_id", label="Id of the API token that was used.")
    on_behalf_of = filters.UUIDFilter(field_name="on_behalf_of_id", label="Id of the user as whom support looked.")
    action = filters.CharFilter(field_name="action", label="Such as job.submit.")
    subject = filters.CharFilter(field_name="subject_id", label="Id of what was acted on.")
    kind = filters.CharFilter(field_name="subject_kind", label="What was acted on, such as job.")
    address = filters.CharFilter(field_name="address", label="Network address that the request came from.")
    request = filters.CharFilter(field_name="request_id", label="Id of the request.")
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
