"""Bases of what comes in and what goes out."""

from typing import Any

from rest_framework import serializers

from apps.core.errors import InvalidRequest
from apps.core.sentences import Said


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


class RefOutput(Output):
    """Somebody or something by name."""

    id = serializers.UUIDField()
    name = serializers.CharField()


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


class SaidOutput(Output):
    """A sentence as a code with its arguments: for programs, and to say it in another language."""

    code = serializers.CharField()
    arguments = serializers.DictField(help_text="Values by name; an amount is {resource, flavor, amount, plain}.")

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return instance.as_json() if isinstance(instance, Said) else dict(instance)


class LeftOutput(Output):
    kind = serializers.CharField()
    count = serializers.IntegerField()


class RemovalOutput(Output):
    """How far the removal of something has come."""

    since = serializers.DateTimeField()
    total = serializers.IntegerField(help_text="How many things there were to remove.")
    left = LeftOutput(many=True, help_text="How many of each kind are left.")
    why = serializers.CharField(help_text="What it waits for, and who must act; empty while it goes on.")
    said = SaidOutput(many=True, help_text="The same as codes with arguments.")


class CasualtyOutput(Output):
    """Something that a change would hit, and how."""

    kind = serializers.CharField()
    id = serializers.UUIDField()
    name = serializers.CharField()
    effect = serializers.CharField()
    said = SaidOutput(source="effect")


class TollOutput(Output):
    kind = serializers.CharField()
    effect = serializers.CharField()
    said = SaidOutput(source="effect")
    count = serializers.IntegerField()


class PreviewOutput(Output):
    """Whom a change would hit: how many of each kind, and a page of them."""

    count = serializers.IntegerField(help_text="In all.")
    tolls = TollOutput(many=True, help_text="How many of each kind, by what becomes of them.")
    casualties = CasualtyOutput(many=True)
    next = serializers.CharField(allow_null=True, help_text="?cursor= of the next page.")
