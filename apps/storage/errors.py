"""What can go wrong with stored objects."""

from http import HTTPStatus

from apps.core.errors import Problem


class ObjectMissing(Problem):
    code, status = "object-missing", HTTPStatus.GONE
    title = "The stored file is no longer there"
    advice = (
        "The record is there, the file is not: retention or somebody with access to the store removed it. It cannot "
        "be brought back."
    )
