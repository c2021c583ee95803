"""Requests to addresses that somebody typed in: a provider of single sign-on, a cluster, a partner's broker.

Such an address must not lead into the network that Hanse runs in (see addresses.py), also when a name answers differently
a moment later: what is connected to is the very address that was looked at. Redirects are not followed, proxies of the
environment are not used, answers are bounded.
"""

import socket
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import orjson
import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from apps.core import addresses
from apps.core.errors import Problem

CONNECT_SECONDS, READ_SECONDS = 3, 5
MOST_BYTES = 1024 * 1024


class Refused(Exception):
    """An address that must not be asked, or an answer that is none. The message says why, to whoever typed it."""


def resolve(host: str, port: int) -> str:
    """The address to connect to. Raises Refused when the name has none that is permitted."""
    try:
        return addresses.resolve(host, port)
    except Problem as problem:
        raise Refused(problem.detail) from problem


def require_safe_url(url: str) -> None:
    """Raise Refused unless `url` is one that may be asked. It is looked at again when it is."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise Refused("This is no URL.") from error
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username or parts.password:
        raise Refused("An https:// URL without a user name in it is needed.")
    address = resolve(parts.hostname, port)
    if parts.scheme == "http" and not addresses.is_allowed_network(address):
        raise Refused("Outside HANSE_ALLOWED_NETWORKS it must be https://.")


def _connect(connection: Any) -> socket.socket:
    address = resolve(connection.host, connection.port)
    return socket.create_connection((address, connection.port), timeout=CONNECT_SECONDS)


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)


class _TlsConnection(HTTPSConnection):
    """The certificate must be of the name, not of the address."""

    def _new_conn(self) -> socket.socket:
        return _connect(self)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


def pinned_pools(*args: Any, **kwargs: Any) -> PoolManager:
    """Connections that lead only where may be connected to, whoever asks for them. They raise Refused."""
    pools = PoolManager(*args, **kwargs)
    pools.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}
    return pools


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        self.poolmanager = pinned_pools(*args, **kwargs)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        require_safe_url(request.url or "")
        kwargs["timeout"] = (CONNECT_SECONDS, READ_SECONDS)
        return super().send(request, *args, **kwargs)


def new_session() -> requests.Session:
    """A session of `requests` that keeps to all of the above but the bound on answers."""
    session = requests.Session()
    session.trust_env = False
    session.max_redirects = 0
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter())
    return session


def ask_json(method: str, url: str, **options: Any) -> dict[str, Any]:
    """The JSON object that the URL answers. Raises Refused for everything else."""
    try:
        with new_session() as session:
            asked = session.request(method, url, stream=True, allow_redirects=False, **options)
            with closing(asked) as response:
                body = response.raw.read(MOST_BYTES + 1, decode_content=True)
    except (requests.RequestException, OSError) as error:
        if isinstance(error.__context__, Refused):
            raise error.__context__ from error
        raise Refused(f"{urlsplit(url).hostname} does not answer.") from error
    if response.status_code != 200:
        raise Refused(f"{urlsplit(url).hostname} answered {response.status_code}.")
    try:
        document = orjson.loads(body) if len(body) <= MOST_BYTES else None
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise Refused(f"{urlsplit(url).hostname} answered something that is no JSON object.")
    return document
