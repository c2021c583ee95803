"""What workers found."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core.outbox import publish
from apps.federation.models import LINKED, FederatedJob, Partner, PartnerPhase, Party
from apps.federation.services._changes import audited, tell, write_letter
from apps.tenants.actor import system_actor

Found = Sequence[dict[str, Any]]
SOON, OFTEN, LATER = timedelta(seconds=3), timedelta(seconds=5), timedelta(seconds=30)
ENDS_SOON = timedelta(days=14)


@transaction.atomic
def found_of_party(*, party: Party, checks: Found) -> None:
    """Write down what was found of its own cluster."""
    locked = Party.objects.select_for_update().filter(pk=party.pk).first()
    if locked is None:
        return
    changed = differ(locked.checks, checks)
    locked.checks, locked.checked_at = kept_since(locked.checks, checks), timezone.now()
    locked.next_reconcile_at = timezone.now() + LATER
    locked.observed_generation = party.generation
    locked.save(update_fields=["checks", "checked_at", "next_reconcile_at", "observed_generation"])
    if changed:
        publish(op="changed", subject=locked)


@transaction.atomic
def found_of_partner(*, partner: Partner, checks: Found, applied: str = "", again: bool = False) -> None:
    """Write down what was found, step by step. An agreement is ready once every step held.

    `applied`: the role with which our cluster writes to theirs by now. `again`: what was wanted could not be done.
    """
    locked = Partner.objects.select_for_update(of=("self",)).select_related("party").get(pk=partner.pk)
    if locked.fence != partner.fence or locked.generation != partner.generation:
        return
    holds = bool(checks) and all(check["state"] == "fine" for check in checks)
    changed = differ(locked.checks, checks)
    locked.checks, locked.checked_at = kept_since(locked.checks, checks), timezone.now()
    locked.observed_generation = partner.generation
    due = again or locked.phase in LINKED
    # While both have a job together, they look often for what the other writes.
    calm = OFTEN if FederatedJob.objects.standing().filter(contract__partner=locked).exists() else LATER
    locked.next_reconcile_at = timezone.now() + (calm if holds else SOON) if due else None
    if applied and applied != locked.applied:
        locked.applied, changed = applied, True
        write_letter(locked, "rotated", {"role": applied})
    _warn_of_its_end(locked)
    if locked.phase == PartnerPhase.JOINING and holds:
        locked.phase, locked.ready_at, changed = PartnerPhase.READY, timezone.now(), True
        audited("ready", locked, system_actor("Hanse"))
    locked.save()
    if changed:
        publish(op="changed", subject=locked)


def _warn_of_its_end(partner: Partner) -> None:
    """Once a token: their officers cannot give themselves a new one."""
    until = partner.issued_until
    if partner.phase in LINKED and until and until < timezone.now() + ENDS_SOON and partner.warned_of != partner.role:
        partner.warned_of = partner.role
        tell("partner.token-ends", partner, day=f"{until:%Y-%m-%d}")


@transaction.atomic
def note_ping(*, partner: Partner, said: dict[str, Any], at: datetime) -> None:
    """Write down that a ping of theirs came, with their signature."""
    Partner.objects.filter(pk=partner.pk).update(heard=said, heard_at=at)
    partner.heard, partner.heard_at = said, at


@transaction.atomic
def note_silence(*, partner: Partner, at: datetime) -> None:
    """Write down when a party that was cut off could write no more."""
    if Partner.objects.filter(pk=partner.pk, cut_at__isnull=False, silent_at=None).update(silent_at=at):
        partner.silent_at = at
        audited("silent", partner, system_actor("Hanse"))
        publish(op="changed", subject=partner)


def differ(before: Found, after: Found) -> bool:
    """Whether a step stands otherwise; how many milliseconds it took is no news."""
    return [(one["check"], one["state"]) for one in before] != [(one["check"], one["state"]) for one in after]


def kept_since(before: Found, after: Found) -> list[dict[str, Any]]:
    """Each with the time since when it stands as it does."""
    since = {(one["check"], one["state"]): one["since"] for one in before}
    now = timezone.now().isoformat()
    return [{**one, "since": since.get((one["check"], one["state"]), now)} for one in after]
