"""What leads from outside to the apps of a cluster: a Gateway or an ingress controller that its operators run."""

from enum import StrEnum
from typing import Any

from pydantic import Field

from apps.core.strict import Strict

_DNS_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
GATEWAY_VERSION = "gateway.networking.k8s.io/v1"


class EntryKind(StrEnum):
    GATEWAY = "gateway"
    INGRESS = "ingress"


class AppEntry(Strict):
    """Each app is a name below `domain`, which leads there with all names below it; TLS ends there, too."""

    kind: EntryKind
    name: str = Field(pattern=f"^{_DNS_LABEL}$", description="Of the Gateway, or of the IngressClass.")
    namespace: str = Field(pattern=f"^{_DNS_LABEL}$", description="Of the Gateway, and of the pods that pass requests on.")
    domain: str = Field(pattern=rf"^{_DNS_LABEL}(\.{_DNS_LABEL})+$", max_length=180)
    tls: bool = True

    def host_of(self, label: str) -> str:
        return f"{label}.{self.domain}"

    def address_of(self, label: str) -> str:
        return f"{'https' if self.tls else 'http'}://{self.host_of(label)}"

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json")
