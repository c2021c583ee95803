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


class BucketFull(Problem):
    code, status = "bucket-full", HTTPStatus.CONFLICT
    title = "The bucket has no room for this"
    advice = (
        "`quota_bytes` is what it may hold, `used_bytes` what it holds, `promised_bytes` what uploads that go on were "
        "promised. Delete files, upload less, or ask an admin of the project for a larger quota."
    )


class RemovalCarriedOut(Problem):
    code, status = "removal-carried-out", HTTPStatus.CONFLICT
    title = "The files are being deleted already"
    advice = "Deleted files can be taken back for half a minute. After it they are gone."
