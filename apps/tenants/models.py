"""Tenants, their projects, who has which role on them, and the tokens of programs."""

from typing import ClassVar
from uuid import UUID

from django.core.validators import RegexValidator
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import Group, User
from apps.core.ids import new_id
from apps.core.models import Live
from apps.tenants.actor import Actor
from apps.tenants.permissions import PERMISSIONS, PLATFORM_ROLES, Role

SLUG = RegexValidator(
    r"^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$",
    "Use 1-40 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen.",
)


class TenantPhase(models.TextChoices):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    DRAINING = "draining"
    CLOSED = "closed"


# phase -> acts that lead out of it -> the phase they lead to.
TENANT_ACTS: dict[str, dict[str, TenantPhase]] = {
    TenantPhase.ACTIVE: {"suspend": TenantPhase.SUSPENDED, "drain": TenantPhase.DRAINING},
    TenantPhase.SUSPENDED: {"resume": TenantPhase.ACTIVE, "drain": TenantPhase.DRAINING},
    TenantPhase.DRAINING: {"close": TenantPhase.CLOSED},
    TenantPhase.CLOSED: {},
}
# Not a phase that is stored, but what casualties and tenant_changes are asked with when a tenant or project goes.
REMOVED = "removed"


class TenantQuerySet(models.QuerySet["Tenant"]):
    def permitted(self, actor: Actor) -> "TenantQuerySet":
        return self if actor.sees_all_tenants else self.filter(pk__in=actor.visible_tenant_ids)

    def held(self, pk: UUID) -> "Tenant | None":
        """The tenant as it is now, whose phase nobody changes until the transaction ends; many may hold it at once."""
        table = connection.ops.quote_name(self.model._meta.db_table)
        # Raw, since the ORM has no FOR SHARE; nothing of a user's enters the text.
        return next(iter(self.raw(f"SELECT * FROM {table} WHERE id = %s FOR SHARE", [pk])), None)  # noqa: S608


class Tenant(Live):
    """An organisation or department.

    active <-> suspended (nothing new starts) ; active | suspended -> draining (what runs is stopped) -> closed
    """

    live_kind: ClassVar[str] = "tenant"

    slug = models.CharField(max_length=40, unique=True, validators=[SLUG])
    name = models.CharField(max_length=150)
    description = models.TextField(blank=True, max_length=2000)
    phase = models.CharField(max_length=10, choices=TenantPhase.choices, default=TenantPhase.ACTIVE)
    phase_reason = models.CharField(max_length=300, blank=True)
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    objects: ClassVar[TenantQuerySet] = TenantQuerySet.as_manager()  # type: ignore[assignment]

    @property
    def live_tenant_id(self) -> UUID:
        return self.id

    @property
    def acts(self) -> list[str]:
        """Acts that its phase allows now."""
        removable = ["remove"] if self.phase in (TenantPhase.DRAINING, TenantPhase.CLOSED) else []
        return [*TENANT_ACTS[self.phase], *removable]

    def __str__(self) -> str:
        return self.slug


class ProjectQuerySet(models.QuerySet["Project"]):
    def permitted(self, actor: Actor, permission: str = "projects.view") -> "ProjectQuerySet":
        """Projects on which the actor holds `permission`, by a role on the platform, the tenant or the project."""
        if permission in actor.on_platform:
            return self
        return self.filter(Q(tenant_id__in=actor.tenants_with(permission)) | Q(pk__in=actor.projects_with(permission)))


class Project(Live):
    """The unit people work in: one namespace of a tenant in each cluster it may use."""

    live_kind: ClassVar[str] = "project"

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="projects")
    slug = models.CharField(max_length=40, validators=[SLUG])
    name = models.CharField(max_length=150)
    description = models.TextField(blank=True, max_length=2000)
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager["Project"]] = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "slug"], name="one_project_a_slug")]

    @property
    def live_project_id(self) -> UUID:
        return self.id

    @property
    def namespace(self) -> str:
        """Its name in a cluster: unique everywhere, since slugs are unique only in their tenant."""
        return f"{self.slug}-{self.id.hex[-10:]}"

    def __str__(self) -> str:
        return f"{self.tenant}/{self.slug}"


class MemberQuerySet(models.QuerySet["Member"]):
    def permitted(self, actor: Actor) -> "MemberQuerySet":
        """Roles on tenants and projects whose members the actor may see; those on the platform for platform roles."""
        if "platform.view" in actor.on_platform and "members.view" in actor.on_platform:
            return self
        if "members.view" in actor.on_platform:
            return self.exclude(tenant=None)
        return self.filter(
            Q(tenant_id__in=actor.tenants_with("members.view")) | Q(project_id__in=actor.projects_with("members.view"))
        )

    def with_names(self) -> "MemberQuerySet":
        return self.select_related("user", "group", "project", "tenant")

    def of_user(self, user: User) -> "MemberQuerySet":
        """Roles of the user, by themselves or by a group."""
        return self.filter(Q(user=user) | Q(group__users=user)).distinct()

    def user_ids(self) -> set[UUID]:
        """Users who have these roles, by themselves or by a group."""
        alone = self.filter(user__isnull=False).values_list("user_id", flat=True)
        in_groups = self.filter(group__users__isnull=False).values_list("group__users", flat=True)
        return {*alone, *in_groups}

    def effective_owners(self) -> "MemberQuerySet":
        """Roles by which at least one active account owns a whole tenant."""
        by_somebody = Q(user__is_active=True) | Q(group__users__is_active=True)
        return self.filter(by_somebody, role=Role.OWNER, tenant__isnull=False, project=None).distinct()


class Member(Live):
    """A role of a user or group: on the platform (no tenant), on a tenant, or on one project of it."""

    live_kind: ClassVar[str] = "member"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, null=True, blank=True, related_name="members")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, blank=True, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="roles")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, blank=True, related_name="roles")
    role = models.CharField(max_length=20, choices=[(role, role) for role in Role])
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager["Member"]] = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, group__isnull=False) | Q(user__isnull=False, group=None),
                name="member_is_user_or_group",
            ),
            models.CheckConstraint(
                condition=Q(tenant=None, project=None, role__in=sorted(PLATFORM_ROLES))
                | Q(tenant__isnull=False) & ~Q(role__in=sorted(PLATFORM_ROLES)),
                name="platform_roles_on_the_platform_only",
            ),
            models.UniqueConstraint(
                fields=["tenant", "project", "user", "group", "role"], nulls_distinct=False, name="one_row_a_role"
            ),
        ]


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def of_actor(self, actor: Actor) -> "ApiTokenQuerySet":
        """Tokens of whoever acts; a token sees only itself."""
        own = self.filter(user_id=actor.user_id).select_related("tenant", "project")
        return own.filter(pk=actor.token_id) if actor.token_id else own

    def usable(self) -> "ApiTokenQuerySet":
        """Neither revoked nor expired, and of an active account."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), user__is_active=True)


class ApiToken(models.Model):
    """A program's key to what its owner may do, cut to a list of permissions and to a tenant or project."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    hint = models.CharField(max_length=20, help_text="The first characters, to recognise it by.")
    digest = models.CharField(max_length=64, unique=True, help_text="Keyed SHA-256; the token itself is nowhere.")
    permissions = models.JSONField(default=list)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, null=True, blank=True)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["ApiToken"]] = ApiTokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], condition=Q(revoked_at=None), name="one_live_token_a_name")
        ]

    @property
    def scope(self) -> frozenset[str]:
        return frozenset(self.permissions) & frozenset(PERMISSIONS)
