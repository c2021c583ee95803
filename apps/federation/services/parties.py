"""A tenant's own party: its number, its cluster, its keys."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from apps.audit.services import record
from apps.core.errors import InvalidRequest, NameTaken
from apps.core.outbox import hint, publish
from apps.core.uniqueness import refused_when_taken
from apps.federation.errors import StillLinked
from apps.federation.letters import PrivateKeys
from apps.federation.models import Party
from apps.tenants.actor import Actor
from apps.tenants.models import Tenant

SHOWN = ("name", "contact", "web_url", "service_url")
SECRETS = ("admin_token", "signing_key")


@transaction.atomic
def describe_party(*, actor: Actor, tenant: Tenant, number: int, given: Mapping[str, str]) -> Party:
    """Make the tenant a party; its keys for letters are made here and stay here. Raises NameTaken."""
    if Party.objects.filter(tenant=tenant).exists():
        raise NameTaken("This tenant is a party already.")
    keys = PrivateKeys.new()
    party = Party(
        tenant=tenant,
        number=number,
        sign_private=keys.sign,
        seal_private=keys.seal,
        sign_public=keys.public.sign,
        seal_public=keys.public.seal,
        **given,
    )
    with refused_when_taken(NameTaken(f"There is a party {number} in this portal.", at="/number")):
        party.save(force_insert=True)
    publish(op="added", subject=party)
    hint("federation.look", party_id=party.pk)
    _record("create", party, actor, before=None, after=_shown(party))
    return party


@transaction.atomic
def change_party(*, actor: Actor, party: Party, changes: Mapping[str, str]) -> Party:
    """Say anew how the party is reached. With another address its secrets are given again. Raises InvalidRequest."""
    before = _shown(party)
    changed = [name for name, value in changes.items() if value != getattr(party, name)]
    if any(name.endswith("_url") for name in changed) and (missing := [name for name in SECRETS if name not in changes]):
        detail = "With another address, give it again: it must not be sent where nobody said that it belongs."
        raise InvalidRequest(errors=[{"pointer": f"/{name}", "detail": detail} for name in missing])
    if not changed:
        return party
    for name in changed:
        setattr(party, name, changes[name])
    party.generation += 1
    party.save(update_fields=[*changed, "generation"])
    publish(op="changed", subject=party)
    hint("federation.look", party_id=party.pk)
    _record("change", party, actor, before=before, after={**_shown(party), "secrets_given": "admin_token" in changed})
    return party


@transaction.atomic
def remove_party(*, actor: Actor, party: Party) -> None:
    """Forget the party with its keys. Raises StillLinked."""
    if linked := list(party.partners.going_on().values_list("number", flat=True)):
        raise StillLinked(f"There are agreements with {len(linked)} others.", partners=linked)
    publish(op="removed", subject=party)
    _record("remove", party, actor, before=_shown(party), after=None)
    party.delete()


def card_of(party: Party) -> dict[str, Any]:
    """What others are told of the party."""
    shown = {name: getattr(party, name) for name in SHOWN}
    return {**shown, "number": party.number, "sign": party.sign_public, "seal": party.seal_public}


def _shown(party: Party) -> dict[str, Any]:
    return {"number": party.number, **{name: getattr(party, name) for name in SHOWN}, "key": party.public.fingerprint}


def _record(act: str, party: Party, actor: Actor, *, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
    record(
        actor=actor,
        action=f"party.{act}",
        kind="party",
        subject_id=party.pk,
        label=f"{party.number} {party.name}",
        tenant_id=party.tenant_id,
        before=before,
        after=after,
    )
