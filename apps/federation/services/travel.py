"""Letters between two portals: over the link of the two clusters, again and again until the other side answers.

A letter that was lost is sent again, one that comes twice changes nothing and is answered again. The answer says what
became of it. What no link carries (joining, and what is written once it is cut) people carry, as ever.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.core.errors import Problem
from apps.federation import letters
from apps.federation.errors import LetterRefused
from apps.federation.models import LetterState, Partner, PartyLetter
from apps.federation.services.post import announce, receive

SENT_AGAIN_AFTER, MOST_AT_ONCE = timedelta(seconds=20), 100


def letters_to_send(partner: Partner) -> list[PartyLetter]:
    """Signed, and not answered yet; the oldest first."""
    due = Q(sent_at=None) | Q(sent_at__lt=timezone.now() - SENT_AGAIN_AFTER)
    rows = partner.letters.filter(due, outgoing=True, state=LetterState.WAITING)
    return list(rows.order_by("pk")[:MOST_AT_ONCE])


def note_sent(sent: Sequence[PartyLetter]) -> None:
    PartyLetter.objects.filter(pk__in=[letter.pk for letter in sent]).update(sent_at=timezone.now())


def receive_all(*, partner: Partner, texts: Sequence[str]) -> dict[str, str]:
    """Read what came over the link; returns by letter why it was refused, "" for what was taken.

    What is no letter, or one of another agreement, nobody is answered.
    """
    answers: dict[str, str] = {}
    for text in texts:
        try:
            letter = letters.open_letter(text.strip())
        except LetterRefused:
            continue
        if letter.agreement != partner.agreement:
            continue
        try:
            receive(party=partner.party, text=text)
        except Problem as problem:
            answers[str(letter.id)] = problem.detail[:300]
        else:
            answers[str(letter.id)] = ""
    return answers


@transaction.atomic
def note_answers(*, partner: Partner, answers: Mapping[str, str]) -> None:
    """Write down what they say became of our letters; whatever else they name is passed over."""
    said: dict[UUID, str] = {}
    for letter_id, reason in answers.items():
        with suppress(ValueError):
            said[UUID(letter_id)] = reason
    waiting = partner.letters.select_for_update(of=("self",)).filter(outgoing=True, state=LetterState.WAITING)
    for row in waiting.filter(letter_id__in=list(said)).select_related("contract", "federated_job").order_by("pk"):
        row.said = said[row.letter_id][:300]
        row.state = LetterState.REFUSED if row.said else LetterState.DELIVERED
        row.delivered_at = timezone.now()
        row.save(update_fields=["state", "said", "delivered_at"])
        announce(row)
