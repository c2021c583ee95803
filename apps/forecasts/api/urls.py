"""Addresses of the fleet."""

from django.urls import path

from apps.forecasts.api.views.releases import ModelsViewSet, ReleasesViewSet, SegmentsViewSet, TrialsViewSet
from apps.forecasts.api.views.runs import EstimateViewSet, RunsViewSet, RunViewSet, StandingViewSet, TargetForecastViewSet
from apps.forecasts.api.views.samples import LoadViewSet, SamplesViewSet
from apps.forecasts.api.views.scores import ScoresViewSet
from apps.forecasts.api.views.targets import HeatViewSet, TargetsViewSet, TargetViewSet

urlpatterns = [
    path("fleet/targets/", TargetsViewSet.as_view({"get": "list", "post": "create"})),
    path("fleet/targets/<uuid:target_id>/", TargetViewSet.as_view({"get": "retrieve", "delete": "destroy"})),
    path("fleet/targets/<uuid:target_id>/load/", LoadViewSet.as_view({"get": "retrieve"})),
    path("fleet/targets/<uuid:target_id>/forecast/", TargetForecastViewSet.as_view({"get": "retrieve"})),
    path("fleet/heat/", HeatViewSet.as_view({"get": "list"})),
    path("fleet/standing-forecasts/", StandingViewSet.as_view({"get": "retrieve"})),
    path("fleet/forecast-runs/", RunsViewSet.as_view({"get": "list", "post": "create"})),
    path("fleet/forecast-runs/estimate/", EstimateViewSet.as_view({"post": "create"})),
    path("fleet/forecast-runs/<uuid:run_id>/", RunViewSet.as_view({"get": "retrieve"})),
    path("fleet/forecast-runs/<uuid:run_id>/cancel/", RunViewSet.as_view({"post": "cancel"})),
    path("fleet/forecast-scores/", ScoresViewSet.as_view({"get": "list"})),
    path("fleet/forecast-models/", ModelsViewSet.as_view({"get": "list"})),
    path("fleet/forecast-trials/", TrialsViewSet.as_view({"get": "list"})),
    path("fleet/forecast-segments/", SegmentsViewSet.as_view({"get": "list"})),
    path("fleet/forecast-releases/", ReleasesViewSet.as_view({"get": "list", "post": "create"})),
    path("fleet/samples/", SamplesViewSet.as_view({"post": "create"})),
]
