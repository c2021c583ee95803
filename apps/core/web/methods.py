"""Views that are read and nothing else."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from apps.core.api.errors import problem_response
from apps.core.errors import MethodNotAllowed

View = Callable[..., HttpResponse]


def only_get(view: View) -> View:
    @wraps(view)
    def read(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        response = problem_response(request, MethodNotAllowed(f"{request.method} is not answered here."))
        response["Allow"] = "GET, HEAD"
        return response

    return read
