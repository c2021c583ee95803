"""What an act on a job can be refused for."""

from http import HTTPStatus

from apps.core.errors import Problem


class ActNotPossible(Problem):
    """`possible` lists what the job's phase allows instead."""

    code, status = "act-not-possible", HTTPStatus.CONFLICT
    title = "The job is not in a phase that allows this"
    advice = (
        "`phase` says where the job is, `possible` what can be done to it there. It may have moved on since you read it: "
        "read it again. To run something that has succeeded once more, or to change what was submitted, clone it."
    )


class RetentionEnded(Problem):
    code, status = "retention-ended", HTTPStatus.CONFLICT
    title = "The job's retention has ended; it is being removed for good"
    advice = (
        "A job is kept after its end as long as its fault policy says (`keep_seconds`), and in the bin for some days. "
        "When that is over nothing brings it back; keep artifacts elsewhere, or ask for a longer retention next time."
    )


class NobodyThere(Problem):
    code, status = "nobody-there", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "Nobody with this address has an account"
    advice = "Check the address. A platform admin can make an account for somebody who has none."
