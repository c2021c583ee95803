"""Downloads: written while they are read, and cut when whoever reads may no longer.

A request's transaction is over when its answer goes out. What is still to be read is read in short transactions of its
own, each entered anew, so that none is open while bytes are on their way to somebody slow.
"""

import errno
from collections.abc import Iterable, Iterator
from time import monotonic

from django.db import DatabaseError, InterfaceError
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from apps.core import walls
from apps.core.api.views import ResourceViewSet
from apps.core.errors import Problem
from apps.tenants import access

CHECKED_EVERY_SECONDS = 2.0
AT_ONCE_BYTES, AT_ONCE_SECONDS = 256 * 1024, 0.5


def download(
    view: ResourceViewSet, pieces: Iterable[bytes], *, media_type: str, headers: dict[str, str]
) -> StreamingHttpResponse:
    """An answer of these pieces, which ends in the middle when what `view` asked of its actor no longer holds."""
    return StreamingHttpResponse(_while_allowed(view, iter(pieces)), content_type=media_type, headers=headers)


def download_file(
    view: ResourceViewSet, pieces: Iterable[bytes], *, name: str, size_bytes: int, sha256: str = ""
) -> StreamingHttpResponse:
    """A file that somebody wrote, as an attachment of no particular type: it is never shown from the console's origin."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "Content-Length": str(size_bytes),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        **({"Digest": f"sha-256={sha256}"} if sha256 else {}),
    }
    return download(view, pieces, media_type="application/octet-stream", headers=headers)


def _while_allowed(view: ResourceViewSet, pieces: Iterator[bytes]) -> Iterator[bytes]:
    checked_at = monotonic()
    while True:
        try:
            with walls.transaction():
                if monotonic() - checked_at > CHECKED_EVERY_SECONDS:
                    _check(view)
                    checked_at = monotonic()
                else:
                    access.enter_once_more(view.actor)
                block = _next(pieces)
        except (Problem, DatabaseError, InterfaceError) as end:
            # As if the line were cut: the reader must not take what they have for the whole.
            raise ConnectionResetError(errno.ECONNRESET, "the download was ended") from end
        if not block:
            return
        yield block


def _check(view: ResourceViewSet) -> None:
    """Raise a Problem unless the actor, as they are now, may do what the view was asked for."""
    view.actor = access.again(view.actor)
    view.authorize(view.permissions[view.action])


def _next(pieces: Iterator[bytes]) -> bytes:
    """The next pieces, as many as come in a moment; nothing when there are no more."""
    began, size, taken = monotonic(), 0, []
    for piece in pieces:
        taken.append(piece)
        size += len(piece)
        if size >= AT_ONCE_BYTES or monotonic() - began > AT_ONCE_SECONDS:
            break
    return b"".join(taken)
