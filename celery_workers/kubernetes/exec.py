"""Exec: a program at a terminal in a pod, through the API server's WebSocket (v5.channel.k8s.io, or v4 before 1.30).

The official client speaks it with a thread a stream, and leaves how it connects to other libraries. Here the connection is
made to the address that was checked, under the same TLS as every other request, and waits for nobody.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode, urlsplit

import orjson
from websockets import ClientConnection, ConnectionClosed, InvalidHandshake, InvalidStatus, Subprotocol, connect

from apps.clusters.access import Access
from apps.core import outward
from apps.core.errors import Unavailable
from celery_workers.kubernetes.client import CONNECT_SECONDS, answered, not_trusted, tls_of
from celery_workers.kubernetes.paths import collection
from celery_workers.kubernetes.pods import PodSeen
from celery_workers.shells import Ended

_V5, _V4 = Subprotocol("v5.channel.k8s.io"), Subprotocol("v4.channel.k8s.io")
# The first byte of each message says which channel it is of; stdout and stderr are one at a terminal.
_STDIN, _PRINTED, _ERROR, _RESIZE, _CLOSE = b"\0", (b"\1", b"\2"), b"\3", b"\4", b"\xff"
_OPEN_SECONDS, _PING_SECONDS, _SILENCE_SECONDS = 10.0, 20.0, 60.0
_MOST_BYTES = 2**20
# An image may have only one of the two; without the first, nothing can be said about the other.
_SHELL = ("/bin/sh", "-c", "TERM=xterm-256color; export TERM; [ -x /bin/bash ] && exec /bin/bash; exec /bin/sh")


class _Direct(connect):
    """Goes where it is told: a redirect is an answer like others, as it is to every other request to a cluster."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


class KubernetesShell:
    """One stream of exec."""

    def __init__(self, stream: ClientConnection, *, own_command: bool) -> None:
        self._stream, self._own_command = stream, own_command
        self.ended = Ended("lost")

    @classmethod
    async def open(cls, access: Access, pod: PodSeen, command: Sequence[str]) -> "KubernetesShell":
        """Raises what requests to the cluster raise: Forbidden, NotFound, Unavailable and the others of the client."""
        server = urlsplit(access.server)
        query = [("container", pod.container), *((what, "true") for what in ("stdin", "stdout", "tty"))]
        query += [("command", word) for word in command or _SHELL]
        path = f"{server.path}{collection('v1', 'Pod', pod.namespace)}/{pod.name}/exec?{urlencode(query)}"
        token = access.credential.token
        try:
            stream = await _Direct(
                f"wss://{server.netloc}{path}",
                host=await asyncio.to_thread(outward.resolve, server.hostname or "", server.port or 443),
                port=server.port or 443,
                ssl=await asyncio.to_thread(tls_of, access),
                server_hostname=access.tls_server_name or server.hostname,
                subprotocols=[_V5, _V4],
                additional_headers={"Authorization": f"Bearer {token}"} if token else None,
                user_agent_header="hanse",
                proxy=None,
                compression=None,
                open_timeout=CONNECT_SECONDS + _OPEN_SECONDS,
                ping_interval=_PING_SECONDS,
                ping_timeout=_SILENCE_SECONDS,
                max_size=_MOST_BYTES,
            )
        except outward.Refused as error:
            raise Unavailable(f"{error} An operator must correct the address of the cluster.") from error
        except InvalidStatus as error:
            raise answered(server.netloc, error.response.status_code, error.response.body) from error
        except ssl.SSLError as error:
            raise not_trusted(server.netloc, str(error)) from error
        except TimeoutError as error:
            raise Unavailable(f"{server.netloc} did not answer in time.") from error
        except (InvalidHandshake, OSError) as error:
            raise Unavailable(f"{server.netloc} cannot be reached for a shell: {error}.") from error
        return cls(stream, own_command=bool(command))

    async def printed(self) -> AsyncIterator[bytes]:
        with suppress(ConnectionClosed):
            async for message in self._stream:
                content = message.encode() if isinstance(message, str) else message
                channel, payload = content[:1], content[1:]
                if channel in _PRINTED and payload:
                    yield payload
                elif channel == _ERROR:
                    self.ended = read_status(orjson.loads(payload), own_command=self._own_command)

    async def type(self, content: bytes) -> None:
        await self._send(_STDIN, content)

    async def resize(self, columns: int, rows: int) -> None:
        await self._send(_RESIZE, orjson.dumps({"Width": columns, "Height": rows}))

    async def close(self) -> None:
        """The kubelet hangs up the terminal then. What ran in the background goes on in the container, as with kubectl."""
        if self._stream.subprotocol == _V5:
            await self._send(_CLOSE, _STDIN)
        await self._stream.close()

    async def _send(self, channel: bytes, content: bytes) -> None:
        with suppress(ConnectionClosed):
            await self._stream.send(channel + content)


def read_status(status: dict[str, Any], *, own_command: bool) -> Ended:
    """How it ended, as the last message of the API server says. own_command: not the shell that every image should have."""
    if status.get("status") == "Success":
        return Ended("exited", 0)
    causes = (status.get("details") or {}).get("causes") or []
    code = next((str(cause.get("message")) for cause in causes if cause.get("reason") == "ExitCode"), "")
    if code.isdecimal():
        return Ended("exited", int(code))
    message = str(status.get("message") or "")
    missing = "no such file" in message or "not found in $PATH" in message
    return Ended("no-shell" if missing and not own_command else "not-started", None, message[:500])
