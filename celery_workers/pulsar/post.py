"""Letters on their way: signed, and handed to the other party where it is one of this portal; else people carry them."""

from uuid import UUID

from apps.core.errors import Problem
from apps.federation import services
from apps.federation.models import LetterState, Party, PartyLetter


def send(letter_id: UUID) -> None:
    row = PartyLetter.objects.filter(pk=letter_id, outgoing=True).first()
    if row is None or row.state not in (LetterState.UNSIGNED, LetterState.WAITING):
        return
    row = services.sign(row)
    # An invitation says whom it is for or goes by hand; what follows is for the party whose key is known by then.
    if row.partner.number is None:
        return
    reader = Party.objects.filter(number=row.partner.number).first()
    if reader is None or (row.partner.sign_public and reader.sign_public != row.partner.sign_public):
        return
    try:
        services.receive(party=reader, text=row.text)
    except Problem as problem:
        services.deliver(row, refused=problem.detail)
    else:
        services.deliver(row)
