"""The addresses that the process `live` answers."""

from typing import Any, cast

from django.urls import path, re_path

from apps.monitoring.consumers import LiveConsumer


async def nowhere(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "websocket.close"})


# Django's stubs know views only; what stands here is called by Channels.
websocket_urlpatterns: list[Any] = [path("ws/", LiveConsumer.as_asgi()), re_path("", cast(Any, nowhere))]
