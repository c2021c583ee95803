"""Acts around providers of single sign-on, and the one of signing in by them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from apps.accounts import oidc, services
from apps.accounts.models import Group, Provider, ProviderAccount, User
from apps.accounts.signals import Person
from apps.audit import services as audit
from apps.audit.services import Who
from apps.core.errors import InvalidRequest, NameTaken
from apps.core.outward import Refused
from apps.core.uniqueness import refused_when_taken

# Where the secret is sent, and whose it is: with another of these, it must be typed again.
_BINDING = ("issuer", "client_id")


class NotLetIn(Exception):
    """The provider knows this person, and Hanse does not let them in. `reason` is a word of the sign-in page."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def create_provider(*, actor: Who, **fields: Any) -> Provider:
    """Make a provider known. Raises NameTaken, and InvalidRequest for an issuer that does not answer as one."""
    provider = Provider(**fields)
    _require_answers(provider)
    with refused_when_taken(NameTaken(f"There is a provider {provider.slug}.", at="/slug")):
        provider.save(force_insert=True)
    _record(actor, "sign-in-provider.create", provider, after=describe(provider))
    return provider


@transaction.atomic
def change_provider(*, actor: Who, provider: Provider, **fields: Any) -> Provider:
    """Change a provider. Raises InvalidRequest when the secret would go to an address that it was not given for."""
    before = describe(provider)
    moved = [name for name in _BINDING if fields.get(name, getattr(provider, name)) != getattr(provider, name)]
    if moved and not fields.get("secret"):
        raise InvalidRequest(errors=[{"pointer": "/secret", "detail": f"With another {moved[0]}, give the secret again."}])
    for name, value in fields.items():
        setattr(provider, name, value)
    if "issuer" in moved:
        _require_answers(provider)
    provider.generation += 1
    provider.save()
    after = {**describe(provider), **({"secret": "changed"} if fields.get("secret") else {})}
    _record(actor, "sign-in-provider.change", provider, before=before, after=after)
    return provider


@transaction.atomic
def remove_provider(*, actor: Who, provider: Provider) -> None:
    """Forget a provider. Who had only it to sign in with needs a password from an administrator."""
    _record(actor, "sign-in-provider.remove", provider, before=describe(provider))
    provider.delete()


def describe(provider: Provider) -> dict[str, Any]:
    """A provider as the audit trail keeps it: without its secret."""
    fields = ("slug", "name", "issuer", "client_id", "domains", "creates_accounts", "asks_second_factor")
    return {
        field: getattr(provider, field) for field in (*fields, "signs_out_there", "groups_claim", "group_rules", "is_active")
    }


@transaction.atomic
def user_of_claims(*, provider: Provider, claims: dict[str, Any], who: Who) -> User:
    """The account of whoever the provider has just named, made or linked when it is their first time; with their groups.

    `who` holds the request's circumstances; entries of the trail name the account itself. Raises NotLetIn.
    """
    known = ProviderAccount.objects.select_related("user").filter(provider=provider, subject=claims["sub"]).first()
    user = known.user if known else _first_time(provider, claims, who)
    if not user.is_active:
        raise NotLetIn("inactive")
    if provider.group_rules:
        _give_groups(provider, user, _groups_in(claims.get(provider.groups_claim)), who)
    return user


def _first_time(provider: Provider, claims: dict[str, Any], who: Who) -> User:
    email = str(claims.get("email", "")).lower()
    if not email or str(claims.get("email_verified", "")).lower() != "true":
        raise NotLetIn("no-verified-address")
    if email.rpartition("@")[2] not in provider.domains:
        raise NotLetIn("other-domain")
    user = User.objects.people().select_for_update(no_key=True).filter(email=email).first()
    if user is None:
        if not provider.creates_accounts:
            raise NotLetIn("no-account")
        user = User(email=email, name=str(claims.get("name") or email.partition("@")[0])[:150])
        user.set_unusable_password()
        user.save(force_insert=True)
        audit.record(
            actor=_as(user, who),
            action="user.create",
            kind="user",
            subject_id=user.pk,
            label=user.email,
            after={**services.describe_user(user), "provider": provider.slug},
        )
    elif ProviderAccount.objects.filter(provider=provider, user=user).exists():
        raise NotLetIn("address-of-another")
    ProviderAccount.objects.create(provider=provider, user=user, subject=str(claims["sub"])[:255])
    audit.record(
        actor=_as(user, who),
        action="user.link-provider",
        kind="user",
        subject_id=user.pk,
        label=user.email,
        after={"provider": provider.slug},
    )
    return user


def _groups_in(claim: Any) -> set[str]:
    """A list of names, or one name."""
    return {str(name) for name in claim} if isinstance(claim, list) else {str(claim)} if claim else set()


def _give_groups(provider: Provider, user: User, claimed: set[str], who: Who) -> None:
    """Bring the groups that the provider decides over to what it says now; others are left alone."""
    decided = {rule["group"] for rule in provider.group_rules}
    wanted = {rule["group"] for rule in provider.group_rules if rule["value"] in claimed}
    groups = {str(group.pk): group for group in Group.objects.select_for_update(no_key=True).filter(pk__in=decided)}
    present = {str(pk) for pk in user.member_groups.filter(pk__in=decided).values_list("pk", flat=True)}
    _change_groups(provider, user, who, "group.add-user", [groups[pk] for pk in sorted(wanted - present) if pk in groups])
    _change_groups(provider, user, who, "group.remove-user", [groups[pk] for pk in sorted(present - wanted)])


def _change_groups(provider: Provider, user: User, who: Who, action: str, groups: Iterable[Group]) -> None:
    for group in groups:
        if action == "group.add-user":
            group.users.add(user)
        else:
            group.users.remove(user)
        group.generation += 1
        group.save(update_fields=["generation"])
        services.raise_access([user.pk])
        audit.record(
            actor=_as(user, who),
            action=action,
            kind="group",
            subject_id=group.pk,
            label=group.name,
            after={"user": user.email, "provider": provider.slug},
        )


@transaction.atomic
def record_refusal(*, provider: Provider, reason: str, who: Who) -> None:
    _record(who, "session.refuse-provider", provider, after={"reason": reason})


def _as(user: User, who: Who) -> Who:
    """The person themselves, from where `who` asked."""
    return Person(user_id=user.pk, label=user.email, request_id=who.request_id, address=who.address)


def _require_answers(provider: Provider) -> None:
    try:
        oidc.discover(provider.issuer)
    except Refused as error:
        raise InvalidRequest(errors=[{"pointer": "/issuer", "detail": str(error)}]) from error


def _record(
    actor: Who, action: str, provider: Provider, *, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None
) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="sign-in-provider",
        subject_id=provider.pk,
        label=provider.slug,
        before=before,
        after=after,
    )
