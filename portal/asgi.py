"""WebSockets, for an ASGI server (the process `live`). REST is not served here: WSGI costs half the CPU.

uvicorn portal.asgi:application --ws websockets-sansio --ws-per-message-deflate false --ws-max-size 65536
(deflate doubles the memory of a socket and would compress every frame once a viewer).
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402

from apps.monitoring.routing import health, websocket_urlpatterns  # noqa: E402

application = ProtocolTypeRouter({"http": health, "websocket": URLRouter(websocket_urlpatterns)})
