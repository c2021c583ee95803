"""The admin interface of a Pulsar cluster: plain values in and out, its refusals as exceptions."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import orjson
import requests
from django.utils import timezone

from apps.core.errors import Unavailable
from apps.core.outward import Refused, new_session

MOST_BYTES = 8 * 1024 * 1024


class NotFound(Exception):
    """There is no such thing."""


class Conflict(Exception):
    """It is there already, or its state does not allow that."""


class Forbidden(Exception):
    """The token is not taken (401), or its role may not do that (403): Pulsar uses both for both."""


# Whatever it may say to what nothing of ours did wrong.
FAILURES = (Unavailable, Conflict, Forbidden, NotFound)


class Client:
    """One cluster, as whoever the token names. Raises Unavailable when it does not answer."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._session = new_session()
        # How far its clock was before ours when it last answered; to the second, as the header Date is.
        self.skew_seconds: int | None = None
        self._session.headers["Authorization"] = f"Bearer {token}"

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def get(self, path: str) -> Any:
        return self._ask("GET", f"/admin/v2{path}")

    def lookup(self, topic: str) -> Any:
        """Which broker serves the topic; asks for no more than the right to write to it."""
        return self._ask("GET", f"/lookup/v2/topic/{topic}")

    def post(self, path: str, body: Any = None) -> None:
        self._ask("POST", f"/admin/v2{path}", body)

    def put(self, path: str, body: Any = None) -> None:
        self._ask("PUT", f"/admin/v2{path}", body)

    def delete(self, path: str) -> None:
        """What is not there is deleted."""
        try:
            self._ask("DELETE", f"/admin/v2{path}")
        except NotFound:
            return

    def make(self, path: str, body: Any = None) -> None:
        """What is there is made."""
        try:
            self.put(path, body)
        except Conflict:
            return

    def clusters(self) -> Sequence[str]:
        return list(self.get("/clusters"))

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else orjson.dumps(body)
        headers = {} if body is None else {"Content-Type": "application/json"}
        try:
            asked = self._session.request(
                method, f"{self._url}{path}", data=data, headers=headers, stream=True, allow_redirects=False
            )
            with closing(asked) as answer:
                text = answer.raw.read(MOST_BYTES, decode_content=True)
        except Refused as refusal:
            raise Unavailable(str(refusal)) from refusal
        except (requests.RequestException, OSError) as error:
            if isinstance(error.__context__, Refused):
                raise Unavailable(str(error.__context__)) from error
            raise Unavailable(f"{self._url} does not answer.") from error
        if said := parse_date(answer.headers.get("Date")):
            self.skew_seconds = round((said - timezone.now()).total_seconds())
        if answer.status_code in (401, 403):
            raise Forbidden(_reason(text))
        if answer.status_code == 404:
            raise NotFound(_reason(text))
        if answer.status_code in (409, 412):
            raise Conflict(_reason(text))
        if not answer.ok or answer.is_redirect:
            raise Unavailable(f"{self._url} answered {answer.status_code}: {_reason(text)}")
        try:
            return orjson.loads(text) if text else None
        except orjson.JSONDecodeError:
            return text.decode(errors="replace")


def parse_date(header: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(header) if header else None
    except ValueError:
        return None


def _reason(text: bytes) -> str:
    try:
        return str(orjson.loads(text)["reason"])[:300]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return ""
