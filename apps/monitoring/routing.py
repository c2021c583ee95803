"""The addresses that the process `live` answers."""

from typing import Any, cast

from django.urls import path, re_path

from apps.monitoring.consumers import LiveConsumer


async def nowhere(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "websocket.close"})


async def health(scope: Any, receive: Any, send: Any) -> None:
    """Over HTTP only /healthz: 200 while the event loop turns."""
    status = 200 if scope["path"] == "/healthz" else 404
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"ok" if status == 200 else b"not found"})


# Django's stubs know views only; what stands here is called by Channels.
websocket_urlpatterns: list[Any] = [path("ws/", LiveConsumer.as_asgi()), re_path("", cast(Any, nowhere))]
