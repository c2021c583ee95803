from django.apps import AppConfig


class StorageConfig(AppConfig):
    name = "apps.storage"

    def ready(self) -> None:
        from apps.core.registries import health_checks, ready_checks
        from apps.storage import objects
        from apps.storage.health import check_buckets, check_objects

        health_checks.register("objects", check_objects)
        health_checks.register("buckets", check_buckets)
        ready_checks.register("objects", objects.answers)
