"""The demonstration: two tenants that share this machine, their people, quotas, and a gallery of templates.

Made as administrators would make it: through services only, each act in the audit trail.
"""

from dataclasses import dataclass
from uuid import UUID

import psutil
from django.db import transaction

from apps.accounts.models import User
from apps.accounts.services import create_user
from apps.clusters.models import Cluster
from apps.clusters.services import register_local_cluster
from apps.jobs.services import create_template
from apps.jobs.spec import JobSpec
from apps.quotas.models import Cohort
from apps.quotas.services import (
    Line,
    NewOwner,
    NewProject,
    NewQuota,
    Onboarded,
    ShareLine,
    create_cap,
    create_cohort,
    onboard_tenant,
    set_shares,
)
from apps.tenants.access import actor_of_user
from apps.tenants.actor import Actor
from apps.tenants.permissions import Role, permissions_of
from apps.tenants.services import add_member, create_project
from demonstration.people import ADMIN, ANN, BEN, LOGINS, OTTO, Login
from demonstration.templates import GALLERY


@dataclass(frozen=True)
class Organisation:
    """`part`: how much of this machine it is guaranteed; `projects`: slug and name, the first one first."""

    slug: str
    name: str
    owner: Login
    projects: tuple[NewProject, ...]
    part: float


AURORA = Organisation(
    "aurora", "Aurora Robotics", OTTO, (NewProject("vision", "Vision"), NewProject("speech", "Speech")), part=0.6
)
BOREALIS = Organisation("borealis", "Borealis Bank", BEN, (NewProject("risk", "Risk models"),), part=0.4)


def is_seeded() -> bool:
    return User.objects.filter(email=ADMIN.email).exists()


@transaction.atomic
def seed(*, password: str) -> None:
    users = _make_people(password)
    admin = actor_of_user(users[ADMIN])
    cluster = register_local_cluster(actor=admin, slug="harbour", name="This machine")
    cohort = create_cohort(actor=admin, cluster=cluster, name="commons", description="All who share this machine.")
    for organisation in (AURORA, BOREALIS):
        _onboard(organisation, users, admin, cluster, cohort)
    for name, (description, spec) in GALLERY.items():
        create_template(actor=admin, tenant_id=None, name=name, description=description, spec=JobSpec.model_validate(spec))


def _make_people(password: str) -> dict[Login, User]:
    """All accounts; and the platform's roles, which only somebody above all can give the first time."""
    beginning = Actor(UUID(int=0), "demonstration", on_platform=permissions_of(Role.PLATFORM_ADMIN))
    users = {}
    for login in LOGINS:
        users[login], _ = create_user(actor=beginning, email=login.email, name=login.name, password=password)
        if login.tenant is None:
            add_member(actor=beginning, role=Role(login.role), user=users[login])
    return users


def _onboard(organisation: Organisation, users: dict[Login, User], admin: Actor, cluster: Cluster, cohort: Cohort) -> None:
    lines = _part_of_this_machine(organisation.part)
    first, *others = organisation.projects
    done = onboard_tenant(
        actor=admin,
        slug=organisation.slug,
        name=organisation.name,
        project=first,
        owner=NewOwner(organisation.owner.email),
        quota=NewQuota(cluster, cohort, lines),
    )
    owner = actor_of_user(users[organisation.owner])
    for login, user in users.items():
        if login.tenant == organisation.slug and login is not organisation.owner:
            add_member(actor=owner, role=Role(login.role), user=user, tenant=done.tenant)
    for project in others:
        create_project(actor=owner, tenant=done.tenant, slug=project.slug, name=project.name)
    if others:
        _divide(done, owner, users, lines)


def _divide(done: Onboarded, owner: Actor, users: dict[Login, User], lines: list[Line]) -> None:
    """Half of the quota is the first project's own; Ann may use the priority `high`."""
    halves = [ShareLine("harbour", line.flavor, line.resource, guaranteed=line.nominal // 2) for line in lines]
    set_shares(actor=owner, project=done.project, lines=halves)
    create_cap(actor=owner, tenant=done.tenant, user=None, running_workloads=20)
    create_cap(actor=owner, tenant=done.tenant, user=users[ANN], may_use_restricted_priorities=True)


def _part_of_this_machine(part: float) -> list[Line]:
    """Quota lines of the flavor `cpu`: so much is guaranteed, all else may be borrowed while it is idle."""
    cpu_millicores = int((psutil.cpu_count() or 1) * 1000 * part) // 100 * 100
    memory_bytes = int(psutil.virtual_memory().total * 0.8 * part) // 2**20 * 2**20
    return [Line("cpu", "cpu", nominal=cpu_millicores), Line("cpu", "memory", nominal=memory_bytes)]
