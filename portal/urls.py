"""Every address that `web` answers. The apps bring theirs; the console takes what is left."""

from django.db.transaction import non_atomic_requests
from django.urls import include, path, re_path

from apps.accounts.api import single_sign_on
from apps.core.api import errors
from apps.core.web import console, health, openapi, problems

WITH_API = (
    *("tenants", "secrets", "clusters", "isolation", "quotas", "storage", "code", "jobs", "inference", "forecasts"),
    *("monitoring", "federation", "moves"),
)
API = [
    path("api/v1/", include("apps.core.api.operations")),
    *(path("api/v1/", include(f"apps.{app}.api.urls")) for app in WITH_API),
]

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("problems/", problems.index),
    path("problems/<slug:code>", problems.page),
    *API,
    path("api/v1/schema/", non_atomic_requests(openapi.SchemaView.as_view())),
    path("api/v1/docs/", non_atomic_requests(openapi.DocsView.as_view())),
    path("sign-in/<slug:slug>/callback/", single_sign_on.callback),
    path("_allauth/browser/v1/", include("apps.accounts.api.urls")),
    re_path("^_allauth/", non_atomic_requests(errors.not_found)),
    re_path(r"^(?P<path>.*)$", non_atomic_requests(console.page)),
]

handler400 = "apps.core.api.errors.bad_request"
handler403 = "apps.core.api.errors.forbidden"
handler404 = "apps.core.api.errors.not_found"
handler500 = "apps.core.api.errors.server_error"
