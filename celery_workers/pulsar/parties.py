"""A party's own cluster: does it answer, is it the one that was named, and are its keys the right ones."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from apps.core.errors import Unavailable
from apps.federation import services
from apps.federation.models import Channels, ChannelsPhase, Party
from apps.federation.services.post import issue
from celery_workers.pulsar.checks import US, Check, Checks
from celery_workers.pulsar.client import Client, Forbidden, NotFound

STEPS = ("broker", "name", "key", "places")
TENANT = "fl-tenant"
_FULLY = "/brokers/health"


def look_at(party_id: UUID) -> None:
    party = Party.objects.filter(pk=party_id).first()
    if party is None:
        return
    checks = Checks(STEPS)
    with Client(party.web_url, party.admin_token) as admin:
        checks.run(
            ("broker", lambda check: check_broker(check, admin, party)),
            ("name", lambda check: _check_name(check, admin, party)),
            ("key", lambda check: _check_key(check, party)),
            ("places", lambda check: _check_places(check, admin, party)),
        )
    services.found_of_party(party=party, checks=checks.as_json())


def check_broker(check: Check, admin: Client, party: Party) -> None:
    """A message goes through it: that is what its health means."""
    try:
        admin.get(_FULLY)
        version = str(admin.get("/brokers/version"))
    except Forbidden:
        check.failed("refused", who=US, cluster=party.cluster)
    except (Unavailable, NotFound) as failure:
        check.failed("down", who=US, cluster=party.cluster, reason=str(failure))
    else:
        check.fine(cluster=party.cluster, version=version)


def broker_failed(checks: Checks, party: Party, failure: Exception) -> None:
    """It answered before, and then, in the middle, it did not."""
    with checks.step("broker") as check:
        check.failed("down", who=US, cluster=party.cluster, reason=str(failure))


def _check_name(check: Check, admin: Client, party: Party) -> None:
    names = sorted(admin.clusters())
    if party.cluster in names:
        check.fine(cluster=party.cluster)
    else:
        check.failed("other", who=US, cluster=party.cluster, found=", ".join(names))


def _check_places(check: Check, admin: Client, party: Party) -> None:
    """No channels are left of a contract that this portal does not keep open or close, as after an old backup."""
    try:
        found = {name.partition("/")[2] for name in admin.get(f"/namespaces/{TENANT}")}
    except NotFound:
        found = set()
    rows = Channels.objects.filter(contract__partner__party=party).exclude(phase=ChannelsPhase.CLOSED)
    known = {one.contract.namespace for one in rows.select_related("contract")}
    if orphans := sorted(name for name in found - known if name.startswith("contract-")):
        check.failed("orphans", who=US, namespaces=", ".join(orphans[:5]), count=len(orphans))
    else:
        check.fine(count=len(known))


def _check_key(check: Check, party: Party) -> None:
    """A token that we sign is taken: the role in it holds nothing, so being refused by name is what proves it."""
    token = issue(party, "hanse-probe", until=timezone.now() + timedelta(minutes=1))
    with Client(party.web_url, token) as stranger:
        try:
            stranger.clusters()
        except Forbidden as refusal:
            # Pulsar gives a reason to a role that it knows, and none to a token that it does not take.
            if str(refusal):
                check.fine(cluster=party.cluster)
            else:
                check.failed("wrong", who=US, cluster=party.cluster)
        else:
            check.fine(cluster=party.cluster)
