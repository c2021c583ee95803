"""Requests that survive restarts: what may be repeated is repeated, with growing pauses, for a while.

Repeated are requests that read, POSTs (they carry an Idempotency-Key, so the portal does them once), and whatever could
not even be sent or was answered with 429 or 503, which say that nothing was done.
"""

import platform
import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx

from hanse import errors
from hanse.version import __version__

PATIENCE_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 5.0
_NOTHING_WAS_DONE = (429, 503)
_OF_PROXIES = (502, 504)

Query = Mapping[str, Any]


class Pauses:
    """Growing pauses of one attempt after the other; `left` says whether there is patience for another."""

    def __init__(self, patience: float) -> None:
        self._until = time.monotonic() + patience
        self._next = 0.2

    @property
    def left(self) -> bool:
        return time.monotonic() < self._until

    def pause(self, at_least: float = 0.0) -> None:
        seconds = max(at_least, self._next * random.uniform(0.6, 1.0))  # noqa: S311 - jitter, no secret
        time.sleep(min(seconds, max(self._until - time.monotonic(), 0.0) + 0.1))
        self._next = min(self._next * 2, LONGEST_PAUSE_SECONDS)


class Transport:
    """`patience`: for how many seconds a portal that does not answer is asked again; `timeout`: of one request."""

    def __init__(
        self, address: str, token: str, *, timeout: float = 30.0, patience: float = PATIENCE_SECONDS, verify: Any = True
    ) -> None:
        self.address = address.rstrip("/")
        self.patience = patience
        agent = f"hanse-sdk/{__version__} python/{platform.python_version()}"
        headers = {"User-Agent": agent, **({"Authorization": f"Bearer {token}"} if token else {})}
        self.http = httpx.Client(
            base_url=self.address, headers=headers, timeout=httpx.Timeout(timeout, connect=10.0), verify=verify
        )

    def close(self) -> None:
        self.http.close()

    def ask(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: Any = None,
        content: bytes | None = None,
        media_type: str = "",
        idempotency_key: str | None = None,
        if_match: str | None = None,
        accept: str | None = None,
        timeout: float | None = None,
    ) -> Any:
        """The answer: a document when it is JSON, else text; None when it is empty. Raises ApiError or Unreachable."""
        response = self.request(
            method,
            path,
            query=query,
            body=body,
            content=content,
            media_type=media_type,
            idempotency_key=idempotency_key,
            if_match=if_match,
            accept=accept,
            timeout=timeout,
        )
        if not response.content:
            return None
        return response.json() if "json" in response.headers.get("Content-Type", "") else response.text

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: Any = None,
        content: bytes | None = None,
        media_type: str = "",
        idempotency_key: str | None = None,
        if_match: str | None = None,
        accept: str | None = None,
        timeout: float | None = None,
    ) -> httpx.Response:
        headers = {"Accept": accept} if accept else {}
        if content is not None:
            headers["Content-Type"] = media_type
        if method == "POST":
            headers["Idempotency-Key"] = idempotency_key or uuid4().hex
        if method in ("PUT", "PATCH", "DELETE"):
            headers["If-Match"] = if_match or "*"
        request = self.http.build_request(
            method,
            path,
            params=_given(query),
            json=body,
            content=content,
            headers=headers,
            timeout=httpx.USE_CLIENT_DEFAULT if timeout is None else timeout,
        )
        return self._send(request, may_repeat=method in ("GET", "HEAD", "POST"))

    def _send(self, request: httpx.Request, *, may_repeat: bool) -> httpx.Response:
        pauses = Pauses(self.patience)
        while True:
            try:
                response = self.http.send(request)
            except httpx.TransportError as error:
                if not pauses.left or not (may_repeat or isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)):
                    raise errors.Unreachable(f"{self.address} does not answer: {_words(error)}.") from error
                pauses.pause()
                continue
            again = response.status_code in _NOTHING_WAS_DONE or (may_repeat and response.status_code in _OF_PROXIES)
            if not again or not pauses.left:
                return checked(response)
            pauses.pause(at_least=_retry_after(response))

    @contextmanager
    def stream(
        self, path: str, *, query: Query | None = None, accept: str, silent_seconds: float
    ) -> Iterator[httpx.Response]:
        """An answer that is read as it comes. Raises httpx.TransportError when it breaks; nothing is repeated."""
        timeout = httpx.Timeout(silent_seconds, connect=10.0)
        headers = {"Accept": accept}
        with self.http.stream("GET", path, params=_given(query), headers=headers, timeout=timeout) as response:
            if response.is_error:
                response.read()
            yield checked(response)


def checked(response: httpx.Response) -> httpx.Response:
    """Raises the ApiError that the answer is, if it is one."""
    if response.is_success:
        return response
    try:
        problem = response.json()
    except ValueError:
        problem = {"title": f"{response.request.url} answered {response.status_code}", "detail": response.text[:200]}
    raise errors.of(response.status_code, problem if isinstance(problem, dict) else {})


def _given(query: Query | None) -> dict[str, Any]:
    return {name: value for name, value in (query or {}).items() if value is not None}


def _retry_after(response: httpx.Response) -> float:
    given = response.headers.get("Retry-After", "")
    return float(given) if given.isdecimal() else 0.0


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
