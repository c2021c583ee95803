"""What drf-spectacular must be told: permissions, headers, and the one shape of errors."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

PROBLEM = {
    "type": "object",
    "description": "RFC 9457. `type` is the path of a page that says what to do.",
    "required": ["type", "title", "status"],
    "additionalProperties": True,
    "properties": {
        "type": {"type": "string", "examples": ["/problems/never-fits"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}


class Schema(AutoSchema):
    """Adds to each operation the permission it needs and the headers it reads."""

    def get_override_parameters(self) -> list[Any]:
        headers = []
        if self.method == "POST":
            headers.append(
                OpenApiParameter(
                    "Idempotency-Key", str, OpenApiParameter.HEADER, description="Same key and body: same answer, done once."
                )
            )
        if self.method in ("PUT", "PATCH", "DELETE"):
            headers.append(
                OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, required=True, description="The ETag you read.")
            )
        return headers

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation = super().get_operation(*args, **kwargs)
        permission = getattr(self.view, "permissions", {}).get(getattr(self.view, "action", None))
        if operation is not None and permission:
            operation["x-permission"] = permission
        return operation


def describe_problems(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """Document one shared error for every operation, whatever its status."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    answer = {
        "description": "A problem",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for path in result.get("paths", {}).values():
        for operation in path.values():
            if isinstance(operation, dict) and "responses" in operation:
                operation["responses"].setdefault("default", answer)
    return result
