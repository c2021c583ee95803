"""Who may do what in the namespaces of projects: the roles of Hanse, as clusters are told them.

There are three rungs, each with all that the one before has. A member is on the highest that their permissions reach;
in a tenant that starts nothing new nobody stands higher than on the first.
"""

from collections import defaultdict
from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from apps.accounts.models import User
from apps.tenants.access import actors_of_users
from apps.tenants.models import Member, Project, TenantPhase


class Rung(StrEnum):
    VIEWER = "viewer"
    DEVELOPER = "developer"
    ADMIN = "admin"


# Which permission of Hanse leads how high, the highest first.
_LEADS_TO = (("projects.change", Rung.ADMIN), ("jobs.submit", Rung.DEVELOPER), ("kubectl.use", Rung.VIEWER))
Rungs = dict[Rung, list[UUID]]


def rungs_of(projects: Collection[Project]) -> dict[UUID, Rungs]:
    """For each project (with its tenant) the users on each rung, in a constant number of queries.

    Active people with a role in the tenant or on the project, by themselves or by a group, that counts.
    """
    by_tenant: dict[UUID, list[Project]] = defaultdict(list)
    for project in projects:
        if project.tenant.phase != TenantPhase.CLOSED:
            by_tenant[project.tenant_id].append(project)
    members = Member.objects.filter(tenant__in=by_tenant).user_ids()
    actors = actors_of_users(list(User.objects.people().filter(pk__in=members, is_active=True)))
    found: dict[UUID, Rungs] = {project.pk: {rung: [] for rung in Rung} for project in projects}
    for tenant_id, mine in by_tenant.items():
        for user_id, actor in sorted(actors.items()):
            on_tenant = actor.on_tenants.get(tenant_id, frozenset())
            for project in mine:
                held = on_tenant | actor.on_projects.get(project.pk, frozenset())
                rung = next((rung for permission, rung in _LEADS_TO if permission in held), None)
                if rung is not None:
                    found[project.pk][rung if _is_active(project) else Rung.VIEWER].append(user_id)
    return found


def _is_active(project: Project) -> bool:
    return project.tenant.phase == TenantPhase.ACTIVE and project.deleting_at is None
