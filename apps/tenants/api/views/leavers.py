"""When somebody leaves: what they have, and to whom it goes."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.core.api.schema import describe
from apps.core.api.serializers import Input, NoInput, Output
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.tenants import services
from apps.tenants.api.base import TenantViewSet
from apps.tenants.api.serializers import MemberOutput, UserOutput
from apps.tenants.models import Member, Tenant
from apps.tenants.services.leavers import Leaving

SHOWN = 50


class BelongingOutput(Output):
    kind = serializers.CharField()
    id = serializers.UUIDField()
    name = serializers.CharField()
    tenant = serializers.CharField(allow_null=True, help_text="Slug; null for what is the platform's.")


class LeavingOutput(Output):
    only_owner_of = serializers.ListField(child=serializers.CharField(), help_text="Slugs of tenants nobody else owns.")
    belongings = serializers.SerializerMethodField(help_text=f"At most {SHOWN} of them.")
    belongings_count = serializers.SerializerMethodField()
    tokens = serializers.IntegerField(help_text="That work now and would end.")
    roles = serializers.IntegerField()

    @extend_schema_field(BelongingOutput(many=True))
    def get_belongings(self, leaving: Leaving) -> Any:
        shown = leaving.belongings[:SHOWN]
        slugs = dict(Tenant.objects.filter(pk__in={one.tenant_id for one in shown}).values_list("pk", "slug"))
        return [
            {"kind": one.kind, "id": one.id, "name": one.name, "tenant": slugs.get(one.tenant_id) if one.tenant_id else None}
            for one in shown
        ]

    def get_belongings_count(self, leaving: Leaving) -> int:
        return len(leaving.belongings)


class PersonField(serializers.EmailField):
    """The address of somebody with an active account, among `people` of the context."""

    def run_validation(self, data: Any = empty) -> Any:
        address = super().run_validation(data)
        if address is None:
            return None
        user = self.context["people"].filter(email=address.lower(), is_active=True).first()
        if user is None:
            raise serializers.ValidationError("Nobody with this address has an active account here.")
        return user


class Successor(Input):
    to = PersonField(help_text="Who gets it: somebody with a role in every tenant concerned.")


class Deactivation(Input):
    to = PersonField(required=False, allow_null=True, help_text="Who gets what the account has; null leaves it.")


class NewOwner(Successor):
    owner = PersonField(required=False, help_text="Whose ownership goes; without it, your own.")


class TransferredOutput(Output):
    moved = serializers.IntegerField(help_text="Things that changed hands.")


class LeaversViewSet(ResourceViewSet):
    permissions = {
        "retrieve": "users.manage",
        "deactivate": "users.manage",
        "reactivate": "users.manage",
        "transfer": "users.manage",
    }

    @describe("Read what an account has, and what deactivating it would end", gives=LeavingOutput)
    def retrieve(self, request: Request, user_id: UUID) -> Response:
        return Response(self.shown(LeavingOutput, services.preview_leaving(user=self._user(user_id))))

    @describe(
        "Deactivate an account, and give what it has to somebody",
        takes=Deactivation,
        gives=UserOutput,
        text="Its sessions and tokens end at once, its sockets within seconds. Jobs run on.",
        example={"to": "otto@aurora.example"},
    )
    def deactivate(self, request: Request, user_id: UUID) -> Response:
        given = self.given(Deactivation, people=User.objects.people().exclude(pk=user_id))
        user = services.deactivate(actor=self.actor, user=self._user(user_id), to=given.get("to"))
        return self.answer(user, self.shown(UserOutput, user))

    @describe(
        "Reactivate an account",
        takes=NoInput,
        gives=UserOutput,
        text="Its roles are as they were; sessions and tokens are not brought back.",
    )
    def reactivate(self, request: Request, user_id: UUID) -> Response:
        self.given(NoInput)
        user = services.change_activity(actor=self.actor, user=self._user(user_id), is_active=True)
        return self.answer(user, self.shown(UserOutput, user))

    @describe(
        "Give what an account has to somebody else",
        takes=Successor,
        gives=TransferredOutput,
        example={"to": "otto@aurora.example"},
    )
    def transfer(self, request: Request, user_id: UUID) -> Response:
        to = self.given(Successor, people=User.objects.people().exclude(pk=user_id))["to"]
        moved = services.transfer_belongings(actor=self.actor, user=self._user(user_id), to=to)
        return Response(self.shown(TransferredOutput, {"moved": moved}))

    def _user(self, user_id: UUID) -> User:
        user: User = visible_or_404(User.objects.people(), pk=user_id)
        return user


class HandoversViewSet(TenantViewSet):
    """What members hand over to one another."""

    permissions = {"ownership": "owners.manage", "own": ""}

    @describe(
        "Hand the ownership of a tenant over",
        takes=NewOwner,
        gives=MemberOutput,
        example={"to": "vera@aurora.example"},
    )
    def ownership(self, request: Request, tenant_id: UUID) -> Response:
        given = self.given(NewOwner, people=Member.objects.people_of(self.tenant))
        owner = given.get("owner") or User.objects.get(pk=self.actor.user_id)
        member = services.transfer_ownership(actor=self.actor, tenant=self.tenant, user=owner, to=given["to"])
        return self.answer(member, self.shown(MemberOutput, member))

    @describe(
        "Give your jobs that are not over and your templates in a tenant to somebody else",
        takes=Successor,
        gives=TransferredOutput,
        example={"to": "vera@aurora.example"},
    )
    def own(self, request: Request, tenant_id: UUID) -> Response:
        to = self.given(Successor, people=Member.objects.people_of(self.tenant))["to"]
        user = User.objects.get(pk=self.actor.user_id)
        moved = services.transfer_belongings(actor=self.actor, user=user, to=to, tenant=self.tenant)
        return Response(self.shown(TransferredOutput, {"moved": moved}))
