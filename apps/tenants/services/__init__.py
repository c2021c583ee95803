"""Every act on tenants, projects, members, people and tokens. One module an act's field; one transaction an act."""

from apps.tenants.services.members import add_member, remove_member
from apps.tenants.services.people import (
    add_to_group,
    change_activity,
    ensure_user,
    remove_from_group,
    remove_group,
)
from apps.tenants.services.projects import change_project, create_project, preview_project_removal, remove_project
from apps.tenants.services.tenants import change_phase, change_tenant, create_tenant, preview, remove_tenant
from apps.tenants.services.tokens import create_token, require_session, revoke_token

__all__ = [
    "add_member",
    "add_to_group",
    "change_activity",
    "change_phase",
    "change_project",
    "change_tenant",
    "create_project",
    "create_tenant",
    "create_token",
    "ensure_user",
    "preview",
    "preview_project_removal",
    "remove_from_group",
    "remove_group",
    "remove_member",
    "remove_project",
    "remove_tenant",
    "require_session",
    "revoke_token",
]
