from django.apps import AppConfig


class ForecastsConfig(AppConfig):
    name = "apps.forecasts"

    def ready(self) -> None:
        from apps.forecasts import registrations

        registrations.register()
