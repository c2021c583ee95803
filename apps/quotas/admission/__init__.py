"""The model of admission: a snapshot of one cluster in, decisions out. Pure and deterministic.

Words mean what they mean in Kueue, so that the same model explains a cluster on which Kueue decides.
"""

from apps.quotas.admission.book import Book, Holding
from apps.quotas.admission.packing import never_fits, pack, pods_that_fit
from apps.quotas.admission.reach import Reach
from apps.quotas.admission.round import decide
from apps.quotas.admission.turns import order_of
from apps.quotas.admission.values import (
    Admission,
    Amounts,
    Blocked,
    Bound,
    Decisions,
    Eviction,
    Key,
    Lack,
    Limit,
    Node,
    Owner,
    Pending,
    Placement,
    PodSet,
    Queue,
    Reason,
    Reclaim,
    Running,
    Share,
    Shrink,
    Snapshot,
    UserCap,
    Waiting,
    flat,
    gpus,
    most_generous,
    nested,
    total,
)

__all__ = [
    "Admission",
    "Amounts",
    "Blocked",
    "Book",
    "Bound",
    "Decisions",
    "Eviction",
    "Holding",
    "Key",
    "Lack",
    "Limit",
    "Node",
    "Owner",
    "Pending",
    "Placement",
    "PodSet",
    "Queue",
    "Reach",
    "Reason",
    "Reclaim",
    "Running",
    "Share",
    "Shrink",
    "Snapshot",
    "UserCap",
    "Waiting",
    "decide",
    "flat",
    "gpus",
    "most_generous",
    "nested",
    "never_fits",
    "order_of",
    "pack",
    "pods_that_fit",
    "total",
]
