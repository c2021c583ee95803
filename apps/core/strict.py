"""What all parts of specifications share."""

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from apps.core.units import parse_bytes

NAME = r"^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


def _worded(value: Any) -> Any:
    """Refuse in words what the pattern of names would refuse as a pattern."""
    if isinstance(value, str) and not re.fullmatch("[a-z]([a-z0-9-]*[a-z0-9])?", value):
        raise ValueError("Use lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen.")
    return value


Name = Annotated[str, BeforeValidator(_worded)]


def _bytes(value: Any) -> Any:
    return parse_bytes(value) if isinstance(value, str) else value


_LEAST_MEMORY, _MOST_MEMORY = 2**20, 2**50
_MEMORY_SCHEMA = {
    "anyOf": [
        {"type": "integer", "minimum": _LEAST_MEMORY, "maximum": _MOST_MEMORY},
        {"type": "string", "pattern": r"^\d{1,18}(\.\d{1,9})?(Ki|Mi|Gi|Ti|k|M|G|T)?$"},
    ]
}
MemoryBytes = Annotated[
    int,
    BeforeValidator(_bytes),
    Field(ge=_LEAST_MEMORY, le=_MOST_MEMORY),
    WithJsonSchema(_MEMORY_SCHEMA, mode="validation"),
]
