"""Addresses of events, of logs and metrics below each kind of subject, of notifications and mail."""

from django.urls import URLPattern, path

from apps.monitoring.api.inbox import ChoicesViewSet, MailViewSet, MutesViewSet, NotificationsViewSet
from apps.monitoring.api.views import LogsViewSet, MetricsViewSet
from apps.monitoring.api.waiting import EventsViewSet, FollowViewSet

# subject kind -> how its kind is called in addresses
SUBJECTS = {"job": "jobs", "app": "apps"}


def _of_subject(subject_kind: str, plural: str) -> list[URLPattern]:
    below = f"projects/<uuid:project_id>/{plural}/<uuid:subject_id>"
    kind = {"subject_kind": subject_kind}
    return [
        path(f"{below}/log-ranks/", LogsViewSet.as_view({"get": "ranks"}), kind),
        path(f"{below}/logs/", LogsViewSet.as_view({"get": "lines"}), kind),
        path(f"{below}/logs/merged/", LogsViewSet.as_view({"get": "merged"}), kind),
        path(f"{below}/logs/search/", LogsViewSet.as_view({"get": "search"}), kind),
        path(f"{below}/logs/download/", LogsViewSet.as_view({"get": "download"}), kind),
        path(f"{below}/logs/follow/", FollowViewSet.as_view({"get": "retrieve"}), kind),
        path(f"{below}/metrics/", MetricsViewSet.as_view({"get": "retrieve"}), kind),
    ]


urlpatterns = [
    path("events/", EventsViewSet.as_view({"get": "retrieve"})),
    *(address for kind, plural in SUBJECTS.items() for address in _of_subject(kind, plural)),
    path("me/notifications/", NotificationsViewSet.as_view({"get": "list"})),
    path("me/notifications/unread/", NotificationsViewSet.as_view({"get": "unread"})),
    path("me/notifications/read-all/", NotificationsViewSet.as_view({"post": "read_all"})),
    path("me/notifications/<uuid:notification_id>/read/", NotificationsViewSet.as_view({"post": "read"})),
    path("me/notifications/<uuid:notification_id>/mute/", NotificationsViewSet.as_view({"post": "mute"})),
    path("me/notification-choices/", ChoicesViewSet.as_view({"get": "retrieve", "patch": "partial_update"})),
    path("me/mutes/", MutesViewSet.as_view({"get": "list"})),
    path("me/mutes/<uuid:mute_id>/", MutesViewSet.as_view({"delete": "destroy"})),
    path("platform/mail/", MailViewSet.as_view({"get": "list"})),
    path("platform/mail/<uuid:mail_id>/retry/", MailViewSet.as_view({"post": "retry"})),
]
