"""Clusters, nodes and flavors, as they come in and go out."""

from collections.abc import Callable
from typing import Any

import pydantic
from rest_framework import serializers
from rest_framework.exceptions import ParseError

from apps.clusters import access
from apps.clusters.access import Access, Credential
from apps.clusters.entry import AppEntry, EntryKind
from apps.clusters.kubeconfig import reduce_kubeconfig
from apps.clusters.models import AdmittedBy, ClusterKind, FlavorKind, Health, OnDrift
from apps.core.api.parsers import parse_yaml
from apps.core.api.serializers import Input, Output, SaidOutput
from apps.core.errors import InvalidRequest
from apps.tenants.models import SLUG


class LabelsField(serializers.DictField):
    """Words to words."""

    child = serializers.CharField(max_length=253, allow_blank=True)


class CapacityOutput(Output):
    flavor = serializers.CharField()
    resource = serializers.CharField(help_text="cpu (millicores), memory (bytes), gpu, fpga or rdma (pieces).")
    amount = serializers.IntegerField()


class NodeCountOutput(Output):
    total = serializers.IntegerField()
    ready = serializers.IntegerField()


class ConnectionOutput(Output):
    """How a cluster is reached. The credential is in no answer."""

    server = serializers.CharField()
    tls_server_name = serializers.CharField(help_text="Name in the certificate, when it is not that of the address.")
    ca_certificate = serializers.CharField(help_text="PEM; empty: what the portal's machines believe.")
    auth = serializers.ChoiceField(choices=["token", "certificate"])
    expires_at = serializers.DateTimeField(
        allow_null=True, help_text="When the cluster will no longer take the credential, as far as it says so."
    )
    given_at = serializers.DateTimeField()


class ProposalOutput(Output):
    """A flavor that could be made as it is, and what it would cover."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=FlavorKind.choices)
    model = serializers.CharField()
    unit_memory_bytes = serializers.IntegerField(allow_null=True)
    device_resource = serializers.CharField()
    node_labels = serializers.DictField(child=serializers.CharField())
    nodes = serializers.IntegerField()
    amount = serializers.IntegerField()


class PreflightFindingOutput(Output):
    """One thing that a preflight looked at."""

    check = serializers.CharField()
    level = serializers.ChoiceField(choices=["fine", "advisory", "blocking"])
    text = serializers.CharField()
    said = SaidOutput()
    evidence = serializers.ListField(child=serializers.CharField())
    fix = serializers.CharField(help_text="What to do; empty when all is well.")
    fix_said = SaidOutput(allow_null=True)
    manifest = serializers.CharField(help_text="YAML that mends it, where that can be written down.")


class DriftChangeOutput(Output):
    path = serializers.CharField(help_text="Such as spec.hard.requests.cpu; empty when the whole object is missing.")
    there = serializers.CharField(help_text="As JSON; empty when there is none.")
    wanted = serializers.CharField(help_text="As JSON; empty when there should be none.")


class DriftOutput(Output):
    """An object of Hanse's that is not as it should be."""

    kind = serializers.CharField()
    namespace = serializers.CharField()
    name = serializers.CharField()
    by = serializers.ListField(child=serializers.CharField(), help_text="Field managers that changed it.")
    changes = DriftChangeOutput(many=True)
    repaired = serializers.BooleanField(help_text="It was put right when it was found.")


class DriftInput(Input):
    repair = serializers.BooleanField(default=False, help_text="Put right what is found.")


class NeedOutput(Output):
    group = serializers.CharField()
    resources = serializers.ListField(child=serializers.CharField())
    verbs = serializers.ListField(child=serializers.CharField())
    why = serializers.CharField()
    blocking = serializers.BooleanField(help_text="Without it the cluster is of no use.")


class AccessManifestOutput(Output):
    manifest = serializers.CharField(help_text="YAML: namespace, service account, role, binding, token.")
    needs = NeedOutput(many=True)


class AppEntryBody(Input):
    kind = serializers.ChoiceField(choices=[(one.value, one.value) for one in EntryKind])
    name = serializers.CharField(max_length=63, help_text="Of the Gateway, or of the IngressClass.")
    namespace = serializers.CharField(
        max_length=63, help_text="Of the Gateway, and of the pods that pass requests on: only from there apps are reached."
    )
    domain = serializers.CharField(max_length=180, help_text="Names below it lead there; each app is one of them.")
    tls = serializers.BooleanField(default=True, help_text="Whether the entry answers by TLS for these names.")

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        try:
            return AppEntry.model_validate(super().to_internal_value(data)).as_json()
        except pydantic.ValidationError as error:
            wrong = {str(one["loc"][0]): [one["msg"]] for one in error.errors()}
            raise serializers.ValidationError(wrong) from error


class ClusterOutput(Output):
    """A cluster. What was observed carries its age; of a stale one the last figures are shown."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    generation = serializers.IntegerField()
    slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=ClusterKind.choices)
    zone = serializers.CharField()
    labels = serializers.DictField(child=serializers.CharField())
    admission = serializers.ChoiceField(
        choices=AdmittedBy.choices, help_text="Who decides what starts there: the portal, or the Kueue of the cluster."
    )
    health = serializers.ChoiceField(choices=Health.choices)
    health_message = serializers.CharField()
    health_said = SaidOutput(many=True, help_text="The same as codes with arguments.")
    versions = serializers.DictField(child=serializers.CharField())
    capabilities = serializers.DictField()
    last_seen_at = serializers.DateTimeField(allow_null=True)
    seen_seconds_ago = serializers.IntegerField(allow_null=True)
    stale = serializers.BooleanField(help_text="Not seen for stale_after_seconds; nothing new starts there.")
    stale_after_seconds = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    nodes = NodeCountOutput(allow_null=True, help_text="For platform roles; else null.")
    capacity = CapacityOutput(many=True, allow_null=True, help_text="For platform roles; else null.")
    used = CapacityOutput(many=True, allow_null=True, help_text="As measured. For platform roles; else null.")
    requested = CapacityOutput(many=True, allow_null=True, help_text="What runs there asked for. For platform roles.")
    proposals = ProposalOutput(
        many=True, allow_null=True, help_text="Flavors that would cover hardware which none does. For platform roles."
    )
    findings = PreflightFindingOutput(
        many=True, allow_null=True, help_text="Of the last preflight. For platform roles; else null."
    )
    findings_at = serializers.DateTimeField(allow_null=True)
    on_drift = serializers.ChoiceField(
        choices=OnDrift.choices, allow_null=True, help_text="Of namespaces that somebody changed. For platform roles."
    )
    app_entry = AppEntryBody(
        allow_null=True, help_text="What leads from outside to apps; null: nothing. For platform roles; else null."
    )
    drifted = DriftOutput(many=True, allow_null=True, help_text="What somebody changed. For platform roles; else null.")
    compared_at = serializers.DateTimeField(allow_null=True)
    connection = ConnectionOutput(allow_null=True, help_text="Of the kind kubernetes. For platform roles; else null.")
    can = serializers.ListField(child=serializers.CharField(), help_text="Permissions that you hold on it.")


class CheckedField(serializers.CharField):
    """Text that a function of `access` passes, perhaps in another form; its ValueError is the answer."""

    def __init__(self, check: Callable[[str], str], **options: Any) -> None:
        super().__init__(**options)
        self._check = check

    def to_internal_value(self, data: Any) -> str:
        try:
            return self._check(super().to_internal_value(data))
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error


class ConnectionInput(Input):
    """How a cluster is reached: a kubeconfig, or the parts of one. Of a change, what is left out stays.

    With another server, CA or name the credential has to be given again.
    """

    kubeconfig = serializers.CharField(
        max_length=access.MOST_BYTES,
        required=False,
        help_text="YAML or JSON. Server, CA and a token or client certificate are taken out of it; exec, auth providers, "
        "file paths, proxies and skip-verify are refused.",
    )
    context = serializers.CharField(  # type: ignore[assignment]  # the metaclass takes it off the class
        max_length=253, required=False, help_text="Of the kubeconfig; else its current one."
    )
    server = CheckedField(access.normal_server, max_length=290, required=False, help_text="https://host:6443")
    tls_server_name = CheckedField(access.check_server_name, max_length=253, allow_blank=True, required=False)
    ca_certificate = CheckedField(access.check_ca, max_length=access.MOST_BYTES, allow_blank=True, required=False)
    token = serializers.CharField(max_length=32768, required=False, write_only=True)
    client_certificate = serializers.CharField(max_length=access.MOST_BYTES, required=False, write_only=True)
    client_key = serializers.CharField(max_length=access.MOST_BYTES, required=False, write_only=True)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """Parts of a connection: any of server, tls_server_name, ca_certificate, credential."""
        kubeconfig, context = given.pop("kubeconfig", None), given.pop("context", "")
        if kubeconfig is None:
            if context:
                raise serializers.ValidationError({"context": "It names a context of a kubeconfig; there is none."})
            return _parts(given)
        if given:
            raise serializers.ValidationError({"kubeconfig": f"Give it alone, without {', '.join(sorted(given))}."})
        return _parts_of(kubeconfig, context)


def _parts(given: dict[str, Any]) -> dict[str, Any]:
    names = ("token", "client_certificate", "client_key")
    secrets = {name: given.pop(name) for name in names if name in given}
    return {**given, **({"credential": Credential(**secrets)} if secrets else {})}


def _parts_of(kubeconfig: str, context: str) -> dict[str, Any]:
    pointer = "/connection/kubeconfig"
    try:
        found = reduce_kubeconfig(parse_yaml(kubeconfig), context=context)
        server = access.normal_server(found.server)
        access.check_server_name(found.tls_server_name)
        access.check_ca(found.ca_certificate)
    except ParseError as error:
        raise InvalidRequest(errors=[{"pointer": pointer, "detail": str(error.detail)}]) from error
    except ValueError as error:
        raise InvalidRequest(errors=[{"pointer": pointer, "detail": str(error)}]) from error
    return {**vars(found), "server": server}


class ClusterInput(Input):
    slug = serializers.CharField(max_length=40, validators=[SLUG])
    name = serializers.CharField(max_length=150)
    kind = serializers.ChoiceField(choices=ClusterKind.choices)
    zone = serializers.CharField(max_length=60, allow_blank=True, default="")
    labels = LabelsField(required=False)
    connection = ConnectionInput(required=False, help_text="Of the kind kubernetes.")

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        parts = given.pop("connection", None)
        if parts is None:
            return given
        for name, what in (
            ("server", "Give the address of its API server."),
            ("credential", "Give a token."),
        ):
            if name not in parts:
                raise serializers.ValidationError({"connection": what})
        return {**given, "access": Access(**parts)}


class ConnectionChange(Input):
    connection = ConnectionInput()


class ClusterChange(Input):
    name = serializers.CharField(max_length=150, required=False)
    zone = serializers.CharField(max_length=60, allow_blank=True, required=False)
    labels = LabelsField(required=False)
    on_drift = serializers.ChoiceField(
        choices=OnDrift.choices, required=False, help_text="Put right what somebody changed in namespaces, or leave it."
    )
    app_entry = AppEntryBody(allow_null=True, required=False, help_text="What leads from outside to apps; null: nothing.")


class NodeOutput(Output):
    id = serializers.UUIDField()
    name = serializers.CharField()
    zone = serializers.CharField()
    labels = serializers.DictField(child=serializers.CharField())
    allocatable = CapacityOutput(many=True)
    requested = CapacityOutput(many=True, help_text="What runs there asked for, whoever it belongs to.")
    used = CapacityOutput(many=True, help_text="As measured, not as asked for.")
    taints = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))
    about = serializers.DictField(help_text="model, memory_bytes, driver, cuda, runtime, kubelet, os, kernel and so on.")
    health = serializers.ChoiceField(choices=Health.choices)
    health_message = serializers.CharField()
    health_said = SaidOutput(many=True, help_text="The same as codes with arguments.")
    schedulable = serializers.BooleanField()
    last_seen_at = serializers.DateTimeField(allow_null=True)
    stale = serializers.BooleanField()


class DrainInput(Input):
    patience_seconds = serializers.IntegerField(
        min_value=1, max_value=86400, default=900, help_text="How long to wait for disruption budgets and for pods to end."
    )
    unmanaged = serializers.BooleanField(
        default=False, help_text="Also evict pods that nobody makes anew; else they stay, and are said to."
    )


class FlavorOutput(Output):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    generation = serializers.IntegerField()
    cluster_id = serializers.UUIDField()
    cluster_slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=FlavorKind.choices)
    description = serializers.CharField()
    model = serializers.CharField()
    unit_memory_bytes = serializers.IntegerField(allow_null=True)
    device_resource = serializers.CharField()
    node_labels = serializers.DictField(child=serializers.CharField())
    node_taints = serializers.ListField(child=serializers.DictField())
    resources = serializers.ListField(child=serializers.CharField(), help_text="What quotas and requests of it speak of.")
    pool = serializers.CharField(allow_null=True, help_text="The node pool that it is of, and with which it changes.")
    can = serializers.ListField(child=serializers.CharField(), help_text="Permissions that you hold on it.")


class TaintInput(Input):
    key = serializers.CharField(max_length=253)
    value = serializers.CharField(max_length=63, allow_blank=True, default="")
    effect = serializers.ChoiceField(choices=["NoSchedule", "PreferNoSchedule", "NoExecute"])


class FlavorChange(Input):
    description = serializers.CharField(max_length=300, allow_blank=True, required=False)
    model = serializers.CharField(max_length=100, allow_blank=True, required=False)
    unit_memory_bytes = serializers.IntegerField(min_value=1, max_value=2**62, allow_null=True, required=False)
    device_resource = serializers.CharField(max_length=100, allow_blank=True, required=False)
    node_labels = LabelsField(required=False)
    node_taints = TaintInput(many=True, required=False)

    def validate_node_taints(self, taints: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [dict(taint) for taint in taints]


class FlavorInput(FlavorChange):
    name = serializers.CharField(max_length=40, validators=[SLUG])
    kind = serializers.ChoiceField(choices=FlavorKind.choices)
