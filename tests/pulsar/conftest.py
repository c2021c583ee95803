import pytest
from hanse.channels import Access

from embedded.pulsar.pair import Pair
from tests.pulsar.contract import contract_on


@pytest.fixture
def accesses(pair: Pair) -> tuple[Access, Access]:
    """What the workers of both sides of one contract are given."""
    return contract_on(pair)
