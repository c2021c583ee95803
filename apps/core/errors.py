"""Failures that a client can act on. Each is a class, an RFC 9457 document, and a page at /problems/<code>."""

from http import HTTPStatus
from typing import Any, ClassVar


class Problem(Exception):
    """A failure that the user, or a remote system, can cause.

    `detail` is one sentence for a person; `members` are further values for programs (JSON-safe);
    `errors` lists wrong fields as {"pointer": "/roles/0/replicas", "detail": "..."}.
    `advice` is the text of the problem's page: what whoever meets it can do.
    """

    code: ClassVar[str]
    status: ClassVar[HTTPStatus]
    title: ClassVar[str]
    advice: ClassVar[str] = ""

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


def known_problems() -> dict[str, type[Problem]]:
    """Every class of problem that the loaded apps define, by its code."""
    found: dict[str, type[Problem]] = {}
    unseen: list[type[Problem]] = [Problem]
    while unseen:
        below = unseen.pop().__subclasses__()
        unseen += below
        found.update({problem.code: problem for problem in below if "code" in vars(problem)})
    return dict(sorted(found.items()))


class InvalidRequest(Problem):
    code, status = "invalid-request", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "Some fields are not as they should be"
    advice = (
        "`errors` names each place with a JSON pointer (`/roles/0/replicas`), a query parameter with `?name`, and says what "
        "is expected there. Correct them and send the request again; nothing was changed."
    )


class MalformedRequest(Problem):
    code, status = "malformed-request", HTTPStatus.BAD_REQUEST
    title = "The request cannot be read"
    advice = "The body is no JSON or YAML, or the request line or a header is broken; `detail` says where reading stopped."


class NotSignedIn(Problem):
    code, status = "not-signed-in", HTTPStatus.UNAUTHORIZED
    title = "Sign in first"
    advice = (
        "In the browser: sign in again. A program sends `Authorization: Bearer hns_...`; make one on the page *API tokens*. "
        "A token that was revoked, or whose time is over, is answered like one that never was."
    )


class SecretShown(Problem):
    code, status = "secret-shown", HTTPStatus.GONE
    title = "What was to be shown once is there no more"
    advice = "A secret is handed out once, within ten minutes. Ask for a new one; the old one ends by itself."


class NotVisible(Problem):
    code, status = "not-found", HTTPStatus.NOT_FOUND
    title = "There is nothing here that you may see"
    advice = (
        "Either it does not exist, or you have no role that shows it to you: the two are answered alike. "
        "Check the address; if it is right, ask an owner or admin of the tenant for a role."
    )


class PermissionRefused(Problem):
    code, status = "permission-denied", HTTPStatus.FORBIDDEN
    title = "You may see this, but not do that"
    advice = (
        "`permission` names what is missing. The page *Permissions* says which roles hold it; an owner or admin of the "
        "tenant gives roles. A token also needs the permission in its own scope."
    )


class SecondFactorNeeded(Problem):
    code, status = "second-factor-needed", HTTPStatus.FORBIDDEN
    title = "Your roles count once you have a second factor"
    advice = (
        "The platform or the tenant asks its people for a second factor. Sign in to the console and add an authenticator "
        "app or a passkey under *Profile*; your roles, and your API tokens, work again from that moment."
    )


class CsrfFailed(Problem):
    code, status = "csrf-failed", HTTPStatus.FORBIDDEN
    title = "The request does not prove that it came from the console"
    advice = (
        "A change by session sends the cookie `hanse_csrf` also as the header `X-CSRFToken`, from the console's own origin. "
        "Reload the page. Programs use a token instead of a session and need none of this."
    )


class MethodNotAllowed(Problem):
    code, status = "method-not-allowed", HTTPStatus.METHOD_NOT_ALLOWED
    title = "This address does not answer that method"
    advice = "The header `Allow` lists the methods that it does answer; /api/v1/docs/ has them all."


class NotAcceptable(Problem):
    code, status = "not-acceptable", HTTPStatus.NOT_ACCEPTABLE
    title = "There is no answer of the kind that you accept"
    advice = "Answers are application/json; send that, or `*/*`, as `Accept`."


class UnsupportedMediaType(Problem):
    code, status = "unsupported-media-type", HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    title = "Bodies of this kind are not read here"
    advice = "Send application/json or application/yaml, and name it in `Content-Type`."


class TooLarge(Problem):
    code, status = "too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    title = "The request is too large"
    advice = "Bodies of the API are at most 1 MiB. Files do not travel through it; a workload writes them as artifacts."


class Conflict(Problem):
    code, status = "conflict", HTTPStatus.CONFLICT
    title = "The state of the object does not allow this"
    advice = "`detail` says which state stands in the way. Read the object again; `acts` lists what is possible now."


class ChangedMeanwhile(Problem):
    code, status = "changed-meanwhile", HTTPStatus.PRECONDITION_FAILED
    title = "Somebody changed it since you read it"
    advice = "Read it again, look at what changed, and repeat your change with the new ETag as `If-Match`."


class MatchRequired(Problem):
    code, status = "match-required", HTTPStatus.PRECONDITION_REQUIRED
    title = "Say which version you change, with If-Match"
    advice = "Send the ETag of the answer in which you read the object as `If-Match`; `*` changes whatever is there."


class KeyReused(Problem):
    code, status = "idempotency-key-reused", HTTPStatus.CONFLICT
    title = "This Idempotency-Key was used with another body"
    advice = "A key belongs to one request. Repeat a request with the same key and body; use a new key for a new request."


class NameTaken(Problem):
    code, status = "name-taken", HTTPStatus.CONFLICT
    title = "The name is taken"
    advice = (
        "Names are unique where they are used in addresses. Choose another; what holds this one may not be visible to you."
    )

    def __init__(self, detail: str, *, at: str = "", **members: Any) -> None:
        """`at` points to the field that holds the name, such as "/slug"."""
        super().__init__(detail, errors=[{"pointer": at, "detail": detail}] if at else None, **members)


class TooManyRequests(Problem):
    code, status = "too-many-requests", HTTPStatus.TOO_MANY_REQUESTS
    title = "That is more than one may ask in a minute"
    advice = "Wait as many seconds as `Retry-After` says. Follow changes by WebSocket instead of asking again and again."


class Busy(Problem):
    code, status = "busy", HTTPStatus.SERVICE_UNAVAILABLE
    title = "Others are at work on the same thing"
    advice = "Nothing was changed. Repeat the request after the seconds of `Retry-After`, with the same Idempotency-Key."


class Unavailable(Problem):
    code, status = "unavailable", HTTPStatus.SERVICE_UNAVAILABLE
    title = "A system that this needs does not answer"
    advice = "Nothing was changed. Repeat the request after the seconds of `Retry-After`; /readyz says what is missing."


class InternalError(Problem):
    code, status = "internal-error", HTTPStatus.INTERNAL_SERVER_ERROR
    title = "Something went wrong on our side; it has been logged"
    advice = "Give `request_id` to whoever runs this installation: the log holds everything about it under that id."
