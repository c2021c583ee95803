"""Addresses of the fleet."""

from django.urls import path

from apps.forecasts.api.views.targets import TargetsViewSet, TargetViewSet

urlpatterns = [
    path("fleet/targets/", TargetsViewSet.as_view({"get": "list", "post": "create"})),
    path("fleet/targets/<uuid:target_id>/", TargetViewSet.as_view({"get": "retrieve", "delete": "destroy"})),
]
