"""Every act on tenants, projects, members, people and tokens. One module an act's field; one transaction an act."""

from apps.tenants.services.invitations import (
    accept_with_account,
    accept_with_new_account,
    invite,
    resend,
    revoke_invitation,
    tell_of_expired_invitations,
)
from apps.tenants.services.leavers import deactivate, preview_leaving, transfer_belongings, transfer_ownership
from apps.tenants.services.members import add_member, remove_member
from apps.tenants.services.people import (
    add_to_group,
    change_activity,
    ensure_user,
    remove_from_group,
    remove_group,
)
from apps.tenants.services.projects import change_project, create_project
from apps.tenants.services.removal import (
    REMOVER,
    begin_projects,
    finish_project,
    finish_tenant,
    note_removal,
    preview_project_removal,
    remove_project,
    remove_tenant,
)
from apps.tenants.services.service_accounts import (
    change_service_account,
    create_service_account,
    remove_service_account,
)
from apps.tenants.services.tenants import change_phase, change_tenant, create_tenant, preview
from apps.tenants.services.tokens import (
    Wanted,
    create_service_token,
    create_token,
    require_session,
    revoke_token,
    rotate_token,
    tell_of_ends,
)

__all__ = [
    "REMOVER",
    "Wanted",
    "accept_with_account",
    "accept_with_new_account",
    "add_member",
    "add_to_group",
    "begin_projects",
    "change_activity",
    "change_phase",
    "change_project",
    "change_service_account",
    "change_tenant",
    "create_project",
    "create_service_account",
    "create_service_token",
    "create_tenant",
    "create_token",
    "deactivate",
    "ensure_user",
    "finish_project",
    "finish_tenant",
    "invite",
    "note_removal",
    "preview",
    "preview_leaving",
    "preview_project_removal",
    "remove_from_group",
    "remove_group",
    "remove_member",
    "remove_project",
    "remove_service_account",
    "remove_tenant",
    "require_session",
    "resend",
    "revoke_invitation",
    "revoke_token",
    "rotate_token",
    "tell_of_ends",
    "tell_of_expired_invitations",
    "transfer_belongings",
    "transfer_ownership",
]
