"""REST and the console, for a WSGI server (the process `web`)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402

from apps.core import heap, patience, walls  # noqa: E402
from apps.storage import objects  # noqa: E402

# What is asked outside of requests' transactions: parts of exports that are written while they are read.
patience.install(most_seconds=6)
objects.wait_as_requests_do()
walls.refuse_other_roles()

_ = get_resolver().url_patterns  # imports all views, which else the first request does
heap.settle()
