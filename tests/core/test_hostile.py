"""Hostile values in every field of every request: each refusal is a problem that names the field, and changes nothing.

Each field meets a few of the values, in turn; with FUZZ=1 (`make fuzz`) each meets all.
The field is one of a request that succeeds as it stands (tests/bodies.py), so whatever is refused is refused for the value.
"""

import json
import os
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction

from tests.conftest import File
from tests.factories import make_member
from tests.test_permissions import HTTP
from tests.world import World

WRITES = [row for row in HTTP if row["method"] in ("POST", "PUT", "PATCH", "DELETE")]
VALUES: list[Any] = [
    None,
    True,
    -1,
    2**63 - 1,
    -(2**63) + 1,
    1e308,
    "",
    " ",
    "a" * 70_000,
    "\u202egnp.exe",
    "a\u200bb",
    "\x1b]52;c;aGk=\x07",
    "'; DROP TABLE tenants_tenant; --",
    "%s%n{0.__class__}${7*7}",
    "(a+)+$[",
    "../../etc/passwd",
    "00000000-0000-0000-0000-000000000000",
    "10000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "2026-02-30",
    [],
    [[]],
    [{}],
    ["x"] * 2000,
    {},
    {"pk__in": [1], "_connector": "OR 1=1 --"},
    {"": {"": None}},
]
ONE_IN = 1 if os.environ.get("FUZZ") else 9


@pytest.fixture
def world(as_role, tmp_path, settings, store) -> World:
    cache.clear()
    settings.LOCAL_COMPUTE = True
    world = World.make(as_role, tmp_path)
    make_member("platform-admin", user=world.owner.user)
    world.owner.raise_request_exception = False
    return world


def rows() -> list[tuple[str, int]]:
    """How many rows each table holds."""
    tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed})
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM \"{table}\"" for table in tables))  # noqa: S608 (names of our tables)
        return sorted(cursor.fetchall())


def replaced(body: Any, value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """(pointer, body) with each field in turn replaced, at every depth."""
    entries = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for key, below in entries:
        pointer = f"{at}/{key}"
        for where, changed in [(pointer, value), *replaced(below, value, pointer)]:
            whole = body.copy()
            whole[key] = changed
            yield where, whole


def wrong_with(answer: Any, pointer: str = "") -> str:
    """What is wrong with an answer to something hostile, in words; nothing when it is a success or a good problem."""
    if answer.status_code >= 500:
        return f"{answer.status_code}"
    if answer.status_code < 400:
        return ""
    if answer["Content-Type"] != "application/problem+json":
        return f"no problem: {answer.status_code} {answer['Content-Type']}"
    problem = answer.json()
    if problem["status"] != answer.status_code or not problem["type"].startswith("/problems/"):
        return f"no RFC 9457: {problem}"
    named = [error["pointer"] for error in problem.get("errors", [])]
    field = pointer.split("/")[1] if pointer else ""
    if answer.status_code == 422 and field and named and not any(field in one for one in named):
        return f"names {named}"
    return ""


def ask(
    world: World, method: str, address: str, body: Any, before: list[tuple[str, int]], **headers: str
) -> tuple[Any, bool]:
    """The answer, and whether a refusal left other numbers of rows than `before`. Undone afterwards."""
    content = {"data": body} if isinstance(body, File) or body is None else {"data": json.dumps(body)}
    kind = (
        {} if isinstance(body, File) or body is None else {"content_type": headers.pop("Content-Type", "application/json")}
    )
    with transaction.atomic():
        answer = getattr(world.owner, method.lower())(address, **content, **kind, headers={"If-Match": "*", **headers})
        changed = answer.status_code >= 400 and rows() != before
        transaction.set_rollback(True)
    return answer, changed


class TestHostileValues:
    def test_in_each_field_meet_a_problem_that_names_it(self, world):
        wrong, turn = [], count()
        for decision in WRITES:
            method, route = decision["method"], decision["route"]
            with transaction.atomic():
                address, body = world.address(method, route), world.body(method, route)
                before = rows()
                for value in VALUES:
                    for pointer, hostile in replaced(body, value):
                        if next(turn) % ONE_IN:
                            continue
                        answer, changed = ask(world, method, address, hostile, before)
                        # What is left out may make another field wrong: a flavor without its cluster.
                        field = "" if value is None else pointer
                        if said := wrong_with(answer, field) or ("changed something" if changed else ""):
                            wrong.append(f"{method} {route} {pointer}={value!r:.60}: {said}")
                transaction.set_rollback(True)

        assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong)
