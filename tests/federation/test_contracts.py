"""Contracts on the use of data: what both officers signed, what ends them, and what neither side can slip in."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.audit.models import AuditEntry
from apps.core.models import OutboxNotification
from apps.federation import letters, services
from apps.federation import terms as terms_
from apps.federation.models import Contract, Partner, PartyLetter
from apps.federation.services._changes import write_letter
from tests.factories import terms_between
from tests.federation.conftest import Side, carry_out, join_on_paper


@pytest.fixture
def joined(sides) -> tuple[Side, Side]:
    join_on_paper(*sides)
    return sides


def terms(side: Side, **changed: Any) -> dict[str, Any]:
    return terms_between(side.party, side.party.partners.latest("pk"), **changed)


def propose(side: Side, *, amends: str = "", **changed: Any) -> Any:
    body = {"partner_id": side.partner["id"], "terms": terms(side, **changed), **({"amends": amends} if amends else {})}
    answer = side.client.post(side.at("contracts/"), body)
    carry_out("send")
    return answer


def newest(side: Side) -> dict[str, Any]:
    row = Contract.objects.filter(tenant=side.tenant).latest("pk")
    return dict(side.client.get(side.at(f"contracts/{row.pk}/")).json())


def act(side: Side, name: str, **body: str) -> Any:
    answer = side.client.post(side.at(f"contracts/{newest(side)['id']}/{name}/"), body)
    carry_out("send")
    return answer


def test_it_stands_once_both_officers_signed_the_same_terms(joined):
    aurora, borealis = joined
    assert propose(aurora).status_code == 201
    offered = newest(borealis)
    assert (newest(aurora)["phase"], offered["phase"]) == ("proposed", "offered")
    assert offered["terms"] == newest(aurora)["terms"]
    assert offered["digest"] == newest(aurora)["digest"]
    assert OutboxNotification.objects.filter(code="contract.offered", tenant_id=borealis.tenant.pk).count() == 1

    assert act(borealis, "sign", digest="0" * 64).json()["type"] == "/problems/other-terms"
    assert act(borealis, "sign", digest=offered["digest"]).status_code == 200

    for side in joined:
        contract = newest(side)
        assert contract["phase"] == "agreed"
        for what in ("our_officer", "our_signature_at", "their_officer", "their_signature_at"):
            assert contract[what], what
        assert contract["ends_at"] == contract["terms"]["until"]
        assert contract["acts"] == ["amend", "revoke"]
    # What proves it to a third: a letter of each, signed with its key, about one digest.
    proofs = {one.kind: one for one in PartyLetter.objects.filter(contract__isnull=False, outgoing=False)}
    letters.prove(proofs["propose"].text, key=aurora.party.sign_public)
    letters.prove(proofs["sign"].text, key=borealis.party.sign_public)
    assert {letters.open_letter(one.text).body["digest"] for one in proofs.values()} == {offered["digest"]}
    trail = AuditEntry.objects.filter(action__startswith="contract.")
    assert set(trail.values_list("after__digest", flat=True)) == {offered["digest"]}
    for side in joined:
        assert trail.filter(tenant_id=side.tenant.pk).count() == 2


def test_another_edition_replaces_it_only_when_both_signed(joined):
    aurora, borealis = joined
    propose(aurora)
    act(borealis, "sign", digest=newest(borealis)["digest"])
    first = newest(aurora)["id"]

    assert propose(borealis, amends=newest(borealis)["id"], rounds=40).status_code == 201
    assert Contract.objects.get(pk=first).phase == "agreed"
    assert propose(aurora, amends=first).status_code == 409
    offered = newest(aurora)
    assert (offered["edition"], offered["terms"]["rounds"], offered["phase"]) == (2, 40, "offered")
    act(aurora, "sign", digest=offered["digest"])

    assert Contract.objects.get(pk=first).phase == "replaced"
    assert sorted(Contract.objects.values_list("edition", "phase")) == [(1, "replaced")] * 2 + [(2, "agreed")] * 2


@pytest.mark.parametrize(
    ("who", "name", "signed", "phase"),
    [
        (1, "decline", False, "declined"),
        (0, "revoke", False, "revoked"),
        (0, "revoke", True, "revoked"),
        (1, "revoke", True, "revoked"),
    ],
    ids=["declined", "withdrawn", "revoked by who proposed", "revoked by who signed"],
)
def test_it_ends_on_both_sides_with_the_reason(joined, who, name, signed, phase):
    propose(joined[0])
    if signed:
        act(joined[1], "sign", digest=newest(joined[1])["digest"])

    assert act(joined[who], name, reason="Without the age.").status_code == 200

    ours, theirs = newest(joined[who]), newest(joined[1 - who])
    assert (ours["phase"], ours["note"], ours["ended_by_them"], ours["acts"]) == (phase, "Without the age.", False, [])
    assert (theirs["phase"], theirs["note"], theirs["ended_by_them"]) == (phase, "Without the age.", True)


def test_it_ends_with_its_time_and_with_the_agreement(joined):
    aurora, borealis = joined
    propose(aurora)
    act(borealis, "sign", digest=newest(borealis)["digest"])
    propose(aurora, name="Another")
    Contract.objects.filter(terms__name="Another").update(ends_at=timezone.now() - timedelta(minutes=11))
    assert act(borealis, "sign", digest=newest(borealis)["digest"]).status_code == 409

    services.end_contracts_over()
    assert newest(borealis)["phase"] == newest(aurora)["phase"] == "expired"
    aurora.act("leave", confirm="20000", reason="Over.")
    carry_out("send")

    standing = Contract.objects.exclude(terms__name="Another")
    assert sorted(standing.values_list("phase", "ended_by_them")) == [("revoked", False), ("revoked", True)]
    for side, action in ((aurora, "contract.revoke"), (borealis, "contract.revoke-came")):
        ended = AuditEntry.objects.get(tenant_id=side.tenant.pk, action=action)
        assert (ended.after["phase"], ended.after["note"]) == ("revoked", "Over.")


class TestTerms:
    GOOD: ClassVar[dict[str, Any]] = {
        "name": "Digits",
        "purpose": "Read digits.",
        "algorithm": "horizontal-averaging",
        "rounds": 20,
        "megabytes": 50,
        "epsilon": None,
        "until": "2030-01-01T00:00:00+02:00",
        "model_at": [20000, 10000],
        "brings": {str(number): {"dataset": "digits", "columns": ["pixels"]} for number in (10000, 20000)},
    }

    def test_have_one_digest_however_they_are_written(self):
        read = terms_.read(self.GOOD, parties=(10000, 20000))
        other = {**dict(reversed(self.GOOD.items())), "until": "2029-12-31T22:00:00Z", "model_at": [10000, 20000]}

        assert terms_.read(other, parties=(20000, 10000)).digest == read.digest
        assert terms_.read(read.as_json(), parties=(10000, 20000)) == read
        assert terms_.read({**self.GOOD, "epsilon": 8}, parties=(10000, 20000)).digest != read.digest

    @pytest.mark.parametrize(
        "changed",
        [
            {"name": " "},
            {"until": "2030-01-01T00:00:00"},
            {"until": None},
            {"until": "9999-12-31T23:59:59-12:00"},
            {"algorithm": "other"},
            {"rounds": True},
            {"megabytes": 0},
            {"epsilon": float("nan")},
            {"model_at": [30000]},
            {"model_at": [[10000]]},
            {"brings": {"10000": {"dataset": "x", "columns": ["a"]}}},
            {"brings": {str(number): {"dataset": "x", "columns": ["a", "a"]} for number in (10000, 20000)}},
            {"brings": [1]},
        ],
        ids=str,
    )
    def test_that_are_none_are_refused(self, changed):
        with pytest.raises(ValueError, match=r"\w"):
            terms_.read({**self.GOOD, **changed}, parties=(10000, 20000))


def test_what_a_letter_slips_in_is_refused_and_leaves_nothing(joined):
    """The other portal may be anybody's: what it signs is read as carefully as what a stranger writes."""
    aurora, borealis = joined
    assert propose(aurora, until="2020-01-01T00:00:00Z").status_code == 422
    assert propose(aurora, model_at=[30000]).status_code == 422
    read = terms_.read(terms(aurora), parties=(10000, 20000))
    body = {"contract": str(uuid4()), "edition": 1, "digest": read.digest, "terms": read.as_json()}
    for changed in (
        {"digest": "0" * 64},
        {"edition": "1"},
        {"edition": 2},
        {"contract": "no"},
        {"terms": {"brings": [1]}},
        {"terms": None},
    ):
        write_letter(aurora.party.partners.get(), "propose", {**body, **changed})
        carry_out("send")
        assert aurora.partner["letters"][0]["state"] == "refused", changed
    assert not Contract.objects.exists()

    propose(aurora)
    theirs = Contract.objects.get(tenant=borealis.tenant)
    write_letter(theirs.partner, "sign", {"contract": str(theirs.contract), "edition": 1, "digest": "0" * 64})
    carry_out("send")
    assert newest(aurora)["phase"] == "proposed"

    Partner.objects.update(phase="suspended")
    assert propose(aurora).status_code == 409
    assert act(borealis, "sign", digest=theirs.digest).status_code == 409


class TestBothSidesAgreeOnWhatStands:
    def test_when_the_signature_comes_after_the_proposal_ended_where_it_was_made(self, joined):
        aurora, borealis = joined
        propose(aurora)
        offered = newest(borealis)
        Contract.objects.filter(tenant=aurora.tenant).update(ends_at=timezone.now() - timedelta(minutes=11))
        services.end_contracts_over()
        assert (newest(aurora)["phase"], newest(borealis)["phase"]) == ("expired", "offered")

        assert act(borealis, "sign", digest=offered["digest"]).status_code == 200

        assert (newest(aurora)["phase"], newest(borealis)["phase"]) == ("expired", "revoked")
        assert newest(borealis)["ended_by_them"]
        assert "expired" in newest(borealis)["note"]

    def test_a_signature_in_time_may_take_some_minutes(self, joined):
        aurora, borealis = joined
        propose(aurora)
        Contract.objects.filter(tenant=aurora.tenant).update(ends_at=timezone.now() - timedelta(minutes=5))
        services.end_contracts_over()

        act(borealis, "sign", digest=newest(borealis)["digest"])

        assert newest(aurora)["phase"] == newest(borealis)["phase"] == "agreed"

    def test_an_edition_that_nobody_signed_yet_ends_with_what_it_would_replace(self, joined):
        aurora, borealis = joined
        propose(aurora)
        act(borealis, "sign", digest=newest(borealis)["digest"])
        first = newest(aurora)["id"]
        propose(borealis, amends=newest(borealis)["id"], rounds=40)

        aurora.client.post(aurora.at(f"contracts/{first}/revoke/"), {"reason": "Over."})
        carry_out("send")

        assert set(Contract.objects.values_list("phase", flat=True)) == {"revoked"}
        assert act(aurora, "sign", digest=newest(aurora)["digest"]).status_code == 409

    def test_when_it_is_revoked_while_they_sign_its_next_edition(self, joined):
        aurora, borealis = joined
        propose(aurora)
        act(borealis, "sign", digest=newest(borealis)["digest"])
        first = newest(aurora)["id"]
        propose(aurora, amends=first, rounds=40)
        second = newest(borealis)

        aurora.client.post(aurora.at(f"contracts/{first}/revoke/"), {"reason": "Over."})
        borealis.client.post(borealis.at(f"contracts/{second['id']}/sign/"), {"digest": second["digest"]})
        carry_out("send")

        assert not Contract.objects.filter(phase__in=["proposed", "offered", "agreed"]).exists()
