"""Two clusters joined or parted as the officers decided: wanted is in the row, observed in the cluster, each step shown.

Only this side's cluster is changed here. What the other side must do it does itself; what is seen of it is what its broker
answers to the token that it gave us, and what its signed pings say.
"""

import socket
import time
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from apps.core import addresses
from apps.core.errors import Problem, Unavailable
from apps.federation import letters, services
from apps.federation.addresses import place
from apps.federation.errors import LetterRefused
from apps.federation.models import LINKED, Partner, PartnerPhase
from celery_workers import compute
from celery_workers.pulsar import pings
from celery_workers.pulsar.checks import THEM, Check, Checks
from celery_workers.pulsar.client import FAILURES, Client, Forbidden, NotFound
from celery_workers.pulsar.parties import TENANT, broker_failed, check_broker

AUTHENTICATION = "org.apache.pulsar.client.impl.auth.AuthenticationToken"
STEPS = ("broker", "address", "token", "registered", "granted", "route", "clock", "ping", "heard")
MOST_SKEW_SECONDS, MOST_PING_SECONDS = 30, 3
SILENT_FOR, EXPIRES_SOON = timedelta(minutes=3), timedelta(days=14)


def reconcile(partner_id: UUID) -> None:
    """Make our cluster be as the agreement says."""
    with Partner.objects.select_related("party").leased(partner_id, holder=compute.holder()) as lease:
        if lease is None:
            return
        for partner in lease.rounds():
            if partner.phase in LINKED:
                _join(partner)
            elif partner.phase in (PartnerPhase.SUSPENDED, PartnerPhase.CUT, PartnerPhase.LEFT):
                _part(partner)
            else:
                services.found_of_partner(partner=partner, checks=partner.checks)


def _join(partner: Partner) -> None:
    checks = Checks(STEPS, stops_nothing=("clock", "ping", "heard"))
    applied = ""
    try:
        token = letters.unseal(partner.given, keys=partner.party.private, about=partner.agreement)
    except LetterRefused:
        token = ""
    party = partner.party
    with Client(party.web_url, party.admin_token) as admin, Client(partner.web_url, token) as theirs:
        link = Link(partner, admin, theirs, token)
        try:
            checks.run(
                ("broker", lambda check: check_broker(check, admin, party)),
                ("address", link.check_address),
                ("token", link.check_token),
                ("registered", link.register),
                ("granted", link.grant),
                ("route", link.check_route),
                ("clock", link.check_clock),
            )
            if not checks.stopped:
                with pings.connected(party) as client:
                    checks.run(
                        ("ping", lambda check: link.ping(check, client)),
                        ("heard", lambda check: link.hear(check, client)),
                    )
                applied = partner.given_role if checks.holds("ping") else ""
        except FAILURES as failure:
            broker_failed(checks, party, failure)
    services.found_of_partner(partner=partner, checks=checks.as_json(), applied=applied)


def _part(partner: Partner) -> None:
    """Let nothing through. First what lets them in, then what lets us out."""
    party = partner.party
    if partner.number is None or not partner.sign_public:
        services.found_of_partner(partner=partner, checks=[])
        return
    try:
        with Client(party.web_url, party.admin_token) as admin:
            link = Link(partner, admin, None, "")
            link.silence()
            services.note_silence(partner=partner, at=timezone.now())
            if partner.phase != PartnerPhase.SUSPENDED:
                admin.delete(f"/clusters/{partner.cluster}")
            if partner.phase == PartnerPhase.LEFT:
                admin.delete(f"/namespaces/{link.namespace}?force=true")
    except FAILURES as failure:
        checks = Checks(("broker",))
        broker_failed(checks, party, failure)
        services.found_of_partner(partner=partner, checks=checks.as_json(), again=True)
    else:
        services.found_of_partner(partner=partner, checks=[])


class Link:
    """What one agreement is in our cluster."""

    def __init__(self, partner: Partner, admin: Client, theirs: Client | None, token: str) -> None:
        self._partner, self._admin, self._theirs, self._token = partner, admin, theirs, token
        self.namespace = f"{TENANT}/{partner.namespace}"
        self._outward = f"{partner.party.number}.{partner.number}.control"
        self._inward = f"{partner.number}.{partner.party.number}.control"

    def check_address(self, check: Check) -> None:
        """Names resolve to where one may connect, and something listens there."""
        began = time.monotonic()
        for url in (self._partner.web_url, self._partner.service_url):
            host, port = place(url)
            try:
                address = addresses.resolve(host, port)
                socket.create_connection((address, port), timeout=3).close()
            except Problem as problem:
                check.failed("refused", who=THEM, url=url, reason=problem.detail)
                return
            except OSError:
                check.failed("closed", who=THEM, url=url)
                return
        check.fine(milliseconds=round((time.monotonic() - began) * 1000))

    def check_token(self, check: Check) -> None:
        partner = self._partner
        if not self._token:
            check.failed("missing", who=THEM)
        elif partner.given_until is None or partner.given_until < timezone.now():
            check.failed("over", who=THEM, role=partner.given_role)
        else:
            days = (partner.given_until - timezone.now()).days
            check.fine(role=partner.given_role, days=days)

    def register(self, check: Check) -> None:
        """Their cluster in our metadata, with the token that they gave us.

        A changed token reaches replicators that run only when the entry is taken away and made anew, and the namespace is
        told again whom it replicates to.
        """
        entry = {
            "serviceUrl": self._partner.web_url,
            "brokerServiceUrl": self._partner.service_url,
            "authenticationPlugin": AUTHENTICATION,
            "authenticationParameters": f"token:{self._token}",
        }
        name = self._partner.cluster
        try:
            known = self._admin.get(f"/clusters/{name}")
        except NotFound:
            known = {}
        if any(known.get(key) != value for key, value in entry.items()):
            self._admin.delete(f"/clusters/{name}")
            self._admin.put(f"/clusters/{name}", entry)
            self._ensure_namespace()
            self._admin.post(f"/namespaces/{self.namespace}/replication", self._both)
        else:
            self._ensure_namespace()
        check.fine(cluster=name, role=self._partner.given_role)

    def grant(self, check: Check) -> None:
        """Exactly the roles whose tokens count may write here, and nothing else of theirs."""
        wanted = {self._partner.role_of(version) for version in range(self._partner.honoured, self._partner.issued + 1)}
        self._grant_only(wanted)
        check.fine(roles=", ".join(sorted(wanted)), namespace=self.namespace)

    def check_route(self, check: Check) -> None:
        """Their broker takes our token, and names an address that can be reached from here."""
        try:
            found = self._theirs.lookup(f"persistent/{self.namespace}/{self._outward}") if self._theirs else {}
        except (Forbidden, NotFound):
            check.waits("not-granted", who=THEM, cluster=self._partner.cluster)
        except Unavailable as failure:
            check.failed("down", who=THEM, cluster=self._partner.cluster, reason=str(failure))
        else:
            url = str(found.get("brokerUrl") or found.get("brokerUrlSsl"))
            try:
                host, port = place(url)
                socket.create_connection((addresses.resolve(host, port), port), timeout=3).close()
            except (Problem, OSError, ValueError):
                check.failed("unroutable", who=THEM, url=url)
            else:
                check.fine(url=url)

    def check_clock(self, check: Check) -> None:
        skew = self._theirs.skew_seconds if self._theirs else None
        if skew is None:
            check.waits("unknown", who="")
        elif abs(skew) > MOST_SKEW_SECONDS:
            check.failed("off", who=THEM, seconds=skew)
        else:
            check.fine(seconds=abs(skew))

    def ping(self, check: Check, client: pings.Client) -> None:
        """Write to them, with what letters wait, and wait until their broker has it."""
        topic = f"persistent://{self.namespace}/{self._outward}"
        for name in (self._outward, self._inward):
            self._admin.make(f"/persistent/{self.namespace}/{name}")
        sets = self._admin.get(f"/namespaces/{self.namespace}/replication")
        waiting = services.letters_to_send(self._partner)
        began = time.monotonic()
        pings.send(client, topic, self._partner, letters_=[one.text for one in waiting], replication=sorted(sets))
        services.note_sent(waiting)
        while time.monotonic() - began < MOST_PING_SECONDS:
            stats = self._admin.get(f"/persistent/{self.namespace}/{self._outward}/stats")
            to_them = stats["replication"].get(self._partner.cluster, {})
            if to_them.get("connected") and to_them.get("replicationBacklog") == 0:
                check.fine(milliseconds=round((time.monotonic() - began) * 1000))
                return
            time.sleep(0.02)
        check.waits("on-its-way", who=THEM, cluster=self._partner.cluster, count=int(to_them.get("replicationBacklog", 0)))

    def hear(self, check: Check, client: pings.Client) -> None:
        """What they wrote to us since we last looked; the sets of both sides must be the same."""
        partner = self._partner
        heard = pings.listen(client, f"persistent://{self.namespace}/{self._inward}", partner)
        if heard.came_at:
            services.note_ping(partner=partner, said=heard.said, at=heard.came_at)
        if heard.answers:
            services.note_answers(partner=partner, answers=heard.answers)
        if answers := services.receive_all(partner=partner, texts=heard.letters):
            topic = f"persistent://{self.namespace}/{self._outward}"
            pings.send(client, topic, partner, answers=answers, replication=self._both)
        if partner.heard_at is None:
            check.waits("nothing", who=THEM)
        elif timezone.now() - partner.heard_at > SILENT_FOR:
            check.failed("silent", who=THEM, minutes=int((timezone.now() - partner.heard_at).total_seconds() // 60))
        elif partner.heard.get("replication") != self._both:
            check.failed(
                "sets-differ", who=THEM, ours=", ".join(self._both), theirs=_listed(partner.heard.get("replication"))
            )
        else:
            check.fine(seconds=int((timezone.now() - partner.heard_at).total_seconds()))

    def silence(self) -> None:
        """Take every right of theirs away and end what is connected; then stop sending. Returns when nothing comes."""
        try:
            self._grant_only(set())
        except NotFound:
            return
        self._admin.put(f"/namespaces/{self.namespace}/unload")
        self._admin.post(f"/namespaces/{self.namespace}/replication", [self._partner.party.cluster])

    @property
    def _both(self) -> list[str]:
        return sorted((self._partner.party.cluster, self._partner.cluster))

    def _ensure_namespace(self) -> None:
        """Both clusters are allowed in the tenant beside those that are, and the namespace goes to the two alone."""
        try:
            tenant = self._admin.get(f"/tenants/{TENANT}")
        except NotFound:
            self._admin.make(f"/tenants/{TENANT}", {"adminRoles": [], "allowedClusters": self._both})
        else:
            allowed = sorted({*tenant["allowedClusters"], *self._both})
            if allowed != sorted(tenant["allowedClusters"]):
                self._admin.post(f"/tenants/{TENANT}", {**tenant, "allowedClusters": allowed})
        self._admin.make(f"/namespaces/{self.namespace}", {"bundles": {"numBundles": 4}, "replication_clusters": self._both})
        if sorted(self._admin.get(f"/namespaces/{self.namespace}/replication")) != self._both:
            self._admin.post(f"/namespaces/{self.namespace}/replication", self._both)

    def _grant_only(self, wanted: set[str]) -> None:
        """Raises NotFound when there is no such namespace."""
        held = self._admin.get(f"/namespaces/{self.namespace}/permissions")
        theirs = {role for role in held if role.startswith(f"party-{self._partner.number}-")}
        for role in wanted - theirs:
            self._admin.post(f"/namespaces/{self.namespace}/permissions/{role}", ["produce"])
        for role in theirs - wanted:
            self._admin.delete(f"/namespaces/{self.namespace}/permissions/{role}")
        if wanted and theirs - wanted:
            # Whoever is connected stays so until asked again.
            self._admin.put(f"/namespaces/{self.namespace}/unload")


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else "?"
