"""/api/v1/schema/ and /api/v1/docs/."""

from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response


@cache
def document() -> Any:
    """Made once a process: it takes a second, and says the same to everybody."""
    generator: Any = SchemaGenerator
    return generator().get_schema(request=None, public=True)


class SchemaView(SpectacularAPIView):
    """The OpenAPI document, as YAML or JSON."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(document(), headers={"Content-Disposition": 'inline; filename="hanse.yaml"'})


class DocsView(SpectacularSwaggerSplitView):
    """A page to read it and to try it: scripts and styles are our own files, as the policy asks."""

    url = "/api/v1/schema/"
