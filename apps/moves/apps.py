from django.apps import AppConfig


class MovesConfig(AppConfig):
    name = "apps.moves"

    def ready(self) -> None:
        from apps.moves import registrations

        registrations.register()
