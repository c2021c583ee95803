"""What the portals of two parties say to each other over the very replication that training will use.

Pings, which show that it works; letters, signed as they are; answers, which say what became of letters.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import jwt
import pulsar
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from apps.core import addresses
from apps.core.errors import Unavailable
from apps.federation import letters
from apps.federation.addresses import place
from apps.federation.errors import LetterRefused
from apps.federation.models import Partner, Party

Client = pulsar.Client
SUBSCRIPTION = "hanse"
_SECONDS, _MOST_AT_ONCE, _PING = 10, 1000, "hanse-ping"


@dataclass
class Heard:
    """The newest ping and when we read it; letters as they came; by letter of ours why it was refused, "" if it was not."""

    said: dict[str, Any] = field(default_factory=dict)
    came_at: datetime | None = None
    letters: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)


@contextmanager
def connected(party: Party) -> Iterator[pulsar.Client]:
    """A client of the party's own cluster, as its super user. Raises Unavailable."""
    host, port = place(party.service_url)
    addresses.resolve(host, port)
    logger = pulsar.ConsoleLogger(pulsar.LoggerLevel.Error)
    client = pulsar.Client(
        party.service_url,
        authentication=pulsar.AuthenticationToken(party.admin_token),
        operation_timeout_seconds=_SECONDS,
        connection_timeout_ms=_SECONDS * 1000,
        logger=logger,
    )
    try:
        yield client
    except pulsar.PulsarException as error:
        raise Unavailable(f"{party.service_url}: {error}") from error
    finally:
        client.close()


def listen(client: pulsar.Client, topic: str, partner: Partner) -> Heard:
    """What came since the last time. The subscription keeps what comes later."""
    consumer = client.subscribe(topic, SUBSCRIPTION, initial_position=pulsar.InitialPosition.Earliest)
    heard = Heard()
    try:
        for _ in range(_MOST_AT_ONCE):
            message = consumer.receive(timeout_millis=300)
            _take(message.data().decode(errors="replace"), partner, heard)
            consumer.acknowledge(message)  # a letter that is lost from here on comes again, for it was not answered
    except pulsar.Timeout:
        pass
    finally:
        consumer.close()
    return heard


def send(client: pulsar.Client, topic: str, partner: Partner, *, letters_: Sequence[str] = (), **facts: Any) -> None:
    """Letters, and a ping with these facts, to the partner's cluster alone.

    Never batched, for the first message of a batch decides where all of it goes.
    """
    party = partner.party
    said = {**facts, "agreement": str(partner.agreement), "iss": str(party.number), "at": time.time()}
    key = Ed25519PrivateKey.from_private_bytes(letters.raw(party.private.sign))
    ping = jwt.encode(said, key, algorithm=letters.ALGORITHM, headers={"typ": _PING})
    producer = client.create_producer(topic, batching_enabled=False, send_timeout_millis=_SECONDS * 1000)
    try:
        for text in (*letters_, ping):
            producer.send(text.encode(), replication_clusters=[partner.cluster])
    finally:
        producer.close()


def _take(text: str, partner: Partner, heard: Heard) -> None:
    """Nothing of what was not signed by the partner: whoever may write to the topic is not yet whom it is from."""
    try:
        if jwt.get_unverified_header(text).get("typ") != _PING:
            heard.letters.append(text)  # proven by who reads it
            return
        letters.prove(text, key=partner.sign_public)
        said = jwt.decode(text, options={"verify_signature": False})
        letters.require_keepable(said)
    except (LetterRefused, jwt.InvalidTokenError, ValueError):
        return
    if said.get("agreement") != str(partner.agreement) or not isinstance(said.get("at"), float):
        return
    if isinstance(answers := said.pop("answers", {}), dict):
        heard.answers |= {str(letter): str(reason) for letter, reason in answers.items()}
    heard.said, heard.came_at = said, timezone.now()
