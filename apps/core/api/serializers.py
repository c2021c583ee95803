"""Bases of what comes in and what goes out."""

from typing import Any

from rest_framework import serializers

from apps.core.errors import InvalidRequest


class Input(serializers.Serializer[Any]):
    """A body. Fields that nobody knows are refused, so that a misspelt one is never silently ignored."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := sorted(set(data) - set(self.fields))):
            known = ", ".join(name for name, field in self.fields.items() if not field.read_only)
            raise serializers.ValidationError({name: [f"No such field; known are: {known}."] for name in unknown})
        return super().to_internal_value(data)


class NoInput(Input):
    """The body of an act that needs nothing further: empty, or {}."""


class Output(serializers.Serializer[Any]):
    """An answer. `?fields=a,b` keeps only those of its top level."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        document: dict[str, Any] = super().to_representation(instance)
        outermost = self.parent is None or (
            isinstance(self.parent, serializers.ListSerializer) and self.parent.parent is None
        )
        return sparse(document, self.context.get("fields")) if outermost else document


def sparse(document: dict[str, Any], wanted: frozenset[str] | None) -> dict[str, Any]:
    """Keep the wanted top-level fields; all when none are named. Raises InvalidRequest for a name that is none."""
    if not wanted:
        return document
    if unknown := sorted(wanted - set(document)):
        known = ", ".join(document)
        raise InvalidRequest(
            errors=[{"pointer": "?fields", "detail": f"No such field: {', '.join(unknown)}; known are: {known}."}]
        )
    return {name: value for name, value in document.items() if name in wanted}
