"""A contract between two parties, as their workers have it, on two real clusters."""

from dataclasses import asdict
from uuid import uuid4

from hanse.channels import Access, Keys

from apps.federation.letters import PrivateKeys
from embedded.pulsar.pair import TENANT, Pair

ROLE = "worker"


def contract_on(pair: Pair) -> tuple[Access, Access]:
    """What the workers of both sides of one contract are given, whose channels are made as the portals make them."""
    name, contract = f"{TENANT}/channels-{uuid4().hex[:12]}", str(uuid4())
    clusters = [broker.name for broker in pair.brokers]
    numbers = [broker.number for broker in pair.brokers]
    for broker, us, them in zip(pair.brokers, numbers, numbers[::-1], strict=True):
        with broker.admin(timeout=60) as admin:
            policies = {"bundles": {"numBundles": 4}, "replication_clusters": clusters}
            closed = {"autoTopicCreationOverride": {"allowAutoTopicCreation": False}}
            admin.put(f"/namespaces/{name}", json={**policies, **closed}).raise_for_status()
            for channel in ("data", "control"):
                ours, theirs = f"{us}.{them}.{channel}", f"{them}.{us}.{channel}"
                for topic in (ours, theirs):
                    admin.put(f"/persistent/{name}/{topic}").raise_for_status()
                beginning = {"ledgerId": -1, "entryId": -1, "partitionIndex": -1}
                admin.put(f"/persistent/{name}/{theirs}/subscription/hanse", json=beginning).raise_for_status()
                admin.post(f"/persistent/{name}/{ours}/permissions/{ROLE}", json=["produce"]).raise_for_status()
                admin.post(f"/persistent/{name}/{theirs}/permissions/{ROLE}", json=["consume"]).raise_for_status()
                other = f"fl-pulsar-{them}"
                admin.post(f"/persistent/{name}/{theirs}/permissions/{other}", json=["produce"]).raise_for_status()
    keys = [PrivateKeys.new() for _ in numbers]
    first, second = (
        Access(
            contract=contract,
            edition=1,
            us=numbers[side],
            them=numbers[1 - side],
            service_url=broker.service,
            namespace=name,
            token=broker.token(ROLE),
            private=Keys(**asdict(keys[side])),
            theirs=Keys(**asdict(keys[1 - side].public)),
        )
        for side, broker in enumerate(pair.brokers)
    )
    return first, second
