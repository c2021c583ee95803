"""Tasks are carriers of hints: all that apps hint at exist, and each may run twice, at once, or with newer arguments."""

import ast
from pathlib import Path

import pytest

from apps.core import operations
from celery_workers.schedule import app
from portal.settings.environment import REPOSITORY


@pytest.fixture(scope="module")
def tasks() -> dict[str, object]:
    app.loader.import_default_modules()
    return {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}


def hinted() -> set[str]:
    """First arguments of all calls of `hint` in apps, and the task of every operation that is begun."""
    found = set()
    for path in (REPOSITORY / "apps").rglob("*.py"):
        if path == Path(operations.__file__):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            names = [node.args[0]] if called == "hint" else []
            if ast.unparse(node.func) == "operations.begin":
                names = [given.value for given in node.keywords if given.arg == "task"]
            for name in names:
                assert isinstance(name, ast.Constant), f"{path}:{node.lineno} hints at a name that is not written out"
                found.add(name.value)
    return found


class TestRegistry:
    def test_every_hint_has_its_task(self, tasks):
        assert {"kubernetes.preflight", "kubernetes.look"} <= hinted()
        assert hinted() <= set(tasks)

    def test_everything_that_beat_asks_for_exists(self, tasks):
        assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(tasks)

    def test_all_are_acknowledged_late(self, tasks):
        assert all(task.acks_late for task in tasks.values())

    def test_work_in_other_systems_has_its_own_queue(self, tasks):
        queues = {name: app.amqp.router.route({}, name)["queue"].name for name in tasks}

        assert queues["local.tidy"] == "local"
        assert queues["mail.deliver"] == "mail"
        assert queues["jobs.reconcile"] == "portal"
