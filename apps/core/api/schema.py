"""What drf-spectacular must be told: permissions, headers, and the one shape of errors.

Every endpoint says what it takes and gives with `@describe(...)`, so that the document types each answer.
"""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from inspect import cleandoc
from typing import Any, TypeVar

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from pydantic import BaseModel

View = TypeVar("View", bound=Callable[..., Any])

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


def describe(
    summary: str,
    *,
    takes: Any = None,
    gives: Any = None,
    status: int = HTTPStatus.OK,
    example: Mapping[str, Any] | None = None,
    answer: Mapping[str, Any] | None = None,
    query: Mapping[str, str] | None = None,
    also: Mapping[int, Any] | None = None,
    media_type: str = "application/json",
    text: str = "",
) -> Callable[[View], View]:
    """Describe one action.

    takes, gives: serializer classes (`X(many=True)` in a list, which is then documented as a page), or None for no body.
    example, answer: an example of each. query: further parameters that the view reads, with their meaning.
    also: what it gives with another status, where a parameter makes that happen.
    """
    examples = []
    if example is not None:
        examples.append(OpenApiExample("request", value=example, request_only=True))
    if answer is not None:
        examples.append(OpenApiExample("answer", value=answer, response_only=True, status_codes=[str(int(status))]))
    response = OpenApiResponse(gives, description=HTTPStatus(status).phrase)
    responses: dict[Any, Any] = {int(status): response} if gives is None else {(int(status), media_type): response}
    for other, given in (also or {}).items():
        responses[(other, media_type)] = OpenApiResponse(given, description=HTTPStatus(other).phrase)
    return extend_schema(
        summary=summary,
        description=text or None,
        request=takes,
        responses=responses,
        examples=examples,
        parameters=_query(query or {}),
    )


def _query(parameters: Mapping[str, str]) -> Sequence[OpenApiParameter]:
    return [OpenApiParameter(name, str, OpenApiParameter.QUERY, description=text) for name, text in parameters.items()]


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
        unversioned: frozenset[str] = getattr(self.view, "unversioned", frozenset())
        if self.method in ("PUT", "PATCH", "DELETE") and getattr(self.view, "action", None) not in unversioned:
            headers.append(
                OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, required=True, description="The ETag you read.")
            )
        if self.method == "GET":
            headers.append(
                OpenApiParameter("fields", str, OpenApiParameter.QUERY, description="Only these fields, comma-separated.")
            )
        return headers

    def _get_format_parameters(self) -> list[Any]:
        """None: what an answer is comes from Accept. Where ?format= is offered besides, `describe` says so."""
        return []

    def get_description(self, *_args: Any, **_kwargs: Any) -> str:
        """Of the view itself, where `describe` says nothing: what its bases say is for who writes endpoints."""
        return cleandoc(type(self.view).__doc__ or "")

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation = super().get_operation(*args, **kwargs)
        permission = getattr(self.view, "permissions", {}).get(getattr(self.view, "action", None))
        if operation is not None and permission:
            operation["x-permission"] = permission
        return operation


def model_schema(model: type[BaseModel], direction: str) -> dict[str, Any]:
    """A pydantic model's schema as it comes in or goes out, its parts inline: names of parts would be the document's."""
    schema = model.model_json_schema(mode="serialization" if direction == "response" else "validation")
    parts = schema.pop("$defs", {})
    inlined: dict[str, Any] = _inline(schema, parts)
    return inlined


def _inline(schema: Any, parts: dict[str, Any]) -> Any:
    if isinstance(schema, list):
        return [_inline(item, parts) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if reference := schema.get("$ref"):
        part = _inline(parts[reference.rpartition("/")[2]], parts)
        return {**part, **{key: value for key, value in schema.items() if key != "$ref"}}
    return {key: _inline(value, parts) for key, value in schema.items()}


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
