"""`make fuzz` against the process `web` as it runs in production: real HTTP, the role behind the wall, all committed.

What a test client never shows: what a server makes of a request before Django sees it, what the wall refuses, what only a
commit finds. Each operation has a world of its own, so that what it removes is missing to no other.
"""

import json
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
import schemathesis
from django.core.cache import cache
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core import NOT_SET

from apps.core.web.openapi import document
from tests.core.test_description import undescribed
from tests.factories import make_member, make_user
from tests.test_permissions import OWN
from tests.testbed.web import WebProcess
from tests.world import World

# 5,000 and more with `make fuzz`, which says 3; half of them as the description allows, half not.
EXAMPLES_EACH = 4 * int(os.environ.get("FUZZ", 1))


@pytest.fixture
def web(transactional_db: None, seaweedfs, monkeypatch) -> Iterator[WebProcess]:
    """With a store, so that buckets answer; nobody is held back for asking much."""
    monkeypatch.setenv("HANSE_S3_URL", seaweedfs.address)
    monkeypatch.setenv("HANSE_S3_ACCESS_KEY", seaweedfs.access_key)
    monkeypatch.setenv("HANSE_S3_SECRET_KEY", seaweedfs.secret_key)
    process = WebProcess()
    process.start()
    yield process
    process.stop()


@pytest.mark.skipif("FUZZ" not in os.environ, reason="`make fuzz` asks thousands of times")
@pytest.mark.parametrize("part", range(4))
def test_no_request_of_the_description_meets_a_failure_of_ours(web, as_role, store, tmp_path, part):
    failures: list[str] = []
    asked = 0
    operations = list(schemathesis.openapi.from_dict(document()).get_all_operations())
    for operation in operations[part::4]:
        cache.clear()  # throttles
        world = World.make(as_role, tmp_path, newcomer=make_user("Nell"))
        make_member("platform-admin", user=world.owner.user)
        with _signed_in(web, world) as client:
            for mode in GenerationMode:
                asked += _try(client, world, operation.ok(), mode, failures)

    print(f"part {part}: {asked:,} requests")
    assert not failures, "\n".join(failures)


def _signed_in(web: WebProcess, world: World) -> httpx.Client:
    """As the console is: by a session, with the proof that a change comes from it."""
    cookies = {name: morsel.value for name, morsel in world.owner.cookies.items()}
    token = "c" * 32
    headers = {"X-CSRFToken": token, "If-Match": "*", "Origin": web.address}
    return httpx.Client(base_url=web.address, cookies={**cookies, "hanse_csrf": token}, headers=headers, timeout=30)


def _try(client: httpx.Client, world: World, operation: Any, mode: GenerationMode, failures: list[str]) -> int:
    asked = 0

    @given(case=operation.as_strategy(mode))
    @settings(
        max_examples=EXAMPLES_EACH,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=True,
    )
    def ask(case: Any) -> None:
        nonlocal asked
        answer = client.send(_request(client, case, rows))
        asked += 1
        if said := undescribed(operation, answer):
            failures.append(f"{case.method} {case.path} {case.query} {case.body!r}: {said}"[:900])

    rows = _rows(world, operation) if mode is GenerationMode.POSITIVE else ""
    try:
        ask()
    except Unsatisfiable:
        # Nothing that one could send to such an operation would be wrong.
        assert mode is GenerationMode.NEGATIVE
    return asked


def _rows(world: World, operation: Any) -> str:
    """The operation's address, of rows that are there."""
    route = world.address(operation.method.upper(), operation.path.lstrip("/"))
    return route.format(**{name: make(world.owner) for name, make in OWN.items() if f"{{{name}}}" in route})


def _request(client: httpx.Client, case: Any, rows: str) -> httpx.Request:
    """`rows`: the address to ask; empty: what was made up instead of ids."""
    made_up = {name: quote(str(value), safe="") for name, value in (case.path_parameters or {}).items()}
    address = rows.partition("?")[0] or case.path.format(**made_up)
    query = urlencode(case.query or {}, doseq=True)
    body: bytes | None = None
    if case.body is not NOT_SET:
        body = case.body if isinstance(case.body, bytes) else json.dumps(case.body, default=str).encode()
    headers = {"Content-Type": case.media_type or "application/json"} if body is not None else {}
    return client.build_request(case.method, f"{address}?{query}", content=body, headers=headers)
