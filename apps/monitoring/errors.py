"""What can go wrong with logs and metrics."""

from http import HTTPStatus

from apps.core.errors import Problem


class ArchiveBehind(Problem):
    code, status = "log-archive-behind", HTTPStatus.SERVICE_UNAVAILABLE
    title = "The log archive does not keep up; the same lines will be taken later"
    advice = (
        "Nothing is lost: the follower keeps its place and sends the same lines again. Look at the object store and "
        "the database."
    )
