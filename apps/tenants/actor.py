"""Who acts: built once a request (or socket), frozen, handed to every act and every `permitted()`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from apps.core.errors import PermissionRefused
from apps.core.ids import Ids

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Viewer:
    """Who of support looks at the console as somebody else sees it, read-only, until when."""

    user_id: UUID
    label: str
    access_version: int
    until: datetime


@dataclass(frozen=True)
class Actor:
    """A user, or a token of theirs, with what they may do. Permissions are already cut to the token's scope.

    `on_platform` holds everywhere; `on_tenants` in a tenant and all its projects; `on_projects` in one project.
    In `closed_tenants` their roles do not count for want of a second factor; with `lacks_second_factor` they do nowhere.
    `expires_at` is the token's; who acts for longer than a request compares it with the clock, and `access_version` with
    the user's.
    """

    user_id: UUID
    label: str
    on_platform: frozenset[str] = NOTHING
    on_tenants: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    on_projects: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    tenant_of_project: Mapping[UUID, UUID] = field(default_factory=dict)
    lacks_second_factor: bool = False
    closed_tenants: frozenset[UUID] = frozenset()
    token_id: UUID | None = None
    token_label: str = ""
    on_behalf_of_id: UUID | None = None
    on_behalf_of_label: str = ""
    viewer: Viewer | None = None
    session_key: str = ""
    expires_at: datetime | None = None
    access_version: int = 0
    request_id: str = ""
    address: str = ""

    # REST framework asks these of whoever a request is from.
    is_authenticated = True
    is_active = True

    @property
    def pk(self) -> str:
        """The principal, as throttles and idempotency records key it."""
        if self.viewer:
            return f"view:{self.viewer.user_id}"
        return f"token:{self.token_id}" if self.token_id else f"user:{self.user_id}"

    @property
    def sees_all_tenants(self) -> bool:
        return "tenants.view" in self.on_platform

    @cached_property
    def visible_tenant_ids(self) -> Ids:
        """Tenants in which the actor has any role, also in one project only (meaningless when sees_all_tenants)."""
        return Ids({*self.on_tenants, *self.tenant_of_project.values()})

    @cached_property
    def everywhere(self) -> frozenset[str]:
        """What the actor may do somewhere: on the platform, a tenant or a project."""
        return self.on_platform.union(*{*self.on_tenants.values(), *self.on_projects.values()})

    def on_tenant(self, tenant_id: UUID) -> frozenset[str]:
        return self.on_platform | self.on_tenants.get(tenant_id, NOTHING)

    def in_tenant(self, tenant_id: UUID) -> frozenset[str]:
        """What the actor may do somewhere in the tenant, be it in one project of it only."""
        inside = (held for project, held in self.on_projects.items() if self.tenant_of_project[project] == tenant_id)
        return self.on_tenant(tenant_id).union(*inside)

    def on_project(self, project_id: UUID, tenant_id: UUID) -> frozenset[str]:
        return self.on_tenant(tenant_id) | self.on_projects.get(project_id, NOTHING)

    def tenants_with(self, permission: str) -> Ids:
        return self._held(permission)[0]

    def projects_with(self, permission: str) -> Ids:
        """Single projects on which the actor holds `permission` by a role on the project itself."""
        return self._held(permission)[1]

    def _held(self, permission: str) -> tuple[Ids, Ids]:
        """The tenants and the projects with `permission`, looked for once."""
        if permission not in self._found:
            of_tenants, of_projects = (
                Ids(place for place, held in places.items() if permission in held)
                for places in (self.on_tenants, self.on_projects)
            )
            self._found[permission] = of_tenants, of_projects
        return self._found[permission]

    @cached_property
    def _found(self) -> dict[str, tuple[Ids, Ids]]:
        return {}

    def require(self, permission: str, *, tenant_id: UUID | None = None, project_id: UUID | None = None) -> None:
        """Raise PermissionRefused unless `permission` is held on the platform, the tenant or the project given."""
        held = self.on_platform
        if tenant_id is not None:
            held = self.on_project(project_id, tenant_id) if project_id is not None else self.on_tenant(tenant_id)
        if permission not in held:
            raise PermissionRefused(f"This needs the permission {permission}.", permission=permission)


def system_actor(label: str) -> Actor:
    """Hanse itself (a sweep, a watcher, a command), as the audit trail and timelines name it."""
    return Actor(user_id=UUID(int=0), label=label)
