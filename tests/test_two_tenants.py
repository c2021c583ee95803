"""Two tenants with everything alike: from one side the other is not found, not listed, not counted, not changed."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from apps.audit.models import AuditEntry
from apps.core.models import OutboxEvent
from tests.factories import make_member
from tests.test_permissions import HTTP
from tests.world import QUERIES, World

OF_A_TENANT = (
    "{tenant_id}",
    "{project_id}",
    "{quota_id}",
    "{cap_id}",
    "{request_id}",
    "{template_id}",
    "{cohort_id}",
    "{cluster_id}",
    "{target_id}",
    "{user_id}",
    "view-as/",
    "audit/export/",
)
LISTS = sorted(
    row["route"]
    for row in HTTP
    if (row["method"], row["viewer"]) == ("GET", "200") and row["area"] != "open" and "{" not in row["route"]
)


@pytest.fixture
def worlds(as_role, tmp_path, settings, store) -> tuple[World, World]:
    """Ours and theirs: each has a cluster, a cohort, a quota, a cap, a template, jobs, and members of the same names."""
    cache.clear()
    settings.LOCAL_COMPUTE, settings.LOCAL_COMPUTE_DIRECTORY = True, tmp_path
    ours = World.make(as_role, tmp_path)
    theirs = World.make(as_role, tmp_path, newcomer=ours.newcomer)
    for world in (ours, theirs):
        world.fill()
        world.somebody = make_member("developer", tenant=world.project.tenant).user
    return ours, theirs


def identifiers(world: World) -> set[str]:
    """What would give a world away, wherever it turned up."""
    rows = (world.project, world.project.tenant, world.quota, world.cohort, world.cluster, world.owner.user)
    return {str(row.pk) for row in (*rows, world.somebody) if row}


class TestTheOtherSide:
    @pytest.mark.parametrize("route", LISTS)
    def test_no_list_shows_or_counts_it(self, worlds, route):
        ours, theirs = worlds
        query = "?q=tenant" if route.endswith("search/") else QUERIES.get(f"GET {route}", "")

        answer = ours.owner.get(f"/{route}{query}")

        assert answer.status_code == 200
        text = answer.content.decode()
        assert not [one for one in identifiers(theirs) if one in text]
        assert counts(answer.json()) == counts(theirs.owner.get(f"/{route}{query}").json())

    def test_every_address_of_it_is_not_found_or_refused_and_nothing_changes(self, worlds):
        ours, theirs = worlds
        wrong = []
        for decision in HTTP:
            method, route = decision["method"], decision["route"]
            if not any(name in route for name in OF_A_TENANT):
                continue
            with transaction.atomic():
                address, body = theirs.address(method, route), theirs.body(method, route)
                traces = AuditEntry.objects.count(), OutboxEvent.objects.count()
                answer = getattr(ours.owner, method.lower())(address, body, headers={"If-Match": "*"})
                left = (AuditEntry.objects.count(), OutboxEvent.objects.count()) != traces
                transaction.set_rollback(True)
            if answer.status_code != int(decision["other-tenant-owner"]) or left:
                wrong.append(f"{method} {route}: {answer.status_code}{', and it left a trace' * left}")
            if [one for one in identifiers(theirs) if one in answer.content.decode()]:
                wrong.append(f"{method} {route} speaks of the other side")
        assert not wrong

    def test_our_own_addresses_do_not_take_their_rows(self, worlds):
        """An id of theirs below an id of ours is not found either."""
        ours, theirs = worlds
        job = theirs.job("GET", "")
        ours_project = f"/api/v1/projects/{ours.project.pk}"

        for path in (f"{ours_project}/jobs/{job.pk}/", f"{ours_project}/jobs/{job.pk}/logs/"):
            assert ours.owner.get(path).status_code == 404
        bulk = ours.owner.post(f"{ours_project}/jobs/bulk/", {"act": "cancel", "ids": [str(job.pk)]}).json()
        assert [result["status"] for result in bulk["results"]] == [404]


def counts(document: Any) -> Any:
    return document.get("count") if isinstance(document, dict) else len(json.dumps(document))
