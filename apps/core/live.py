"""What the event relay must know of each kind of object: how to render it, batch-wise, for every reader alike.

Apps register their kinds in AppConfig.ready(). What is rendered must hold nothing that depends on the reader.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

# ids -> {id: document}; an id that no longer exists is left out. Each document holds "id" and "version".
Renderer = Callable[[Iterable[UUID]], dict[UUID, dict[str, Any]]]


@dataclass(frozen=True)
class Kind:
    """`permission`: what a reader of its events holds on the object's project, or tenant when it has no project.

    `seen_from_projects`: a role on one project of the tenant is enough, for what has no project itself.
    `of_user`: its events go to the stream of one user, who needs no permission for what is their own.
    """

    renderer: Renderer
    permission: str
    seen_from_projects: bool
    of_user: bool = False


_kinds: dict[str, Kind] = {}


def register(
    kind: str, renderer: Renderer, *, permission: str = "", seen_from_projects: bool = False, of_user: bool = False
) -> None:
    """Make a kind known; its permission is `<kind>s.view` unless another is named."""
    if kind in _kinds:
        raise ValueError(f"kind {kind!r} is registered twice")
    _kinds[kind] = Kind(renderer, permission or f"{kind}s.view", seen_from_projects, of_user)


def of_kind(kind: str) -> Kind | None:
    return _kinds.get(kind)


def renderer(kind: str) -> Renderer:
    return _kinds[kind].renderer


def kinds() -> frozenset[str]:
    return frozenset(_kinds)
