"""How bodies are read: JSON, and YAML for people. Both mean the same values and share limits on size and depth."""

import json
import math
import re
from collections.abc import Hashable, Mapping
from typing import IO, Any

import yaml
from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from apps.core.errors import TooLarge

MOST_LEVELS = 40
LARGEST_INTEGER = 2**63 - 1
_TOO_DEEP = f"The body is nested deeper than {MOST_LEVELS} levels."


class JSONParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        try:
            # Not orjson: it keeps the last of two like keys, and nobody could know that there were two.
            return checked(json.loads(read_body(stream).decode(), object_pairs_hook=_without_doubles))
        except RecursionError as error:
            raise ParseError(_TOO_DEEP) from error
        except ValueError as error:  # no UTF-8, no JSON, or a number of thousands of digits
            raise ParseError(f"This is no JSON: {error}.") from error


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object, unless a key is there twice: one of the two was meant, and nobody knows which."""
    document = dict(pairs)
    if len(document) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ParseError(f"The key {twice!r} is there twice.")
    return document


class _PlainLoader(yaml.SafeLoader):
    """YAML that means what the same JSON would.

    No aliases (a few bytes could stand for gigabytes), no dates, and only `true` and `false` are booleans: the country
    code `no` stays a word. A key that is there twice is refused, for one of the two was meant.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("anchors and aliases are not supported")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for position, key in enumerate(keys):
            if not isinstance(key, str):
                raise yaml.YAMLError(f"the key {key!r} is no text")
            if key in keys[:position]:
                raise yaml.YAMLError(f"the key {key!r} is there twice")
        return super().construct_mapping(node, deep=deep)


for _tag, _pattern, _first in (
    ("null", r"^(~|null|Null|NULL|)$", "~nN\0"),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?(0|[1-9][0-9]*)$", "-+0123456789"),
    ("float", r"^[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", "-+.0123456789"),
):
    _PlainLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), ["" if sign == "\0" else sign for sign in _first]
    )


class YAMLParser(BaseParser):
    media_type = "application/yaml"

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        return parse_yaml(read_body(stream))


def parse_yaml(text: bytes | str) -> Any:
    """Read one YAML document as the JSON value it stands for. Raises ParseError."""
    try:
        return checked(yaml.load(text, Loader=_PlainLoader))  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ParseError(f"This is no YAML that can be read here: {error}.") from error


def read_body(stream: IO[Any]) -> bytes:
    """All of a body. Raises TooLarge."""
    body: bytes = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise TooLarge(f"The body is larger than {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes.")
    return body


def checked(document: Any) -> Any:
    """The document, when the database can hold all of it. Raises ParseError: too deep, or a value that is no JSON."""
    level = [document]
    for _ in range(MOST_LEVELS):
        below = []
        for value in level:
            match value:
                case dict():
                    below += [*value.keys(), *value.values()]
                case list():
                    below += value
                case _:
                    _check_scalar(value)
        if not below:
            return document
        level = below
    raise ParseError(_TOO_DEEP)


def _check_scalar(value: Any) -> None:
    match value:
        case None | bool():
            pass
        case str():
            if "\0" in value:
                raise ParseError("The body holds a NUL character, which nothing here can keep.")
            if not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value):
                raise ParseError("The body holds half of a surrogate pair, which is no text.")
        case int():
            if abs(value) > LARGEST_INTEGER:
                raise ParseError("The body holds a whole number of more than 64 bits.")
        case float():
            if not math.isfinite(value):
                raise ParseError("The body holds a number that is not finite.")
        case _:
            raise ParseError(f"The body holds a {type(value).__name__}, which JSON does not know.")
