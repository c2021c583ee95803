"""What an act on a secret can be refused for."""

from http import HTTPStatus

from apps.core.errors import Problem


class NewestVersion(Problem):
    code, status = "newest-version", HTTPStatus.CONFLICT
    title = "The newest version of a secret is not destroyed by itself"
    advice = (
        "What is submitted next would find no value. Rotate the secret first and destroy the old version then, or destroy "
        "the whole secret."
    )


class SecretGone(Problem):
    code, status = "secret-gone", HTTPStatus.GONE
    title = "The value was destroyed"
    advice = (
        "A destroyed secret, or version of one, cannot be brought back. Create the secret anew, or rotate it, and submit "
        "again; a job that names no version takes the newest."
    )
