"""What isolation answers to questions of core."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from apps.core import live, sentences
from apps.isolation.api.serializers import ExceptionOutput
from apps.isolation.models import NetworkException


def register() -> None:
    live.register("network-exception", render, permission="networks.view")
    sentences.register(
        {
            "network-beyond-limit": "The tenant may not open {network} any more.",
            "network-api-server": "{network} is the API server of this cluster, which is opened to nobody.",
            "network-not-applied": "The cluster could not be told yet: {reason}",
        }
    )


def render(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = NetworkException.objects.select_related("created_by").filter(pk__in=list(ids))
    return {row.pk: dict(ExceptionOutput(row).data) for row in rows}
