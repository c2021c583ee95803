"""How bodies are read: JSON, and YAML for people. Both with limits on size and depth."""

from collections.abc import Mapping
from typing import IO, Any

import orjson
import yaml
from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

MOST_LEVELS = 40


class JSONParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        try:
            return _not_too_deep(orjson.loads(_read(stream)))
        except orjson.JSONDecodeError as error:
            raise ParseError(f"This is no JSON: {error}.") from error


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases, which would let a few bytes stand for gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("anchors and aliases are not supported")
        return super().compose_node(parent, index)


class YAMLParser(BaseParser):
    media_type = "application/yaml"

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        try:
            return _not_too_deep(yaml.load(_read(stream), Loader=_PlainLoader))  # noqa: S506 (a SafeLoader)
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            raise ParseError(f"This is no YAML that can be read here: {error}.") from error


def _read(stream: IO[Any]) -> bytes:
    body: bytes = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise ParseError(f"The body is larger than {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes.")
    return body


def _not_too_deep(document: Any) -> Any:
    level = [document]
    for _ in range(MOST_LEVELS):
        level = [
            child
            for value in level
            if isinstance(value, dict | list)
            for child in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return document
    raise ParseError(f"The body is nested deeper than {MOST_LEVELS} levels.")
