"""Onboarding: tenant, first project, owner and quota in one act."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from apps.accounts.models import User
from apps.clusters.models import Cluster
from apps.quotas.models import Cohort, Quota
from apps.quotas.services.managing import Line, create_quota
from apps.tenants import services as tenants
from apps.tenants.actor import Actor
from apps.tenants.models import Project, Tenant
from apps.tenants.permissions import Role


@dataclass(frozen=True)
class NewProject:
    slug: str
    name: str


@dataclass(frozen=True)
class NewOwner:
    """Found by address; an account is made when there is none."""

    email: str
    name: str = ""


@dataclass(frozen=True)
class NewQuota:
    cluster: Cluster
    cohort: Cohort | None
    lines: Sequence[Line]


@dataclass(frozen=True)
class Onboarded:
    """`owner_password`: the temporary password of an account that was made; "" when there was one."""

    tenant: Tenant
    project: Project
    owner: User
    owner_password: str
    quota: Quota | None


@transaction.atomic
def onboard_tenant(
    *,
    actor: Actor,
    slug: str,
    name: str,
    project: NewProject,
    owner: NewOwner,
    quota: NewQuota | None = None,
    description: str = "",
) -> Onboarded:
    """Let an organisation in: all of it or nothing. Raises NameTaken, and what create_quota raises."""
    tenant = tenants.create_tenant(actor=actor, slug=slug, name=name, description=description)
    first = tenants.create_project(actor=actor, tenant=tenant, slug=project.slug, name=project.name)
    user, password = tenants.ensure_user(actor=actor, email=owner.email, name=owner.name)
    tenants.add_member(actor=actor, role=Role.OWNER, user=user, tenant=tenant)
    granted = None
    if quota is not None:
        granted = create_quota(actor=actor, tenant=tenant, cluster=quota.cluster, cohort=quota.cohort, lines=quota.lines)
    return Onboarded(tenant, first, user, password, granted)
