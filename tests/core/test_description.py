"""No request, as the description allows it or not, meets a failure of ours; every answer is as the description says."""

import os
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
import schemathesis
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.core import NOT_SET
from schemathesis.core.failures import FailureGroup

from apps.core.web.openapi import document
from apps.tenants.permissions import Role
from tests.factories import make_member
from tests.world import World

EXAMPLES_EACH = int(os.environ.get("FUZZ", 1))
# Whoever may do less than everything: every role, and those who have none here.
OTHERS = [*(str(role) for role in Role if role is not Role.OWNER), "outsider", "other-tenant-owner", "anonymous"]
FUZZ = pytest.mark.skipif("FUZZ" not in os.environ, reason="`make fuzz` asks as them too")


@schemathesis.serializer("application/gzip", "application/zip")
def _packed(_context: Any, value: Any) -> bytes:
    """Bodies that are files: whatever bytes were thought of."""
    return value if isinstance(value, bytes) else str(value).encode()


class TestDescription:
    @pytest.mark.parametrize("role", ["owner", *(pytest.param(role, marks=FUZZ) for role in OTHERS)])
    def test_no_request_of_it_meets_a_failure_of_ours(self, as_role, tmp_path, store, role):
        """The owner may do everything, for they administer the platform too; the others are asked by `make fuzz`."""
        cache.clear()
        world = World.make(as_role, tmp_path)
        if role == "owner":
            make_member("platform-admin", user=world.owner.user)
        else:
            world.owner = as_role(role, project=world.project)[0]
        world.owner.raise_request_exception = False
        failures: list[str] = []
        for operation in schemathesis.openapi.from_dict(document()).get_all_operations():
            for mode in GenerationMode:
                _try(world, operation.ok(), mode, failures)

        assert not failures, "\n".join(failures)

    def test_each_body_has_an_example_that_fits(self):
        schemas = document()["components"]
        bodies = {
            f"{method.upper()} {path}": operation["requestBody"]["content"]["application/json"]
            for path, operations in document()["paths"].items()
            for method, operation in operations.items()
            if "application/json" in operation.get("requestBody", {}).get("content", {})
        }
        without = [name for name, body in bodies.items() if not body.get("examples")]
        wrong = [
            f"{name}: {error.json_path} {error.message}"
            for name, body in bodies.items()
            for example in body.get("examples", {}).values()
            for error in Draft202012Validator({**body["schema"], "components": schemas}).iter_errors(example["value"])
        ]

        assert bodies
        assert (without, wrong) == ([], [])


def _try(world: World, operation: Any, mode: GenerationMode, failures: list[str]) -> None:
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
        with transaction.atomic():
            answer = send(world, case)
            transaction.set_rollback(True)
        if said := wrong_with(operation, answer):
            failures.append(f"{case.method} {case.path} {case.query} {case.body!r}: {said}"[:900])

    try:
        ask()
    except Unsatisfiable:
        # Nothing that one could send to such an operation would be wrong.
        assert mode is GenerationMode.NEGATIVE


def wrong_with(operation: Any, answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    asked = httpx.Request(operation.method, "http://testserver/")
    response = httpx.Response(answer.status_code, headers=dict(answer.items()), content=content, request=asked)
    response.elapsed = timedelta()
    return undescribed(operation, response)


def undescribed(operation: Any, response: httpx.Response) -> str:
    """What is wrong with the answer; empty: it is as the description says."""
    problem = response.headers.get("Content-Type") == "application/problem+json"
    if response.status_code >= 500 or (response.status_code >= 400 and not problem):
        return f"{response.status_code} {response.content!r}"
    try:
        operation.validate_response(response)
    except FailureGroup as wrong:
        return f"{response.status_code} is not as described: {[str(one) for one in wrong.exceptions]}"
    return ""


def send(world: World, case: Any) -> Any:
    """The generated request, on rows that are there."""
    known: dict[str, object] = {
        "tenant_id": world.project.tenant_id,
        "project_id": world.project.pk,
        "cluster_id": world.cluster.pk,
        "quota_id": world.quota.pk,
        "cohort_id": world.cohort.pk,
    }
    values = {name: quote(str(known.get(name, value)), safe="") for name, value in (case.path_parameters or {}).items()}
    query = urlencode(case.query or {}, doseq=True)
    body: dict[str, Any] = {} if case.body is NOT_SET else {"data": case.body, "format": "json"}
    if isinstance(case.body, bytes):
        body = {"data": case.body, "content_type": case.media_type or "application/json"}
    ask = getattr(world.owner, case.method.lower())
    return ask(f"{case.path.format(**values)}?{query}", **body, headers={"If-Match": "*"})
