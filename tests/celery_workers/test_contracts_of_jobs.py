"""Contracts of jobs: the workers of a party get the channels of a contract that stands, and nobody else does."""

import json
import sys
from dataclasses import asdict
from uuid import uuid4

import jwt
import pytest
from django.db import transaction

from apps.core.errors import InvalidRequest
from apps.federation.letters import PrivateKeys
from apps.federation.models import Channels, Contract, Party
from apps.jobs.given import given_to
from apps.jobs.models import Job
from tests.celery_workers.conftest import Portal
from tests.celery_workers.test_inputs import everything_kept, said
from tests.factories import THEIR_KEYS, make_contract, make_partner, make_party, make_project
from tests.federation.conftest import KEY

READS = "import json, os; given = json.loads(os.environ['HANSE_CHANNELS']); print(given['us'], given['namespace'])"


def agreed(tenant) -> Contract:
    """A contract of the tenant's party that stands, with its keys and open channels."""
    party = make_party(tenant)
    Party.objects.filter(pk=party.pk).update(signing_key=KEY.decode())
    contract = make_contract(make_partner(Party.objects.get(pk=party.pk)))
    keys = PrivateKeys.new()
    contract.our_keys, contract.our_public = json.dumps(asdict(keys)), asdict(keys.public)
    contract.their_public = asdict(THEIR_KEYS.public)
    contract.save()
    Channels.objects.filter(contract=contract).update(phase="open")
    return Contract.objects.select_related("partner__party").get(pk=contract.pk)


@pytest.fixture
def contract(portal: Portal) -> Contract:
    return agreed(portal.project.tenant)


def naming(portal: Portal, contract: str) -> Job:
    return portal.submit(sys.executable, "-c", READS, contract=contract)


class TestAJob:
    def test_that_names_a_contract_is_given_its_channels_and_no_trace_of_the_keys_stays(self, portal, contract, machine):
        job = naming(portal, str(contract.contract))
        portal.until(job, "running", "succeeded")
        given = json.loads(given_to(job)["worker"].env["HANSE_CHANNELS"]) if job.phase == "running" else None

        portal.until(job, "succeeded")
        portal.until_settled(job)

        assert said(job) == [f"{contract.partner.party.number} fl-tenant/{contract.namespace}"]
        keys = json.loads(contract.our_keys)
        assert [where for where, what in everything_kept(machine) if keys["seal"] in what or keys["sign"] in what] == []
        if given:
            claims = jwt.decode(given["token"], options={"verify_signature": False})
            assert (claims["sub"], claims["exp"]) == (contract.role, int(contract.ends_at.timestamp()))

    def test_waits_until_they_are_open(self, portal, contract):
        Channels.objects.update(phase="opening")
        job = naming(portal, str(contract.contract))
        portal.admit()
        job.refresh_from_db()

        with pytest.raises(Exception, match="not open yet"):
            given_to(job)

        Channels.objects.update(phase="open")
        portal.until(job, "succeeded")

    def test_whose_contract_ended_fails_and_says_so(self, portal, contract):
        job = naming(portal, str(contract.contract))
        Contract.objects.update(phase="revoked")

        portal.until(job, "failed")

        assert job.reason == "contract-unusable"

    def test_is_refused_what_others_signed_what_does_not_stand_and_what_is_none(self, portal, contract):
        theirs = agreed(make_project().tenant)
        offered = make_contract(contract.partner, "offered")

        for one in (theirs.contract, offered.contract, uuid4()):
            with pytest.raises(InvalidRequest) as refusal, transaction.atomic():
                naming(portal, str(one))
            assert [wrong["pointer"] for wrong in refusal.value.errors] == ["/contract"]
        assert not Job.objects.exists()
