"""Addresses of logs and metrics, below each kind of subject."""

from django.urls import URLPattern, path

from apps.monitoring.api.views import LogsViewSet, MetricsViewSet

# subject kind -> how its kind is called in addresses
SUBJECTS = {"job": "jobs"}


def _of_subject(subject_kind: str, plural: str) -> list[URLPattern]:
    below = f"projects/<uuid:project_id>/{plural}/<uuid:subject_id>"
    kind = {"subject_kind": subject_kind}
    return [
        path(f"{below}/log-ranks/", LogsViewSet.as_view({"get": "ranks"}), kind),
        path(f"{below}/logs/", LogsViewSet.as_view({"get": "lines"}), kind),
        path(f"{below}/logs/merged/", LogsViewSet.as_view({"get": "merged"}), kind),
        path(f"{below}/logs/search/", LogsViewSet.as_view({"get": "search"}), kind),
        path(f"{below}/logs/download/", LogsViewSet.as_view({"get": "download"}), kind),
        path(f"{below}/metrics/", MetricsViewSet.as_view({"get": "retrieve"}), kind),
    ]


urlpatterns = [address for kind, plural in SUBJECTS.items() for address in _of_subject(kind, plural)]
