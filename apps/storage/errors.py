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


class BucketNotEmpty(Problem):
    code, status = "bucket-not-empty", HTTPStatus.CONFLICT
    title = "The bucket holds files"
    advice = "Only an empty bucket is removed, so that nobody loses files by its name. Delete its files first."
