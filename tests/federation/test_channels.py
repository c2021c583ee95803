"""What a contract that both signed is in two real clusters, and what is left of it when it ends: nothing."""

from typing import Any

import pulsar
import pytest

from apps.audit.models import AuditEntry
from apps.core.models import OutboxNotification
from apps.federation.models import Channels, Contract, Partner
from celery_workers.tasks import federation as tasks
from embedded.pulsar.broker import Broker
from tests.eventually import eventually
from tests.factories import terms_between
from tests.federation.conftest import Side, carry_out, join, work

DATA = ("10000.20000.data", "20000.10000.data")


@pytest.fixture
def joined(real_sides) -> tuple[Side, Side]:
    join(*real_sides)
    return real_sides


def contract_of(side: Side) -> dict[str, Any]:
    """The newest, as its page reads it."""
    row = Contract.objects.filter(tenant=side.tenant).latest("edition", "pk")
    return dict(side.client.get(side.at(f"contracts/{row.pk}/")).json())


def agree(aurora: Side, borealis: Side, **changed: Any) -> None:
    body: dict[str, Any] = {"partner_id": aurora.partner["id"], **changed.pop("amends", {})}
    body["terms"] = terms_between(aurora.party, aurora.party.partners.latest("pk"), **changed)
    assert aurora.client.post(aurora.at("contracts/"), body).status_code == 201
    carry_out("send")
    offered = contract_of(borealis)
    signed = borealis.client.post(borealis.at(f"contracts/{offered['id']}/sign/"), {"digest": offered["digest"]})
    assert signed.status_code == 200


def stand(side: Side, state: str) -> None:
    def reached() -> bool:
        work()
        return bool(contract_of(side)["channels"]["state"] == state)

    eventually(reached, within=120, what=f"channels of {side.number}: {state}; {contract_of(side)['channels']}")


def opened(aurora: Side, borealis: Side, **changed: Any) -> dict[str, Any]:
    agree(aurora, borealis, **changed)
    stand(aurora, "open")
    stand(borealis, "open")
    return dict(contract_of(aurora)["channels"])


def worker(broker: Broker, role: str) -> pulsar.Client:
    token = pulsar.AuthenticationToken(broker.token(role))
    quiet = pulsar.ConsoleLogger(pulsar.LoggerLevel.Error)
    return pulsar.Client(broker.service, authentication=token, operation_timeout_seconds=10, logger=quiet)


def namespaces(broker: Broker) -> list[str]:
    with broker.admin() as admin:
        return list(admin.get("/namespaces/fl-tenant").json())


def test_it_opens_on_both_sides_with_just_the_rights_that_were_agreed(joined, pair):
    aurora, borealis = joined
    first, second = pair.brokers

    channels = opened(aurora, borealis)

    assert {check["state"] for check in channels["checks"]} == {"fine"}, channels["checks"]
    assert contract_of(borealis)["channels"]["namespace"] == channels["namespace"]
    namespace, role = f"fl-tenant/{channels['namespace']}", channels["role"]
    outward, inward = (f"persistent://{namespace}/{topic}" for topic in DATA)
    ours, theirs = worker(first, role), worker(second, role)
    try:
        producer = ours.create_producer(outward)
        producer.send(b"weights", replication_clusters=[second.name])
        assert theirs.subscribe(outward, "hanse").receive(20_000).data() == b"weights"
        for refused in (
            lambda: ours.create_producer(inward),
            lambda: ours.create_producer(f"persistent://{namespace}/10000.20000.other"),
            lambda: ours.create_producer("persistent://fl-tenant/link-10000-20000/10000.20000.control"),
            lambda: ours.create_producer("persistent://public/default/other"),
            lambda: ours.subscribe(outward, "hanse"),
            lambda: ours.subscribe(inward, "another"),
            lambda: worker(first, f"{role}x").create_producer(outward),
        ):
            with pytest.raises(pulsar.PulsarException):
                refused()
    finally:
        ours.close()
        theirs.close()


def test_each_way_to_end_leaves_nothing_on_either_side(joined, pair):
    """One journey: superseded, suspended and resumed, revoked; each starts where the one before ended."""
    aurora, borealis = joined
    first = opened(aurora, borealis)
    ours = worker(pair.brokers[0], first["role"])
    producer = ours.create_producer(f"persistent://fl-tenant/{first['namespace']}/{DATA[0]}")
    producer.send(b"weights", replication_clusters=[pair.brokers[1].name])

    second = opened(aurora, borealis, rounds=40, amends={"amends": contract_of(aurora)["id"]})
    eventually(lambda: work() or not _left(pair, first["namespace"]), within=60, what="the first edition is gone")
    with pytest.raises(pulsar.PulsarException):
        producer.send(b"more", replication_clusters=[pair.brokers[1].name])
    ours.close()
    gone = Channels.objects.get(tenant=aurora.tenant, contract__edition=1)
    assert (gone.phase, gone.removed["topics"][0]["topic"]) == ("closed", "10000.20000.control")
    assert gone.removed["topics"][1]["messages"] == 1
    theirs = Channels.objects.get(tenant=borealis.tenant, contract__edition=1)
    assert [one["given_up"] for one in theirs.removed["topics"]] == [0, 0, 0, 0]
    entry = AuditEntry.objects.get(tenant_id=aurora.tenant.pk, action="contract.channels-closed")
    assert entry.after["removed"]["roles"] == sorted([first["role"], aurora.partner["issued_role"]])

    borealis.act("suspend", reason="Holidays.")
    stand(aurora, "closed")
    stand(borealis, "closed")
    assert not _left(pair, "contract-")
    borealis.act("resume")
    stand(aurora, "open")
    stand(borealis, "open")

    contract = contract_of(aurora)
    aurora.client.post(aurora.at(f"contracts/{contract['id']}/revoke/"), {"reason": "The project is over."})
    stand(aurora, "closed")
    stand(borealis, "closed")
    assert not _left(pair, "contract-")
    assert contract_of(aurora)["channels"]["namespace"] == second["namespace"]


def test_more_than_was_agreed_leaves_nobodys_house(joined, pair):
    aurora, borealis = joined
    channels = opened(aurora, borealis, megabytes=1)
    topic = f"persistent://fl-tenant/{channels['namespace']}/{DATA[0]}"
    ours = worker(pair.brokers[0], channels["role"])
    producer = ours.create_producer(topic)
    producer.send(bytes(1_100_000), replication_clusters=[pair.brokers[1].name])

    stand(aurora, "failing")

    checks = {check["check"]: check for check in contract_of(aurora)["channels"]["checks"]}
    assert (checks["bytes"]["said"]["code"], checks["bytes"]["who"]) == ("link-bytes-used-up", "us")
    with pytest.raises(pulsar.PulsarException):
        ours.create_producer(topic)
    ours.close()
    for _ in range(2):
        work()
    assert OutboxNotification.objects.filter(code="contract.used-up").count() == 1
    assert contract_of(aurora)["channels"]["sent_bytes"] > 1_100_000


def test_one_side_ends_while_the_other_knows_nothing_and_goes_on_sending(joined, pair):
    aurora, borealis = joined
    first, second = pair.brokers
    channels = opened(aurora, borealis)
    namespace = f"fl-tenant/{channels['namespace']}"
    theirs = worker(second, channels["role"])
    producer = theirs.create_producer(f"persistent://{namespace}/{DATA[1]}")
    ours = Channels.objects.get(tenant=aurora.tenant)

    def ended() -> bool:
        producer.send(bytes(100_000), replication_clusters=[first.name])
        tasks.channels(channels_id=str(ours.pk))
        return bool(contract_of(aurora)["channels"]["state"] == "closed")

    aurora.client.post(aurora.at(f"contracts/{contract_of(aurora)['id']}/revoke/"), {"reason": "Over."})
    eventually(ended, within=120, what=f"closed; {contract_of(aurora)['channels']}")
    theirs.close()

    assert namespace not in namespaces(first)
    with first.admin() as admin:
        admin.put("/namespaces/fl-tenant/another", json={"bundles": {"numBundles": 4}}).raise_for_status()
        admin.put("/persistent/fl-tenant/another/topic").raise_for_status()
    stand(borealis, "closed")
    assert not _left(pair, "contract-")


def test_what_was_killed_on_the_way_is_carried_on(joined, pair):
    """Half of it made, or half of it taken away: the next worker ends where it must."""
    aurora, borealis = joined
    agree(aurora, borealis)
    carry_out("send")
    namespace = Contract.objects.get(tenant=aurora.tenant).namespace
    with pair.brokers[0].admin() as admin:
        made = {"bundles": {"numBundles": 4}, "replication_clusters": [pair.brokers[0].name]}
        assert admin.put(f"/namespaces/fl-tenant/{namespace}", json=made).status_code == 204
        admin.put(f"/persistent/fl-tenant/{namespace}/{DATA[0]}")
        admin.post(f"/namespaces/fl-tenant/{namespace}/permissions/stranger", json=["produce"])

    stand(aurora, "open")
    stand(borealis, "open")

    with pair.brokers[0].admin() as admin:
        rights = admin.get(f"/namespaces/fl-tenant/{namespace}").json()["auth_policies"]
        assert rights["namespace_auth"] == {}
        aurora.client.post(aurora.at(f"contracts/{contract_of(aurora)['id']}/revoke/"), {"reason": "Over."})
        admin.post(f"/namespaces/fl-tenant/{namespace}/replication", json=[pair.brokers[0].name])
        admin.delete(f"/namespaces/fl-tenant/{namespace}?force=true")
    stand(aurora, "closed")
    stand(borealis, "closed")
    assert not _left(pair, "contract-")


def test_what_no_contract_here_knows_is_found(joined, pair):
    aurora, _ = joined
    with pair.brokers[0].admin() as admin:
        admin.put("/namespaces/fl-tenant/contract-of-an-old-backup", json={"bundles": {"numBundles": 4}})

    aurora.client.change("PATCH", aurora.at("party/"), {"name": "Aurora"})
    carry_out()

    found = {check["check"]: check for check in aurora.client.get(aurora.at("party/")).json()["checks"]}["places"]
    assert (found["state"], found["who"]) == ("failed", "us")
    assert "contract-of-an-old-backup" in found["text"]


def test_a_contract_signed_without_keys_stays_closed_and_says_who_must_act(joined):
    aurora, borealis = joined
    agree(aurora, borealis)
    carry_out("send")
    Contract.objects.filter(tenant=aurora.tenant).update(their_public={})

    work()

    (failed,) = [check for check in contract_of(aurora)["channels"]["checks"] if check["state"] == "failed"]
    assert (failed["check"], failed["who"]) == ("keys", "them")
    assert Partner.objects.filter(phase="ready").count() == 2


def _left(pair: Any, beginning: str) -> list[str]:
    return [name for broker in pair.brokers for name in namespaces(broker) if name.startswith(f"fl-tenant/{beginning}")]
