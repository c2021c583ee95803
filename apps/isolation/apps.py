from django.apps import AppConfig


class IsolationConfig(AppConfig):
    name = "apps.isolation"

    def ready(self) -> None:
        from apps.isolation import registrations

        registrations.register()
