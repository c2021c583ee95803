from django.apps import AppConfig


class FederationConfig(AppConfig):
    name = "apps.federation"

    def ready(self) -> None:
        from apps.federation import registrations

        registrations.register()
