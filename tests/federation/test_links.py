"""Two real clusters joined and parted as the officers decide; what is shown is what the brokers did."""

from typing import Any

import httpx

from apps.federation.models import Partner
from embedded.pulsar.broker import ADMIN, Broker
from tests.eventually import eventually
from tests.federation.conftest import LINK as NAMESPACE
from tests.federation.conftest import Side, become, carry_out, join, work


def states(side: Side) -> dict[str, str]:
    return {check["check"]: check["state"] for check in side.partner["checks"]}


def asked(broker: Broker, path: str, token: str) -> int:
    """The status of a question that only needs the right to write."""
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.get(f"{broker.web}/lookup/v2/topic/persistent/{path}", headers=headers, timeout=20).status_code


def permissions(broker: Broker) -> dict[str, Any]:
    with broker.admin() as admin:
        return dict(admin.get(f"/namespaces/{NAMESPACE}/permissions").json())


def test_a_link_from_the_first_ping_to_the_end(real_sides, pair):
    """One journey, since each step starts where the one before ended: joined, rotated, cut off, resumed, left."""
    aurora, borealis = real_sides
    first, second = pair.brokers

    join(aurora, borealis)
    for side in real_sides:
        assert set(states(side).values()) == {"fine"}, side.partner["checks"]
        assert {check["state"] for check in side.client.get(side.at("party/")).json()["checks"]} == {"fine"}
    role = borealis.partner["issued_role"]
    token = second.token(role)
    topic = f"{NAMESPACE}/10000.20000.control"
    assert list(permissions(second)) == [role]
    assert asked(second, topic, token) == 200
    # What it was given for one namespace opens no other, and no other party's role does.
    assert asked(second, "public/default/other", token) in (401, 403)
    assert asked(second, topic, second.token("party-30000-00000000-1")) in (401, 403)

    assert borealis.act("rotate").status_code == 200
    assert borealis.act("rotate").status_code == 409
    eventually(lambda: work() or not borealis.partner["rotating"], within=120, what="the new token is in use")
    newer = borealis.partner["issued_role"]
    eventually(lambda: work() or list(permissions(second)) == [newer], within=60, what="the old role holds nothing")
    assert asked(second, topic, token) in (401, 403)
    eventually(lambda: work() or set(states(aurora).values()) == {"fine"}, within=60, what="it goes on with the new one")

    assert borealis.act("cut", reason="Their key was stolen.").status_code == 200
    work()
    cut = Partner.objects.get(pk=borealis.partner["id"])
    assert permissions(second) == {}
    assert asked(second, topic, second.token(newer)) in (401, 403)
    assert (cut.silent_at - cut.cut_at).total_seconds() < 60
    print(f"silent {(cut.silent_at - cut.cut_at).total_seconds():.1f} s after the cut")
    assert (aurora.partner["phase"], aurora.partner["ended_by_them"]) == ("suspended", True)
    assert aurora.act("resume").status_code == 409

    assert borealis.act("resume").status_code == 200
    become(borealis, "ready")
    become(aurora, "ready")

    assert aurora.act("leave", confirm="1", reason="x").status_code == 422
    assert aurora.act("leave", confirm="20000", reason="The project is over.").status_code == 200
    work()
    work()
    assert (borealis.partner["phase"], borealis.partner["note"]) == ("left", "The project is over.")
    for broker, other in ((first, second), (second, first)):
        with broker.admin() as admin:
            assert NAMESPACE not in admin.get("/namespaces/fl-tenant").json()
            assert other.name not in admin.get("/clusters").json()


def test_what_does_not_hold_says_who_must_act(make_side, real_sides, pair):
    aurora, borealis = real_sides
    gone = make_side(30000)
    carry_out()

    checks = gone.client.get(gone.at("party/")).json()["checks"]
    assert [check["state"] for check in checks] == ["failed", "unknown", "unknown", "unknown"]
    assert (checks[0]["who"], checks[0]["said"]["code"]) == ("us", "link-broker-down")
    other = {"web_url": pair.brokers[1].web, "admin_token": pair.brokers[1].token(ADMIN)}
    misnamed = make_side(40000, **other, service_url=pair.brokers[1].service)
    carry_out()
    assert misnamed.client.get(misnamed.at("party/")).json()["checks"][1]["said"]["code"] == "link-name-other"

    aurora.invite(number=20000)
    carry_out()
    borealis.act("accept", fingerprint=aurora.words)
    carry_out()
    Partner.objects.filter(tenant=aurora.tenant).update(web_url="http://127.0.0.1:1")
    aurora.act("confirm", fingerprint=borealis.words)
    carry_out()

    failed = next(check for check in aurora.partner["checks"] if check["state"] == "failed")
    assert (failed["check"], failed["who"], failed["said"]["code"]) == ("address", "them", "link-address-closed")
    assert states(aurora)["ping"] == "unknown"
    assert aurora.partner["phase"] == "joining"
