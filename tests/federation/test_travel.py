"""Letters between two portals: over the link of two real clusters, whatever is lost on the way."""

from datetime import timedelta

from django.utils import timezone

from apps.federation import services
from apps.federation.models import Contract, PartyLetter
from celery_workers.pulsar import pings
from celery_workers.tasks import federation as tasks
from tests.eventually import eventually
from tests.factories import terms_between
from tests.federation.conftest import LINK, Side, carry_out, join, work


def phase(side: Side) -> str:
    return Contract.objects.filter(tenant=side.tenant).values_list("phase", flat=True).first() or "none"


def becomes(side: Side, wanted: str) -> None:
    eventually(lambda: work() or phase(side) == wanted, within=120, what=f"{side.number}: the contract is {wanted}")


def act(side: Side, name: str, **body: str) -> None:
    contract = Contract.objects.get(tenant=side.tenant)
    answer = side.client.post(side.at(f"contracts/{contract.pk}/{name}/"), body)
    assert answer.status_code == 200, answer.json()


def test_what_is_written_over_the_link_comes_once_is_answered_and_outlives_its_loss(real_sides, pair, settings):
    aurora, borealis = real_sides
    join(aurora, borealis)
    settings.LETTERS_WITHIN = False  # as if each had a portal of its own

    terms = terms_between(aurora.party, aurora.party.partners.latest("pk"))
    body = {"partner_id": aurora.partner["id"], "terms": terms}
    assert aurora.client.post(aurora.at("contracts/"), body).status_code == 201
    carry_out("send")
    assert phase(borealis) == "none"
    becomes(borealis, "offered")
    act(borealis, "sign", digest=Contract.objects.get(tenant=borealis.tenant).digest)
    becomes(aurora, "agreed")

    act(aurora, "revoke", reason="Over.")
    carry_out("send")
    tasks.reconcile(partner_id=aurora.partner["id"])
    topic = f"/persistent/{LINK}/10000.20000.control/subscription/hanse"
    with pair.brokers[1].admin() as admin:
        stats = f"/persistent/{LINK}/10000.20000.control/stats"
        eventually(
            lambda: admin.get(stats).json()["subscriptions"]["hanse"]["msgBacklog"] >= 2, within=60, what="it is across"
        )
        admin.post(f"{topic}/skip_all").raise_for_status()
    assert phase(borealis) == "agreed"
    lost = PartyLetter.objects.filter(kind="revoke", outgoing=True)
    assert lost.update(sent_at=timezone.now() - timedelta(minutes=1)) == 1
    becomes(borealis, "revoked")

    outgoing = PartyLetter.objects.filter(outgoing=True)
    eventually(lambda: work() or not outgoing.filter(state="waiting").exists(), within=120, what="all are answered")
    assert not outgoing.filter(state="refused").exists()
    assert PartyLetter.objects.filter(kind="revoke", outgoing=False).count() == 1


def test_answers_about_what_is_no_letter_are_passed_over(sides):
    aurora, _ = sides
    aurora.invite(number=30000)
    carry_out("send")
    partner, letter = aurora.party.partners.get(), PartyLetter.objects.get(kind="invite")

    services.note_answers(partner=partner, answers={"none": "", str(letter.letter_id).upper(): "Not now."})

    letter.refresh_from_db()
    assert (letter.state, letter.said) == ("refused", "Not now.")


def test_what_was_signed_but_cannot_be_kept_is_passed_over(real_sides):
    aurora, borealis = real_sides
    join(aurora, borealis)
    partner = borealis.party.partners.get()
    with pings.connected(borealis.party) as client:
        for told in ({"answers": {"none": ""}}, {"note": "\ud800"}, {"note": "\0"}):
            pings.send(client, f"persistent://{LINK}/20000.10000.control", partner, **told)

    before = aurora.party.partners.get().heard_at
    eventually(lambda: work() or aurora.party.partners.get().heard_at > before, within=60, what="the next is heard")
    eventually(
        lambda: work() or {check["state"] for check in aurora.partner["checks"]} == {"fine"}, within=60, what="all is fine"
    )
