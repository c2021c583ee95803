"""Reading a job specification from a body."""

from typing import Any

import orjson
import pydantic

from apps.core.api.errors import pydantic_errors
from apps.core.errors import InvalidRequest
from apps.jobs.spec import JobSpec


def parse_spec(given: Any, *, at: str = "") -> JobSpec:
    """Check a specification, strictly: "2" is no number. Raises InvalidRequest with pointers below `at`."""
    try:
        return JobSpec.model_validate_json(orjson.dumps(given), strict=True)
    except pydantic.ValidationError as error:
        raise InvalidRequest(
            errors=[{**wrong, "pointer": f"{at}{wrong['pointer']}"} for wrong in pydantic_errors(error)]
        ) from error
