"""When to move one VM: asked for here, found by a worker."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from apps.core import operations
from apps.core.models import Operation
from apps.forecasts.models import Target, TargetKind
from apps.moves.errors import OnlyVMsMove, SizeUnknown
from apps.tenants.actor import Actor


@transaction.atomic
def ask_windows(*, actor: Actor, target: Target, asked: Mapping[str, Any]) -> Operation:
    """Have a worker find the windows of the next days in which moving `target` hurts least.

    Raises OnlyVMsMove, SizeUnknown.
    """
    if target.kind != TargetKind.VM:
        raise OnlyVMsMove(f"{target.name} is a {target.kind}.")
    if not target.memory_bytes:
        raise SizeUnknown
    said = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asked.items()}
    return operations.begin(
        user_id=actor.user_id,
        kind="move.windows",
        task="moves.windows",
        subject_kind="target",
        subject_id=target.pk,
        **said,
    )
