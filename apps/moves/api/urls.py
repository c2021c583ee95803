"""Addresses of moves."""

from django.urls import path

from apps.moves.api.plan_views import PlansViewSet, PlanViewSet
from apps.moves.api.views import EstimatesViewSet, PlacesViewSet, RecordsViewSet, WindowsViewSet

urlpatterns = [
    path("move-places/", PlacesViewSet.as_view({"get": "list"})),
    path("move-records/", RecordsViewSet.as_view({"get": "list", "post": "create"})),
    path("move-records/<uuid:record_id>/", RecordsViewSet.as_view({"delete": "destroy"})),
    path("fleet/targets/<uuid:target_id>/windows/", WindowsViewSet.as_view({"post": "create"})),
    path("move-plans/", PlansViewSet.as_view({"get": "list", "post": "create"})),
    path("move-plans/<uuid:plan_id>/", PlanViewSet.as_view({"get": "retrieve"})),
    path("move-plans/<uuid:plan_id>/moves/", PlanViewSet.as_view({"get": "moves"})),
    path("move-plans/<uuid:plan_id>/export/", PlanViewSet.as_view({"get": "export"})),
    path("move-plans/<uuid:plan_id>/approve/", PlanViewSet.as_view({"post": "approve"})),
    path("move-plans/<uuid:plan_id>/cancel/", PlanViewSet.as_view({"post": "cancel"})),
    path("move-estimates/", EstimatesViewSet.as_view({"post": "create"})),
]
