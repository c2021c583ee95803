"""What lists of jobs cost where there are many of them: counted in queries and buffers, behind the wall."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from rest_framework.test import APIClient

from apps.jobs.models import Job
from benches.crowd import Crowd, populate, reader, readers
from tests.counters import Counted, counted

pytestmark = pytest.mark.django_db(transaction=True)

TENANTS, JOBS = 1200, 30_000
MOST_QUERIES, MOST_BUFFERS = 6, 1000
# Of what the wall keeps from being decided by an index, the whole project would be read.
FILTERS = ("q=job-7", "q=job-77", "phase=failed", "label=run:77", "mine=true", "framework=pytorch", "order=name")


@pytest.fixture
def crowd() -> Crowd:
    """A tenant of 3,000 jobs, nine of 333, and the others of 20 each."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE clusters_cluster CASCADE")  # rows that tests before took back would still fill its pages
    return populate(tenants=TENANTS, jobs=JOBS)


def asked(path: str, headers: dict[str, str]) -> tuple[dict[str, Any], Counted]:
    """An answer, and what it takes of a connection that has answered such before (its catalogue is read by then)."""
    client = APIClient()
    client.get(path, headers=headers)
    with counted() as cost:
        answer = client.get(path, headers=headers)
    assert answer.status_code == 200, answer.json()
    return answer.json(), cost


class TestPages:
    def test_no_page_of_any_reader_costs_more_than_a_few_queries_and_buffers(self, crowd):
        costs = {}
        for name, headers in readers(crowd).items():
            for path in ("/api/v1/jobs/", f"/api/v1/projects/{crowd.large[1]}/jobs/"):
                if "projects" in path and name in ("a small tenant", "1,000 tenants"):
                    continue
                page, costs[f"{path}: {name}"] = asked(f"{path}?limit=100", headers)
                for _ in range(4):  # deep down
                    cursor = page["next"]
                    page = APIClient().get(f"{path}?limit=500&cursor={cursor}", headers=headers).json() if cursor else page
                if cursor:
                    deep, costs[f"{path}: {name}, deep"] = asked(f"{path}?limit=100&cursor={cursor}", headers)
                    back = f"{path}?limit=100&cursor={deep['previous']}"
                    _, costs[f"{path}: {name}, back"] = asked(back, headers)

        assert len(costs) > 20
        assert {name: cost.statements for name, cost in costs.items() if len(cost.statements) > MOST_QUERIES} == {}
        # A reader of a thousand tenants may cost twice as much.
        most = {name: MOST_BUFFERS * (2 if "1,000" in name else 1) for name in costs}
        assert {name: cost.each for name, cost in costs.items() if cost.buffers > most[name]} == {}

    def test_a_reader_of_many_tenants_gets_the_pages_that_others_get(self, crowd):
        """Also where none of them was active for long, so that the newest jobs of all are none of theirs."""
        few = [tenant for tenant, _ in crowd.small[:3]]
        quiet = [tenant for tenant, _ in crowd.small[3:60]]
        newest = Job.objects.order_by("-pk").values_list("pk", flat=True)[5000]
        Job.objects.filter(tenant__in=quiet, pk__gt=newest).delete()
        for tenants in (few, quiet, [crowd.large[0], *quiet]):
            headers = reader("viewer", tenants=tenants)
            for order, column in (("created", "pk"), ("-created", "-pk")):
                pages, cursor = [], ""
                while cursor is not None:
                    path = f"/api/v1/jobs/?limit=250&order={order}&cursor={cursor}"
                    page = APIClient().get(path, headers=headers).json()
                    pages += [job["id"] for job in page["results"]]
                    cursor = page["next"]

                assert pages == [str(pk) for pk in _ids(tenants, column)], (len(tenants), order)


def _ids(tenants: list[UUID], order: str) -> list[UUID]:
    return list(Job.objects.filter(tenant__in=tenants).order_by(order).values_list("pk", flat=True))


class TestFilters:
    def test_none_reads_the_whole_project(self, crowd):
        headers = reader("viewer", tenants=[crowd.large[0]])

        costs = {}
        for query in FILTERS:
            _, costs[query] = asked(f"/api/v1/projects/{crowd.large[1]}/jobs/?limit=100&{query}", headers)

        # Of a label each job is looked up once for the count and once for the page.
        assert {query: cost.each for query, cost in costs.items() if cost.buffers > MOST_BUFFERS} == {}
        assert all(len(cost.statements) <= MOST_QUERIES + 1 for cost in costs.values())  # ids are found first

    def test_what_a_filter_asks_is_leakproof(self, crowd):
        """Else PostgreSQL asks the policy of every row before. Its own catalogue says it of each operator."""
        headers = reader("viewer", tenants=[crowd.large[0]])
        plans = ""
        for query in FILTERS:
            with counted() as cost:
                APIClient().get(f"/api/v1/projects/{crowd.large[1]}/jobs/?{query}", headers=headers)
            plans += json.dumps(cost.plans)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT oprname FROM pg_operator JOIN pg_proc ON pg_proc.oid = oprcode WHERE oprresult = 'boolean'::regtype"
                " AND oprleft IN ('text'::regtype, 'jsonb'::regtype, 'anyarray'::regtype) GROUP BY 1"
                " HAVING NOT bool_or(proleakproof)"
            )
            leaky = {name for (name,) in cursor.fetchall()}

        assert {"~~", "@>"} <= leaky
        assert "^@" not in leaky
        assert "^@" in plans
        assert [name for name in leaky if f" {name} " in plans] == []


class TestSearch:
    def test_it_reads_what_begins_so(self, crowd):
        headers = reader("viewer", tenants=[crowd.large[0]])

        found, cost = asked("/api/v1/search/?q=job-77", headers)

        assert found["results"]
        assert cost.buffers < MOST_BUFFERS
