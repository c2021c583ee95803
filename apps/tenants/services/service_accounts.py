"""Programs as members of a tenant."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts import services as accounts
from apps.audit import services as audit
from apps.core.outbox import publish
from apps.tenants.actor import Actor
from apps.tenants.models import ApiToken, Project, ServiceAccount, Tenant
from apps.tenants.permissions import Role
from apps.tenants.services.members import add_member, require_grantable


@transaction.atomic
def create_service_account(
    *,
    actor: Actor,
    tenant: Tenant,
    name: str,
    description: str = "",
    role: Role | None = None,
    project: Project | None = None,
) -> ServiceAccount:
    """Make a program a principal of the tenant, with a first role if one is given. Raises NameTaken, GrantsTooMuch."""
    # An address that no mail can reach (RFC 2606), so that no person ever has it.
    user = accounts.create_service_user(email=f"{name}@{tenant.slug}.invalid", name=name)
    account = ServiceAccount.objects.create(tenant=tenant, user=user, name=name, description=description)
    _record(actor, "service-account.create", account, after=describe(account))
    publish(op="added", subject=account)
    if role is not None:
        add_member(actor=actor, role=role, user=user, tenant=tenant, project=project)
    return account


@transaction.atomic
def change_service_account(*, actor: Actor, account: ServiceAccount, description: str) -> ServiceAccount:
    before = describe(account)
    if description != account.description:
        account.description = description
        account.generation += 1
        account.save(update_fields=["description", "generation"])
        _record(actor, "service-account.change", account, before=before, after=describe(account))
        publish(op="changed", subject=account)
    return account


@transaction.atomic
def remove_service_account(*, actor: Actor, account: ServiceAccount) -> None:
    """End a program: its roles and tokens are over at once, what it submitted goes on and keeps its name.

    Raises GrantsTooMuch when it holds more than the actor.
    """
    require_grantable(actor, account.user.roles.all())
    _record(actor, "service-account.remove", account, before=describe(account))
    publish(op="removed", subject=account)
    _retire(account)


def retire_service_accounts(*, tenant: Tenant) -> None:
    """End all programs of a tenant that is removed."""
    for account in tenant.service_accounts.select_related("user"):
        _retire(account)


def describe(account: ServiceAccount) -> dict[str, Any]:
    """A service account as the audit trail keeps it."""
    return {"name": account.name, "description": account.description}


def _retire(account: ServiceAccount) -> None:
    for role in account.user.roles.all():
        publish(op="removed", subject=role)
        role.delete()
    ApiToken.objects.of_account(account).filter(revoked_at=None).update(revoked_at=timezone.now())
    user = account.user
    account.delete()
    accounts.retire_service_user(user=user)


def _record(
    actor: Actor,
    action: str,
    account: ServiceAccount,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="service-account",
        subject_id=account.user_id,
        label=account.name,
        tenant_id=account.tenant_id,
        before=before,
        after=after,
    )
