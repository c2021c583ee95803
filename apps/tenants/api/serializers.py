"""Tenants, projects, members, tokens and people, as they come in and go out."""

from typing import Any, ClassVar

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.accounts.models import Group, Kind, User
from apps.core.api.serializers import Input, Output, RemovalOutput
from apps.tenants.models import SLUG, Member, Project, Tenant
from apps.tenants.permissions import PERMISSIONS, ROLE_NAMES, Role

_words = serializers.ListField(child=serializers.CharField())


class SlugField(serializers.CharField):
    """A name in addresses: it never changes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, validators=[SLUG], **options)


class WithCan(Output):
    """Adds `can`: the permissions that the reader holds on the object. Never part of events."""

    can = serializers.SerializerMethodField(help_text="Permissions that you hold on it.")

    @extend_schema_field(_words)
    def get_can(self, row: Any) -> list[str]:
        actor = self.context["actor"]
        held = actor.on_project(row.pk, row.tenant_id) if isinstance(row, Project) else actor.on_tenant(row.pk)
        return sorted(held)


class TenantOutput(Output):
    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    phase = serializers.CharField(help_text="active, suspended, draining or closed.")
    phase_reason = serializers.CharField()
    requires_second_factor = serializers.BooleanField(help_text="Roles count only with a second factor.")
    acts = serializers.ListField(child=serializers.CharField(), help_text="Acts that the phase allows now.")
    removal = RemovalOutput(source="removal_progress", allow_null=True, help_text="While it is being removed.")
    version = serializers.IntegerField()
    generation = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class TenantForReader(TenantOutput, WithCan):
    pass


class TenantChange(Input):
    name = serializers.CharField(max_length=150, required=False)
    description = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    requires_second_factor = serializers.BooleanField(required=False)


class Reason(Input):
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class Confirmation(Input):
    confirm = serializers.CharField(max_length=40, help_text="The slug of what is removed, typed once more.")


class ProjectOutput(Output):
    id = serializers.UUIDField()
    tenant_id = serializers.UUIDField()
    tenant_slug = serializers.CharField(source="tenant.slug")
    slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    removal = RemovalOutput(source="removal_progress", allow_null=True, help_text="While it is being removed.")
    version = serializers.IntegerField()
    generation = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class ProjectForReader(ProjectOutput, WithCan):
    pass


class ProjectInput(Input):
    slug = SlugField()
    name = serializers.CharField(max_length=150)
    description = serializers.CharField(max_length=2000, allow_blank=True, default="")


class PersonOutput(Output):
    id = serializers.UUIDField()
    email = serializers.EmailField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Kind.choices, help_text="A person, or a program (a service account).")
    is_active = serializers.BooleanField()


class GroupNameOutput(Output):
    id = serializers.UUIDField()
    name = serializers.CharField()


class MemberOutput(Output):
    id = serializers.UUIDField()
    tenant_id = serializers.UUIDField(allow_null=True)
    project_id = serializers.UUIDField(allow_null=True)
    project_slug = serializers.CharField(source="project.slug", default=None, allow_null=True)
    role = serializers.CharField()
    user = PersonOutput(allow_null=True)
    group = GroupNameOutput(allow_null=True)
    version = serializers.IntegerField()
    generation = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class PlatformMemberInput(Input):
    email = serializers.EmailField(required=False, help_text="Of an account that is there.")
    group = serializers.CharField(max_length=100, required=False, help_text="A group's name.")
    role = serializers.ChoiceField(choices=ROLE_NAMES)
    ways: ClassVar[tuple[str, ...]] = ("email", "group")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Replace the names by the rows that they name."""
        named = [way for way in self.ways if way in attrs]
        if len(named) != 1:
            raise serializers.ValidationError(f"Name exactly one of: {', '.join(self.ways)}.")
        who: dict[str, Any] = {"role": Role(attrs["role"])}
        match named[0]:
            case "email":
                who["user"] = self.person(attrs["email"].lower())
            case "group":
                who["group"] = Group.objects.filter(name=attrs["group"]).first()
                if who["group"] is None:
                    raise serializers.ValidationError({"group": "There is no group of this name."})
            case "service_account":
                who["user"] = self.program(attrs["service_account"])
        return who

    def person(self, email: str) -> User:
        user = User.objects.people().filter(email=email, is_active=True).first()
        if user is None:
            raise serializers.ValidationError({"email": "Nobody with this address has an active account here."})
        return user

    def program(self, name: str) -> User:
        raise NotImplementedError


class MemberInput(PlatformMemberInput):
    email = serializers.EmailField(
        required=False, help_text="Of somebody who has a role in the tenant already; others are invited."
    )
    service_account = serializers.CharField(max_length=40, required=False, help_text="Name of one of the tenant.")
    project = serializers.UUIDField(required=False, allow_null=True, help_text="On this project only.")
    ways = ("email", "group", "service_account")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {**super().validate(attrs), **in_project(self, attrs)}

    def person(self, email: str) -> User:
        """Whoever keeps accounts may name anybody; others only whom they see, so that this tells nobody who has one."""
        if "users.manage" in self.context["actor"].on_platform:
            return super().person(email)
        user = Member.objects.people_of(self.context["tenant"]).filter(email=email).first()
        if user is None:
            raise serializers.ValidationError({"email": "Nobody in this tenant has this address; invite it."})
        return user

    def program(self, name: str) -> User:
        account = self.context["tenant"].service_accounts.select_related("user__service_account").filter(name=name).first()
        if account is None:
            raise serializers.ValidationError({"service_account": "The tenant has no service account of this name."})
        user: User = account.user
        return user


def in_project(body: Input, attrs: dict[str, Any]) -> dict[str, Any]:
    """The project that a body names, of those of its tenant that the actor may see; nothing when it names none."""
    if not attrs.get("project"):
        return {}
    visible = Project.objects.select_related("tenant").permitted(body.context["actor"])
    project = visible.filter(pk=attrs["project"], tenant=body.context["tenant"]).first()
    if project is None:
        raise serializers.ValidationError({"project": "The tenant has no such project."})
    return {"project": project}


class TokenOutput(Output):
    id = serializers.UUIDField()
    name = serializers.CharField()
    hint = serializers.CharField(help_text="How the token begins.")
    permissions = _words
    tenant = serializers.CharField(source="tenant.slug", default=None, allow_null=True, help_text="Slug.")
    project = serializers.CharField(source="project.slug", default=None, allow_null=True, help_text="Slug.")
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)
    replaced_at = serializers.DateTimeField(allow_null=True, help_text="When a successor was made; it ends at `expires_at`.")


class NewTokenOutput(TokenOutput):
    token = serializers.CharField(help_text="Shown in this answer only.")


class TokenInput(Input):
    name = serializers.CharField(max_length=100)
    permissions = serializers.ListField(
        child=serializers.ChoiceField(choices=sorted(PERMISSIONS)), allow_empty=False, max_length=len(PERMISSIONS)
    )
    tenant = serializers.UUIDField(required=False, allow_null=True, help_text="Only in this tenant.")
    project = serializers.UUIDField(required=False, allow_null=True, help_text="Only in this project.")
    expires_at = serializers.DateTimeField(help_text="At most 366 days from now.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Replace the ids by the rows, of those that the actor may see."""
        actor = self.context["actor"]
        tenant, project = attrs.pop("tenant", None), attrs.pop("project", None)
        if tenant and project:
            raise serializers.ValidationError("Name a tenant or a project; a project is of one tenant anyway.")
        if tenant:
            attrs["tenant"] = Tenant.objects.permitted(actor).filter(pk=tenant).first()
            if attrs["tenant"] is None:
                raise serializers.ValidationError({"tenant": "There is no such tenant that you may see."})
        if project:
            attrs["project"] = Project.objects.select_related("tenant").permitted(actor).filter(pk=project).first()
            if attrs["project"] is None:
                raise serializers.ValidationError({"project": "There is no such project that you may see."})
        return attrs


class ServiceTokenInput(Input):
    name = serializers.CharField(max_length=100)
    permissions = serializers.ListField(
        child=serializers.ChoiceField(choices=sorted(PERMISSIONS)), allow_empty=False, max_length=len(PERMISSIONS)
    )
    project = serializers.UUIDField(required=False, allow_null=True, help_text="Only in this project.")
    expires_at = serializers.DateTimeField(help_text="At most 366 days from now.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        project = in_project(self, attrs)
        attrs.pop("project", None)
        return {**attrs, **(project or {"tenant": self.context["tenant"]})}


class RotationInput(Input):
    overlap_hours = serializers.IntegerField(
        min_value=0, max_value=30 * 24, default=24, help_text="How long the old token goes on working."
    )
    expires_at = serializers.DateTimeField(
        required=False, help_text="Of the successor; without it, it lives as long as the old one was made for."
    )


class UserOutput(PersonOutput):
    language = serializers.CharField()
    password_is_temporary = serializers.BooleanField()
    has_second_factor = serializers.BooleanField(default=False)
    last_login = serializers.DateTimeField(allow_null=True)
    generation = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class NewUserOutput(UserOutput):
    password = serializers.CharField(help_text="Temporary; shown in this answer only.")


class PasswordOutput(Output):
    password = serializers.CharField(help_text="Temporary; shown in this answer only.")


class UserInput(Input):
    email = serializers.EmailField()
    name = serializers.CharField(max_length=150)
    language = serializers.ChoiceField(
        choices=settings.LANGUAGES, default="", allow_blank=True, help_text="Empty follows the browser."
    )


class UserChange(Input):
    name = serializers.CharField(max_length=150, required=False)


class GroupOutput(GroupNameOutput):
    users = PersonOutput(many=True, source="users.all")
    generation = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class GroupInput(Input):
    name = serializers.CharField(max_length=100)


class GroupUserInput(Input):
    email = serializers.EmailField()

    def validate_email(self, email: str) -> User:
        user = User.objects.people().filter(email=email.lower(), is_active=True).first()
        if user is None:
            raise serializers.ValidationError("Nobody with this address has an active account here.")
        return user
