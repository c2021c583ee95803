from http import HTTPStatus

from apps.core.errors import Problem

"""What can go wrong with stored objects."""


class ObjectMissing(Problem):
    code, status = "object-missing", HTTPStatus.GONE
    title = "The stored file is no longer there"
