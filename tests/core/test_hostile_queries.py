"""Hostile queries and headers at every address that is read: answered or refused by a problem that can be read, never a 5xx.

Parameters that the description knows, and some that none should, meet values in turn, addresses meet headers; with FUZZ=1
(`make fuzz`) many more of them.
"""

import base64
import json
import os
import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import count
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import transaction

from apps.core.ids import new_id
from apps.core.web.openapi import document
from tests.core.test_hostile import ONE_IN
from tests.factories import make_member
from tests.test_permissions import HTTP, OWN
from tests.world import World

# The page of the console is a file, and there only when it was built.
READS = sorted({row["route"] for row in HTTP if row["method"] == "GET"} - {"{path}"})
# Neither shares a divisor with how many values there are: in the end each comes by.
QUERIES_ONE_IN = 5 if os.environ.get("FUZZ") else 61
KINDS = (
    "application/yaml",
    "text/csv",
    "text/event-stream",
    "application/x-ndjson",
    "application/octet-stream",
    "text/html",
)


def cursor(place: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


# As they stand in an address.
TEXTS = [
    "",
    "%00",
    "%ff%fe",
    "%ed%a0%80",
    "%1b%5d52%3bc%3baGk%3d%07",
    "%e2%80%aegnp.exe",
    "%0d%0aSet-Cookie:%20a=b",
    quote("'; DROP TABLE tenants_tenant; --"),
    quote("' OR 1=1 --"),
    quote("%s%n{0.__class__}${7*7}{{7*7}}"),
    quote("(a+)+$[\\"),
    quote("../../etc/passwd", safe=""),
    quote("<script>alert(1)</script>"),
    "-1",
    "0",
    "9" * 19,
    "9" * 5000,
    "1e308",
    "NaN",
    "-Infinity",
    "0x10",
    "%D9%A3",  # a digit to Python's int()
    "true",
    "null",
    "[]",
    "{}",
    "10000-01-01T00:00:00Z",
    "0001-01-01T00:00:00%2B14:00",
    "2026-02-30",
    "2026-11-26T00:00:00",
    "00000000-0000-0000-0000-000000000000",
    "created,-created",
    "-password",
    "owner__password",
    "pk__in",
    ",,,,",
    "a," * 2000,
    "a" * 5000,
    cursor({"pk": "x", "value": None, "back": "maybe"}),
    cursor([[[[]]]]),
    cursor({"pk": "0190f5fe-7c00-7a00-8000-000000000001", "value": {"a": 1}, "back": False}),
    cursor({"pk": "0190f5fe-7c00-7a00-8000-000000000001", "value": "9" * 400, "back": True}),
    "W10",
    "====",
]
# None of them is a filter; NetBox and others took such names into their queries.
NAMES = [
    "_connector",
    "_negated",
    "pk__in",
    "tenant__name",
    "owner__password__startswith",
    "order_by",
    "%00",
    "format",
    "__class__",
]
HEADERS: list[dict[str, str]] = [
    *(
        {"Accept": value}
        for value in (
            "",
            "text/csv",
            "*",
            "*/*;q=nope",
            "application/json;;;",
            "a/b/c",
            "\xff",
            "x" * 8000,
            ",".join(["a/b"] * 2000),
        )
    ),
    {"Accept": "application/json; version=9; indent=99999999999"},
    *({"If-Match": value} for value in ("", "*", '"', "W/", '"1", "2"', "9" * 5000, '"' + "9" * 5000 + '"', '"-1"', "\xff")),
    *({"If-None-Match": value} for value in ("*", '"', "W/W/", '"' + "9" * 5000)),
    *({"If-Modified-Since": value} for value in ("yesterday", "Thu, 99 Nov 99999 99:99:99 GMT", "9" * 400)),
    *(
        {"Range": value}
        for value in (
            "bytes=",
            "bytes=-",
            "bytes=-0",
            "bytes=9-1",
            "bytes=0-0,0-0",
            "lines=0-",
            "bytes=" + "0-0," * 999,
            "bytes=" + "9" * 400 + "-",
            "bytes=-" + "9" * 400,
            "bytes=٣-٤",
        )
    ),
    {"Range": "bytes=0-1", "If-Range": "\x01"},
    *({"Idempotency-Key": value} for value in ("", " ", "a" * 5000, "\xff\xfe", "'; --")),
    *(
        {"Authorization": value}
        for value in (
            "",
            "Bearer",
            "Bearer nothing",
            "Bearer \xff",
            "Bearer a b c",
            "Basic ====",
            "Basic Og==",
            "Negotiate " + "A" * 8000,
            "hns_guess",
        )
    ),
    *(
        {"Content-Type": value}
        for value in (
            "",
            "application/json; charset=utf-7",
            "application/json; charset=nope",
            "multipart/form-data",
            "multipart/form-data; boundary=" + "a" * 300,
            "a" * 5000,
        )
    ),
    *({"Accept-Language": value} for value in ("\xff", "zz-" * 500, "../../etc/passwd", "*;q=nope")),
    *({"Last-Event-ID": value} for value in ("nope", "9" * 5000, "a:b:c")),
    *({"X-Forwarded-For": value} for value in ("nope", "1.2.3.4, " * 500, "::ffff:1.2.3.4%eth0", "999.999.999.999")),
    *({"X-Request-Id": value} for value in ("\xff", "a" * 5000, "<b>", "a\tb")),
    *({"Traceparent": value} for value in ("nope", "00-" + "0" * 32 + "-" + "0" * 16 + "-ff")),
    *(
        {"Cookie": value}
        for value in ("hanse_session=\xff", "hanse_session=" + "a" * 4000, "hanse_csrf=; =; ;;;", "sessionid")
    ),
    *({"Host": value} for value in ("evil.example", "a b", "[::1", "localhost:99999999")),
    *({"Origin": value} for value in ("null", "https://evil.example", "\xff")),
]


@pytest.fixture
def world(as_role, tmp_path, settings, store) -> World:
    cache.clear()
    settings.LOCAL_COMPUTE = True
    world = World.make(as_role, tmp_path)
    make_member("platform-admin", user=world.owner.user)
    world.fill()
    world.owner.raise_request_exception = False
    return world


def addresses(world: World) -> Iterator[tuple[str, str]]:
    """(route, address) of everything that is read; what the address makes is undone afterwards."""
    for route in READS:
        with transaction.atomic():
            address = world.address("GET", route)
            yield (
                route,
                address.format(**{name: make(world.owner) for name, make in OWN.items() if f"{{{name}}}" in address}),
            )
            transaction.set_rollback(True)


def parameters(route: str) -> list[str]:
    described = document()["paths"].get(f"/{route}", {}).get("get", {}).get("parameters", [])
    return [one["name"] for one in described if one["in"] == "query"]


def wrong_with(answer: Any) -> str:
    """What is wrong with an answer, in words: nothing when it succeeded, or is a problem that can be read."""
    if answer.status_code >= 500:
        return f"{answer.status_code} {answer.content[:200]!r}"
    if answer.status_code < 400:
        b"".join(answer.streaming_content) if answer.streaming else answer.content
        return ""
    if answer["Content-Type"] != "application/problem+json":
        return f"no problem: {answer.status_code} {answer['Content-Type']}"
    try:
        problem = json.loads(answer.content)
    except ValueError:
        return f"{answer.status_code} says it is a problem and is {answer.content[:80]!r}"
    return "" if problem["status"] == answer.status_code and problem["type"].startswith("/problems/") else f"{problem}"


class TestHostileQueries:
    def test_each_is_answered_or_refused_by_a_problem(self, world):
        wrong, turn = [], count()
        for route, address in addresses(world):
            bare, _, asked = address.partition("?")
            for name in [*parameters(route), *NAMES]:
                for text in TEXTS:
                    if next(turn) % QUERIES_ONE_IN:
                        continue
                    cache.clear()
                    with transaction.atomic():
                        answer = world.owner.get(f"{bare}?{asked}&{name}={text}")
                        said = wrong_with(answer)
                        transaction.set_rollback(True)
                    if said:
                        wrong.append(f"GET {route} {name}={text:.60}: {said}")

        assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong)


class TestHostileHeaders:
    def test_each_is_answered_or_refused_by_a_problem(self, world):
        wrong, turn, session = [], count(), deepcopy(world.owner.cookies)
        for route, address in addresses(world):
            world.owner.cookies = deepcopy(session)
            for headers in HEADERS:
                if next(turn) % ONE_IN:
                    continue
                # Whoever gets credentials wrong is slowed down soon, and a broken session is taken away.
                cache.clear()
                world.owner.cookies = deepcopy(session)
                with transaction.atomic():
                    said = wrong_with(world.owner.get(address, headers=headers))
                    transaction.set_rollback(True)
                if said:
                    wrong.append(f"GET {route} {headers!s:.90}: {said}")

        assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong)

    def test_a_refusal_is_json_whatever_was_to_be_answered(self, world):
        """Where other than JSON is answered, its refusals once were written like that, or not at all."""
        wrong = []
        for route, address in addresses(world):
            missing = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", str(new_id()), address)
            for kind in KINDS:
                cache.clear()
                if said := wrong_with(world.owner.get(missing, headers={"Accept": kind})):
                    wrong.append(f"GET {route} {kind}: {said}")

        assert not wrong, "\n".join(wrong)
