"""Federated jobs: one object that two portals keep, each with a part of its own."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import User
from apps.core.ids import new_id
from apps.core.models import Live
from apps.core.sentences import Said, say
from apps.federation.models.parties import LINKED, Channels, ChannelsPhase, Contract, ContractPhase
from apps.tenants.models import Project, Tenant

# A side says so often how it stands, and is called silent after so long without a word.
TOLD_EVERY, SILENT_AFTER = timedelta(seconds=15), timedelta(minutes=1)
LEAST_PATIENCE_SECONDS, USUAL_PATIENCE_SECONDS, MOST_PATIENCE_SECONDS = 60, 900, 86_400


class FederatedPhase(models.TextChoices):
    PROPOSED = "proposed"
    OFFERED = "offered"
    READY = "ready"
    RUNNING = "running"
    ENDING = "ending"
    REFUSED = "refused"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    STOPPED = "stopped"
    LOST = "lost"


class Part(models.TextChoices):
    """How far one side is: nothing given yet, at the gate, submitted there, or over."""

    NONE = "none"
    READY = "ready"
    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    STOPPED = "stopped"


FEDERATED_STANDING = ("proposed", "offered", "ready", "running", "ending")
FEDERATED_OVER = ("refused", "succeeded", "failed", "stopped", "lost")
PART_OVER = frozenset({Part.SUCCEEDED, Part.FAILED, Part.STOPPED})
# Before its part is submitted, and while it is not computing: nobody else's part can go on without it.
PART_WAITS = frozenset({Part.READY, Part.QUEUED})
FEDERATED_ACTS: dict[str, tuple[str, ...]] = {
    FederatedPhase.PROPOSED: ("stop",),
    FederatedPhase.OFFERED: ("accept", "refuse"),
    FederatedPhase.READY: ("stop",),
    FederatedPhase.RUNNING: ("stop",),
}


class FederatedJobRows(models.QuerySet["FederatedJob"]):
    def standing(self) -> "FederatedJobRows":
        return self.filter(phase__in=FEDERATED_STANDING)

    def with_sides(self) -> "FederatedJobRows":
        """With what is said of both sides."""
        return self.select_related("contract__partner__party", "contract__channels", "project", "owner")

    def rounds_used(self, contract: Contract) -> int:
        """What a contract has no more of: those that jobs reached, or still hold.

        A job that ended without saying how far it came counts whole, one that never began not at all.
        """
        rows = self.filter(contract=contract).filter(Q(phase__in=FEDERATED_STANDING) | Q(started_at__isnull=False))
        return sum(job.rounds_used for job in rows.exclude(phase=FederatedPhase.OFFERED))


class FederatedJob(Live):
    """One job of two parties under a contract, as one side keeps it.

    we propose: proposed -> ready (they gave their part) | refused ; they propose: offered -> ready (we gave ours) | refused
    ready -> running (the gate: both ready, channels open on both sides; our part is submitted)
    ready | running -> ending (our part is stopped, where it runs) -> stopped | failed | lost | succeeded (both parts did)
    """

    live_kind: ClassVar[str] = "federated-job"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="federated_jobs", db_index=False)
    federated_job = models.UUIDField(default=new_id, help_text="The same on both sides, in both audit trails.")
    their_id = models.UUIDField(null=True, help_text="What it is called in the other portal's addresses.")
    name = models.CharField(max_length=63)
    rounds = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    parameters = models.JSONField(default=dict, help_text="What both parts run with.")
    patience_seconds = models.PositiveIntegerField(
        default=USUAL_PATIENCE_SECONDS,
        validators=[MinValueValidator(LEAST_PATIENCE_SECONDS), MaxValueValidator(MOST_PATIENCE_SECONDS)],
        help_text="How long a side waits for the other: for a word of it, and for its part once its own computes.",
    )
    proposed_by_them = models.BooleanField(default=False)
    phase = models.CharField(max_length=10, choices=FederatedPhase.choices)
    outcome = models.CharField(max_length=10, blank=True, help_text="What it ends as, once nothing of ours runs any more.")
    why = models.CharField(max_length=60, blank=True, help_text="Why it ends: the code of a sentence.")
    note = models.CharField(max_length=500, blank=True, help_text="The reason that somebody gave, or what refused it.")
    ended_by_them = models.BooleanField(default=False)
    answer_by = models.DateTimeField(help_text="When an answer that has not come is awaited no more.")
    # Our part: what was given, by whom, and what became of it here.
    project = models.ForeignKey(Project, on_delete=models.SET_NULL, null=True, related_name="+")
    spec = models.JSONField(null=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    job_id = models.UUIDField(null=True, help_text="Our part, an ordinary job.")
    ours = models.CharField(max_length=10, choices=Part.choices, default=Part.NONE)
    ours_since = models.DateTimeField(default=timezone.now)
    our_round = models.PositiveIntegerField(default=0)
    our_channels_open = models.BooleanField(default=False)
    our_number = models.PositiveIntegerField(default=0, help_text="Of what we told last; a later word counts more.")
    told_at = models.DateTimeField(null=True)
    # Theirs: what they told last.
    theirs = models.CharField(max_length=10, choices=Part.choices, default=Part.NONE)
    theirs_since = models.DateTimeField(default=timezone.now)
    their_round = models.PositiveIntegerField(default=0)
    their_channels_open = models.BooleanField(default=False)
    their_number = models.PositiveIntegerField(default=0)
    heard_at = models.DateTimeField(null=True)
    silent_at = models.DateTimeField(null=True, help_text="When they were found to be silent; null: they are not.")
    ready_at = models.DateTimeField(null=True, help_text="When both had given their part.")
    started_at = models.DateTimeField(null=True, help_text="When our part was submitted.")
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[FederatedJobRows] = FederatedJobRows.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "federated_job"], name="one_federated_job_once")]
        indexes = [
            models.Index(fields=["tenant", "-id"], name="federated_job_of_tenant"),
            models.Index(fields=["id"], condition=Q(phase__in=FEDERATED_STANDING), name="federated_job_standing"),
        ]

    @property
    def over(self) -> bool:
        return self.phase in FEDERATED_OVER

    @property
    def acts(self) -> tuple[str, ...]:
        """What can be done now, by whoever may."""
        return FEDERATED_ACTS.get(self.phase, ())

    @property
    def patience(self) -> timedelta:
        return timedelta(seconds=self.patience_seconds)

    @property
    def round(self) -> int:
        return max(self.our_round, self.their_round)

    @property
    def rounds_used(self) -> int:
        return min(self.round, self.rounds) if self.over and self.round else self.rounds

    @property
    def may_go_on(self) -> bool:
        """Whether what it rests on still stands."""
        return self.contract.phase == ContractPhase.AGREED and self.contract.partner.phase in LINKED

    @property
    def channels_open(self) -> bool:
        channels: Channels | None = getattr(self.contract, "channels", None)
        return channels is not None and channels.phase == ChannelsPhase.OPEN

    @property
    def gate_open(self) -> bool:
        """Whether our part may be submitted: theirs is ready, and nothing between the two is missing."""
        passed = self.theirs in (Part.QUEUED, Part.RUNNING)
        ready = passed or (self.theirs == Part.READY and self.their_channels_open)
        return ready and self.ours == Part.READY and self.our_channels_open

    @property
    def awaited_since(self) -> datetime | None:
        """Since when no word of theirs came; None where none is awaited."""
        if self.phase not in (FederatedPhase.READY, FederatedPhase.RUNNING) or self.theirs in PART_OVER:
            return None
        return max(filter(None, (self.heard_at, self.ready_at)))

    @property
    def lost_at(self) -> datetime | None:
        """When they are given up unless they are heard before."""
        since = self.awaited_since
        return since + self.patience if since else None

    @property
    def why_said(self) -> Said | None:
        return say(self.why, reason=self.note) if self.why else None

    @property
    def waits_for(self) -> list[Said]:
        """Who waits for whom now, in sentences."""
        number = self.contract.partner.number or 0
        if self.phase == FederatedPhase.PROPOSED:
            return [say("federated-waits-their-answer", number=number, day=f"{self.answer_by:%Y-%m-%d}")]
        if self.phase == FederatedPhase.OFFERED:
            return [say("federated-waits-our-answer", number=number, day=f"{self.answer_by:%Y-%m-%d}")]
        if self.phase == FederatedPhase.ENDING:
            return [say("federated-waits-our-end")]
        if self.over:
            return []
        said = []
        if self.silent_at:
            said.append(say("federated-waits-word", number=number, minutes=self.patience_seconds // 60))
        if self.phase == FederatedPhase.READY and not self.our_channels_open:
            said.append(say("federated-waits-our-channels"))
        if self.phase == FederatedPhase.READY and self.theirs == Part.READY and not self.their_channels_open:
            said.append(say("federated-waits-their-channels", number=number))
        if self.ours == Part.QUEUED:
            said.append(say("federated-waits-our-machines"))
        if self.phase == FederatedPhase.RUNNING and self.theirs in PART_WAITS:
            said.append(say("federated-waits-their-machines", number=number))
        if self.ours == Part.SUCCEEDED:
            said.append(say("federated-waits-their-end", number=number))
        return said


class FederatedEvent(models.Model):
    """One line of the timeline of a federated job: what happened here, or what they told."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    job = models.ForeignKey(FederatedJob, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now, help_text="When it happened, by the clock of whose it is.")
    by_them = models.BooleanField(default=False)
    code = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    round = models.PositiveIntegerField(default=0)

    @property
    def said(self) -> Said:
        return Said(self.code, dict[str, Any](self.arguments))
