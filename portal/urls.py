"""Every address that `web` answers."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("apps.tenants.api.urls")),
    path("_allauth/", include("allauth.headless.urls")),
]

handler400 = "apps.core.api.errors.bad_request"
handler404 = "apps.core.api.errors.not_found"
handler500 = "apps.core.api.errors.server_error"
