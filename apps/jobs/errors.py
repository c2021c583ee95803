"""What an act on a job can be refused for."""

from http import HTTPStatus

from apps.core.errors import Problem


class ActNotPossible(Problem):
    """`possible` lists what the job's phase allows instead."""

    code, status = "act-not-possible", HTTPStatus.CONFLICT
    title = "The job is not in a phase that allows this"
    advice = (
        "`possible` lists what the job's phase allows now, as its `acts` do. The phase may have changed since you "
        "read it: read the job again."
    )


class RetentionEnded(Problem):
    code, status = "retention-ended", HTTPStatus.CONFLICT
    title = "The job's retention has ended; it is being removed for good"
    advice = (
        "A deleted job can be brought back until its `purge_at`; that time has passed, and its files are going. Clone "
        "its specification from another job, or submit it anew."
    )


class NobodyThere(Problem):
    code, status = "nobody-there", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "Nobody with this address has an account"
    advice = (
        "A job is shared with somebody who has an account here. Check the address, or ask a platform admin to make "
        "the account."
    )
