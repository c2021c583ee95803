from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "apps.monitoring"

    def ready(self) -> None:
        from apps.core import live, registries
        from apps.core.notifications import register
        from apps.monitoring import documents, notifications, registrations

        live.register("inbox", documents.render_inboxes, of_user=True)
        register(*notifications.KINDS)
        registries.tenant_changes.register("notification", registrations.tenant_changed)
