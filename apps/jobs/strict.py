"""What all parts of a specification share."""

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

NAME = r"^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


def _worded(value: Any) -> Any:
    """Refuse in words what the pattern of names would refuse as a pattern."""
    if isinstance(value, str) and not re.fullmatch("[a-z]([a-z0-9-]*[a-z0-9])?", value):
        raise ValueError("Use lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen.")
    return value


Name = Annotated[str, BeforeValidator(_worded)]
