"""Federated jobs as they come in and go out."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.api.serializers import Input, Output, SaidOutput
from apps.core.sentences import in_english
from apps.federation.api.contract_serializers import ContractPartnerOutput
from apps.federation.api.serializers import PartyLetterOutput
from apps.federation.models import (
    LEAST_PATIENCE_SECONDS,
    MOST_PATIENCE_SECONDS,
    USUAL_PATIENCE_SECONDS,
    FederatedJob,
    FederatedPhase,
    Part,
)
from apps.federation.services._jobs import BEAT
from apps.federation.terms import MOST_ROUNDS
from apps.jobs.api.serializers import JobSpecBody
from apps.jobs.spec import without_values

NAME = r"^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$"
NAMED = "Use lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen."


class OurPartInput(Input):
    project_id = serializers.UUIDField(help_text="Where our part runs; you submit jobs there.")
    spec = JobSpecBody(required=False, help_text="Our part, as any job; it runs under the contract.")
    template = serializers.UUIDField(required=False, help_text="Instead of `spec`: what it is now.")


class FederatedJobInput(OurPartInput):
    contract_id = serializers.UUIDField(help_text="The `id` of a contract that stands.")
    name = serializers.RegexField(NAME, error_messages={"invalid": NAMED})
    rounds = serializers.IntegerField(min_value=1, max_value=MOST_ROUNDS, help_text="Of those that the contract has left.")
    parameters = serializers.DictField(
        required=False, default=dict, help_text="What both parts run with, in $FEDERATED_JOB: texts, numbers, yes or no."
    )
    patience_seconds = serializers.IntegerField(
        min_value=LEAST_PATIENCE_SECONDS,
        max_value=MOST_PATIENCE_SECONDS,
        default=USUAL_PATIENCE_SECONDS,
        help_text="How long a side waits for a word of the other, and for its part once its own computes.",
    )


class OurJobOutput(Output):
    id = serializers.UUIDField()
    project_slug = serializers.CharField()


class PartOutput(Output):
    part = serializers.ChoiceField(Part.choices)
    since = serializers.DateTimeField()
    round = serializers.IntegerField()
    channels_open = serializers.BooleanField()


class OurPartOutput(PartOutput):
    job = OurJobOutput(allow_null=True, help_text="An ordinary job of ours; null before the gate.")
    given_by = serializers.CharField(help_text="It runs as theirs.")


class TheirPartOutput(PartOutput):
    heard_at = serializers.DateTimeField(allow_null=True)
    silent_at = serializers.DateTimeField(allow_null=True, help_text="When they were found to be silent.")
    lost_at = serializers.DateTimeField(allow_null=True, help_text="When they are given up unless they are heard before.")


class FederatedJobOutput(Output):
    id = serializers.UUIDField()
    tenant_id = serializers.UUIDField()
    federated_job = serializers.UUIDField(help_text="The same on both sides.")
    their_id = serializers.UUIDField(allow_null=True, help_text="Its `id` on the other side.")
    contract_id = serializers.UUIDField()
    contract_name = serializers.CharField(source="contract.terms.name")
    partner = ContractPartnerOutput(source="contract.partner")
    our_number = serializers.IntegerField(source="contract.partner.party.number")
    name = serializers.CharField()
    rounds = serializers.IntegerField()
    round = serializers.IntegerField(help_text="How far the part is that is farther.")
    parameters = serializers.DictField()
    patience_seconds = serializers.IntegerField()
    proposed_by_them = serializers.BooleanField()
    phase = serializers.ChoiceField(FederatedPhase.choices)
    acts = serializers.ListField(child=serializers.CharField(), help_text="What can be done now, by whoever may.")
    outcome = serializers.CharField(help_text="As what it ends, or ended.")
    why = serializers.SerializerMethodField(help_text="Why it ends or ended, in English; empty before.")
    why_said = SaidOutput(allow_null=True)
    note = serializers.CharField(help_text="The reason that somebody gave, or what refused it.")
    ended_by_them = serializers.BooleanField()
    answer_by = serializers.DateTimeField(help_text="When an answer is awaited no more.")
    waits_for = serializers.SerializerMethodField(help_text="Who waits for whom, in English.")
    said = SaidOutput(source="waits_for", many=True)
    ours = serializers.SerializerMethodField()
    theirs = serializers.SerializerMethodField()
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def get_why(self, job: FederatedJob) -> str:
        return str(job.why_said or "")

    def get_waits_for(self, job: FederatedJob) -> str:
        return in_english(job.waits_for)

    @extend_schema_field(OurPartOutput)
    def get_ours(self, job: FederatedJob) -> dict[str, Any]:
        part = {
            "part": job.ours,
            "since": job.ours_since,
            "round": job.our_round,
            "channels_open": job.our_channels_open,
            "job": {"id": job.job_id, "project_slug": job.project.slug} if job.job_id and job.project else None,
            "given_by": job.owner.name if job.owner else "",
        }
        return dict(OurPartOutput(part).data)

    @extend_schema_field(TheirPartOutput)
    def get_theirs(self, job: FederatedJob) -> dict[str, Any]:
        part = {
            "part": job.theirs,
            "since": job.theirs_since,
            "round": job.their_round,
            "channels_open": job.their_channels_open,
            "heard_at": job.heard_at,
            "silent_at": job.silent_at,
            "lost_at": job.lost_at,
        }
        return dict(TheirPartOutput(part).data)


class FederatedEventOutput(Output):
    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    by_them = serializers.BooleanField(help_text="The other side told it, or did it.")
    text = serializers.CharField(source="said", help_text="What happened, in English.")
    said = SaidOutput()
    round = serializers.IntegerField()


class FederatedJobDetailOutput(FederatedJobOutput):
    """With the timeline of both sides, the newest last, and the letters: each signed by the party that wrote it."""

    spec = serializers.SerializerMethodField(help_text="Of our part; values of variables are left out.")
    events = serializers.SerializerMethodField()
    letters = serializers.SerializerMethodField(help_text="Without those that say no more than that all is as it was.")

    @extend_schema_field(JobSpecBody(allow_null=True))
    def get_spec(self, job: FederatedJob) -> dict[str, Any] | None:
        return without_values(job.spec) if job.spec else None

    @extend_schema_field(FederatedEventOutput(many=True))
    def get_events(self, job: FederatedJob) -> list[dict[str, Any]]:
        newest = job.events.order_by("-pk")[:200]
        return list(FederatedEventOutput(reversed(newest), many=True).data)

    @extend_schema_field(PartyLetterOutput(many=True))
    def get_letters(self, job: FederatedJob) -> list[dict[str, Any]]:
        return list(PartyLetterOutput(job.letters.exclude(kind=BEAT).order_by("-pk")[:50], many=True).data)
