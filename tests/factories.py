"""Rows that tests start from: small, typed, told apart by a counter."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from apps.accounts.models import Group, User
from apps.clusters.models import Cluster, ClusterKind, Flavor, FlavorKind, Health, Node
from apps.quotas.models import Cohort, PriorityClass, Quota, QuotaLine
from apps.tenants.models import Member, Project, Tenant
from apps.tenants.permissions import PLATFORM_ROLES, Role

GIB = 2**30
PASSWORD = "correct-horse-battery"
_numbers = count(1)


def make_user(name: str = "", *, password: str | None = None, **fields: object) -> User:
    number = next(_numbers)
    name = name or f"Person {number}"
    fields.setdefault("email", f"person-{number}@example.org")
    return User.objects.create_user(name=name, password=password, **fields)


def make_group(*users: User, name: str = "") -> Group:
    group = Group.objects.create(name=name or f"group-{next(_numbers)}")
    group.users.set(users)
    return group


def make_tenant(slug: str = "", **fields: object) -> Tenant:
    slug = slug or f"tenant-{next(_numbers)}"
    return Tenant.objects.create(slug=slug, **{"name": slug.title(), **fields})


def make_project(tenant: Tenant | None = None, slug: str = "", **fields: object) -> Project:
    slug = slug or f"project-{next(_numbers)}"
    return Project.objects.create(tenant=tenant or make_tenant(), slug=slug, **{"name": slug.title(), **fields})


def make_member(
    role: str,
    *,
    user: User | None = None,
    group: Group | None = None,
    tenant: Tenant | None = None,
    project: Project | None = None,
) -> Member:
    """A role: on the platform for a platform role, else on `project` or, without one, on `tenant`."""
    if role in PLATFORM_ROLES:
        tenant = project = None
    else:
        tenant = project.tenant if project else tenant or make_tenant()
    if user is None and group is None:
        user = make_user()
    return Member.objects.create(role=Role(role), user=user, group=group, tenant=tenant, project=project)


def make_cluster(slug: str = "", **fields: object) -> Cluster:
    slug = slug or f"cluster-{next(_numbers)}"
    fields = {
        "name": slug.title(),
        "kind": ClusterKind.LOCAL,
        "health": Health.HEALTHY,
        "last_seen_at": timezone.now(),
        **fields,
    }
    return Cluster.objects.create(slug=slug, **fields)


def make_flavor(cluster: Cluster, name: str = "cpu", kind: str = FlavorKind.CPU, **fields: object) -> Flavor:
    return Flavor.objects.create(cluster=cluster, name=name, kind=kind, **fields)


def make_node(cluster: Cluster, name: str = "", **amounts_by_flavor: dict[str, int]) -> Node:
    """A healthy machine, such as make_node(cluster, cpu={"cpu": 8000, "memory": 16 * GIB}, a100={"gpu": 8})."""
    return Node.objects.create(
        cluster=cluster,
        name=name or f"node-{next(_numbers)}",
        allocatable=amounts_by_flavor,
        health=Health.HEALTHY,
        last_seen_at=timezone.now(),
    )


def make_quota(
    tenant: Tenant,
    cluster: Cluster,
    nominal: dict[Flavor, dict[str, int]],
    *,
    cohort: Cohort | None = None,
    **limits: int | None,
) -> Quota:
    """A quota with one line a resource, such as make_quota(tenant, cluster, {a100: {"gpu": 8}}, borrowing_limit=4)."""
    quota = Quota.objects.create(tenant=tenant, cluster=cluster, cohort=cohort)
    for flavor, amounts in nominal.items():
        for resource, amount in amounts.items():
            QuotaLine.objects.create(quota=quota, flavor=flavor, resource=resource, nominal=amount, **limits)
    return quota


def make_cohort(cluster: Cluster, name: str = "commons") -> Cohort:
    return Cohort.objects.create(cluster=cluster, name=name)


def make_priorities() -> tuple[PriorityClass, PriorityClass]:
    """The classes `low` and `high`, made once."""
    low, _ = PriorityClass.objects.get_or_create(name="low", defaults={"value": 100})
    high, _ = PriorityClass.objects.get_or_create(
        name="high", defaults={"value": 1000, "starts_within_seconds": 300, "restricted": True}
    )
    return low, high


def equip(tenant: Tenant, *, cpu_millicores: int = 8000, memory_bytes: int = 16 * GIB, gpus: int = 0) -> Cluster:
    """A cluster of one node and a quota that covers all of it: flavor `cpu`, with `gpus` also `a100`."""
    make_priorities()
    cluster = make_cluster()
    amounts = {"cpu": {"cpu": cpu_millicores, "memory": memory_bytes}}
    flavors = {make_flavor(cluster): amounts["cpu"]}
    if gpus:
        amounts["a100"] = {"gpu": gpus}
        flavors[make_flavor(cluster, "a100", FlavorKind.GPU, unit_memory_bytes=80 * GIB)] = amounts["a100"]
    make_node(cluster, **amounts)
    make_quota(tenant, cluster, flavors)
    return cluster


def in_time(**delta: int) -> str:
    """A moment from now on, as the API writes it, such as in_time(days=30)."""
    return (timezone.now() + timedelta(**delta)).isoformat()
