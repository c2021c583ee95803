"""What can go wrong with logs, metrics and waiting for events."""

from http import HTTPStatus

from apps.core.errors import Problem


class ArchiveBehind(Problem):
    code, status = "log-archive-behind", HTTPStatus.SERVICE_UNAVAILABLE
    title = "The log archive does not keep up; the same lines will be taken later"
    advice = (
        "Nothing is lost: the follower keeps its place and sends the same lines again. Look at the object store and "
        "the database."
    )


class Misdirected(Problem):
    code, status = "misdirected", HTTPStatus.MISDIRECTED_REQUEST
    title = "The proxy in front of Hanse sent this to the wrong process"
    advice = (
        "Answers that wait (`/api/v1/events/`, `.../wait/`, `.../logs/follow/`) come from the process `live`, which holds "
        "no thread while it waits. Whoever runs this installation must send these addresses there, beside `/ws/`: see *Run "
        "in production*."
    )


class TooManyWaiting(Problem):
    code, status = "too-many-waiting", HTTPStatus.TOO_MANY_REQUESTS
    title = "This user has too many sockets and waiting requests open"
    advice = "Close some, or follow more with each: one request for a tenant's events says what becomes of all its jobs."
