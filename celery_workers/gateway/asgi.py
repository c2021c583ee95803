"""The process `gateway`: bytes between browsers and what runs in clusters, behind one-time tickets.

uvicorn celery_workers.gateway.asgi:application --ws websockets-sansio --ws-max-size 65536
It also says to the Caddy before apps which requests may pass (celery_workers/gate/doorman.py); no other server leads there.
It works for all tenants, as workers do; what opens a shell asks for the permissions of whoever comes with a ticket.
"""

import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from apps.core import patience, walls  # noqa: E402
from celery_workers.gate.configuration import PATH  # noqa: E402
from celery_workers.gate.doorman import Doorman  # noqa: E402
from celery_workers.gateway.socket import Message, Receive, Send, serve  # noqa: E402

patience.install(most_seconds=patience.OF_WORKERS_SECONDS)
walls.refuse_blind_roles()
_doorman = Doorman()


async def application(scope: Message, receive: Receive, send: Send) -> None:
    match scope["type"], scope.get("path"):
        case "websocket", "/ws/exec/":
            await serve(scope, receive, send)
        case "websocket", _:
            await receive()
            await send({"type": "websocket.close"})
        case "http", path if path == PATH:
            await _doorman.answer(scope, send)
        case "http", "/healthz":
            await _answer(send, 200, b'{"status": "ok"}')
        case "http", _:
            await _answer(send, 404, b"{}")


async def _answer(send: Send, status: int, body: bytes) -> None:
    headers: list[Any] = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
