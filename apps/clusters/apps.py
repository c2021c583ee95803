from django.apps import AppConfig


class ClustersConfig(AppConfig):
    name = "apps.clusters"

    def ready(self) -> None:
        from apps.clusters import documents, notifications, words
        from apps.clusters.health import check_clusters
        from apps.core import live
        from apps.core.notifications import register
        from apps.core.registries import health_checks

        live.register("cluster", documents.cluster_documents)
        live.register("flavor", documents.flavor_documents, permission="clusters.view")
        health_checks.register("clusters", check_clusters)
        words.register()
        register(*notifications.KINDS)
