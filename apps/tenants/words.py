"""The English of the sentences that tenants say, by code; the console has the Chinese (shared/i18n/said.zh.ts)."""

from apps.core import sentences

_WORDS = {
    "removal-jobs-stop": "Waits for {count} jobs to stop.",
    "removal-jobs-blocked": "A job cannot be stopped: {problem}",
    "removal-files-read": "Waits for the last log lines and artifacts of {count} jobs to be taken over.",
    "removal-volumes": "A volume cannot be deleted: {problem}",
    "removal-backup": "Waits for a backup that runs now: it copies what is to be deleted.",
    "removal-store": "The store of objects does not delete them: {problem} Whoever runs this portal can give it room and "
    "rights, or bring it back.",
    "removal-projects": "Waits for {count} projects, which are removed first.",
    "removal-comes-back": "Something new was found there at the last moment; it is looked at again.",
    "effect-project-removed": "is removed with everything in it",
    "effect-revoked": "is revoked",
    "effect-account-ends": "ends, with its tokens",
}


def register() -> None:
    sentences.register(_WORDS)
