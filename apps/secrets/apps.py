from django.apps import AppConfig


class SecretsConfig(AppConfig):
    name = "apps.secrets"

    def ready(self) -> None:
        from apps.secrets import registrations

        registrations.register()
