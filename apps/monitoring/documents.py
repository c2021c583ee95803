"""What the world sees of an inbox: that it changed. What is in it depends on who asks."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from apps.monitoring.models import Inbox


def render_inboxes(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = Inbox.objects.filter(pk__in=list(ids)).values_list("pk", "version")
    return {pk: {"id": str(pk), "version": version} for pk, version in rows}
