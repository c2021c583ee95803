"""What can go wrong: one class for each failure that a program can act on.

Every refusal of the portal is an RFC 9457 problem; its `code` is the last part of its type, and /problems/<code> says what
to do.
A code that this version does not know is raised as the class of its status.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any


class HanseError(Exception):
    """Base of everything that is raised here."""


class NotConfigured(HanseError):
    """No portal, no token or no project is known; the message says how to name one."""


class Unreachable(HanseError):
    """The portal did not answer, again and again, for as long as the client was told to be patient."""


class TimedOut(HanseError):
    """What was waited for did not come in time. `last` is what was seen last."""

    def __init__(self, message: str, last: Any) -> None:
        super().__init__(message)
        self.last = last


class ApiError(HanseError):
    """The portal refused. `problem` is its document; `errors` names wrong fields, as {"pointer", "detail"}."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status, self.problem = status, dict(problem)
        self.code = str(problem.get("type", "")).rpartition("/")[2]
        self.title = str(problem.get("title") or f"Status {status}")
        self.detail = str(problem.get("detail", ""))
        self.errors: list[dict[str, str]] = list(problem.get("errors", ()))
        self.request_id = str(problem.get("request_id", ""))
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        wrong = [f"{error.get('pointer')}: {error.get('detail')}" for error in self.errors]
        return "\n  ".join([f"{self.title}. {self.detail}".strip(), *wrong])


class InvalidRequest(ApiError):
    """Some fields are not as they should be; nothing was changed."""


class NotSignedIn(ApiError):
    """The token is unknown, expired or revoked, or there is none."""


class PermissionRefused(ApiError):
    """You may see it, but not do that."""


class NotFound(ApiError):
    """There is nothing there that you may see."""


class Conflict(ApiError):
    """The state of the object does not allow this, or somebody changed it since it was read."""


class NoQuota(ApiError):
    """No quota covers this request."""


class NeverFits(NoQuota):
    """No cluster could ever hold this request, even empty."""


class TooManyRequests(ApiError):
    """More than one may ask in a minute, or have open at once."""


class Unavailable(ApiError):
    """A system that the portal needs does not answer; nothing was changed."""


_BY_CODE: dict[str, type[ApiError]] = {
    "never-fits": NeverFits,
    "no-quota": NoQuota,
    "shares-exceed-quota": NoQuota,
}
_BY_STATUS: dict[int, type[ApiError]] = {
    HTTPStatus.BAD_REQUEST: InvalidRequest,
    HTTPStatus.UNAUTHORIZED: NotSignedIn,
    HTTPStatus.FORBIDDEN: PermissionRefused,
    HTTPStatus.NOT_FOUND: NotFound,
    HTTPStatus.CONFLICT: Conflict,
    HTTPStatus.GONE: NotFound,
    HTTPStatus.PRECONDITION_FAILED: Conflict,
    HTTPStatus.UNPROCESSABLE_ENTITY: InvalidRequest,
    HTTPStatus.TOO_MANY_REQUESTS: TooManyRequests,
    HTTPStatus.BAD_GATEWAY: Unavailable,
    HTTPStatus.SERVICE_UNAVAILABLE: Unavailable,
    HTTPStatus.GATEWAY_TIMEOUT: Unavailable,
}


def of(status: int, problem: Mapping[str, Any]) -> ApiError:
    """The error that a refusal is."""
    code = str(problem.get("type", "")).rpartition("/")[2]
    return _BY_CODE.get(code, _BY_STATUS.get(status, ApiError))(status, problem)
