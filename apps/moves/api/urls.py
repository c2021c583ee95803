"""Addresses of moves."""

from django.urls import path

from apps.moves.api.views import EstimatesViewSet, PlacesViewSet, RecordsViewSet

urlpatterns = [
    path("move-places/", PlacesViewSet.as_view({"get": "list"})),
    path("move-records/", RecordsViewSet.as_view({"get": "list", "post": "create"})),
    path("move-records/<uuid:record_id>/", RecordsViewSet.as_view({"delete": "destroy"})),
    path("move-estimates/", EstimatesViewSet.as_view({"post": "create"})),
]
