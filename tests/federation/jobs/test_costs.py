"""What federated jobs cost the database."""

from collections.abc import Callable
from typing import Any

import pytest

from celery_workers.tasks import federation as tasks
from tests.factories import make_federated_job

QUERIES = 6


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_costs_the_same_whatever_it_holds(houses, count, django_assert_num_queries: Callable[..., Any]):
    aurora, _ = houses
    contract = aurora.side.party.partners.get().contracts.get()
    for _ in range(count):
        make_federated_job(contract)

    with django_assert_num_queries(QUERIES):
        assert len(aurora.worker.get(aurora.side.at("federated-jobs/?limit=50")).json()["results"]) == count


def test_a_look_at_a_job_that_goes_on_asks_little(running, django_assert_num_queries: Callable[..., Any]):
    """The sweep does so every five seconds with each that stands."""
    job_id = str(running[0].row.pk)

    with django_assert_num_queries(3):
        tasks.advance(job_id=job_id)
