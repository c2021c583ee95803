"""No request that the description allows meets a failure of ours, or an answer that is no problem document when refused."""

import os
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core import NOT_SET

from apps.core.web.openapi import document
from tests.factories import make_member
from tests.world import World

EXAMPLES_EACH = int(os.environ.get("FUZZ", 3))
FUZZ = pytest.mark.skipif("FUZZ" not in os.environ, reason="`make fuzz` asks as them too")


@schemathesis.serializer("application/gzip", "application/zip")
def _packed(_context: Any, value: Any) -> bytes:
    """Bodies that are files: whatever bytes were thought of."""
    return value if isinstance(value, bytes) else str(value).encode()


class TestDescription:
    @pytest.mark.parametrize("role", ["owner", pytest.param("viewer", marks=FUZZ), pytest.param("anonymous", marks=FUZZ)])
    def test_no_request_of_it_meets_a_failure_of_ours(self, as_role, tmp_path, role):
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
            _try(world, operation.ok(), failures)

        assert not failures, "\n".join(failures)


def _try(world: World, operation: Any, failures: list[str]) -> None:
    @given(case=operation.as_strategy())
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
        problem = answer.get("Content-Type") == "application/problem+json"
        if answer.status_code >= 500 or (answer.status_code >= 400 and not problem):
            failures.append(
                f"{case.method} {case.path} {case.query} {case.body!r}: {answer.status_code} {answer.content!r}"[:600]
            )

    ask()


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
    body = {} if case.body is NOT_SET else {"data": case.body, "format": "json"}
    ask = getattr(world.owner, case.method.lower())
    return ask(f"{case.path.format(**values)}?{query}", **body, headers={"If-Match": "*"})
