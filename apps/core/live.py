"""What the event relay must know of each kind of object: how to render it, batch-wise, for every reader alike.

Apps register their kinds in AppConfig.ready(). What is rendered must hold nothing that depends on the reader.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

# ids -> {id: document}; an id that no longer exists is left out. Each document holds "id" and "version".
Renderer = Callable[[Iterable[UUID]], dict[UUID, dict[str, Any]]]

_renderers: dict[str, Renderer] = {}


def register(kind: str, renderer: Renderer) -> None:
    if kind in _renderers:
        raise ValueError(f"kind {kind!r} is registered twice")
    _renderers[kind] = renderer


def renderer(kind: str) -> Renderer:
    return _renderers[kind]


def kinds() -> frozenset[str]:
    return frozenset(_renderers)
