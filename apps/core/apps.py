from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "apps.core"

    def ready(self) -> None:
        post_migrate.connect(_grant, sender=self)

        from apps.core import live, lookups, operations  # noqa: F401  lookups register themselves
        from apps.core.health import processes, servers
        from apps.core.registries import health_checks

        live.register("operation", operations.documents, of_user=True)
        health_checks.register("settings", servers.check_settings)
        health_checks.register("database", servers.check_database)
        health_checks.register("redis", servers.check_redis)
        health_checks.register("disk", servers.check_disk)
        health_checks.register("watch", processes.check_watch)
        health_checks.register("sweeps", processes.check_sweeps)
        health_checks.register("outbox", processes.check_outbox)
        health_checks.register("queues", processes.check_queues)


def _grant(using: str, **_: Any) -> None:
    from apps.core import policies

    policies.grant(using)
