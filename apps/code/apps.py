from django.apps import AppConfig


class CodeConfig(AppConfig):
    name = "apps.code"

    def ready(self) -> None:
        from apps.code import registrations

        registrations.register()
