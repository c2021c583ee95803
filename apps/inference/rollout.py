"""How an app comes from the replicas that it has to those that are wanted: a rule without memory.

Asked again after each change, it walks through a rolling update, mends what broke and takes away what is too much;
whoever asks may die in between.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.inference.models import LIVE, ReplicaPhase
from apps.inference.spec import Rollout


@dataclass(frozen=True)
class Seen:
    """`pod`: what runs in its place, in a cluster that makes pods; empty: nothing does."""

    number: int
    revision: int
    phase: str
    pod: str = ""


@dataclass(frozen=True)
class Plan:
    """`start` new replicas of the wanted revision; `drain` those with these numbers."""

    start: int
    drain: tuple[int, ...]


def plan(*, wanted: int, revision: int, rollout: Rollout, replicas: Sequence[Seen]) -> Plan:
    """What to do next. At most max_surge replicas beyond `wanted` live, and no act leaves fewer ready than it may."""
    live = [one for one in replicas if one.phase in LIVE]
    new = [one for one in live if one.revision == revision]
    old = [one for one in live if one.revision != revision]
    drain = sorted(new, key=_dearest)[wanted:]
    kept = [one for one in new if one not in drain]
    # What does not serve is no loss. Of what does, as many of the old go as the new can stand in for.
    ready = sum(one.phase == ReplicaPhase.READY for one in [*kept, *old])
    spare = ready - max(0, wanted - rollout.max_unavailable)
    for one in sorted(old, key=_dearest, reverse=True):
        if one.phase != ReplicaPhase.READY:
            drain.append(one)
        elif spare > 0:
            drain.append(one)
            spare -= 1
    room = wanted + rollout.max_surge - (len(live) - len(drain))
    start = max(0, min(wanted - len(kept), room))
    return Plan(start, tuple(sorted(one.number for one in drain)))


def plan_places(*, wanted: int, revision: int, rollout: Rollout, replicas: Sequence[Seen]) -> Plan:
    """The same where the cluster itself exchanges pods: how many places it is to have for them.

    While pods of another revision stand there are max_surge more; what gives way leaves its place to what comes. So an
    update keeps the quota that the app has, and needs only as much more.
    """
    live = [one for one in replicas if one.phase in LIVE]
    most = wanted + (rollout.max_surge if wanted and rolls(revision, live) else 0)
    spare = sorted(live, key=lambda one: (not one.pod, *_dearest(one)))[most:]
    return Plan(max(0, most - len(live)), tuple(sorted(one.number for one in spare)))


def rolls(revision: int, replicas: Sequence[Seen]) -> bool:
    """Whether pods of another revision are still to be exchanged."""
    return any(one.pod and one.revision != revision for one in replicas if one.phase in LIVE)


def _dearest(one: Seen) -> tuple[bool, bool, int]:
    """What is kept first: what serves, then what is nearer to it, then what is older."""
    return one.phase != ReplicaPhase.READY, one.phase == ReplicaPhase.WAITING, one.number
