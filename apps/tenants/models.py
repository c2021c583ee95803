"""Tenants, their projects, who has which role on them, and the tokens of programs."""

from typing import ClassVar
from uuid import UUID

from django.core.validators import RegexValidator
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import Group, Kind, User
from apps.core.ids import new_id
from apps.core.models import Live, Removable, RemovableRows
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
# Not a phase that is stored, but what tolls are asked with when a tenant or project is to go, and tenant_changes when
# its row goes: by then only what is few is left.
REMOVED = "removed"


class TenantQuerySet(RemovableRows["Tenant"]):
    def permitted(self, actor: Actor) -> "TenantQuerySet":
        return self if actor.sees_all_tenants else self.filter(pk__among=actor.visible_tenant_ids)

    def held(self, pk: UUID) -> "Tenant | None":
        """The tenant as it is now, whose phase nobody changes until the transaction ends; many may hold it at once."""
        table = connection.ops.quote_name(self.model._meta.db_table)
        # Raw, since the ORM has no FOR SHARE; nothing of a user's enters the text.
        return next(iter(self.raw(f"SELECT * FROM {table} WHERE id = %s FOR SHARE", [pk])), None)  # noqa: S608


class Tenant(Live, Removable):
    """An organisation or department.

    active <-> suspended (nothing new starts) ; active | suspended -> draining (what runs is stopped) -> closed
    draining | closed -> closed, being removed -> gone
    """

    live_kind: ClassVar[str] = "tenant"

    slug = models.CharField(max_length=40, unique=True, validators=[SLUG])
    name = models.CharField(max_length=150)
    description = models.TextField(blank=True, max_length=2000)
    phase = models.CharField(max_length=10, choices=TenantPhase.choices, default=TenantPhase.ACTIVE)
    phase_reason = models.CharField(max_length=300, blank=True)
    requires_second_factor = models.BooleanField(
        default=False, help_text="Roles in it count only once their holder has a second factor."
    )

    objects: ClassVar[TenantQuerySet] = TenantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["deleting_at"], condition=Q(deleting_at__isnull=False), name="tenant_to_remove")]

    @property
    def live_tenant_id(self) -> UUID:
        return self.id

    @property
    def acts(self) -> list[str]:
        """Acts that its phase allows now."""
        if self.deleting_at is not None:
            return []
        removable = ["remove"] if self.phase in (TenantPhase.DRAINING, TenantPhase.CLOSED) else []
        return [*TENANT_ACTS[self.phase], *removable]

    def __str__(self) -> str:
        return self.slug


class ProjectQuerySet(RemovableRows["Project"]):
    def permitted(self, actor: Actor, permission: str = "projects.view") -> "ProjectQuerySet":
        """Projects on which the actor holds `permission`, by a role on the platform, the tenant or the project."""
        if permission in actor.on_platform:
            return self
        return self.filter(Q(tenant_id__among=actor.tenants_with(permission)) | Q(pk__among=actor.projects_with(permission)))

    def held(self, pk: UUID) -> "Project | None":
        """The project, whose removal nobody asks for until the transaction ends; None when it is gone."""
        table = connection.ops.quote_name(self.model._meta.db_table)
        # Raw, since the ORM has no FOR KEY SHARE; nothing of a user's enters the text.
        return next(iter(self.raw(f"SELECT * FROM {table} WHERE id = %s FOR KEY SHARE", [pk])), None)  # noqa: S608


class Project(Live, Removable):
    """The unit people work in: one namespace of a tenant in each cluster it may use."""

    live_kind: ClassVar[str] = "project"

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="projects")
    slug = models.CharField(max_length=40, validators=[SLUG])
    name = models.CharField(max_length=150)
    description = models.TextField(blank=True, max_length=2000)

    objects: ClassVar[ProjectQuerySet] = ProjectQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "slug"], name="one_project_a_slug")]
        indexes = [models.Index(fields=["deleting_at"], condition=Q(deleting_at__isnull=False), name="project_to_remove")]

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
            Q(tenant_id__among=actor.tenants_with("members.view")) | Q(project_id__among=actor.projects_with("members.view"))
        )

    def with_names(self) -> "MemberQuerySet":
        return self.select_related("user__service_account", "group", "project", "tenant")

    def of_user(self, user: User) -> "MemberQuerySet":
        """Roles of the user, by themselves or by a group."""
        return self.filter(Q(user=user) | Q(group__users=user)).distinct()

    def people_of(self, tenant: Tenant) -> "models.QuerySet[User]":
        """Active people who have a role in the tenant or on a project of it, by themselves or by a group."""
        inside = self.filter(tenant=tenant)
        by_group = Q(member_groups__in=inside.filter(group__isnull=False).values("group"))
        return User.objects.people().filter(Q(pk__in=inside.values("user")) | by_group, is_active=True).distinct()

    def user_ids(self) -> set[UUID]:
        """Users who have these roles, by themselves or by a group."""
        alone = self.filter(user__isnull=False).values_list("user_id", flat=True)
        in_groups = self.filter(group__users__isnull=False).values_list("group__users", flat=True)
        return {*alone, *in_groups}

    def effective_owners(self) -> "MemberQuerySet":
        """Roles by which at least one active account owns a whole tenant."""
        by_somebody = Q(user__is_active=True, user__kind=Kind.PERSON) | Q(group__users__is_active=True)
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


def groups_known_to(actor: Actor) -> "models.QuerySet[Group]":
    """Groups that the actor may name: those they are in, and those that have a role where they see members."""
    if "platform.view" in actor.on_platform:
        return Group.objects.all()
    seen = Member.objects.permitted(actor).filter(group__isnull=False)
    return Group.objects.filter(Q(users=actor.user_id) | Q(pk__in=seen.values("group"))).distinct()


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def of_actor(self, actor: Actor) -> "ApiTokenQuerySet":
        """Tokens of whoever acts; a token sees only itself."""
        own = self.filter(user_id=actor.user_id).select_related("tenant", "project")
        return own.filter(pk=actor.token_id) if actor.token_id else own

    def of_account(self, account: "ServiceAccount") -> "ApiTokenQuerySet":
        return self.filter(user_id=account.user_id).select_related("tenant", "project")

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
    replaced_at = models.DateTimeField(null=True, blank=True, help_text="When a successor of the same name was made.")
    end_told_at = models.DateTimeField(null=True, editable=False, help_text="When its owner was told that it ends soon.")

    objects: ClassVar[models.Manager["ApiToken"]] = ApiTokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"], condition=Q(revoked_at=None, replaced_at=None), name="one_live_token_a_name"
            ),
            models.CheckConstraint(condition=Q(project=None) | Q(tenant__isnull=False), name="project_with_its_tenant"),
        ]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(end_told_at=None, revoked_at=None), name="token_ends_untold")
        ]

    @property
    def scope(self) -> frozenset[str]:
        return frozenset(self.permissions) & frozenset(PERMISSIONS)


class ServiceAccountQuerySet(models.QuerySet["ServiceAccount"]):
    def permitted(self, actor: Actor) -> "ServiceAccountQuerySet":
        """Those of tenants whose members the actor may see."""
        if "members.view" in actor.on_platform:
            return self
        return self.filter(tenant_id__among=actor.tenants_with("members.view"))


class ServiceAccount(Live):
    """A program as a member of a tenant: it has roles there and tokens of its own, and cannot sign in.

    Its `user` is what roles, tokens, jobs and the trail refer to, as they do to a person.
    """

    live_kind: ClassVar[str] = "service-account"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="service_accounts")
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="service_account")
    name = models.CharField(max_length=40, validators=[SLUG])
    description = models.CharField(max_length=300, blank=True)
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager["ServiceAccount"]] = ServiceAccountQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "name"], name="one_service_account_a_name")]

    def __str__(self) -> str:
        return self.name


class InvitationState(models.TextChoices):
    PENDING = "pending"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"
    VOID = "void"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def permitted(self, actor: Actor) -> "InvitationQuerySet":
        """Invitations to where the actor manages members."""
        if "members.manage" in actor.on_platform:
            return self
        return self.filter(
            Q(tenant_id__among=actor.tenants_with("members.manage"))
            | Q(project_id__among=actor.projects_with("members.manage"))
        )

    def with_names(self) -> "InvitationQuerySet":
        return self.select_related("tenant", "project", "invited_by", "accepted_by")


class Invitation(Live):
    """An offer of a role to whoever has an address, taken up with a link that works once.

    pending -> accepted | revoked ; pending -> expired (by the clock) ; pending -> void (who invited may no longer)

    The link is computed from the id and `issue` (services/invitations.py) and kept nowhere; the next issue ends it.
    """

    live_kind: ClassVar[str] = "invitation"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="invitations")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=[(role, role) for role in Role])
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token = models.ForeignKey(
        ApiToken, on_delete=models.CASCADE, null=True, related_name="+", help_text="That asked for it."
    )
    issue = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    end_told_at = models.DateTimeField(null=True, editable=False, help_text="When who invited was told that it is over.")
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager["Invitation"]] = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "project", "email", "role"],
                condition=Q(accepted_at=None, revoked_at=None),
                nulls_distinct=False,
                name="one_open_invitation_a_role",
            )
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=Q(accepted_at=None, revoked_at=None, end_told_at=None),
                name="invitation_ends_untold",
            )
        ]

    @property
    def state(self) -> InvitationState:
        """As far as the row itself can say: whether who invited still may is asked when it is accepted."""
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.revoked_at is not None:
            return InvitationState.REVOKED
        return InvitationState.EXPIRED if self.expires_at <= timezone.now() else InvitationState.PENDING
