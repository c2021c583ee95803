from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.federation import services
from apps.federation.models import Channels, FederatedJob, LetterState, Partner, Party, PartyLetter
from celery_workers.pulsar import parties, partners
from celery_workers.pulsar.channels import reconcile as open_or_close
from portal.celery import app

MOST_AT_ONCE, EXPIRES_SECONDS = 100, 60


@app.task(name="federation.send", acks_late=True)
def send(*, letter_id: str, **_newer_arguments: object) -> None:
    """Sign a letter, and hand it to its reader where that is one of ours."""
    services.send(letter_id=UUID(letter_id))


@app.task(name="federation.look", acks_late=True)
def look(*, party_id: str, **_newer_arguments: object) -> None:
    """Look at a party's own cluster."""
    parties.look_at(UUID(party_id))


@app.task(name="federation.reconcile", acks_late=True)
def reconcile(*, partner_id: str, **_newer_arguments: object) -> None:
    """Make a party's cluster be as an agreement says."""
    partners.reconcile(UUID(partner_id))


@app.task(name="federation.channels", acks_late=True)
def channels(*, channels_id: str, **_newer_arguments: object) -> None:
    """Make a party's cluster be as a contract says."""
    open_or_close(UUID(channels_id))


@app.task(name="federation.advance", acks_late=True)
def advance(*, job_id: str, **_newer_arguments: object) -> None:
    """Bring a federated job a step on, where there is one."""
    services.advance_job(job_id=UUID(job_id))


@app.task(name="federation.sweep", acks_late=True)
def sweep(**_newer_arguments: object) -> None:
    """Look again at all that is due."""
    services.end_contracts_over()
    for letter_id in _some(PartyLetter.objects.filter(state=LetterState.UNSIGNED)):
        send.apply_async(kwargs={"letter_id": str(letter_id)}, expires=EXPIRES_SECONDS)
    for party_id in _some(Party.objects.due()):
        look.apply_async(kwargs={"party_id": str(party_id)}, expires=EXPIRES_SECONDS)
    for partner_id in _some(Partner.objects.due()):
        reconcile.apply_async(kwargs={"partner_id": str(partner_id)}, expires=EXPIRES_SECONDS)
    for channels_id in _some(Channels.objects.due()):
        channels.apply_async(kwargs={"channels_id": str(channels_id)}, expires=EXPIRES_SECONDS)
    for job_id in _some(FederatedJob.objects.standing()):
        advance.apply_async(kwargs={"job_id": str(job_id)}, expires=EXPIRES_SECONDS)


def _some(rows: QuerySet[Any]) -> list[UUID]:
    # In no order: many that cannot be carried out never keep the others waiting.
    return list(rows.order_by("?").values_list("pk", flat=True)[:MOST_AT_ONCE])
