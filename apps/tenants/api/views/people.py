"""Accounts and groups, as administrators of the platform keep them."""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import services as accounts
from apps.accounts.models import Group, Kind, User
from apps.core.api.schema import describe
from apps.core.api.serializers import NoInput
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.tenants import services
from apps.tenants.api.filters import GroupFilter, UserFilter
from apps.tenants.api.serializers import (
    GroupInput,
    GroupOutput,
    GroupUserInput,
    NewUserOutput,
    PasswordOutput,
    UserChange,
    UserInput,
    UserOutput,
)


class UsersViewSet(ResourceViewSet):
    permissions = {
        "list": "platform.view",
        "create": "users.manage",
        "retrieve": "platform.view",
        "partial_update": "users.manage",
        "reset_password": "users.manage",
        "end_sessions": "users.manage",
        "remove_second_factors": "users.manage",
    }
    secret_fields = frozenset({"password"})
    queryset = User.objects.all()
    filterset_class = UserFilter
    orders = {"created": "pk", "email": "email"}

    @describe("List accounts", gives=UserOutput(many=True))
    def list(self, request: Request) -> Response:
        return self.page(UserOutput, User.objects.with_second_factor().filter(kind=Kind.PERSON))

    @describe(
        "Make an account with a temporary password",
        takes=UserInput,
        gives=NewUserOutput,
        status=201,
        example={"email": "ann@aurora.example", "name": "Ann"},
    )
    def create(self, request: Request) -> Response:
        services.require_session(self.actor)
        user, password = accounts.create_user(actor=self.actor, **self.given(UserInput))
        return self.answer(user, {**self.shown(UserOutput, user), "password": password}, status=201)

    @describe("Read an account", gives=UserOutput)
    def retrieve(self, request: Request, user_id: UUID) -> Response:
        user = visible_or_404(User.objects.with_second_factor().filter(kind=Kind.PERSON), pk=user_id)
        return self.answer(user, self.shown(UserOutput, user))

    @describe("Rename an account", takes=UserChange, gives=UserOutput, example={"name": "Ann Aurora"})
    def partial_update(self, request: Request, user_id: UUID) -> Response:
        user = self.locked(User.objects.people(), pk=user_id)
        accounts.change_user(actor=self.actor, user=user, **self.given(UserChange))
        return self.retrieve(request, user_id)

    @describe("Give an account a new temporary password", takes=NoInput, gives=PasswordOutput)
    def reset_password(self, request: Request, user_id: UUID) -> Response:
        self.given(NoInput)
        services.require_session(self.actor)
        user = visible_or_404(User.objects.people().select_for_update(), pk=user_id)
        return Response({"password": accounts.reset_password(actor=self.actor, user=user)})

    @describe("End all sessions of an account", takes=NoInput, status=204)
    def end_sessions(self, request: Request, user_id: UUID) -> Response:
        self.given(NoInput)
        accounts.end_sessions(actor=self.actor, user=visible_or_404(User.objects.people(), pk=user_id))
        return Response(status=204)

    @describe(
        "Remove the second factors of an account",
        takes=NoInput,
        status=204,
        text="For somebody who lost their telephone and recovery codes. Make sure who asks; all their sessions end.",
    )
    def remove_second_factors(self, request: Request, user_id: UUID) -> Response:
        self.given(NoInput)
        services.require_session(self.actor)
        accounts.remove_second_factors(actor=self.actor, user=visible_or_404(User.objects.people(), pk=user_id))
        return Response(status=204)


class GroupsViewSet(ResourceViewSet):
    permissions = {
        "list": "platform.view",
        "create": "groups.manage",
        "retrieve": "platform.view",
        "partial_update": "groups.manage",
        "destroy": "groups.manage",
        "add_user": "groups.manage",
        "remove_user": "groups.manage",
    }
    unversioned = frozenset({"remove_user"})
    queryset = Group.objects.all()
    filterset_class = GroupFilter
    orders = {"created": "pk", "name": "name"}

    @describe("List groups", gives=GroupOutput(many=True))
    def list(self, request: Request) -> Response:
        return self.page(GroupOutput, Group.objects.prefetch_related("users"))

    @describe("Make a group", takes=GroupInput, gives=GroupOutput, status=201, example={"name": "perception"})
    def create(self, request: Request) -> Response:
        group = accounts.create_group(actor=self.actor, **self.given(GroupInput))
        return self.answer(group, self.shown(GroupOutput, group), status=201)

    @describe("Read a group", gives=GroupOutput)
    def retrieve(self, request: Request, group_id: UUID) -> Response:
        group = visible_or_404(Group.objects.all(), pk=group_id)
        return self.answer(group, self.shown(GroupOutput, group))

    @describe("Rename a group", takes=GroupInput, gives=GroupOutput, example={"name": "perception"})
    def partial_update(self, request: Request, group_id: UUID) -> Response:
        group = self.locked(Group.objects.all(), pk=group_id)
        group = accounts.rename_group(actor=self.actor, group=group, **self.given(GroupInput))
        return self.answer(group, self.shown(GroupOutput, group))

    @describe("Remove a group with its roles", status=204)
    def destroy(self, request: Request, group_id: UUID) -> Response:
        services.remove_group(actor=self.actor, group=self.locked(Group.objects.all(), pk=group_id))
        return Response(status=204)

    @describe("Add a user to a group", takes=GroupUserInput, gives=GroupOutput, example={"email": "ann@aurora.example"})
    def add_user(self, request: Request, group_id: UUID) -> Response:
        group = visible_or_404(Group.objects.select_for_update(), pk=group_id)
        services.add_to_group(actor=self.actor, group=group, user=self.given(GroupUserInput)["email"])
        return self.answer(group, self.shown(GroupOutput, group))

    @describe("Remove a user from a group", status=204)
    def remove_user(self, request: Request, group_id: UUID, user_id: UUID) -> Response:
        group = visible_or_404(Group.objects.select_for_update(), pk=group_id)
        user = visible_or_404(group.users.all(), pk=user_id)
        services.remove_from_group(actor=self.actor, group=group, user=user)
        return Response(status=204)
