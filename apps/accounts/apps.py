from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "apps.accounts"

    def ready(self) -> None:
        from apps.accounts import signals  # noqa: F401 (its receivers connect themselves)
        from apps.accounts.rotation import rotate_second_factors
        from apps.core import rotation

        rotation.elsewhere.append(rotate_second_factors)
