"""Waiting until a job is so far."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request

from apps.core.api.schema import describe
from apps.core.api.serializers import Input
from apps.jobs.api.base import JobViewSet
from apps.jobs.api.serializers import JobDetailOutput
from apps.jobs.models import ENDED, Job, JobPhase
from apps.monitoring.api import queries
from apps.monitoring.api.waiting import MOST_SECONDS, Waiting
from apps.monitoring.waiting import Later
from apps.monitoring.waiting.exchange import WAITED
from apps.monitoring.waiting.objects import Document, wait_for

OVER = "ended"


class WaitQuery(Input):
    phase = serializers.ListField(
        child=serializers.ChoiceField([OVER, *JobPhase.values]), max_length=20, default=lambda: [OVER]
    )
    seconds = serializers.FloatField(min_value=0, max_value=MOST_SECONDS, default=30)


class WaitViewSet(Waiting, JobViewSet):
    permissions = {"retrieve": "jobs.view"}
    shared = frozenset({"retrieve"})

    @describe(
        "Read a job once it is so far",
        gives=JobDetailOutput,
        query=queries.parameters(
            WaitQuery,
            {
                "phase": "A phase, or `ended` (succeeded, failed or cancelled); may be given several times.",
                "seconds": f"How long, at most {MOST_SECONDS}.",
            },
        ),
        text="Answers at once when the job is in one of the phases, or over; else as soon as it is; at the latest after "
        "`seconds`, with the job as it is then. Look at `phase`, and ask again.",
    )
    def retrieve(self, request: Request, project_id: UUID, job_id: UUID) -> HttpResponseBase:
        given = queries.checked(WaitQuery, queries.listed(WaitQuery, request, many=("phase",)))
        wanted = ENDED | {phase for phase in given["phase"] if phase != OVER}
        job: Job = self.job
        if job.phase in wanted or request._request.META.get(WAITED):
            return self.shown_job(job)

        def reached(document: Document | None) -> bool:
            return document is None or document["phase"] in wanted

        work: Any = partial(
            wait_for,
            kind=Job.live_kind,
            object_id=job.pk,
            tenant_id=job.tenant_id,
            reached=reached,
            seconds=given["seconds"],
        )
        return Later(self.actor, work)
