"""Parties of a federation, what they agreed on with others, and the letters between them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.core.fields import EncryptedTextField
from apps.core.ids import new_id
from apps.core.models import Live, Reconciled, ReconciledRows
from apps.federation.letters import PrivateKeys, PublicKeys
from apps.tenants.models import Tenant

LEAST_NUMBER, MOST_NUMBER = 1000, 999_999_999
NUMBER = (MinValueValidator(LEAST_NUMBER), MaxValueValidator(MOST_NUMBER))


def cluster_of(number: int) -> str:
    """The name of a party's Pulsar cluster: derived, so that no two in a federation are called alike."""
    return f"fl-pulsar-{number}"


class Party(Live, Reconciled):
    """A tenant as an organisation of the federation, with the Pulsar cluster that it administers."""

    live_kind: ClassVar[str] = "party"

    tenant = models.OneToOneField(Tenant, on_delete=models.CASCADE, related_name="party")
    number = models.PositiveIntegerField(unique=True, validators=NUMBER)
    name = models.CharField(max_length=150)
    contact = models.EmailField(help_text="Whom officers of other parties write to.")
    web_url = models.CharField(max_length=300, help_text="Of its brokers' HTTP service.")
    service_url = models.CharField(max_length=300, help_text="Of its brokers' binary protocol.")
    admin_token = EncryptedTextField(help_text="Of a super user of its cluster.")
    signing_key = EncryptedTextField(help_text="What its cluster's tokens are signed with (RS256, PEM).")
    sign_private = EncryptedTextField()
    seal_private = EncryptedTextField()
    sign_public = models.CharField(max_length=60)
    seal_public = models.CharField(max_length=60)
    checks = models.JSONField(default=list, editable=False, help_text="What was last found of its cluster.")
    checked_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[ReconciledRows["Party"]] = ReconciledRows.as_manager()  # type: ignore[assignment]

    @property
    def cluster(self) -> str:
        return cluster_of(self.number)

    @property
    def public(self) -> PublicKeys:
        return PublicKeys(self.sign_public, self.seal_public)

    @property
    def private(self) -> PrivateKeys:
        return PrivateKeys(self.sign_private, self.seal_private)


class PartnerPhase(models.TextChoices):
    INVITED = "invited"
    ASKED = "asked"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    JOINING = "joining"
    READY = "ready"
    SUSPENDED = "suspended"
    CUT = "cut"
    REFUSED = "refused"
    LEFT = "left"


OPEN = frozenset({"invited", "asked", "answered", "accepted"})
LINKED = frozenset({"joining", "ready"})
OVER = frozenset({"refused", "left"})
# phase -> acts that an officer can do. `cut` is for emergencies; it can be done wherever something may flow.
ACTS: dict[str, tuple[str, ...]] = {
    PartnerPhase.INVITED: ("leave",),
    PartnerPhase.ASKED: ("accept", "refuse"),
    PartnerPhase.ANSWERED: ("confirm", "refuse"),
    PartnerPhase.ACCEPTED: ("leave",),
    PartnerPhase.JOINING: ("suspend", "cut", "leave"),
    PartnerPhase.READY: ("rotate", "suspend", "cut", "leave"),
    PartnerPhase.SUSPENDED: ("resume", "cut", "leave"),
    PartnerPhase.CUT: ("resume", "leave"),
    PartnerPhase.REFUSED: (),
    PartnerPhase.LEFT: (),
}


class PartnerRows(ReconciledRows["Partner"]):
    def going_on(self) -> "PartnerRows":
        return self.exclude(phase__in=OVER)


class Partner(Live, Reconciled):
    """Another party, as this one knows it, and how far the two are agreed.

    we invite:   invited -> answered (they accepted; our officer checks their key) -> joining -> ready
    they invite: asked (our officer checks their key) -> accepted (we wait for theirs) -> joining -> ready
    joining | ready <-> suspended ; -> cut (at once, in an emergency) ; before joining: -> refused ; always: -> left
    """

    live_kind: ClassVar[str] = "partner"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="partners", db_index=False)
    agreement = models.UUIDField(default=new_id, editable=False, help_text="The same on both sides, in both audit trails.")
    number = models.PositiveIntegerField(null=True, validators=NUMBER, help_text="Null: invited without saying whom.")
    name = models.CharField(max_length=150, blank=True)
    contact = models.EmailField(blank=True)
    web_url = models.CharField(max_length=300, blank=True)
    service_url = models.CharField(max_length=300, blank=True)
    sign_public = models.CharField(max_length=60, blank=True)
    seal_public = models.CharField(max_length=60, blank=True)
    phase = models.CharField(max_length=10, choices=PartnerPhase.choices)
    note = models.CharField(max_length=500, blank=True, help_text="What came with the invitation, or why it ended.")
    ended_by_them = models.BooleanField(default=False, help_text="They suspended, refused or left, not we.")
    invitation_ends_at = models.DateTimeField(null=True)
    # What we let them do with our cluster: tokens of the roles that `role_of` names, from `honoured` to `issued`.
    issued = models.PositiveIntegerField(default=0)
    honoured = models.PositiveIntegerField(default=1)
    issued_until = models.DateTimeField(null=True)
    warned_of = models.CharField(max_length=80, blank=True, help_text="The role whose token's end officers were told of.")
    # What they let us do with theirs, sealed to us as it came.
    given = models.TextField(blank=True)
    given_role = models.CharField(max_length=80, blank=True)
    given_until = models.DateTimeField(null=True)
    applied = models.CharField(max_length=80, blank=True, help_text="The role with which our cluster writes to theirs.")
    checks = models.JSONField(default=list, editable=False, help_text="What was last found, step by step.")
    checked_at = models.DateTimeField(null=True, editable=False)
    heard_at = models.DateTimeField(null=True, help_text="When their last ping came.")
    heard = models.JSONField(default=dict, help_text="What it said.")
    ready_at = models.DateTimeField(null=True)
    cut_at = models.DateTimeField(null=True)
    silent_at = models.DateTimeField(null=True, help_text="When nothing of theirs came through any more, after a cut.")

    objects: ClassVar[PartnerRows] = PartnerRows.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "agreement"], name="one_partner_an_agreement"),
            models.UniqueConstraint(
                fields=["party", "number"], condition=~Q(phase__in=["refused", "left"]), name="one_agreement_a_partner"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_reconcile_at"],
                condition=Q(next_reconcile_at__isnull=False) | Q(observed_generation__lt=F("generation")),
                name="partner_due",
            )
        ]

    @property
    def cluster(self) -> str:
        return cluster_of(self.number) if self.number else ""

    @property
    def public(self) -> PublicKeys:
        return PublicKeys(self.sign_public, self.seal_public)

    @property
    def acts(self) -> tuple[str, ...]:
        """What an officer can do now; what they stopped only they start again."""
        acts = ACTS[self.phase]
        return tuple(act for act in acts if act != "resume") if self.ended_by_them else acts

    @property
    def role(self) -> str:
        """That of the newest token that we issued."""
        return self.role_of(self.issued)

    def role_of(self, version: int) -> str:
        """Never the same twice: a token of an agreement that ended opens nothing of the next."""
        return f"party-{self.number}-{self.agreement.hex[-8:]}-{version}"

    @property
    def namespace(self) -> str:
        """Where the two keep what concerns nobody else; both sides derive the same name."""
        low, high = sorted((self.party.number, self.number or 0))
        return f"link-{low}-{high}"


# Of each direction: what is trained with, and what asks for it again.
CHANNELS = ("data", "control")
MEGABYTE = 1_000_000


class ContractPhase(models.TextChoices):
    PROPOSED = "proposed"
    OFFERED = "offered"
    AGREED = "agreed"
    REPLACED = "replaced"
    DECLINED = "declined"
    REVOKED = "revoked"
    EXPIRED = "expired"


UNSIGNED = ("proposed", "offered")
STANDING = frozenset({*UNSIGNED, "agreed"})
ENDED = ("replaced", "declined", "revoked", "expired")
# How long a signature that was given in time may take: until then whoever proposed waits for it.
SIGNATURES_TRAVEL = timedelta(minutes=10)
CONTRACT_ACTS: dict[str, tuple[str, ...]] = {
    ContractPhase.PROPOSED: ("revoke",),
    ContractPhase.OFFERED: ("sign", "decline"),
    ContractPhase.AGREED: ("amend", "revoke"),
}


class ContractRows(models.QuerySet["Contract"]):
    def standing(self) -> "ContractRows":
        return self.filter(phase__in=STANDING)

    def over(self) -> "ContractRows":
        """Those whose time is over, and nobody has written that down yet."""
        now = timezone.now()
        waits = Q(phase=ContractPhase.PROPOSED, ends_at__gte=now - SIGNATURES_TRAVEL)
        return self.standing().filter(~waits, ends_at__lt=now)


class Contract(Live):
    """One edition of what two parties agreed to do with their data, as one side keeps it. Its terms never change.

    we propose: proposed -> agreed (their officer signed) ; they propose: offered -> agreed (ours signed) | declined
    agreed -> replaced (both signed a later edition) | revoked (by either, at once) | expired ; unsigned: -> expired
    """

    live_kind: ClassVar[str] = "contract"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="contracts", db_index=False)
    contract = models.UUIDField(default=new_id, help_text="The same on both sides and in all editions.")
    edition = models.PositiveIntegerField(default=1)
    terms = models.JSONField()
    digest = models.CharField(max_length=64, help_text="What both sides sign: SHA-256 of the terms.")
    phase = models.CharField(max_length=10, choices=ContractPhase.choices)
    note = models.CharField(max_length=500, blank=True, help_text="Why it ended.")
    ended_by_them = models.BooleanField(default=False)
    ends_at = models.DateTimeField(help_text="When it ends by itself where it stands: unsigned, or agreed.")
    our_officer = models.CharField(max_length=150, blank=True)
    our_signature_at = models.DateTimeField(null=True)
    their_officer = models.CharField(max_length=150, blank=True)
    their_signature_at = models.DateTimeField(null=True)
    # What is sent under it is sealed and signed with keys of this edition alone, which came with the signatures.
    our_keys = EncryptedTextField(default="", help_text="PrivateKeys as JSON, made when our letter was signed.")
    our_public = models.JSONField(default=dict)
    their_public = models.JSONField(default=dict)

    objects: ClassVar[ContractRows] = ContractRows.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "contract", "edition"], name="one_edition_once")]
        indexes = [models.Index(fields=["ends_at"], condition=Q(phase__in=sorted(STANDING)), name="contract_standing")]

    @property
    def acts(self) -> tuple[str, ...]:
        """What an officer can do now."""
        return CONTRACT_ACTS.get(self.phase, ())

    @property
    def namespace(self) -> str:
        """Of its channels, in both clusters."""
        return f"contract-{self.contract.hex}-{self.edition}"

    @property
    def role(self) -> str:
        """Of our workers in our cluster, for this edition alone."""
        return f"worker-{self.contract.hex}-{self.edition}"

    @property
    def outward(self) -> tuple[str, ...]:
        """Topics that only we write to."""
        return tuple(f"{self.partner.party.number}.{self.partner.number}.{name}" for name in CHANNELS)

    @property
    def inward(self) -> tuple[str, ...]:
        """Topics that only they write to."""
        return tuple(f"{self.partner.number}.{self.partner.party.number}.{name}" for name in CHANNELS)


class ChannelsPhase(models.TextChoices):
    OPENING = "opening"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


class Channels(Reconciled):
    """What a contract is in our cluster while it stands: a namespace of directed topics, and who may do what in it.

    opening -> open -> closing -> closed ; an agreement that is resumed: closing | closed -> opening
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    contract = models.OneToOneField(Contract, on_delete=models.CASCADE, related_name="channels")
    phase = models.CharField(max_length=10, choices=ChannelsPhase.choices, default=ChannelsPhase.OPENING)
    checks = models.JSONField(default=list, help_text="What was last found, step by step.")
    checked_at = models.DateTimeField(null=True)
    counted = models.JSONField(default=dict, help_text="The broker's counter of each topic that we write to.")
    sent_bytes = models.PositiveBigIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    closing_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    removed = models.JSONField(default=dict, help_text="What there was when it was taken away.")

    objects: ClassVar[ReconciledRows["Channels"]] = ReconciledRows.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["next_reconcile_at"],
                condition=Q(next_reconcile_at__isnull=False) | Q(observed_generation__lt=F("generation")),
                name="channels_due",
            )
        ]

    @property
    def wanted(self) -> bool:
        return self.contract.phase == ContractPhase.AGREED and self.contract.partner.phase in LINKED

    def sent_by(self, counters: Mapping[str, int]) -> int:
        """Bytes sent in all, as the broker's counters stand now; one that fell back began anew."""
        grown = (now - before if now >= (before := self.counted.get(topic, 0)) else now for topic, now in counters.items())
        return int(self.sent_bytes + sum(grown))

    @property
    def state(self) -> str:
        """For people: how far they are, unless something does not hold."""
        return "failing" if any(check["state"] == "failed" for check in self.checks) else self.phase

    @property
    def most_bytes(self) -> int:
        return int(self.contract.terms["megabytes"]) * MEGABYTE


class LetterState(models.TextChoices):
    """unsigned (a worker signs it) -> waiting (to be handed over, or carried) -> delivered | refused"""

    UNSIGNED = "unsigned"
    WAITING = "waiting"
    DELIVERED = "delivered"
    REFUSED = "refused"


class PartyLetter(models.Model):
    """One letter, as one side keeps it. Nothing in it is secret: tokens are sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    letter_id = models.UUIDField(default=new_id, help_text="The same on both sides.")
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="letters")
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, null=True, related_name="letters")
    federated_job = models.ForeignKey("federation.FederatedJob", on_delete=models.CASCADE, null=True, related_name="letters")
    kind = models.CharField(max_length=12)
    outgoing = models.BooleanField()
    body = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=LetterState.choices)
    said = models.CharField(max_length=300, blank=True, help_text="Why it was refused.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, help_text="When it last went over the link of the two clusters.")
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "letter_id", "outgoing"], name="one_letter_once")]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="unsigned"), name="letter_unsigned"),
            models.Index(fields=["partner", "id"], condition=Q(state="waiting"), name="letter_waiting"),
        ]

    @property
    def subject(self) -> Live:
        """What it is about: a federated job, a contract, or the agreement itself."""
        return self.federated_job or self.contract or self.partner
