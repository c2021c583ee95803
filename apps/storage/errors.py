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
    advice = (
        "Only an empty bucket is removed, so that nobody loses files by its name. Delete its files first, and the versions "
        "of datasets that were made of it: they take of its room."
    )


class BucketFull(Problem):
    code, status = "bucket-full", HTTPStatus.CONFLICT
    title = "The bucket has no room for this"
    advice = (
        "`quota_bytes` is what it may hold, `used_bytes` what it holds, `kept_bytes` what versions of datasets take that "
        "were made of it, `promised_bytes` what uploads that go on were promised. Delete files or versions, upload less, or "
        "ask an admin of the project for a larger quota."
    )


class RemovalCarriedOut(Problem):
    code, status = "removal-carried-out", HTTPStatus.CONFLICT
    title = "The files are being deleted already"
    advice = "Deleted files can be taken back for half a minute. After it they are gone."


class DatasetNotEmpty(Problem):
    code, status = "dataset-not-empty", HTTPStatus.CONFLICT
    title = "The dataset has versions"
    advice = "Only a dataset without versions is removed, so that nobody loses data by its name. Delete its versions first."


class VersionUsed(Problem):
    code, status = "version-used", HTTPStatus.CONFLICT
    title = "The version is used"
    advice = "Wait until the jobs that read it are over, or cancel them; then delete it."


class VersionHeld(Problem):
    code, status = "version-held", HTTPStatus.CONFLICT
    title = "The version is held"
    advice = "Somebody wrote down why it must not be deleted. Empty `hold` first, if that is over."


class VersionNotReady(Problem):
    code, status = "version-not-ready", HTTPStatus.CONFLICT
    title = "The version is not ready"
    advice = "It is read once all of it is copied. Its `phase` and `why` say how far that is."


class VolumeUsed(Problem):
    code, status = "volume-used", HTTPStatus.CONFLICT
    title = "The volume is used"
    advice = (
        "`mounted_by` names what mounts it. Wait until that is over, or stop it; then delete the volume. What is being "
        "deleted already is not changed any more."
    )


class VolumeLimitReached(Problem):
    code, status = "volume-limit-reached", HTTPStatus.CONFLICT
    title = "The tenant may have no more volumes, or no larger ones"
    advice = "Delete volumes that nobody needs, ask for a smaller one, or ask the platform's administrators for more."


class VolumeFull(Problem):
    code, status = "volume-full", HTTPStatus.CONFLICT
    title = "The volume has no room for this"
    advice = "Delete files of it, upload less, or ask an admin of the project for a larger one. It is measured now and then."


class VolumeFilesOutOfReach(Problem):
    code, status = "volume-files-out-of-reach", HTTPStatus.CONFLICT
    title = "The files of the volume are not within reach"
    advice = (
        "The portal reads and writes files of volumes that are directories of its own machine. Those of a cluster are "
        "reached by jobs that mount them; `detail` says what it is here."
    )


class NotAPlainFile(Problem):
    code, status = "not-a-plain-file", HTTPStatus.CONFLICT
    title = "What has this name is not what was meant"
    advice = (
        "A folder where a file was meant or the other way round, or a link, a device, a pipe: these are listed and can be "
        "deleted, and are neither followed nor read."
    )
