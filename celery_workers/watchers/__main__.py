"""The process `watch`: `python -m celery_workers.watchers`."""

import os
import signal
import sys

import django


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from apps.core import patience, walls
    from celery_workers.watchers.here import watch

    patience.install(most_seconds=patience.OF_WORKERS_SECONDS)
    walls.refuse_blind_roles()

    here = watch()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: here.stopping.set())
    return 0 if here.run() else 1


if __name__ == "__main__":
    sys.exit(main())
