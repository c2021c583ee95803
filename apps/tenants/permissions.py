"""THE table: permission -> roles. The REST checks, `permitted()`, the `can` of answers and the documentation come from it.

A role on a tenant holds in all its projects; a role on one project only there. Platform roles hold everywhere.
"""

from enum import StrEnum
from functools import cache


class Role(StrEnum):
    """Platform roles first, then those on a tenant or one project."""

    PLATFORM_ADMIN = "platform-admin"
    OPERATOR = "operator"
    AUDITOR = "auditor"
    OWNER = "owner"
    ADMIN = "admin"
    DEVELOPER = "developer"
    VIEWER = "viewer"
    DATA_OFFICER = "data-officer"


PLATFORM_ROLES = frozenset({Role.PLATFORM_ADMIN, Role.OPERATOR, Role.AUDITOR})
TENANT_ROLES = frozenset(Role) - PLATFORM_ROLES
# In the order in which they are offered.
ROLE_NAMES = [str(role) for role in Role]
TENANT_ROLE_NAMES = sorted(TENANT_ROLES)
PROGRAM_ROLE_NAMES = sorted(TENANT_ROLES - {Role.OWNER})  # a program owns nothing

_PLATFORM = {Role.PLATFORM_ADMIN}
_FLEET = {Role.PLATFORM_ADMIN, Role.OPERATOR}
_GOVERN = {Role.PLATFORM_ADMIN, Role.OWNER, Role.ADMIN}
_WORK = {Role.OWNER, Role.ADMIN, Role.DEVELOPER}
_SEE = frozenset(Role) - {Role.OPERATOR}

PERMISSIONS: dict[str, frozenset[Role]] = {
    name: frozenset(roles)
    for name, roles in {
        "platform.view": PLATFORM_ROLES,
        "tenants.onboard": _PLATFORM,
        "tenants.view": frozenset(Role),
        "tenants.change": _GOVERN,
        "tenants.suspend": _PLATFORM,
        "tenants.remove": _PLATFORM,
        "projects.view": frozenset(Role),
        "projects.create": _GOVERN,
        "projects.change": _GOVERN,
        "projects.remove": _GOVERN,
        "members.view": frozenset(Role),
        "members.manage": _GOVERN,
        # What an owner has and an admin has not: it keeps admins from making or unmaking owners.
        "owners.manage": {Role.PLATFORM_ADMIN, Role.OWNER},
        # Gives roles beyond one's own permissions: somebody must be able to appoint the first owner of a tenant.
        "roles.appoint": _PLATFORM,
        "users.manage": _PLATFORM,
        "users.view-as": _PLATFORM,
        "groups.manage": _PLATFORM,
        "sign-in.manage": _PLATFORM,
        "mail.view": PLATFORM_ROLES,
        "mail.manage": _PLATFORM,
        "audit.view": {Role.PLATFORM_ADMIN, Role.AUDITOR, Role.OWNER, Role.ADMIN},
        "clusters.view": frozenset(Role),
        "clusters.manage": _FLEET,
        "flavors.manage": _FLEET,
        # Who takes part in a tenant or project; what one may do there by kubectl follows from the other permissions.
        "kubectl.use": frozenset(Role) - PLATFORM_ROLES,
        # Moves of virtual machines from host to host: what is known of them, and plans.
        "moves.view": PLATFORM_ROLES,
        "moves.manage": _FLEET,
        # Operators plan; that machines of tenants really move is decided by an administrator.
        "moves.approve": _PLATFORM,
        "priorities.manage": _PLATFORM,
        "quotas.view": frozenset(Role),
        "quotas.manage": _PLATFORM,
        "quotas.divide": _GOVERN,
        "quotas.request": _WORK,
        "jobs.view": _SEE,
        "jobs.submit": _WORK,
        "jobs.cancel": _WORK | _PLATFORM,
        "jobs.suspend": _WORK | _PLATFORM,
        "jobs.retry": _WORK,
        "jobs.delete": _WORK,
        "jobs.share": _WORK,
        # A shell is as much as submitting a job: whoever has it runs what they like with the replica's data and secrets.
        "jobs.exec": _WORK,
        "apps.view": _SEE,
        "apps.deploy": _WORK,
        "apps.stop": _WORK | _PLATFORM,
        # Names, versions and uses; values are shown to nobody. Whoever submits jobs may name any secret of the project.
        "secrets.view": _SEE,
        "secrets.manage": _WORK,
        # Files of buckets are read with the first; the last is for buckets themselves: how many, how large, for how long.
        "buckets.view": _SEE,
        "buckets.write": _WORK,
        "buckets.manage": {Role.OWNER, Role.ADMIN},
        # Versions of data, which never change; whoever submits jobs may name any of the project.
        "datasets.view": _SEE,
        "datasets.write": _WORK,
        # Files of volumes are read with the first and written with the second; whoever submits jobs may mount any of the
        # project as far as they hold these. The last is for volumes themselves: how many, how large.
        "volumes.view": _SEE,
        "volumes.write": _WORK,
        "volumes.manage": {Role.OWNER, Role.ADMIN},
        # Virtual machines of tenants, whose loads are forecast; hosts and clusters are seen by platform roles only.
        "fleet.view": frozenset(Role),
        "fleet.manage": _FLEET,
        # Runs of forecasts over the fleet, whoever's machines are in it.
        "forecasts.view": PLATFORM_ROLES,
        "forecasts.request": _FLEET,
        # Which engine forecasts which segment of the fleet.
        "forecasts.release": _FLEET,
        # The tenant as a party of a federation; what others may do with its data its officers decide, and its owners, who
        # appoint them. Admins too may cut a partner off in an emergency.
        "parties.view": _SEE,
        "parties.manage": {Role.PLATFORM_ADMIN, Role.OWNER, Role.DATA_OFFICER},
        "partners.decide": {Role.OWNER, Role.DATA_OFFICER},
        "partners.cut": {Role.PLATFORM_ADMIN, Role.OWNER, Role.ADMIN, Role.DATA_OFFICER},
        # Jobs with other parties: whoever works runs them, within a contract that officers signed; officers may stop any.
        "federated-jobs.run": _WORK,
        "federated-jobs.stop": _WORK | _PLATFORM | {Role.DATA_OFFICER},
        # What a project's closed network is opened to, and within what the platform lets a tenant open it.
        "networks.view": _SEE,
        "networks.manage": _GOVERN,
        "networks.limit": _PLATFORM,
        "schedules.view": _SEE,
        "schedules.manage": _WORK,
        "templates.view": _SEE,
        "templates.manage": _WORK,
        "platform-templates.manage": _PLATFORM,
    }.items()
}


@cache
def permissions_of(role: Role) -> frozenset[str]:
    return frozenset(name for name, roles in PERMISSIONS.items() if role in roles)
