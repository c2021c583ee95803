"""Static files. Those of the console are looked up anew each time: it may be built again under a running portal."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import MissingFileError

# Hashed files of a build, and the few that keep their names; pages are no files (apps/core/web/console.py).
_OF_CONSOLE = re.compile(r"/(assets/)?[A-Za-z0-9_][A-Za-z0-9_.-]*\.(?!html$)[a-z0-9]+")


class StaticFiles(WhiteNoiseMiddleware):
    """WhiteNoise, and the console's newest build, then what a tab that is still open may ask for of older ones."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _OF_CONSOLE.fullmatch(request.path_info):
            for path in _candidates(request.path_info):
                try:
                    found: HttpResponseBase = self.serve(self.get_static_file(str(path), request.path_info), request)
                    return found
                except (MissingFileError, FileNotFoundError):
                    continue
        answer: HttpResponseBase = super().__call__(request)
        return answer


def _candidates(url: str) -> Iterator[Path]:
    yield settings.CONSOLE_DIRECTORY / url[1:]
    if url.startswith("/assets/"):
        yield settings.CONSOLE_OLDER_ASSETS / url.removeprefix("/assets/")
