"""What an act on a job can be refused for."""

from http import HTTPStatus

from apps.core.errors import Problem


class ActNotPossible(Problem):
    """`possible` lists what the job's phase allows instead."""

    code, status = "act-not-possible", HTTPStatus.CONFLICT
    title = "The job is not in a phase that allows this"


class RetentionEnded(Problem):
    code, status = "retention-ended", HTTPStatus.CONFLICT
    title = "The job's retention has ended; it is being removed for good"


class NobodyThere(Problem):
    code, status = "nobody-there", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "Nobody with this address has an account"
