"""Filters of the lists of jobs; each has an index (see Job.Meta)."""

from typing import Any

from django.db.models import F, QuerySet
from django_filters import rest_framework as filters

from apps.core.api.filters import FlagFilter
from apps.core.errors import InvalidRequest
from apps.jobs.models import Job, JobPhase, Replica
from apps.jobs.spec import Framework


class JobFilter(filters.FilterSet):
    """What may be asked across projects."""

    phase = filters.MultipleChoiceFilter(choices=JobPhase.choices, distinct=False, label="One or several phases.")
    q = filters.CharFilter(method="called_like", label="How the name begins.")
    mine = FlagFilter(method="submitted_by_reader", label="Only those that you submitted.")
    bin = FlagFilter(method="in_bin", label="true: only those in the bin.")

    class Meta:
        model = Job
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data["bin"] else self.unasked(rows)

    @staticmethod
    def unasked(rows: QuerySet[Any]) -> QuerySet[Any]:
        """What is in the bin is not among the jobs."""
        return rows.filter(deleted_at=None)

    def called_like(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(name__begins=value.lower())

    def submitted_by_reader(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        return rows.filter(submitted_by_id=self.request.user.user_id) if value else rows

    def in_bin(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        return rows.filter(deleted_at__isnull=False) if value else rows


class AllJobsFilter(JobFilter):
    tenant = filters.UUIDFilter(field_name="tenant_id")
    project = filters.UUIDFilter(field_name="project_id")


class ProjectJobFilter(JobFilter):
    framework = filters.ChoiceFilter(choices=[(framework.value, framework.value) for framework in Framework])
    priority = filters.CharFilter()
    submitted_by = filters.UUIDFilter(field_name="submitted_by_id")
    schedule = filters.UUIDFilter(field_name="schedule_id")
    label = filters.CharFilter(method="labelled", label="A label as name:value.")

    def labelled(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if ":" not in value:
            raise InvalidRequest(errors=[{"pointer": "?label", "detail": "Write a label as name:value."}])
        return rows.filter(labelled__label=value, labelled__project_id=F("project_id"))


class ReplicaFilter(filters.FilterSet):
    attempt = filters.NumberFilter(label="Of this attempt; else of all, newest attempt first.")

    class Meta:
        model = Replica
        fields: tuple[str, ...] = ()
