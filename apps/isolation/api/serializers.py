"""Network exceptions as they come in and go out."""

from ipaddress import ip_network
from typing import Any

from rest_framework import serializers

from apps.core.api.serializers import Input, Output, RefOutput, SaidOutput
from apps.isolation.addresses import ports_of
from apps.isolation.images import REGISTRY
from apps.isolation.models import Direction, ExceptionState, Protocol, Sandbox
from apps.tenants.models import SLUG

MOST_PORTS, MOST_NETWORKS, MOST_REGISTRIES = 20, 50, 50


def _port(value: str) -> None:
    try:
        ports_of(value)
    except ValueError as error:
        raise serializers.ValidationError(str(error)) from error


def _registry(value: str) -> None:
    if not REGISTRY.fullmatch(value):
        raise serializers.ValidationError("A registry such as registry.example.org, or a path in it; no scheme, no tag.")


def _peer(value: str) -> None:
    tenant, slash, project = value.partition("/")
    if not slash:
        raise serializers.ValidationError("A project as tenant/project.")
    SLUG(tenant)
    SLUG(project)


class NetworkField(serializers.CharField):
    """A network such as 203.0.113.0/24; a single address is a network of one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=49, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if not text:
            return ""
        try:
            return str(ip_network(text))
        except ValueError as error:
            raise serializers.ValidationError(
                "A network such as 203.0.113.0/24, with no bits set beyond its length."
            ) from error


def _ports(**kwargs: Any) -> serializers.ListField:
    port = serializers.CharField(max_length=11, validators=[_port])
    return serializers.ListField(
        child=port, max_length=MOST_PORTS, help_text="Such as 443 or 8000-8100; none: all of the protocol.", **kwargs
    )


class ExceptionInput(Input):
    name = serializers.CharField(max_length=40, validators=[SLUG])
    description = serializers.CharField(max_length=500, allow_blank=True, default="")
    direction = serializers.ChoiceField(Direction.choices, help_text="egress: the project reaches out.")
    protocol = serializers.ChoiceField(Protocol.choices, default=Protocol.TCP)
    ports = _ports(default=list)
    cidr = NetworkField(allow_blank=True, default="", help_text="A network outside. Either this or `peer`.")
    peer = serializers.CharField(
        max_length=81,
        allow_blank=True,
        default="",
        validators=[_peer],
        help_text="Another project, as tenant/project. Open once it has an exception of its own, in the other direction.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if bool(attrs["cidr"]) == bool(attrs["peer"]):
            raise serializers.ValidationError({"cidr": ["Give a network or a peer, and not both."]})
        return attrs


class ExceptionChange(Input):
    description = serializers.CharField(max_length=500, allow_blank=True, required=False)
    protocol = serializers.ChoiceField(Protocol.choices, required=False)
    ports = _ports(required=False)


class ExceptionInClusterOutput(Output):
    cluster = serializers.CharField()
    open = serializers.BooleanField()
    text = serializers.CharField(help_text="What keeps it closed there; empty when it is open.")
    said = SaidOutput(allow_null=True)


class ExceptionOutput(Output):
    id = serializers.UUIDField()
    tenant_id = serializers.UUIDField()
    project_id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    direction = serializers.ChoiceField(Direction.choices)
    protocol = serializers.ChoiceField(Protocol.choices)
    ports = serializers.ListField(child=serializers.CharField())
    cidr = serializers.CharField()
    peer = serializers.CharField()
    state = serializers.ChoiceField(
        ExceptionState.choices,
        help_text="waiting: the peer has not opened its side, or there is no such project. refused: see `clusters`. "
        "nowhere: no cluster has the project yet.",
    )
    clusters = ExceptionInClusterOutput(
        many=True, source="in_clusters", help_text="Where the project is, and whether it is open there."
    )
    created_by = RefOutput()
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    version = serializers.IntegerField(help_text="Grows with every change; events carry it too.")
    generation = serializers.IntegerField(help_text="The ETag.")


class AskedOutput(Output):
    """An exception of another project that leads here."""

    id = serializers.UUIDField()
    project = serializers.CharField(help_text="Who asks, as tenant/project.")
    description = serializers.CharField()
    direction = serializers.ChoiceField(Direction.choices, help_text="That of the exception which answers it.")
    protocol = serializers.ChoiceField(Protocol.choices)
    ports = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()


class AskedListOutput(Output):
    results = AskedOutput(many=True)
    more = serializers.BooleanField(help_text="There are more than are listed.")


class IsolationInput(Input):
    networks = serializers.ListField(
        child=NetworkField(),
        allow_null=True,
        max_length=MOST_NETWORKS,
        help_text="Within which the tenant may open its projects; null: what is public.",
    )
    registries = serializers.ListField(
        child=serializers.CharField(max_length=200, validators=[_registry]),
        allow_null=True,
        max_length=MOST_REGISTRIES,
        required=False,
        help_text="From which images may come, such as registry.example.org or docker.io/library; null: whichever. "
        "As it is, when left out.",
    )
    sandbox = serializers.ChoiceField(
        Sandbox.choices,
        required=False,
        help_text="optional: pods that Hanse makes run in `runtime_class` where the cluster has it. required: all pods do, "
        "whoever makes them. As it is, when left out.",
    )
    runtime_class = serializers.CharField(
        max_length=63, allow_blank=True, required=False, validators=[SLUG], help_text="Such as gvisor or kata."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("sandbox", Sandbox.OFF) != Sandbox.OFF and not attrs.get("runtime_class"):
            raise serializers.ValidationError({"runtime_class": ["Name the RuntimeClass of the sandbox."]})
        return attrs


class IsolationOutput(Output):
    tenant_id = serializers.UUIDField()
    networks = serializers.ListField(child=serializers.CharField(), allow_null=True)
    registries = serializers.ListField(child=serializers.CharField(), allow_null=True)
    sandbox = serializers.ChoiceField(Sandbox.choices)
    runtime_class = serializers.CharField()
    generation = serializers.IntegerField(help_text="The ETag.")
