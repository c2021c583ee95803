"""Accelerators, as specifications ask for them and as workloads hold them."""

from collections.abc import Mapping
from typing import Self

from pydantic import Field, model_validator

from apps.core.strict import MemoryBytes, Strict


class Devices(Strict):
    """Accelerators of one replica: a flavor by name, or a need that the portal resolves to one."""

    flavor: str | None = Field(None, max_length=40, description="A flavor of the cluster, such as a100.")
    kind: str | None = Field(None, pattern="^(gpu|fpga|rdma)$", description="Instead of a flavor: what is needed.")
    unit_memory_bytes: MemoryBytes | None = Field(None, description="With `kind`: at least this much memory a device.")
    count: int = Field(1, ge=1, le=1024)

    @model_validator(mode="after")
    def flavor_or_kind(self) -> Self:
        if (self.flavor is None) == (self.kind is None):
            raise ValueError("name either a flavor or a kind of device")
        if self.flavor and self.unit_memory_bytes:
            raise ValueError("unit_memory_bytes goes with a kind; a flavor says its own memory")
        return self


def devices_of(requests: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Those of one pod, {flavor: pieces}, of what its set asks for as it was resolved."""
    return {
        flavor: pieces
        for flavor, amounts in requests.items()
        for resource, pieces in amounts.items()
        if resource not in ("cpu", "memory")
    }
