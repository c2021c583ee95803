"""How two officers come to an agreement, and what they are kept from."""

from datetime import timedelta
from uuid import uuid4

import jwt
import pytest
from django.utils import timezone

from apps.audit.models import AuditEntry
from apps.core.models import OutboxNotification
from apps.federation import letters, services
from apps.federation.letters import Letter
from apps.federation.models import Partner, Party
from tests.federation.conftest import ELSEWHERE, KEY, carry_out, join_on_paper

WRONG_WORDS = "abandon " * 8


def test_two_parties_agree_when_each_officer_heard_the_words_of_the_other(sides):
    aurora, borealis = sides
    assert aurora.invite(number=20000, note="For the fraud model.").status_code == 201
    carry_out("send")
    assert (borealis.partner["phase"], borealis.partner["note"]) == ("asked", "For the fraud model.")
    assert borealis.partner["fingerprint"] == aurora.words
    assert borealis.act("accept", fingerprint=WRONG_WORDS).json()["type"] == "/problems/fingerprint-wrong"
    assert borealis.act("confirm", fingerprint=aurora.words).status_code == 409

    assert borealis.act("accept", fingerprint=aurora.words.upper()).status_code == 200
    carry_out("send")
    assert (aurora.partner["phase"], borealis.partner["phase"]) == ("answered", "accepted")
    assert aurora.act("confirm", fingerprint=aurora.words).status_code == 409
    assert aurora.act("confirm", fingerprint=borealis.words).status_code == 200
    carry_out("send")

    assert (aurora.partner["phase"], borealis.partner["phase"]) == ("joining", "joining")
    assert aurora.partner["given_role"] == borealis.partner["issued_role"]
    assert borealis.partner["given_role"] == aurora.partner["issued_role"]
    ids = set(AuditEntry.objects.filter(action__startswith="partner.").values_list("after__agreement", flat=True))
    assert ids == {aurora.partner["agreement"]}


def test_letters_carried_by_hand_lead_as_far_and_count_once(make_side):
    """As between two portals: an invitation to nobody in particular is delivered to nobody."""
    aurora, borealis = make_side(10000), make_side(20000)
    aurora.invite()
    carry_out("send")
    invitation = aurora.letter("invite")
    assert not Partner.objects.filter(tenant=borealis.tenant).exists()

    assert aurora.read(invitation).status_code == 422
    assert borealis.read(f"  {invitation}\n").status_code == 200
    assert borealis.read(invitation).json()["id"] == borealis.partner["id"]
    assert Partner.objects.filter(tenant=borealis.tenant).count() == 1
    borealis.act("accept", fingerprint=aurora.words)
    carry_out("send")

    answer = borealis.letter("accept")
    assert aurora.partner["phase"] == "answered"
    assert aurora.read(answer).status_code == 200
    claims = jwt.decode(answer, options={"verify_signature": False})
    with pytest.raises(jwt.InvalidTokenError):
        jwt.decode(claims["body"]["token"], options={"verify_signature": False})


def test_a_refusal_reaches_the_other_side_with_its_reason(sides):
    aurora, borealis = sides
    aurora.invite(number=20000)
    carry_out("send")

    assert borealis.act("refuse", reason="We do not know you.").status_code == 200
    carry_out("send")

    assert (aurora.partner["phase"], aurora.partner["note"]) == ("refused", "We do not know you.")
    assert (aurora.partner["ended_by_them"], aurora.partner["acts"]) == (True, [])
    assert aurora.invite(number=20000).status_code == 201


class TestRefused:
    def test_a_letter_that_a_third_party_wrote_in_the_name_of_a_partner(self, sides, make_side):
        aurora, borealis = sides
        mallory = make_side(30000)
        aurora.invite(number=20000)
        carry_out("send")
        Partner.objects.filter(tenant=borealis.tenant).update(party=mallory.party, tenant=mallory.tenant)
        mallory.act("accept", fingerprint=aurora.words)
        carry_out("send")

        assert aurora.partner["phase"] == "invited"
        assert "20000 was invited" in mallory.partner["letters"][0]["said"]

    def test_an_invitation_whose_time_is_over(self, sides):
        aurora, borealis = sides
        aurora.invite(number=20000)
        carry_out("send")
        Partner.objects.filter(tenant=borealis.tenant).update(invitation_ends_at=timezone.now() - timedelta(hours=1))

        assert borealis.act("accept", fingerprint=aurora.words).status_code == 409

    def test_a_second_agreement_with_the_same_party_and_one_with_oneself(self, sides):
        aurora, _ = sides
        assert aurora.invite(number=20000).status_code == 201

        assert aurora.invite(number=20000).status_code == 409
        assert aurora.invite(number=10000).status_code == 409

    def test_a_number_that_is_taken_and_a_second_party_of_a_tenant(self, sides, as_role):
        aurora, _ = sides
        stranger, project = as_role("owner")
        body = {"name": "x", "contact": "x@example.org", "signing_key": KEY.decode(), **ELSEWHERE}

        taken = stranger.post(f"/api/v1/tenants/{project.tenant_id}/party/", {**body, "number": 10000})
        again = aurora.client.post(aurora.at("party/"), {**body, "number": 10001})

        assert (taken.status_code, again.status_code) == (409, 409)
        assert not Party.objects.filter(tenant=project.tenant).exists()

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("number", 12),
            ("web_url", "ftp://x"),
            ("web_url", "http://user:word@x"),
            ("service_url", "http://x"),
            ("signing_key", "no key"),
            ("contact", "nobody"),
        ],
    )
    def test_what_is_no_party(self, as_role, field, value):
        client, project = as_role("data-officer")
        body = {"number": 10000, "name": "x", "contact": "x@example.org", "signing_key": KEY.decode(), **ELSEWHERE}

        answer = client.post(f"/api/v1/tenants/{project.tenant_id}/party/", {**body, field: value})

        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{field}"]

    def test_another_address_without_its_secrets(self, sides):
        aurora, _ = sides

        moved = aurora.client.change("PATCH", aurora.at("party/"), {"web_url": "http://127.0.0.1:2"})

        assert {error["pointer"] for error in moved.json()["errors"]} == {"/admin_token", "/signing_key"}
        assert aurora.client.change("PATCH", aurora.at("party/"), {"name": "Aurora"}).status_code == 200

    def test_the_end_of_a_party_that_has_agreements(self, sides):
        aurora, borealis = sides
        aurora.invite(number=20000)

        assert aurora.client.change("DELETE", aurora.at("party/")).status_code == 409
        assert borealis.client.change("DELETE", borealis.at("party/")).status_code == 204


def joined(aurora, borealis) -> Partner:
    """Returns the row of the second."""
    join_on_paper(aurora, borealis)
    return Partner.objects.get(tenant=borealis.tenant)


@pytest.mark.parametrize("until", [10**30, -(10**30), True, "soon"])
def test_a_token_that_counts_until_no_moment_is_refused(sides, until):
    aurora, borealis = sides
    theirs = joined(aurora, borealis)
    now = timezone.now()
    body = {"role": "party-10000-00000000-2", "token": "sealed", "until": until}
    letter = Letter(uuid4(), "rotate", theirs.agreement, 20000, 10000, body, now, now + timedelta(days=1))

    answer = aurora.read(letters.write(letter, theirs.party.private))

    assert answer.json()["type"] == "/problems/letter-refused"
    assert aurora.partner["given_role"] == borealis.partner["issued_role"]


def test_officers_are_told_once_of_a_token_that_ends_soon(sides):
    partner = joined(*sides)
    Partner.objects.filter(pk=partner.pk).update(issued_until=timezone.now() + timedelta(days=13))

    for _ in range(2):
        services.found_of_partner(partner=Partner.objects.get(pk=partner.pk), checks=[])

    (told,) = OutboxNotification.objects.filter(code="partner.token-ends")
    assert (told.tenant_id, told.object_id) == (partner.tenant_id, partner.pk)


def test_no_answer_shows_a_secret(sides):
    aurora, borealis = sides
    aurora.invite(number=20000)
    carry_out("send")
    borealis.act("accept", fingerprint=aurora.words)
    carry_out("send")

    party = aurora.party
    shown = aurora.client.get(aurora.at("party/")).content.decode() + str(aurora.partner) + str(borealis.partner)
    for secret in (party.admin_token * 20, party.signing_key, party.sign_private, party.seal_private, KEY.decode()):
        assert secret not in shown
