"""Middleware of the app."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from apps.core.api.errors import problem_response
from apps.tenants import view_as
from apps.tenants.errors import ViewIsReadOnly

_SIGNING_IN = "/_allauth/"
_SIGN_OUT = "/auth/session"


class ViewsChangeNoAccounts:
    """Refuse what django-allauth would change while the session looks as somebody else; signing out ends both."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(_SIGNING_IN) and not request.path.endswith(_SIGN_OUT):
            try:
                view_as.require_read_only(request.method, request.session)
            except ViewIsReadOnly as problem:
                return problem_response(request, problem)
        return self._get_response(request)
