"""What can go wrong with quotas."""

from http import HTTPStatus

from apps.core.errors import Problem


class NeverFits(Problem):
    code, status = "never-fits", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "This request could never start, even if nothing else ran"


class NoQuota(Problem):
    code, status = "no-quota", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "The tenant has no quota for this"


class TenantNotActive(Problem):
    code, status = "tenant-not-active", HTTPStatus.CONFLICT
    title = "Nothing new starts in this tenant at present"


class PriorityNotAllowed(Problem):
    code, status = "priority-not-allowed", HTTPStatus.FORBIDDEN
    title = "You may not use this priority"


class PriorityInUse(Problem):
    code, status = "priority-in-use", HTTPStatus.CONFLICT
    title = "Workloads have this priority"


class QuotaInUse(Problem):
    """`casualties` lists what the change would hit."""

    code, status = "quota-in-use", HTTPStatus.CONFLICT
    title = "Running work needs what this change takes away"


class CohortInUse(Problem):
    code, status = "cohort-in-use", HTTPStatus.CONFLICT
    title = "Quotas lend and borrow in this cohort"


class SharesExceedQuota(Problem):
    code, status = "shares-exceed-quota", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "The projects are guaranteed more than the tenant has"
