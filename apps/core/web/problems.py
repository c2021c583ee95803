"""/problems/<code>: what each `type` of a problem leads to."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from apps.core.api.errors import not_found
from apps.core.errors import Problem, known_problems
from apps.core.web.methods import only_get


@only_get
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "core/problems.html", {"problems": known_problems().values()})


@only_get
def page(request: HttpRequest, code: str) -> HttpResponse:
    problem = known_problems().get(code)
    if problem is None:
        return not_found(request)
    return render(
        request, "core/problem.html", {"problem": problem, "advice": _as_html(problem), "status": int(problem.status)}
    )


def _as_html(problem: type[Problem]) -> SafeString:
    """The advice with `code` and *emphasis*, which is all the markup it has."""
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(problem.advice)))
    return mark_safe(re.sub(r"\*([^*]+)\*", r"<em>\1</em>", text))  # noqa: S308 (escaped above; ours anyway)
