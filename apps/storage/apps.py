from django.apps import AppConfig


class StorageConfig(AppConfig):
    name = "apps.storage"

    def ready(self) -> None:
        from apps.storage import registrations

        registrations.register()
