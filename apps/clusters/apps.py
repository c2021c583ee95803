from django.apps import AppConfig


class ClustersConfig(AppConfig):
    name = "apps.clusters"

    def ready(self) -> None:
        from apps.clusters import documents
        from apps.core import live

        live.register("cluster", documents.cluster_documents)
        live.register("flavor", documents.flavor_documents, permission="clusters.view")
