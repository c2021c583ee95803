"""Two tenants that are parties, their officers, and what the workers between them do."""

from collections.abc import Callable
from ipaddress import ip_network
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from apps.core.models import OutboxHint
from apps.federation.models import Channels, Partner, Party
from celery_workers.tasks import federation as tasks
from embedded.pulsar.broker import ADMIN
from embedded.pulsar.pair import Pair
from tests.conftest import AsRole, Client
from tests.eventually import eventually
from tests.testbed.pulsar import part

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
)
LINK = "fl-tenant/link-10000-20000"
# Nothing listens there.
ELSEWHERE = {"web_url": "http://127.0.0.1:1", "service_url": "pulsar://127.0.0.1:1", "admin_token": "t"}


class Side:
    """One party, as its officer works with it over REST."""

    def __init__(self, client: Client, tenant: Any, number: int, **given: str) -> None:
        self.client, self.tenant, self.number = client, tenant, number
        body = {"number": number, "name": f"Party {number}", "contact": "officer@example.org", **given}
        answer = client.post(self.at("party/"), body)
        assert answer.status_code == 201, answer.json()

    def at(self, rest: str) -> str:
        return f"/api/v1/tenants/{self.tenant.pk}/{rest}"

    @property
    def party(self) -> Party:
        return Party.objects.get(tenant=self.tenant)

    @property
    def words(self) -> str:
        return str(self.client.get(self.at("party/")).json()["fingerprint"])

    @property
    def partner(self) -> dict[str, Any]:
        """The newest agreement, as the API shows it."""
        newest = Partner.objects.filter(tenant=self.tenant).latest("pk")
        return self.client.get(self.at(f"partners/{newest.pk}/")).json()

    def invite(self, **body: Any) -> Any:
        return self.client.post(self.at("partners/"), body)

    def act(self, act: str, **body: Any) -> Any:
        return self.client.post(self.at(f"partners/{self.partner['id']}/{act}/"), body)

    def read(self, text: str) -> Any:
        return self.client.post(self.at("letters/"), {"text": text})

    def letter(self, kind: str) -> str:
        """The text of the newest letter of the kind that this side wrote."""
        rows = [one for one in self.partner["letters"] if one["kind"] == kind and one["outgoing"]]
        return str(rows[0]["text"])


def carry_out(*names: str) -> None:
    """What the relay and a worker do with what is left to them; only tasks of these names, or all."""
    while hints := list(OutboxHint.objects.filter(task__startswith="federation.").order_by("pk")):
        for one in hints:
            name = one.task.partition(".")[2]
            if not names or name in names:
                getattr(tasks, name)(**one.arguments)
            one.delete()


def join_on_paper(aurora: Side, borealis: Side) -> None:
    """Two parties are ready, as they would be with brokers."""
    aurora.invite(number=borealis.number)
    carry_out("send")
    borealis.act("accept", fingerprint=aurora.words)
    carry_out("send")
    aurora.act("confirm", fingerprint=borealis.words)
    carry_out("send")
    Partner.objects.update(phase="ready")


@pytest.fixture
def make_side(as_role: AsRole, settings) -> Callable[..., Side]:
    settings.ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]

    def make(number: int, **given: str) -> Side:
        client, project = as_role("data-officer")
        return Side(client, project.tenant, number, **{"signing_key": KEY.decode(), **ELSEWHERE, **given})

    return make


@pytest.fixture
def sides(make_side) -> tuple[Side, Side]:
    """Two parties of one portal."""
    return make_side(10000), make_side(20000)


@pytest.fixture
def real_sides(make_side, pair: Pair) -> tuple[Side, Side]:
    """With their clusters, both at the beginning, whatever another test left in them."""
    part(pair)
    sides = []
    for broker in pair.brokers:
        addresses = {"web_url": broker.web, "service_url": broker.service}
        signing_key = (broker.directory / "private.pem").read_text()
        sides.append(make_side(broker.number, **addresses, admin_token=broker.token(ADMIN), signing_key=signing_key))
    first, second = sides
    return first, second


def work() -> None:
    """One round of what workers do on both sides."""
    carry_out()
    for pk in Partner.objects.values_list("pk", flat=True):
        tasks.reconcile(partner_id=str(pk))
    for pk in Channels.objects.values_list("pk", flat=True):
        tasks.channels(channels_id=str(pk))
    carry_out()


def become(side: Side, phase: str) -> None:
    eventually(lambda: work() or side.partner["phase"] == phase, within=120, what=f"{side.number}: {phase}")


def join(aurora: Side, borealis: Side) -> None:
    aurora.invite(number=borealis.number)
    carry_out()
    borealis.act("accept", fingerprint=aurora.words)
    carry_out()
    aurora.act("confirm", fingerprint=borealis.words)
    become(aurora, "ready")
    become(borealis, "ready")
