"""The console: one page for every address that nothing else answers. What it shows, its router decides."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie

from apps.core.api.errors import problem_response
from apps.core.errors import NotVisible
from apps.core.web.methods import only_get

# Below these live programs and files, never pages: a script that is gone must not be answered with HTML.
_NOT_PAGES = ("api/", "_allauth/", "assets/", "static/", "ws/")


@only_get
@ensure_csrf_cookie
def _page(request: HttpRequest, path: str) -> HttpResponse:
    index = settings.CONSOLE_DIRECTORY / "index.html"
    if not index.exists():
        return render(request, "core/not_built.html", status=503)
    # The page names the hashed files of its build, so it is asked for each time.
    return HttpResponse(index.read_bytes(), headers={"Cache-Control": "no-cache"})


def page(request: HttpRequest, path: str = "") -> HttpResponse:
    if not path.startswith(_NOT_PAGES):
        return _page(request, path)
    detail = "There is nothing at this address."
    if path.startswith("api/") and not path.endswith("/"):
        detail += " Addresses of the API end with a slash."
    return problem_response(request, NotVisible(detail))
