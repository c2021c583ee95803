"""tests/permissions.csv says who gets which answer where: every route, method and role, as decided, never generated.

This walks the URL conf, fails on what the file does not know (and on what it knows and is gone), and asks a real server
state in every role. A refusal is asked with the same request that succeeds for whoever may, so it is refused for its role.
"""

import csv
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from apps.accounts.models import OpenSession
from apps.core.ids import new_id
from apps.core.models import Operation
from apps.monitoring.models import Mute, Notification
from apps.tenants.models import ApiToken
from tests.conftest import Client
from tests.world import World

DECISIONS = list(csv.DictReader((Path(__file__).parent / "permissions.csv").open()))
ROLES = list(DECISIONS[0])[3:]
HTTP = [row for row in DECISIONS if row["area"] not in ("sockets", "live")]  # those are asked in tests/live/test_roles.py
AREAS = sorted({row["area"] for row in HTTP})
# Signing in is django-allauth's, whose own tests hold it; tests/accounts holds what we made of it.
ELSEWHERE = ("_allauth/", "^_allauth/")


def routes() -> Iterator[tuple[str, str]]:
    """Every (method, route) of the URL conf, routes written with {names}."""
    for route, callback in _patterns(get_resolver().url_patterns, ""):
        if route.startswith(ELSEWHERE):
            continue
        methods = getattr(callback, "actions", None) or {"get": ""}
        yield from ((method.upper(), route) for method in methods if method != "head")


def _patterns(patterns: list[Any], above: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            route = re.sub(r"\^?\(\?P<(\w+)>.*\)\$", r"{\1}", route)
            yield re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route), pattern.callback


class TestDecisions:
    def test_every_route_and_method_is_decided_and_every_decision_is_served(self):
        decided = [(row["method"], row["route"]) for row in HTTP]
        # An address of `live` may be decided for several queries.
        waiting = {(row["method"], row["route"].partition("?")[0]) for row in DECISIONS if row["area"] == "live"}

        assert sorted([*decided, *waiting]) == sorted(routes())

    @pytest.mark.parametrize("area", AREAS)
    def test_each_role_is_answered_as_decided(self, as_role, tmp_path, settings, store, area):
        cache.clear()
        settings.LOCAL_COMPUTE, settings.LOCAL_COMPUTE_DIRECTORY = True, tmp_path
        world = World.make(as_role, tmp_path)
        clients = {role: as_role(role, project=world.project)[0] for role in ROLES}
        wrong = [said for decision in HTTP if decision["area"] == area for said in wrong_answers(world, clients, decision)]

        assert not wrong, "\n".join(wrong)


def wrong_answers(world: World, clients: dict[str, Client], decision: dict[str, str]) -> Iterator[str]:
    """Ask in every role. What an answer changed is undone, so that each finds the same state."""
    method, route = decision["method"], decision["route"]
    with transaction.atomic():
        address, body = world.address(method, route), world.body(method, route)
        for role, client in clients.items():
            world.restore()
            with transaction.atomic():
                mine = address.format(**{name: make(client) for name, make in OWN.items() if f"{{{name}}}" in address})
                answer = getattr(client, method.lower())(mine, body, headers={"If-Match": "*"})
                transaction.set_rollback(True)
            if answer.status_code != int(decision[role]):
                text = "" if answer.streaming else answer.content.decode()[:300]
                yield f"{method} {route} as {role}: {answer.status_code} {text}, not {decision[role]}"
        transaction.set_rollback(True)


def own_session(client: Client) -> OpenSession:
    key = client.session.session_key
    return OpenSession.objects.get_or_create(session_key=key, defaults={"user": client.user})[0]


def own_token(client: Client) -> ApiToken:
    expires_at = timezone.now() + timedelta(days=1)
    return ApiToken.objects.create(user=client.user, name="one", digest=client.user.pk.hex, expires_at=expires_at)


def own_notification(client: Client) -> Notification:
    kind = {"code": "token.expiring", "severity": "warning", "object_kind": "token", "object_id": new_id(), "path": "/"}
    return Notification.objects.create(user=client.user, **kind)


def own_mute(client: Client) -> Mute:
    return Mute.objects.create(user=client.user, object_kind="project", object_id=new_id(), label="aurora/vision")


def own_operation(client: Client) -> Operation:
    about = {"kind": "cluster.preflight", "task": "x", "subject_kind": "cluster", "subject_id": new_id()}
    return Operation.objects.create(user_id=client.user.pk, secret="once", **about)


# What each role has of its own, for addresses that only find that.
OWN = {
    name: lambda client, make=make: make(client).pk if client.user else new_id()
    for name, make in (
        ("token_id", own_token),
        ("session_id", own_session),
        ("notification_id", own_notification),
        ("mute_id", own_mute),
        ("operation_id", own_operation),
    )
}
