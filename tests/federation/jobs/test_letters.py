"""Letters about federated jobs: lost, doubled, late and forged ones."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.core.models import OutboxHint
from apps.federation import letters, services
from apps.federation.errors import LetterRefused
from apps.federation.letters import Letter
from apps.federation.models import FederatedEvent, FederatedJob, Partner, PartyLetter
from tests.factories import THEIR_KEYS
from tests.federation.conftest import carry_out
from tests.federation.jobs.conftest import House, go_on, phases
from tests.jobs.jobs import carry_out as stop_replicas
from tests.jobs.jobs import run as let_run


class TestLetters:
    """Lost, doubled, late and forged ones."""

    def test_that_are_lost_are_made_up_for_by_the_next(self, houses):
        aurora, borealis = houses
        aurora.propose()
        carry_out("send")
        borealis.act("accept", **borealis.part)
        lose()
        FederatedJob.objects.update(told_at=timezone.now() - timedelta(seconds=16))
        go_on()
        assert phases(aurora, borealis) == ["running", "running"]

        for house in houses:
            let_run(house.ours)
        aurora.act("stop", reason="Over.")
        lose()
        FederatedJob.objects.update(told_at=timezone.now() - timedelta(seconds=16))
        aurora.look()
        stop_replicas(aurora.ours)
        aurora.look()
        lose()
        assert phases(aurora, borealis) == ["stopped", "running"]

        go_on()
        stop_replicas(borealis.ours)
        go_on()
        assert phases(aurora, borealis) == ["stopped", "stopped"]

    def test_that_come_twice_or_late_change_nothing(self, running):
        aurora, borealis = running
        for letter in PartyLetter.objects.filter(outgoing=True, federated_job__isnull=False).order_by("-pk"):
            reader = borealis if letter.tenant_id == aurora.side.tenant.pk else aurora
            before = (reader.job, FederatedEvent.objects.count())
            assert reader.side.read(letter.text).status_code == 200
            assert (reader.job, FederatedEvent.objects.count()) == before

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"part": "winning"}, "how far"),
            ({"outcome": "done"}, "how far"),
            ({"number": 0}, "number"),
            ({"number": "7"}, "number"),
            ({"round": -1}, "round"),
            ({"job": str(uuid4())}, "not known here"),
            ({"job": "none"}, "which job"),
            ({"id": None}, "which job"),
        ],
    )
    def test_that_say_what_cannot_be_are_refused_and_change_nothing(self, running, change, said):
        aurora, borealis = running
        body = {"number": 99, "part": "running", "round": 1, "open": True, "outcome": ""}
        about = {"job": str(borealis.row.federated_job), "id": str(aurora.row.pk)}
        before = borealis.job

        with pytest.raises(LetterRefused, match=said):
            services.receive(party=borealis.side.party, text=written(aurora, {**about, **body, **change}))

        assert borealis.job == before

    def test_that_another_signed_are_refused(self, running):
        aurora, borealis = running
        about = {"job": str(borealis.row.federated_job), "id": str(aurora.row.pk)}
        body = {**about, "number": 99, "part": "failed", "round": 1, "open": True, "outcome": "failed"}

        with pytest.raises(LetterRefused, match="signature"):
            services.receive(party=borealis.side.party, text=written(aurora, body, keys=THEIR_KEYS))

        assert phases(aurora, borealis) == ["running", "running"]

    def test_of_one_partner_say_nothing_of_jobs_with_another(self, running, make_side):
        aurora, borealis = running
        partner = Partner.objects.get(party=borealis.side.party)
        Partner.objects.filter(pk=partner.pk).update(agreement=uuid4())
        stranger = Partner.objects.create(
            tenant_id=partner.tenant_id,
            party=partner.party,
            agreement=partner.agreement,
            number=30000,
            phase="ready",
            sign_public=THEIR_KEYS.public.sign,
            seal_public=THEIR_KEYS.public.seal,
        )
        body = {"job": str(borealis.row.federated_job), "id": str(uuid4()), "number": 99, "part": "failed", "round": 1}
        text = written(aurora, {**body, "open": True, "outcome": "failed"}, keys=THEIR_KEYS, sender=stranger.number)

        with pytest.raises(LetterRefused, match="not known here"):
            services.receive(party=borealis.side.party, text=text)

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"rounds": 21}, "rounds"),
            ({"rounds": 11}, "has 10 left"),
            ({"digest": "0" * 64}, "not known here"),
            ({"name": ""}, "name"),
            ({"patience_seconds": 1}, "patience"),
            ({"parameters": {"a": [1]}}, "parameter"),
        ],
    )
    def test_that_propose_what_was_not_agreed_are_refused(self, running, change, said):
        aurora, borealis = running
        told = PartyLetter.objects.get(tenant=aurora.side.tenant, kind="job-proposed")
        body = {**letters.open_letter(told.text).body, "job": str(uuid4()), **change}

        with pytest.raises(LetterRefused, match=said):
            services.receive(party=borealis.side.party, text=written(aurora, body, kind="job-proposed"))

        assert FederatedJob.objects.filter(tenant=borealis.side.tenant).count() == 1


def lose() -> None:
    """The letters that are on their way never come."""
    PartyLetter.objects.filter(state="unsigned").update(state="delivered")
    OutboxHint.objects.filter(task="federation.send").delete()


def written(house: House, body: dict[str, Any], *, kind: str = "job-beat", keys: Any = None, sender: int = 0) -> str:
    """A letter of the house's portal, or of who has other keys."""
    now = timezone.now()
    agreement = Partner.objects.get(party=house.side.party).agreement
    number = sender or house.side.number
    letter = Letter(uuid4(), kind, agreement, number, 20000, body, now, now + timedelta(days=1))
    return letters.write(letter, keys or house.side.party.private)
