"""What can go wrong with quotas."""

from http import HTTPStatus

from apps.core.errors import Problem


class NeverFits(Problem):
    code, status = "never-fits", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "This request could never start, even if nothing else ran"
    advice = (
        "`asked` is what the request asks for, `most` what it could ever have; `bound` says which limit that is: the "
        "tenant's quota, the project's cap, your own cap, or the nodes. Ask for less, or have it raised: quotas by a "
        "platform admin, caps by an owner or admin of the tenant, nodes by an operator."
    )


class NoQuota(Problem):
    code, status = "no-quota", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "The tenant has no quota for this"
    advice = (
        "A tenant uses only clusters, flavors and resources of which its quota speaks, be it with a nominal amount of 0 "
        "that lets it borrow. A platform admin can add the line; or name a cluster and a flavor that the quota page shows."
    )


class AdmissionInUse(Problem):
    code, status = "admission-in-use", HTTPStatus.CONFLICT
    title = "Work is in this cluster"
    advice = (
        "Who admits in a cluster is changed while nothing runs, waits or is suspended there, since what was admitted by one "
        "is unknown to the other. Let its work end, or cancel it; `workloads` says how many there are."
    )


class PriorityNotAllowed(Problem):
    code, status = "priority-not-allowed", HTTPStatus.FORBIDDEN
    title = "You may not use this priority"
    advice = (
        "Restricted priorities are for those whom the tenant allows. An owner or admin of the tenant allows it under "
        "quotas, caps; until then use another priority, such as low."
    )


class PriorityInUse(Problem):
    code, status = "priority-in-use", HTTPStatus.CONFLICT
    title = "Workloads have this priority"
    advice = "A priority is removed when no workload that is kept has it. Change its description or value instead."


class QuotaInUse(Problem):
    """`casualties` lists what the change would hit."""

    code, status = "quota-in-use", HTTPStatus.CONFLICT
    title = "The change takes away what work uses or waits for"
    advice = (
        "`casualties` lists whom it hits and how. Nothing is killed by a change of quotas: what runs goes on, but nothing "
        "new starts above the new limits, and what then runs on borrowed quota goes when its lender needs it. Repeat the "
        "request with `?confirm=true` when that is meant."
    )


class CohortInUse(Problem):
    code, status = "cohort-in-use", HTTPStatus.CONFLICT
    title = "Quotas lend and borrow in this cohort"
    advice = "Move the tenants' quotas to another cohort, or to none, then remove it."


class SharesExceedQuota(Problem):
    code, status = "shares-exceed-quota", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "The projects would be guaranteed more than the tenant has"
    advice = (
        "What is guaranteed to projects comes out of the tenant's nominal quota, so their sum cannot be larger. Lower other "
        "projects' guarantees first, or ask a platform admin for more quota."
    )


class NothingToRaise(Problem):
    code, status = "nothing-to-raise", HTTPStatus.CONFLICT
    title = "There is no such limit any more"
    advice = (
        "The limit that was to be raised has been lifted or removed since it was asked for, so nothing stands in the way of "
        "the work. Decline the request with that reason, or let whoever asked withdraw it."
    )
