"""Acts on apps and what workers saw of them, one module a field."""

from apps.inference.services._life import lock_apps, wanted_revision
from apps.inference.services.access import Caller, Uses, caller_of, create_key, note_uses, revoke_key
from apps.inference.services.asking import ReplicaWorkload
from apps.inference.services.carry import (
    carried_out,
    ended,
    forget_old,
    not_carried_out,
    off_gate,
    placed,
    probed,
    remove_when_empty,
    roll_out,
    variables_of,
)
from apps.inference.services.deploy import change_app, create_app, delete_app, roll_back, start_app, stop_app
from apps.inference.services.files import copied
from apps.inference.services.pods import PodSeen, ScalingSeen, pods_seen, scaling_seen
from apps.inference.services.tenancy import delete_apps_of, give_app, stop_apps_of
from apps.inference.services.traffic import Counted, Place, Seen, forget_old_traffic, note_traffic, read_to

__all__ = [
    "Caller",
    "Counted",
    "Place",
    "PodSeen",
    "ReplicaWorkload",
    "ScalingSeen",
    "Seen",
    "Uses",
    "caller_of",
    "carried_out",
    "change_app",
    "copied",
    "create_app",
    "create_key",
    "delete_app",
    "delete_apps_of",
    "ended",
    "forget_old",
    "forget_old_traffic",
    "give_app",
    "lock_apps",
    "not_carried_out",
    "note_traffic",
    "note_uses",
    "off_gate",
    "placed",
    "pods_seen",
    "probed",
    "read_to",
    "remove_when_empty",
    "revoke_key",
    "roll_back",
    "roll_out",
    "scaling_seen",
    "start_app",
    "stop_app",
    "stop_apps_of",
    "variables_of",
    "wanted_revision",
]
