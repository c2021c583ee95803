"""The administration of the Caddy that stands before apps."""

from typing import Any

import httpx

from apps.core.errors import Unavailable

SECONDS = 10


class Caddy:
    """Asked over its Unix socket."""

    def __init__(self, socket: str) -> None:
        self._http = httpx.Client(
            transport=httpx.HTTPTransport(uds=socket), base_url="http://caddy", timeout=SECONDS, trust_env=False
        )

    def has(self, mark: str) -> bool:
        """Whether what it was given last holds an object with the `@id` mark. Raises Unavailable."""
        try:
            return self._http.get(f"/id/{mark}").is_success
        except httpx.HTTPError as error:
            raise Unavailable(f"The server before apps does not answer: {error}.") from error

    def load(self, configuration: dict[str, Any]) -> None:
        """Give it this configuration and no other, at once and without interrupting a request. Raises Unavailable."""
        try:
            answer = self._http.post("/load", json=configuration)
        except httpx.HTTPError as error:
            raise Unavailable(f"The server before apps does not answer: {error}.") from error
        if not answer.is_success:
            raise Unavailable(f"The server before apps refuses what it is given: {answer.text[:300]}")
