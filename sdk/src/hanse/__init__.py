"""Client of Hanse, the portal for shared AI compute."""

from hanse import types
from hanse.client import Client
from hanse.errors import (
    ApiError,
    Conflict,
    HanseError,
    InvalidRequest,
    NeverFits,
    NoQuota,
    NotFound,
    NotSignedIn,
    PermissionRefused,
    TimedOut,
    TooManyRequests,
    Unavailable,
    Unreachable,
)
from hanse.following import Lost
from hanse.version import __version__

__all__ = [
    "ApiError",
    "Client",
    "Conflict",
    "HanseError",
    "InvalidRequest",
    "Lost",
    "NeverFits",
    "NoQuota",
    "NotFound",
    "NotSignedIn",
    "PermissionRefused",
    "TimedOut",
    "TooManyRequests",
    "Unavailable",
    "Unreachable",
    "__version__",
    "types",
]
