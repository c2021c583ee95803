"""Acts on quotas and workloads, one module a field."""

from apps.quotas.admission import PodSet
from apps.quotas.models import Workload
from apps.quotas.services.dividing import (
    ShareLine,
    change_cap,
    change_priority,
    create_cap,
    create_priority,
    preview_cap,
    preview_shares,
    remove_cap,
    remove_priority,
    set_shares,
)
from apps.quotas.services.explaining import explain
from apps.quotas.services.managing import (
    Line,
    change_cohort,
    change_quota,
    create_cohort,
    create_quota,
    preview_change,
    preview_removal,
    remove_cohort,
    remove_quota,
)
from apps.quotas.services.onboarding import NewOwner, NewProject, NewQuota, Onboarded, onboard_tenant
from apps.quotas.services.requests import DeviceNeed, PodRequest, Resolved, resolve
from apps.quotas.services.rounds import admit, lock_cluster
from apps.quotas.services.workloads import (
    ADMISSION_CHANNEL,
    assess,
    enqueue,
    finish,
    forget,
    requeue,
    require_may_ask,
    resume,
    suspend,
)

__all__ = [
    "ADMISSION_CHANNEL",
    "DeviceNeed",
    "Line",
    "NewOwner",
    "NewProject",
    "NewQuota",
    "Onboarded",
    "PodRequest",
    "PodSet",
    "Resolved",
    "ShareLine",
    "Workload",
    "admit",
    "assess",
    "change_cap",
    "change_cohort",
    "change_priority",
    "change_quota",
    "create_cap",
    "create_cohort",
    "create_priority",
    "create_quota",
    "enqueue",
    "explain",
    "finish",
    "forget",
    "lock_cluster",
    "onboard_tenant",
    "preview_cap",
    "preview_change",
    "preview_removal",
    "preview_shares",
    "remove_cap",
    "remove_cohort",
    "remove_priority",
    "remove_quota",
    "requeue",
    "require_may_ask",
    "resolve",
    "resume",
    "set_shares",
    "suspend",
]
