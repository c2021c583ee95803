"""The channels of a contract in our own cluster: opened while it stands, taken away when it does not.

Each portal sees to its own side. A namespace belongs to one edition; in it one topic a direction and channel exists, made
before anybody may write, with the subscription that keeps what comes. Rights are of single topics: our workers write to
ours and read theirs, the other cluster writes to theirs. Nothing else can be made there by whoever holds them.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.core.models import Lease
from apps.federation import letters, services
from apps.federation.errors import LetterRefused
from apps.federation.models import LINKED, MEGABYTE, Channels
from celery_workers import compute
from celery_workers.pulsar.checks import THEM, US, Check, Checks
from celery_workers.pulsar.client import FAILURES, Client, Forbidden, NotFound
from celery_workers.pulsar.parties import TENANT, broker_failed, check_broker

OPENING = ("broker", "joined", "keys", "space", "bytes", "roles", "open")
CLOSING = ("broker", "ended", "drained", "removed")
SUBSCRIPTION, EARLIEST = "hanse", {"ledgerId": -1, "entryId": -1, "partitionIndex": -1}
# 30 chunks of 4 MiB a second, which is what one job may take of a link.
MOST_BYTES_A_SECOND = 30 * 4 * 2**20
DRAIN_FOR = timedelta(seconds=30)


def reconcile(channels_id: UUID) -> None:
    """Make our cluster be as the contract says."""
    rows = Channels.objects.select_related("contract__partner__party")
    with rows.leased(channels_id, holder=compute.holder()) as lease:
        if lease is None:
            return
        for channels in lease.rounds():
            with suppress(Superseded):
                if channels.wanted:
                    _open(channels, lease)
                else:
                    _close(channels, lease)


class Superseded(Exception):
    """Somebody else sees to them by now, or they are wanted otherwise: nothing more may be done, and nothing said."""


def _run(checks: Checks, channels: Channels, lease: Lease[Channels], *steps: tuple[str, Callable[[Check], None]]) -> None:
    """One step after the other, each while we hold them: who opens late must not bring back what another took away."""
    try:
        for step in steps:
            if not lease.renew(channels):
                raise Superseded
            checks.run(step)
    except FAILURES as failure:
        broker_failed(checks, channels.contract.partner.party, failure)


def _open(channels: Channels, lease: Lease[Channels]) -> None:
    partner, party = channels.contract.partner, channels.contract.partner.party
    checks = Checks(OPENING, stops_nothing=("bytes",))
    try:
        token = letters.unseal(partner.given, keys=party.private, about=partner.agreement)
    except LetterRefused:
        token = ""
    with Client(party.web_url, party.admin_token) as admin, Client(partner.web_url, token) as theirs:
        place = Place(channels, admin)
        _run(
            checks,
            channels,
            lease,
            ("broker", lambda check: check_broker(check, admin, party)),
            ("joined", place.check_joined),
            ("keys", place.check_keys),
            ("space", place.make),
            ("bytes", place.count),
            ("roles", place.grant),
            ("open", lambda check: place.check_open(check, theirs)),
        )
    services.found_of_channels(channels=channels, wanted=True, checks=checks.as_json(), counters=place.counters)


def _close(channels: Channels, lease: Lease[Channels]) -> None:
    party = channels.contract.partner.party
    checks = Checks(CLOSING)
    with Client(party.web_url, party.admin_token) as admin:
        place = Place(channels, admin)
        _run(
            checks,
            channels,
            lease,
            ("broker", lambda check: check_broker(check, admin, party)),
            ("ended", place.end),
            ("drained", place.drain),
            ("removed", place.remove),
        )
    services.found_of_channels(channels=channels, wanted=False, checks=checks.as_json())


class Place:
    """The namespace of one edition in our cluster."""

    def __init__(self, channels: Channels, admin: Client) -> None:
        self._channels, self._admin = channels, admin
        self._contract, self._partner = channels.contract, channels.contract.partner
        self._ours = self._partner.party.cluster
        self.namespace = f"{TENANT}/{self._contract.namespace}"
        self.counters: Mapping[str, int] | None = None

    def check_joined(self, check: Check) -> None:
        """The link is what registers the two clusters with each other."""
        try:
            allowed = self._admin.get(f"/tenants/{TENANT}")["allowedClusters"]
        except NotFound:
            allowed = []
        if {*self._both} <= {*allowed} and self._partner.cluster in self._admin.clusters():
            check.fine(cluster=self._partner.cluster)
        else:
            check.waits("not-yet", who=US, cluster=self._partner.cluster)

    def check_keys(self, check: Check) -> None:
        """Without keys of both, whatever is sent could be read by whoever runs a broker."""
        if not self._contract.our_public:
            check.waits("unsigned", who=US)
        elif not self._contract.their_public:
            check.failed("missing", who=THEM)
        else:
            check.fine()

    def make(self, check: Check) -> None:
        """The namespace with its limits, then the topics, then who keeps what comes: all before anybody may write."""
        self._admin.make(f"/namespaces/{self.namespace}", {"bundles": {"numBundles": 4}, **self._policies})
        there = self._admin.get(f"/namespaces/{self.namespace}")
        if sorted(there["replication_clusters"]) != self._both:
            self._admin.post(f"/namespaces/{self.namespace}/replication", self._both)
        for topic in (*self._contract.outward, *self._contract.inward):
            self._admin.make(f"/persistent/{self.namespace}/{topic}")
        for topic in self._contract.inward:
            self._admin.make(f"/persistent/{self.namespace}/{topic}/subscription/{SUBSCRIPTION}", EARLIEST)
        topics = len(self._contract.outward) + len(self._contract.inward)
        check.fine(namespace=self.namespace, topics=topics, clusters=", ".join(self._both))

    def count(self, check: Check) -> None:
        """What left the house so far, by the broker's own counters."""
        self.counters = {topic: int(self._stats(topic)["bytesInCounter"]) for topic in self._contract.outward}
        sent, most = self._channels.sent_by(self.counters), self._channels.most_bytes
        if sent < most:
            check.fine(sent=sent // MEGABYTE, most=most // MEGABYTE)
        else:
            check.failed("used-up", who=US, sent=sent // MEGABYTE, most=most // MEGABYTE)

    def grant(self, check: Check) -> None:
        """Exactly these rights, each to one topic; nothing to write once all bytes are used up."""
        used_up = self._channels.sent_by(self.counters or {}) >= self._channels.most_bytes
        honoured = [self._partner.role_of(one) for one in range(self._partner.honoured, self._partner.issued + 1)]
        wanted = {(topic, self._contract.role): "produce" for topic in self._contract.outward if not used_up}
        wanted |= {(topic, self._contract.role): "consume" for topic in self._contract.inward}
        wanted |= {(topic, role): "produce" for topic in self._contract.inward for role in honoured}
        self._grant_only(wanted)
        check.fine(role=self._contract.role, roles=", ".join(honoured))

    def check_open(self, check: Check, theirs: Client) -> None:
        """Their broker lets ours write to its side of each of our topics, and ours is connected to it."""
        for topic in self._contract.outward:
            try:
                theirs.lookup(f"persistent/{self.namespace}/{topic}")
            except (Forbidden, NotFound):
                check.waits("not-granted", who=THEM, cluster=self._partner.cluster)
                return
            if not self._to_them(topic).get("connected"):
                check.waits("not-connected", who=THEM, cluster=self._partner.cluster)
                return
        check.fine(cluster=self._partner.cluster)

    def end(self, check: Check) -> None:
        """No worker reads or writes any more: rights first, then what is connected. Counters then begin anew."""
        with suppress(NotFound):
            services.note_removal(channels=self._channels, there=self._inventory())
            self._grant_only({key: right for key, right in self._held().items() if key[1] != self._contract.role})
        check.fine(role=self._contract.role)

    def drain(self, check: Check) -> None:
        """What was written goes across, or is given up: at once where nothing may flow, else after a while."""
        waiting = sum(int(self._to_them(topic).get("replicationBacklog", 0)) for topic in self._contract.outward)
        since = self._channels.closing_at
        if not waiting:
            check.fine()
        elif self._partner.phase in LINKED and (since is None or timezone.now() < since + DRAIN_FOR):
            check.waits("on-its-way", who=THEM, cluster=self._partner.cluster, count=waiting)
        else:
            check.given_up(count=waiting, cluster=self._partner.cluster)

    def remove(self, check: Check) -> None:
        """Written down first. Replication ends before anything goes, lest the other side bring it back or lose its own."""
        name = self._contract.namespace
        with suppress(NotFound):
            services.note_removal(channels=self._channels, there=self._inventory())
            self._admin.post(f"/namespaces/{self.namespace}/replication", [self._ours])
            self._grant_only({})
            self._admin.delete(f"/namespaces/{self.namespace}?force=true")
        if f"{TENANT}/{name}" in self._namespaces():
            check.waits("still-there", who=US, namespace=self.namespace)
        else:
            check.fine(namespace=self.namespace)

    @property
    def _both(self) -> list[str]:
        return sorted((self._ours, self._partner.cluster))

    @property
    def _policies(self) -> dict[str, Any]:
        """Nothing is made in it but by us, nothing goes of itself, and more than was agreed does not fit.

        A full backlog holds back whoever writes; throwing old messages away would be silent loss.
        """
        rate = {"publishThrottlingRateInMsg": -1, "publishThrottlingRateInByte": MOST_BYTES_A_SECOND}
        backlog = {"limitSize": self._channels.most_bytes, "limitTime": -1, "policy": "producer_request_hold"}
        idle = {"inactiveTopicDeleteMode": "delete_when_no_subscriptions", "maxInactiveDurationSeconds": 86_400}
        return {
            "replication_clusters": self._both,
            "autoTopicCreationOverride": {"allowAutoTopicCreation": False},
            "autoSubscriptionCreationOverride": {"allowAutoSubscriptionCreation": False},
            "inactive_topic_policies": {**idle, "deleteWhileInactive": False},
            "retention_policies": {"retentionTimeInMinutes": 0, "retentionSizeInMB": 0},
            "message_ttl_in_seconds": 0,
            "backlog_quota_map": {"destination_storage": backlog},
            "publishMaxMessageRate": {self._ours: rate},
        }

    def _held(self) -> dict[tuple[str, str], str]:
        """(topic, role) -> right; an empty topic stands for the whole namespace, where nobody is to hold anything."""
        rights = self._admin.get(f"/namespaces/{self.namespace}")["auth_policies"]
        held = {("", role): ",".join(each) for role, each in rights["namespace_auth"].items()}
        for topic, roles in rights["destination_auth"].items():
            held |= {(topic.rpartition("/")[2], role): ",".join(each) for role, each in roles.items()}
        return held

    def _grant_only(self, wanted: Mapping[tuple[str, str], str]) -> None:
        """Raises NotFound when there is no such namespace."""
        held = self._held()
        surplus = {key for key, right in held.items() if wanted.get(key) != right}
        for topic, role in surplus:
            self._admin.delete(f"{self._of(topic)}/permissions/{role}")
        for (topic, role), right in wanted.items():
            if held.get((topic, role)) != right:
                self._admin.post(f"{self._of(topic)}/permissions/{role}", [right])
        if surplus:
            # Whoever is connected stays so until asked again.
            self._admin.put(f"/namespaces/{self.namespace}/unload")

    def _of(self, topic: str) -> str:
        return f"/persistent/{self.namespace}/{topic}" if topic else f"/namespaces/{self.namespace}"

    def _stats(self, topic: str) -> dict[str, Any]:
        return dict(self._admin.get(f"/persistent/{self.namespace}/{topic}/stats"))

    def _to_them(self, topic: str) -> dict[str, Any]:
        """How far our broker is with what it sends them; nothing where the topic is gone."""
        try:
            return dict(self._stats(topic)["replication"].get(self._partner.cluster, {}))
        except NotFound:
            return {}

    def _namespaces(self) -> list[str]:
        try:
            return list(self._admin.get(f"/namespaces/{TENANT}"))
        except NotFound:
            return []

    def _inventory(self) -> dict[str, Any]:
        """Raises NotFound when there is nothing."""
        topics = []
        for address in self._admin.get(f"/persistent/{self.namespace}"):
            topic = address.rpartition("/")[2]
            if topic.startswith("__"):  # Pulsar's own
                continue
            stats = self._stats(topic)
            # What came from them is never sent back, and yet counted as waiting for them.
            ours = topic in self._contract.outward
            given_up = int(stats["replication"].get(self._partner.cluster, {}).get("replicationBacklog", 0)) if ours else 0
            unread = sum(int(one["msgBacklog"]) for one in stats["subscriptions"].values())
            topics.append({"topic": topic, "messages": stats["msgInCounter"], "given_up": given_up, "unread": unread})
        roles = sorted({role for _, role in self._held()} | {self._contract.role})
        return {
            "topics": sorted(topics, key=lambda one: str(one["topic"])),
            "roles": roles,
            "at": timezone.now().isoformat(),
        }
