"""WebSockets, for an ASGI server (the process `live`). REST is not served here: WSGI costs half the CPU."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_asgi_application()
