"""The one floor of everything that speaks to a Kubernetes API server: JSON in, JSON out, and failures of ours.

The official client carries the requests. What it connects to is the address that was checked, under TLS that is verified;
no file, proxy or setting of this machine is looked at, no redirect followed, and every step has a time-out.
"""

import os
import re
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import orjson
import urllib3

from apps.clusters.access import Access
from apps.core import outward
from apps.core.errors import Unavailable

if TYPE_CHECKING:
    from kubernetes.client import ApiClient

CONNECT_SECONDS, READ_SECONDS = 3.0, 3.0
MANAGER = "hanse"
PAGE = 500
_POOLED_CONNECTIONS = 16
# How the API server says that a rule of the cluster is against it; with 403 as well as 400 and 422.
_DENIED = re.compile(
    r"admission webhook .+ denied the request|ValidatingAdmissionPolicy .+ denied request|violates PodSecurity", re.DOTALL
)
_PATCHES = {"merge": "application/merge-patch+json", "json": "application/json-patch+json"}

Json = dict[str, Any]
Query = Mapping[str, str | int | bool] | Sequence[tuple[str, str | int | bool]]


class Refused(Exception):
    """The cluster understood, and will not; asking the same again is of no use. `reason` is Kubernetes' word for why."""

    def __init__(self, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


class NotFound(Refused):
    """There is no such object, or no such kind."""


class Conflict(Refused):
    """It was changed meanwhile, belongs to another field manager, or is there already (`reason` is AlreadyExists)."""


class Invalid(Refused):
    """An object that the cluster does not take; the message names the fields."""


class Denied(Invalid):
    """A rule of the cluster does not let it in: an admission webhook, a policy, or the Pod Security level."""


class Guarded(Refused):
    """A disruption budget does not let this pod go now; it may later."""


class Expired(Refused):
    """The resourceVersion, or the page, is too old: list again."""


class Forbidden(Unavailable):
    """The account may not do this. A Problem, as it is an operator who has to act."""


class Ending(Forbidden):
    """Nothing new is made in a namespace that is being deleted."""


class NotTrusted(Unavailable):
    """It is not proven to be the cluster."""


class NotAccepted(Unavailable):
    """The cluster does not take the credential."""


class Client:
    """One API server. May be used by several threads at once."""

    def __init__(self, access: Access) -> None:
        self.host = urlsplit(access.server).netloc
        self._api = _official(access)

    def get(self, path: str, query: Query = (), *, accept: str = "application/json") -> Json:
        return self._json("GET", path, query, accept=accept)

    def pages(self, path: str, query: Query = (), *, size: int = PAGE) -> Iterator[Json]:
        """A list, a page at a time. Raises Expired when it took too long: begin again."""
        following = ""
        while True:
            page = self.get(path, [*_pairs(query), ("limit", size), *([("continue", following)] if following else [])])
            yield page
            following = page.get("metadata", {}).get("continue") or ""
            if not following:
                return

    def create(self, path: str, manifest: Json, *, dry_run: bool = False) -> Json:
        """Raises Conflict (AlreadyExists) when there is one of this name."""
        return self._json("POST", path, [("fieldManager", MANAGER), *_dry(dry_run)], manifest)

    def apply(
        self, path: str, manifest: Json, *, manager: str = MANAGER, force: bool = False, dry_run: bool = False
    ) -> Json:
        """Server-side apply of the object at `path`, made if need be. Raises Conflict when others own its fields."""
        query: Query = [("fieldManager", manager), ("force", force), *_dry(dry_run)]
        return self._json("PATCH", path, query, manifest, content_type="application/apply-patch+yaml")

    def patch(self, path: str, changes: Any, *, kind: Literal["merge", "json"] = "merge", dry_run: bool = False) -> Json:
        query = [("fieldManager", MANAGER), *_dry(dry_run)]
        return self._json("PATCH", path, query, changes, content_type=_PATCHES[kind])

    def delete(
        self,
        path: str,
        *,
        propagation: Literal["Background", "Foreground", "Orphan"] = "Background",
        uid: str = "",
        grace_seconds: int | None = None,
    ) -> None:
        """Delete what is there (with `uid`: only that very object); what is gone already is gone."""
        options: Json = {"kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": propagation}
        if uid:
            options["preconditions"] = {"uid": uid}
        if grace_seconds is not None:
            options["gracePeriodSeconds"] = grace_seconds
        with suppress(NotFound):
            self._json("DELETE", path, (), options)

    @contextmanager
    def stream(self, path: str, query: Query = (), *, read_seconds: float) -> Iterator["urllib3.BaseHTTPResponse"]:
        """An answer that goes on coming (a watch, a log). `read_seconds`: the longest silence. `shutdown()` ends a read."""
        with self._translated():
            answer = self._send("GET", path, query, read_seconds=read_seconds, stream=True)
            try:
                yield answer
            finally:
                answer.close()

    def close(self) -> None:
        self._api.rest_client.pool_manager.clear()

    def _json(self, method: str, path: str, query: Query, body: Any = None, **how: Any) -> Json:
        with self._translated():
            answer = self._send(method, path, query, body, **how)
        document = orjson.loads(answer.data) if answer.data else {}
        return document if isinstance(document, dict) else {}

    def _send(
        self,
        method: str,
        path: str,
        query: Query,
        body: Any = None,
        *,
        content_type: str = "application/json",
        accept: str = "application/json, */*",
        read_seconds: float = READ_SECONDS,
        stream: bool = False,
    ) -> Any:
        return self._api.rest_client.request(
            method,
            self._api.configuration.host + path,
            query_params=[(name, _word(value)) for name, value in _pairs(query)],
            headers={**self._api.default_headers, "Accept": accept, "Content-Type": content_type},
            body=body,
            _preload_content=not stream,
            _request_timeout=(CONNECT_SECONDS, read_seconds),
        )

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """The failures of the official client and of the network as ours."""
        from kubernetes.client import ApiException

        try:
            yield
        except ApiException as error:
            raise (
                answered(self.host, error.status, error.body, str(error.reason or ""))
                if error.status
                else not_trusted(self.host, str(error.reason))
            ) from error
        except outward.Refused as error:
            raise Unavailable(f"{error} An operator must correct the address of the cluster.") from error
        except urllib3.exceptions.TimeoutError as error:
            raise Unavailable(f"{self.host} did not answer in time.") from error
        except (urllib3.exceptions.SSLError, ssl.SSLError) as error:
            raise not_trusted(self.host, str(error)) from error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            cause = error.args[-1] if error.args and isinstance(error.args[-1], Exception) else error
            if isinstance(cause, TimeoutError):
                raise Unavailable(f"{self.host} did not answer in time.") from error
            raise Unavailable(f"{self.host} cannot be reached: {_words(cause)}.") from error


def answered(host: str, code: int, body: Any, said: str = "") -> Exception:
    """What an answer that is no success means. said: what it said besides its body."""
    status = _status_of(body)
    message = str(status.get("message") or said).strip()[:1000]
    reason = str(status.get("reason") or "")
    match code:
        case 401:
            return NotAccepted(
                f"{host} does not accept the credential of Hanse; an operator must give a new one on the cluster's page."
            )
        case _ if code < 500 and is_denied(message):
            return Denied(message, reason)
        case 403 if _cause(status, "NamespaceTerminating"):
            return Ending(f"Its namespace is being deleted: {message}")
        case 403:
            return Forbidden(f"The cluster does not permit it; an operator must grant it there: {message}")
        case 404:
            return NotFound(message, reason)
        case 409:
            return Conflict(message, reason)
        case 410:
            return Expired(message, reason)
        case 429 if guard := _cause(status, "DisruptionBudget"):
            return Guarded(guard)
        case 429:
            return Unavailable(f"{host} is asked too much at the moment.")
        case _ if 300 <= code < 400:
            return Unavailable(f"{host} sends requests elsewhere; an operator must give the address it means.")
        case _ if code < 500:
            return Invalid(message, reason)
        case _:
            return Unavailable(f"{host} answered {code}: {message}")


def not_trusted(host: str, said: str) -> NotTrusted:
    """What a failure of TLS means."""
    if "mismatch" in said or "doesn't match" in said:
        why = "its certificate is of another name; give the name in it as `tls_server_name`"
    elif "expired" in said:
        why = "its certificate expired"
    elif "CERTIFICATE_VERIFY_FAILED" in said:
        why = "its certificate was not issued by the CA that was given for it"
    else:
        why = "TLS could not be agreed on"
    return NotTrusted(f"{host} is not proven to be the cluster: {why}. An operator must correct its connection.")


def is_denied(message: str) -> bool:
    """Whether this is what the API server says of an object that a rule of the cluster does not let in."""
    return _DENIED.search(message) is not None


def _official(access: Access) -> "ApiClient":
    """The official client. Imported here: it costs 90 MB, and most processes of Hanse speak to no cluster."""
    from kubernetes.client import ApiClient, Configuration

    configuration = Configuration(host=access.server)
    configuration.proxy = configuration.no_proxy = None
    api = ApiClient(configuration)
    api.set_default_header("User-Agent", "hanse")
    if access.credential.token:
        api.set_default_header("Authorization", f"Bearer {access.credential.token}")
    named = {"server_hostname": access.tls_server_name, "assert_hostname": access.tls_server_name}
    api.rest_client.pool_manager = outward.pinned_pools(
        ssl_context=tls_of(access),
        retries=False,
        maxsize=_POOLED_CONNECTIONS,
        **(named if access.tls_server_name else {}),
    )
    return api


def tls_of(access: Access) -> ssl.SSLContext:
    """The CA that was given, or those of the machine; the client certificate, which no disk gets to see."""
    context = ssl.create_default_context(cadata=access.ca_certificate or None)
    if access.credential.client_certificate:
        descriptor = os.memfd_create("client")
        try:
            pem = f"{access.credential.client_certificate.rstrip()}\n{access.credential.client_key.rstrip()}\n"
            os.write(descriptor, pem.encode())
            context.load_cert_chain(f"/proc/{os.getpid()}/fd/{descriptor}")
        finally:
            os.close(descriptor)
    return context


def _status_of(body: Any) -> Json:
    """The Status document of a refusal, where there is one."""
    try:
        document = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError:
        return {}
    return document if isinstance(document, dict) else {}


def _cause(status: Json, reason: str) -> str:
    """What is said of a cause of this name; empty when it is none."""
    causes = (status.get("details") or {}).get("causes") or []
    said = [str(cause.get("message") or status.get("message")) for cause in causes if cause.get("reason") == reason]
    return said[0] if said else ""


def _pairs(query: Query) -> Sequence[tuple[str, str | int | bool]]:
    return list(query.items()) if isinstance(query, Mapping) else query


def _dry(dry_run: bool) -> list[tuple[str, str]]:
    return [("dryRun", "All")] if dry_run else []


def _word(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _words(error: BaseException) -> str:
    """Why, without error numbers and addresses of objects."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return re.sub(r"<[^>]*>:? ?", "", text).strip(" .") or type(error).__name__
