from django.apps import AppConfig


class QuotasConfig(AppConfig):
    name = "apps.quotas"

    def ready(self) -> None:
        from apps.quotas import registrations

        registrations.register()
