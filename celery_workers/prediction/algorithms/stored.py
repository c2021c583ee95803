"""How models are written down: JSON of numbers, its shape checked when it is read. Never pickle: a model is data."""

import json
from typing import Any

from celery_workers.prediction.algorithms.interface import Task, Unable

VERSION = 1


def written(engine: str, task: Task, **parts: Any) -> bytes:
    head = {"version": VERSION, "engine": engine, "task": vars(task)}
    return json.dumps({**head, **parts}, allow_nan=False, separators=(",", ":")).encode()


def read(dumped: bytes, engine: str, *parts: str) -> tuple[Task, dict[str, Any]]:
    """The task of a model and its other parts. Raises Unable when it is corrupt, or of another engine or version."""
    try:
        found = json.loads(dumped)
        task = Task(**{**found["task"], "quantiles": tuple(found["task"]["quantiles"])})
        if found["engine"] != engine or found["version"] != VERSION:
            raise Unable("other-model", engine=str(found["engine"]), version=str(found["version"]))
        return task, {part: found[part] for part in parts}
    except (ValueError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise Unable("corrupt-model", engine=engine) from error
