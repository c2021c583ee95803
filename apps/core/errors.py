"""Failures that a client can act on. Each is a class, an RFC 9457 document, and a page of docs/problems/."""

from http import HTTPStatus
from typing import Any, ClassVar


class Problem(Exception):
    """A failure that the user, or a remote system, can cause.

    `detail` is one sentence for a person; `members` are further values for programs (JSON-safe);
    `errors` lists wrong fields as {"pointer": "/roles/0/replicas", "detail": "..."}.
    """

    code: ClassVar[str]
    status: ClassVar[HTTPStatus]
    title: ClassVar[str]

    def __init__(self, detail: str = "", *, errors: list[dict[str, str]] | None = None, **members: Any) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.errors = errors or []
        self.members = members

    def as_document(self) -> dict[str, Any]:
        """The body of an application/problem+json answer."""
        document: dict[str, Any] = {
            "type": f"/problems/{self.code}",
            "title": self.title,
            "status": int(self.status),
            **self.members,
        }
        if self.detail:
            document["detail"] = self.detail
        if self.errors:
            document["errors"] = self.errors
        return document


class InvalidRequest(Problem):
    code, status = "invalid-request", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "Some fields are not as they should be"


class NotVisible(Problem):
    code, status = "not-found", HTTPStatus.NOT_FOUND
    title = "There is nothing here that you may see"


class PermissionRefused(Problem):
    code, status = "permission-denied", HTTPStatus.FORBIDDEN
    title = "You may see this, but not do that"


class Conflict(Problem):
    code, status = "conflict", HTTPStatus.CONFLICT
    title = "The state of the object does not allow this"


class ChangedMeanwhile(Problem):
    code, status = "changed-meanwhile", HTTPStatus.PRECONDITION_FAILED
    title = "Somebody changed it since you read it"


class MatchRequired(Problem):
    code, status = "match-required", HTTPStatus.PRECONDITION_REQUIRED
    title = "Say which version you change, with If-Match"


class KeyReused(Problem):
    code, status = "idempotency-key-reused", HTTPStatus.CONFLICT
    title = "This Idempotency-Key was used with another body"


class NameTaken(Problem):
    code, status = "name-taken", HTTPStatus.CONFLICT
    title = "The name is taken"


class Unavailable(Problem):
    code, status = "unavailable", HTTPStatus.SERVICE_UNAVAILABLE
    title = "A system that this needs does not answer"
