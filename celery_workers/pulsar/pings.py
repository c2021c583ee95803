"""Pings: small signed messages over the very replication that training will use."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
_SECONDS = 10


@dataclass(frozen=True)
class Ping:
    """What the partner said, and when we read it."""

    said: dict[str, Any]
    came_at: datetime


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


def listen(client: pulsar.Client, topic: str, partner: Partner) -> Ping | None:
    """The newest of what came since the last time; None when nothing did. The subscription keeps what comes later."""
    consumer = client.subscribe(topic, SUBSCRIPTION, initial_position=pulsar.InitialPosition.Earliest)
    newest: Ping | None = None
    try:
        while True:
            message = consumer.receive(timeout_millis=300)
            newest = _read(message, partner) or newest
            consumer.acknowledge(message)
    except pulsar.Timeout:
        return newest
    finally:
        consumer.close()


def send(client: pulsar.Client, topic: str, partner: Partner, **facts: Any) -> None:
    """To the partner's cluster alone; never batched, for the first message of a batch decides where all of it goes."""
    party = partner.party
    said = {**facts, "agreement": str(partner.agreement), "iss": str(party.number), "at": time.time()}
    key = Ed25519PrivateKey.from_private_bytes(letters.raw(party.private.sign))
    text = jwt.encode(said, key, algorithm=letters.ALGORITHM, headers={"typ": "hanse-ping"})
    producer = client.create_producer(topic, batching_enabled=False, send_timeout_millis=_SECONDS * 1000)
    try:
        producer.send(text.encode(), replication_clusters=[partner.cluster])
    finally:
        producer.close()


def _read(message: pulsar.Message, partner: Partner) -> Ping | None:
    """None for what was not signed by the partner: whoever may write to the topic is not yet whom it is from."""
    text = message.data().decode(errors="replace")
    try:
        letters.prove(text, key=partner.sign_public)
        said = jwt.decode(text, options={"verify_signature": False})
    except (LetterRefused, jwt.InvalidTokenError):
        return None
    if said.get("agreement") != str(partner.agreement) or not isinstance(said.get("at"), float):
        return None
    return Ping(said, timezone.now())
