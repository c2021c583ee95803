"""What workers found of the channels of a contract, and what they took away."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core.outbox import publish
from apps.federation.models import Channels, ChannelsPhase, Contract
from apps.federation.services._changes import audited_contract, tell_of
from apps.federation.services.observe import LATER, SOON, Found, differ, kept_since
from apps.tenants.actor import system_actor


@transaction.atomic
def found_of_channels(*, channels: Channels, wanted: bool, checks: Found, counters: Mapping[str, int] | None = None) -> None:
    """Write down what was found. They are open, or closed, once every step towards it held."""
    locked = _locked(channels)
    if locked is None:
        return
    before = (locked.phase, locked.sent_bytes)
    holds = all(check["state"] == "fine" for check in checks)
    if counters is not None:
        locked.sent_bytes, locked.counted = locked.sent_by(counters), dict(counters)
    if wanted:
        _towards_open(locked, holds)
    else:
        _towards_closed(locked, holds)
    if _used_up(checks) and not _used_up(locked.checks):
        tell_of("contract.used-up", locked.contract)
    changed = differ(locked.checks, checks) or before != (locked.phase, locked.sent_bytes)
    locked.checks, locked.checked_at = kept_since(locked.checks, checks), timezone.now()
    locked.observed_generation = channels.generation
    over = locked.phase == ChannelsPhase.CLOSED
    locked.next_reconcile_at = None if over else timezone.now() + (LATER if holds else SOON)
    locked.save()
    if changed:
        publish(op="changed", subject=locked.contract)


@transaction.atomic
def note_removal(*, channels: Channels, there: dict[str, Any]) -> None:
    """Write down what there is before it is taken away; of what was written down before, the larger counts."""
    locked = _locked(channels)
    if locked is None:
        return
    before = {one["topic"]: one["messages"] for one in locked.removed.get("topics", ())}
    topics = [{**one, "messages": max(one["messages"], before.get(one["topic"], 0))} for one in there["topics"]]
    roles = sorted({*there["roles"], *locked.removed.get("roles", ())})
    locked.removed = {"topics": topics, "roles": roles, "at": there["at"]}
    locked.save(update_fields=["removed"])


def _used_up(checks: Found) -> bool:
    return any(check["check"] == "bytes" and check["state"] == "failed" for check in checks)


def _locked(channels: Channels) -> Channels | None:
    """None when somebody else holds them by now, or they are wanted otherwise. The contract first, as everywhere."""
    contract = (
        Contract.objects.select_for_update(of=("self",)).select_related("partner__tenant").get(pk=channels.contract_id)
    )
    locked = Channels.objects.select_for_update().get(pk=channels.pk)
    if locked.fence != channels.fence or locked.generation != channels.generation:
        return None
    locked.contract = contract
    return locked


def _towards_open(channels: Channels, holds: bool) -> None:
    if channels.phase in (ChannelsPhase.CLOSING, ChannelsPhase.CLOSED):
        channels.phase = ChannelsPhase.OPENING
        channels.closing_at = channels.closed_at = None
        channels.removed, channels.counted = {}, {}
    if channels.phase == ChannelsPhase.OPENING and holds:
        channels.phase, channels.opened_at = ChannelsPhase.OPEN, timezone.now()
        audited_contract("channels-open", channels.contract, system_actor("Hanse"))


def _towards_closed(channels: Channels, holds: bool) -> None:
    if channels.phase in (ChannelsPhase.OPENING, ChannelsPhase.OPEN):
        channels.phase, channels.closing_at = ChannelsPhase.CLOSING, timezone.now()
    if channels.phase == ChannelsPhase.CLOSING and holds:
        channels.phase, channels.closed_at = ChannelsPhase.CLOSED, timezone.now()
        audited_contract("channels-closed", channels.contract, system_actor("Hanse"), removed=channels.removed)
