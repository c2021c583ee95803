from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "apps.tenants"

    def ready(self) -> None:
        from apps.tenants import registrations
        from apps.tenants.api import openapi  # noqa: F401 (drf-spectacular collects its classes)

        registrations.register()
