import pytest
from hanse.channels import Access

from embedded.pulsar.pair import Pair
from tests.pulsar.contract import contract_on
from tests.testbed.pulsar import part


@pytest.fixture(autouse=True, scope="module")
def _introduced(pair: Pair) -> None:
    """Parties that joined gave their clusters tokens of their own, which a replicator reads only when it is made anew."""
    part(pair)
    pair.introduce()


@pytest.fixture
def accesses(pair: Pair) -> tuple[Access, Access]:
    """What the workers of both sides of one contract are given."""
    return contract_on(pair)
