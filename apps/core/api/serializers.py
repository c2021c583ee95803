"""Bases of what comes in and what goes out."""

from typing import Any

from rest_framework import serializers


class Input(serializers.Serializer[Any]):
    """A body. Fields that nobody knows are refused, so that a misspelt one is never silently ignored."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := sorted(set(data) - set(self.fields))):
            known = ", ".join(name for name, field in self.fields.items() if not field.read_only)
            raise serializers.ValidationError({name: [f"No such field; known are: {known}."] for name in unknown})
        return super().to_internal_value(data)


class Output(serializers.Serializer[Any]):
    """An answer. `?fields=a,b` keeps only those."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        document: dict[str, Any] = super().to_representation(instance)
        return sparse(document, self.context.get("fields"))


def sparse(document: dict[str, Any], wanted: frozenset[str] | None) -> dict[str, Any]:
    """Keep the wanted top-level fields; all when none are named. Raises ValidationError for a name that is none."""
    if not wanted:
        return document
    if unknown := sorted(wanted - set(document)):
        raise serializers.ValidationError({"?fields": [f"No such field: {', '.join(unknown)}."]})
    return {name: value for name, value in document.items() if name in wanted}
