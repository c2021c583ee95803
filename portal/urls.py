"""Every address that `web` answers. The apps bring theirs; the console takes what is left."""

from django.urls import include, path, re_path

from apps.core.api import errors
from apps.core.web import console, health, openapi, problems

API = [path("api/v1/", include(f"apps.{app}.api.urls")) for app in ("tenants", "clusters", "quotas", "jobs", "monitoring")]

# Of what django-allauth offers, what the console uses. The rest (sign-up, changing addresses, codes by mail) stays shut:
# administrators say who is who, and an address must not be taken by whoever types it.
NOT_SIGNING_IN = r"^_allauth/(?!browser/v1/(config|auth/session|auth/login|auth/reauthenticate|account/password/change)$)"

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("problems/", problems.index),
    path("problems/<slug:code>", problems.page),
    *API,
    path("api/v1/schema/", openapi.SchemaView.as_view()),
    path("api/v1/docs/", openapi.DocsView.as_view()),
    re_path(NOT_SIGNING_IN, errors.not_found),
    path("_allauth/", include("allauth.headless.urls")),
    re_path(r"^(?P<path>.*)$", console.page),
]

handler400 = "apps.core.api.errors.bad_request"
handler403 = "apps.core.api.errors.forbidden"
handler404 = "apps.core.api.errors.not_found"
handler500 = "apps.core.api.errors.server_error"
