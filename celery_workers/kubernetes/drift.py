"""Objects of Hanse's against what they should be. The server itself says what applying would change (dry run)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from celery_workers.kubernetes.client import MANAGER, Client, NotFound
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.paths import path_of

# What differs between any two readings of one object, and means nothing.
_PASSING = frozenset({"managedFields", "resourceVersion", "generation", "uid", "creationTimestamp"})
MOST_CHANGES, MOST_CHARACTERS = 30, 200
_NOTHING = object()


@dataclass(frozen=True)
class Drift:
    """`by`: who else wrote to it, as the server names its field managers."""

    manifest: Manifest
    by: list[str] = field(default_factory=list)
    changes: list[dict[str, str]] = field(default_factory=list)

    def as_json(self, *, repaired: bool) -> dict[str, Any]:
        metadata = self.manifest["metadata"]
        return {
            "kind": self.manifest["kind"],
            "namespace": metadata.get("namespace", ""),
            "name": metadata["name"],
            "by": self.by,
            "changes": self.changes,
            "repaired": repaired,
        }


def of(client: Client, manifest: Manifest) -> Drift | None:
    """How the object differs from the manifest; None when it does not. Raises Refused or Unavailable."""
    path = path_of(manifest)
    try:
        there = client.get(path)
    except NotFound:
        return Drift(manifest, changes=[{"path": "", "there": "", "wanted": _shown(manifest.get("spec", {}))}])
    wanted = client.apply(path, manifest, force=True, dry_run=True)
    changes = list(_changes(_lasting(there), _lasting(wanted)))[:MOST_CHANGES]
    if manifest["kind"] == "Secret":  # that it differs is told, what is in it is not
        changes = [{"path": change["path"], "there": "***", "wanted": "***"} for change in changes]
    return Drift(manifest, _others(there), changes) if changes else None


def _lasting(document: Manifest) -> Manifest:
    metadata = {name: value for name, value in document["metadata"].items() if name not in _PASSING}
    return {**{name: value for name, value in document.items() if name != "status"}, "metadata": metadata}


def _changes(there: Any, wanted: Any, path: str = "") -> Iterator[dict[str, str]]:
    """The innermost fields that differ; a list is one field."""
    if isinstance(there, Mapping) and isinstance(wanted, Mapping):
        for name in sorted({*there, *wanted}):
            below = f"{path}.{name}" if path else name
            yield from _changes(there.get(name, _NOTHING), wanted.get(name, _NOTHING), below)
    elif there != wanted:
        yield {"path": path, "there": _shown(there), "wanted": _shown(wanted)}


def _shown(value: Any) -> str:
    return "" if value is _NOTHING else orjson.dumps(value).decode()[:MOST_CHARACTERS]


def _others(there: Manifest) -> list[str]:
    managers = there["metadata"].get("managedFields", [])
    ours = (MANAGER, "Apply")
    named = {one["manager"] for one in managers if (one["manager"], one["operation"]) != ours and "subresource" not in one}
    return sorted(named)
