"""What can go wrong with quotas."""

from http import HTTPStatus

from apps.core.errors import Problem
from apps.tenants.errors import TenantNotActive as TenantNotActive


class NeverFits(Problem):
    code, status = "never-fits", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "This request could never start, even if nothing else ran"
    advice = (
        "Not even an empty cluster could hold one gang of it: `detail` says which resource, how much was asked and "
        "how much there is. Ask for less per replica, for fewer replicas, or for another flavor."
    )


class NoQuota(Problem):
    code, status = "no-quota", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "The tenant has no quota for this"
    advice = (
        "The tenant's quota does not speak of that flavor or cluster. The page *Quota* shows what it has; a platform "
        "admin gives more."
    )


class PriorityNotAllowed(Problem):
    code, status = "priority-not-allowed", HTTPStatus.FORBIDDEN
    title = "You may not use this priority"
    advice = "This priority is for users whom the tenant's admins allow it. Use another, or ask an admin of the tenant."


class PriorityInUse(Problem):
    code, status = "priority-in-use", HTTPStatus.CONFLICT
    title = "Workloads have this priority"
    advice = "Wait until no workload has it, or change its value instead of removing it."


class QuotaInUse(Problem):
    """`casualties` lists what the change would hit."""

    code, status = "quota-in-use", HTTPStatus.CONFLICT
    title = "Running work needs what this change takes away"
    advice = (
        "`casualties` lists what runs on the part that would go. Nothing is stopped silently: wait, stop it yourself, "
        "or cut less."
    )


class CohortInUse(Problem):
    code, status = "cohort-in-use", HTTPStatus.CONFLICT
    title = "Quotas lend and borrow in this cohort"
    advice = "Move the quotas to another cohort, or out of it, before removing it."


class SharesExceedQuota(Problem):
    code, status = "shares-exceed-quota", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "The projects are guaranteed more than the tenant has"
    advice = (
        "The guarantees of all projects together cannot exceed the tenant's nominal quota. Lower one, or ask for more quota."
    )
