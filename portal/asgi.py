"""What waits, for an ASGI server (the process `live`): WebSockets, and the few addresses of REST whose answers wait.

The rest of REST is not served here: WSGI costs half the CPU.

uvicorn portal.asgi:application --ws websockets-sansio --ws-per-message-deflate false --ws-max-size 65536
(deflate doubles the memory of a socket and would compress every frame once a viewer).
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402

from apps.core import heap, patience, walls  # noqa: E402
from apps.monitoring.routing import websocket_urlpatterns  # noqa: E402
from apps.monitoring.waiting.handler import http  # noqa: E402
from apps.storage import objects  # noqa: E402

# So that the threads that ask are free again soon after.
patience.install(most_seconds=3)
objects.wait_as_requests_do()
walls.refuse_other_roles()

application = ProtocolTypeRouter({"http": http, "websocket": URLRouter(websocket_urlpatterns)})
heap.settle()
