"""The two clusters that federation stands on: what they let through, and what they refuse."""

from uuid import uuid4

import httpx
import pytest

from embedded.pulsar.broker import Broker
from embedded.pulsar.pair import TENANT, Pair


def asked(broker: Broker, path: str, *, token: str = "") -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.get(f"{broker.web}/admin/v2{path}", headers=headers, timeout=20)


@pytest.fixture
def namespace(pair: Pair) -> str:
    """Of both clusters, replicated between them."""
    name = f"{TENANT}/test-{uuid4().hex[:12]}"
    clusters = [broker.name for broker in pair.brokers]
    for broker in pair.brokers:
        with broker.admin() as admin:
            made = admin.put(f"/namespaces/{name}", json={"bundles": {"numBundles": 4}, "replication_clusters": clusters})
            assert made.status_code == 204, made.text
    return name


class TestTokens:
    def test_nobody_is_let_in_without_one(self, pair: Pair) -> None:
        first, _ = pair.brokers

        assert asked(first, "/clusters").status_code == 401

    def test_that_of_the_other_cluster_opens_nothing(self, pair: Pair) -> None:
        first, second = pair.brokers

        assert asked(first, "/clusters", token=second.token("admin")).status_code == 401
        assert asked(second, "/clusters", token=second.token("admin")).status_code == 200

    def test_an_expired_one_opens_nothing(self, pair: Pair) -> None:
        first, _ = pair.brokers

        assert asked(first, "/clusters", token=first.token("admin", exp=1)).status_code == 401

    def test_a_role_without_a_grant_sees_no_topics(self, pair: Pair, namespace: str) -> None:
        first, _ = pair.brokers

        assert asked(first, f"/persistent/{namespace}", token=first.token("stranger")).status_code in (401, 403)
        assert asked(first, f"/persistent/{namespace}", token=first.token("admin")).status_code == 200

    def test_the_partner_sees_no_credentials(self, pair: Pair) -> None:
        first, second = pair.brokers

        assert asked(first, f"/clusters/{second.name}", token=first.token(second.name)).status_code in (401, 403)
