"""Of parties, contracts and what goes between them."""

from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.db import transaction

from apps.federation.models import Channels, Partner, Party
from apps.federation.services._changes import write_letter
from apps.jobs.spec import JobSpec
from tests.celery_workers.conftest import Portal
from tests.celery_workers.scenes.scene import FOREVER, Scene
from tests.factories import (
    make_contract,
    make_federated_job,
    make_partner,
    make_party,
)


def a_letter_to_send(portal: Portal) -> dict[str, Any]:
    partner = make_partner(make_party(portal.project.tenant))
    with transaction.atomic():
        return {"letter_id": str(write_letter(partner, "suspend", {"reason": "Maintenance."}).pk)}


def a_party_that_does_not_answer(portal: Portal) -> dict[str, Any]:
    settings.ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    return {"party_id": str(make_party(portal.project.tenant).pk)}


def a_link_that_does_not_hold(portal: Portal) -> dict[str, Any]:
    party = Party.objects.get(pk=a_party_that_does_not_answer(portal)["party_id"])
    return {"partner_id": str(make_partner(party).pk)}


def channels_to_open(portal: Portal) -> dict[str, Any]:
    """What opening does in clusters that answer: tests/federation/test_channels.py."""
    a_link_that_does_not_hold(portal)
    return {"channels_id": str(make_contract(Partner.objects.get()).channels.pk)}


def a_federated_job_to_submit(portal: Portal) -> dict[str, Any]:
    a_link_that_does_not_hold(portal)
    contract = make_contract(Partner.objects.get())
    Channels.objects.update(phase="open")
    job = make_federated_job(contract)
    job.project, job.owner_id, job.their_channels_open = portal.project, portal.actor.user_id, True
    part = {"name": "digits", "roles": [{"command": FOREVER, "cpu_millicores": 100}]}
    job.spec, job.our_channels_open = JobSpec.model_validate(part).as_json(), True
    job.save()
    return {"job_id": str(job.pk)}


def all_of_a_party(portal: Portal) -> dict[str, Any]:
    a_link_that_does_not_hold(portal)
    with transaction.atomic():
        write_letter(Partner.objects.get(), "suspend", {"reason": "Maintenance."})
    return {}


SCENES: dict[str, Scene] = {
    "federation.advance": a_federated_job_to_submit,
    "federation.channels": channels_to_open,
    "federation.look": a_party_that_does_not_answer,
    "federation.reconcile": a_link_that_does_not_hold,
    "federation.send": a_letter_to_send,
    "federation.sweep": all_of_a_party,
}
