"""Tenants, projects, members, tokens and people, as they come in and go out."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.accounts.models import Group, User
from apps.core.api.serializers import Input, Output
from apps.tenants.models import SLUG, Project, Tenant
from apps.tenants.permissions import PERMISSIONS, Role

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
    acts = serializers.ListField(child=serializers.CharField(), help_text="Acts that the phase allows now.")
    version = serializers.IntegerField()
    generation = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class TenantForReader(TenantOutput, WithCan):
    pass


class TenantChange(Input):
    name = serializers.CharField(max_length=150, required=False)
    description = serializers.CharField(max_length=2000, allow_blank=True, required=False)


class Reason(Input):
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class Confirmation(Input):
    confirm = serializers.CharField(max_length=40, help_text="The slug of what is removed, typed once more.")


class CasualtyOutput(Output):
    kind = serializers.CharField()
    id = serializers.UUIDField()
    name = serializers.CharField()
    effect = serializers.CharField()


class PreviewOutput(Output):
    casualties = CasualtyOutput(many=True)
    count = serializers.IntegerField()


class ProjectOutput(Output):
    id = serializers.UUIDField()
    tenant_id = serializers.UUIDField()
    tenant_slug = serializers.CharField(source="tenant.slug")
    slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
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
    role = serializers.ChoiceField(choices=[str(role) for role in Role])

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Replace the names by the rows that they name."""
        if ("email" in attrs) == ("group" in attrs):
            raise serializers.ValidationError("Name either a user by `email` or a group by `group`.")
        who: dict[str, Any] = {"role": Role(attrs["role"])}
        if "email" in attrs:
            who["user"] = User.objects.filter(email=attrs["email"].lower(), is_active=True).first()
            if who["user"] is None:
                raise serializers.ValidationError({"email": "Nobody with this address has an active account here."})
        else:
            who["group"] = Group.objects.filter(name=attrs["group"]).first()
            if who["group"] is None:
                raise serializers.ValidationError({"group": "There is no group of this name."})
        return who


class MemberInput(PlatformMemberInput):
    project = serializers.UUIDField(required=False, allow_null=True, help_text="On this project only.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        who = super().validate(attrs)
        if attrs.get("project"):
            who["project"] = (
                Project.objects.select_related("tenant")
                .permitted(self.context["actor"])
                .filter(pk=attrs["project"], tenant=self.context["tenant"])
                .first()
            )
            if who["project"] is None:
                raise serializers.ValidationError({"project": "The tenant has no such project."})
        return who


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


class UserOutput(PersonOutput):
    language = serializers.CharField()
    password_is_temporary = serializers.BooleanField()
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
    is_active = serializers.BooleanField(required=False)


class GroupOutput(GroupNameOutput):
    users = PersonOutput(many=True, source="users.all")
    generation = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class GroupInput(Input):
    name = serializers.CharField(max_length=100)


class GroupUserInput(Input):
    email = serializers.EmailField()

    def validate_email(self, email: str) -> User:
        user = User.objects.filter(email=email.lower(), is_active=True).first()
        if user is None:
            raise serializers.ValidationError("Nobody with this address has an active account here.")
        return user
