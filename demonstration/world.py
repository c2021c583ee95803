"""The demonstration: two tenants that share this machine, their people, quotas, and a gallery of templates.

Made as administrators would make it: through services only, each act in the audit trail.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import psutil
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.services import create_group, create_user
from apps.clusters.models import Cluster
from apps.clusters.services import create_flavor, register_local_cluster
from apps.isolation.services import create_exception
from apps.jobs.services import create_schedule, create_template
from apps.jobs.spec import JobSpec
from apps.quotas.models import Asks, Cohort
from apps.quotas.services import (
    Line,
    NewOwner,
    NewProject,
    NewQuota,
    Onboarded,
    ShareLine,
    Wish,
    create_cap,
    create_cohort,
    onboard_tenant,
    request_quota,
    set_shares,
)
from apps.tenants.access import actor_of_user
from apps.tenants.actor import Actor
from apps.tenants.models import Project, Tenant
from apps.tenants.permissions import Role, permissions_of
from apps.tenants.services import add_member, add_to_group, create_project, create_service_account, invite
from demonstration.hardware import DEVICES, NOT_HERE
from demonstration.people import ADMIN, ANN, BEN, LOGINS, OTTO, VERA, Login
from demonstration.templates import GALLERY, report_job


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
    for name, (_, fields) in DEVICES.items():
        create_flavor(actor=admin, cluster=cluster, name=name, description=NOT_HERE, **fields)
    for organisation in (AURORA, BOREALIS):
        _onboard(organisation, users, admin, cluster, cohort)
    _ask_for_more(users, cluster)
    _schedule(users)
    _group(users, admin)
    _open_networks(users)
    for name, (description, spec) in GALLERY.items():
        create_template(actor=admin, tenant_id=None, name=name, description=description, spec=JobSpec.model_validate(spec))


def _group(users: dict[Login, User], admin: Actor) -> None:
    """Reviewers, who see what is done in both tenants; and a team with a role in one project."""
    reviewers = create_group(actor=admin, name="reviewers")
    add_to_group(actor=admin, group=reviewers, user=users[VERA])
    for tenant in Tenant.objects.order_by("slug"):
        add_member(actor=admin, role=Role.VIEWER, group=reviewers, tenant=tenant)
    perception = create_group(actor=admin, name="perception")
    for login in (ANN, OTTO):
        add_to_group(actor=admin, group=perception, user=users[login])
    vision = Project.objects.select_related("tenant").get(tenant__slug=AURORA.slug, slug="vision")
    add_member(actor=admin, role=Role.DEVELOPER, group=perception, project=vision)


def _open_networks(users: dict[Login, User]) -> None:
    """A registry outside; and two projects of one tenant that have both opened their side."""
    owner = actor_of_user(users[OTTO])
    vision, speech = (
        Project.objects.select_related("tenant").get(tenant__slug=AURORA.slug, slug=slug) for slug in ("vision", "speech")
    )
    registry = {"description": "Where models are published.", "ports": ["443"], "cidr": "203.0.113.0/24"}
    create_exception(actor=owner, project=vision, name="model-registry", direction="egress", protocol="TCP", **registry)
    create_exception(
        actor=owner, project=vision, name="speech", direction="egress", protocol="TCP", ports=["8000"], peer=str(speech)
    )
    create_exception(
        actor=owner, project=speech, name="vision", direction="ingress", protocol="TCP", ports=["8000"], peer=str(vision)
    )


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
        _invite_and_automate(done, owner)


def _divide(done: Onboarded, owner: Actor, users: dict[Login, User], lines: list[Line]) -> None:
    """Half of the quota is the first project's own; Ann may use the priority `high`."""
    halves = [ShareLine("harbour", line.flavor, line.resource, guaranteed=line.nominal // 2) for line in lines]
    set_shares(actor=owner, project=done.project, lines=halves)
    create_cap(actor=owner, tenant=done.tenant, user=None, running_workloads=20)
    create_cap(actor=owner, tenant=done.tenant, user=users[ANN], may_use_restricted_priorities=True)


def _ask_for_more(users: dict[Login, User], cluster: Cluster) -> None:
    """One request for each who decides: the platform's administrator, and the owner of Aurora."""
    ann = actor_of_user(users[ANN])
    vision = Project.objects.select_related("tenant").get(tenant__slug=AURORA.slug, slug="vision")
    cpu = cluster.flavors.get(name="cpu")
    in_two_weeks = timezone.now() + timedelta(days=14)
    for project, wish in (
        (None, Wish(Asks.QUOTA, 1000, "The benchmark for the spring fair.", cpu, "cpu", in_two_weeks)),
        (vision, Wish(Asks.GUARANTEE, 200, "Nightly training should not wait for Speech.", cpu, "cpu")),
    ):
        request_quota(actor=ann, tenant=vision.tenant, project=project, wish=wish)


def _schedule(users: dict[Login, User]) -> None:
    """Ann's report of the night before."""
    create_schedule(
        actor=actor_of_user(users[ANN]),
        project=Project.objects.select_related("tenant").get(tenant__slug=AURORA.slug, slug="vision"),
        name="nightly-report",
        cron="0 2 * * 1-5",
        time_zone="Europe/Berlin",
        spec=JobSpec.model_validate(report_job()),
    )


def _invite_and_automate(done: Onboarded, owner: Actor) -> None:
    """Somebody who has not accepted yet, and a program that may submit to the first project."""
    invite(actor=owner, tenant=done.tenant, email="mara@aurora.example", role=Role.DEVELOPER)
    create_service_account(
        actor=owner,
        tenant=done.tenant,
        name="nightly",
        description="Trains the newest data every night.",
        role=Role.DEVELOPER,
        project=done.project,
    )


def _part_of_this_machine(part: float) -> list[Line]:
    """Quota lines: so much is guaranteed, all else may be borrowed while it is idle."""
    cpu_millicores = int((psutil.cpu_count() or 1) * 1000 * part) // 100 * 100
    memory_bytes = int(psutil.virtual_memory().total * 0.8 * part) // 2**20 * 2**20
    devices = [Line(name, one["kind"], nominal=int(count * part)) for name, (count, one) in DEVICES.items()]
    return [Line("cpu", "cpu", nominal=cpu_millicores), Line("cpu", "memory", nominal=memory_bytes), *devices]
