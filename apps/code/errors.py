"""What an archive of code can be refused for."""

from http import HTTPStatus

from apps.core.errors import Problem


class ArchiveRefused(Problem):
    """`errors` lists the entries that are refused, by their names in the archive."""

    code, status = "archive-refused", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "The archive cannot be taken as code"
    advice = (
        "Archives are tar.gz or zip, of plain files and directories below one place: no links, no devices, no absolute "
        "paths, no `..`. `errors` names the entries that are something else. Leave them out and pack again, such as with "
        "`tar --exclude .git --dereference -czf code.tar.gz .`; nothing was kept."
    )


class ArchiveTooLarge(Problem):
    """`most` says the limit, and of what."""

    code, status = "archive-too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    title = "The archive holds more than code may"
    advice = (
        "Data, models and environments are no code. Leave them out of the archive, and let the job fetch them. The limits "
        "are in docs/how-to/bring-code; whoever runs the portal sets the size with HANSE_CODE_BYTES."
    )


class CodeInUse(Problem):
    code, status = "code-in-use", HTTPStatus.CONFLICT
    title = "A job still refers to this code"
    advice = "Code is kept as long as a job that used it. Remove those jobs first, or let their retention end."
