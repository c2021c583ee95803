"""Addresses of code."""

from django.urls import path

from apps.code.api.views import CodeViewSet

_code = "projects/<uuid:project_id>/code/"

urlpatterns = [
    path(_code, CodeViewSet.as_view({"get": "list", "post": "create"})),
    path(f"{_code}<uuid:code_id>/", CodeViewSet.as_view({"get": "retrieve", "delete": "destroy"})),
    path(f"{_code}<uuid:code_id>/download/", CodeViewSet.as_view({"get": "download"})),
]
