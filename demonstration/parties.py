"""Aurora and Borealis become parties and join, as their data officers would: over REST, one after the other."""

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from typing import Any, TypeVar
from uuid import uuid4

import httpx

from demonstration.follow import csrf, sign_in
from demonstration.people import ANN, BEN, BO, DORA, Login
from demonstration.templates import together_job, vertical_job

_LONGEST_SECONDS, _PAUSE_SECONDS = 180, 1.0
Seen = TypeVar("Seen")


class PartiesFailed(Exception):
    """They did not join; the message says what was seen last."""


@dataclass(frozen=True)
class Cluster:
    """The Pulsar cluster that a party administers."""

    number: int
    web_url: str
    service_url: str
    admin_token: str
    signing_key: str


class Member:
    """Of one tenant, as they work with it over REST."""

    def __init__(self, browser: httpx.Client, who: Login, password: str) -> None:
        self._browser, self.who = browser, who
        sign_in(browser, who, password)
        tenants = browser.get("/api/v1/me/").json()["tenants"]
        tenant = next(tenant for tenant in tenants if tenant["slug"] == who.tenant)
        self._tenant = f"/api/v1/tenants/{tenant['id']}/"
        self._projects = tenant["projects"]

    def get(self, path: str) -> httpx.Response:
        return self._browser.get(self._tenant + path)

    def post(self, path: str, body: dict[str, Any]) -> None:
        _checked(self._browser.post(self._tenant + path, json=body, headers=csrf(self._browser)))

    def patch(self, path: str, body: dict[str, Any]) -> None:
        headers = {**csrf(self._browser), "If-Match": "*"}
        _checked(self._browser.patch(self._tenant + path, json=body, headers=headers))

    def submit(self, spec: dict[str, Any]) -> None:
        path = f"/api/v1/projects/{self._projects[0]['id']}/jobs/"
        _checked(self._browser.post(path, json=spec, headers={**csrf(self._browser), "Idempotency-Key": uuid4().hex}))

    def propose(self, name: str, contract: str, spec: dict[str, Any]) -> None:
        """A federated job with all rounds of a contract, and our part of it."""
        standing = self.get(f"contracts/?phase=agreed&contract={contract}").json()["results"][0]
        body = {"contract_id": standing["id"], "name": name, "rounds": standing["terms"]["rounds"]}
        self.post("federated-jobs/", {**body, **self._part(spec)})

    def accept(self, name: str, spec: dict[str, Any]) -> None:
        """Our part of the federated job of that name, once it is offered."""
        offer = _until(lambda: self._offer(name), lambda: f"no job {name!r} is offered to {self.who.tenant}")
        self.post(f"federated-jobs/{offer['id']}/accept/", self._part(spec))

    def _offer(self, name: str) -> dict[str, Any]:
        """None: {}."""
        offers = self.get("federated-jobs/?phase=offered").json()["results"]
        return next((dict(one) for one in offers if one["name"] == name), {})

    def _part(self, spec: dict[str, Any]) -> dict[str, Any]:
        return {"project_id": self._projects[0]["id"], "spec": spec}


class Officer(Member):
    @property
    def partner(self) -> dict[str, Any]:
        """The newest agreement; none: {}."""
        newest = self.get("partners/?limit=1").json()["results"]
        return dict(self.get(f"partners/{newest[0]['id']}/").json()) if newest else {}

    def describe(self, cluster: Cluster) -> str:
        """Be a party with this cluster; returns the words of its key."""
        given = {"contact": self.who.email, "name": self.who.what.rpartition(" at ")[2], **asdict(cluster)}
        if self.get("party/").status_code == 404:
            self.post("party/", given)
        else:
            del given["number"]
            self.patch("party/", given)
        return str(self.get("party/").json()["fingerprint"])

    def becomes(self, *phases: str) -> None:
        _until(lambda: self.partner.get("phase") in phases, lambda: self._stands())

    def act(self, act: str, words: str) -> None:
        self.post(f"partners/{self.partner['id']}/{act}/", {"fingerprint": words})

    def signs(self, name: str) -> None:
        """The contract of that name, once it is offered."""
        contract = _until(lambda: self._contract(name, "offered"), lambda: f"{name!r} is not offered to {self.who.tenant}")
        self.post(f"contracts/{contract['id']}/sign/", {"digest": contract["digest"]})

    def has_open(self, name: str) -> str:
        """The id, on both sides, of the contract of that name, once its channels are open."""
        _until(
            lambda: self._channels(name).get("state") == "open",
            lambda: f"the channels of {name!r} stand so: {self._channels(name)}",
        )
        return str(self._contract(name, "agreed")["contract"])

    def _channels(self, name: str) -> dict[str, Any]:
        return dict(self._contract(name, "agreed").get("channels") or {})

    def _contract(self, name: str, phase: str) -> dict[str, Any]:
        """None: {}."""
        contracts = self.get(f"contracts/?phase={phase}").json()["results"]
        return next((dict(one) for one in contracts if one["terms"]["name"] == name), {})

    def _stands(self) -> str:
        failed = [check["text"] for check in self.partner.get("checks", []) if check["state"] != "fine"]
        return f"the agreement of {self.who.tenant} is {self.partner.get('phase', 'not there')}. {' '.join(failed[:1])}"


def join_parties(address: str, *, password: str, clusters: Sequence[Cluster]) -> None:
    """Unless they are agreed already. Raises PartiesFailed."""
    first, second = clusters
    with ExitStack() as open_:
        browsers = [
            open_.enter_context(httpx.Client(base_url=address, timeout=20, headers={"Origin": address})) for _ in range(4)
        ]
        try:
            dora, bo = Officer(browsers[0], DORA, password), Officer(browsers[1], BO, password)
            words_of_first, words_of_second = dora.describe(first), bo.describe(second)
            if dora.partner:
                return
            dora.post("partners/", {"number": second.number, "note": "For the fraud model of spring."})
            bo.becomes("asked")
            bo.act("accept", words_of_first)
            dora.becomes("answered")
            dora.act("confirm", words_of_second)
            dora.becomes("ready")
            bo.becomes("ready")
            digits, diagnosis = (
                _signed(dora, bo, terms(first, second)) for terms in (_digits_together, _diagnosis_together)
            )
            dora.post("contracts/", {"partner_id": dora.partner["id"], "terms": _payments_together(first, second)})
            ann, ben = (Member(one, who, password) for one, who in zip(browsers[2:], (ANN, BEN), strict=True))
            ann.propose("digits-of-both-houses", digits, together_job(digits, "even"))
            ben.accept("digits-of-both-houses", together_job(digits, "odd"))
            if find_spec("tenseal"):
                ann.submit(vertical_job(diagnosis, "clinic"))
                ben.submit(vertical_job(diagnosis, "laboratory"))
        except httpx.HTTPError as problem:
            raise PartiesFailed(f"the portal at {address} does not answer: {problem!r}") from problem


def _signed(offers: Officer, signs: Officer, terms: dict[str, Any]) -> str:
    """The id of the contract, once its channels are open on both sides."""
    offers.post("contracts/", {"partner_id": offers.partner["id"], "terms": terms})
    signs.signs(terms["name"])
    signs.has_open(terms["name"])
    return offers.has_open(terms["name"])


def _digits_together(first: Cluster, second: Cluster) -> dict[str, Any]:
    return {
        "name": "Digits of both houses",
        "purpose": "Read digits on forms of either house. Nobody is identified by them.",
        "algorithm": "horizontal-averaging",
        "rounds": 20,
        "megabytes": 50,
        "until": _in_days(180),
        "model_at": [first.number, second.number],
        "brings": {
            str(first.number): {"dataset": "Digits, even ones, version 1", "columns": ["pixels", "digit"]},
            str(second.number): {"dataset": "Digits, odd ones, version 1", "columns": ["pixels", "digit"]},
        },
    }


def _diagnosis_together(first: Cluster, second: Cluster) -> dict[str, Any]:
    return {
        "name": "Diagnosis by two houses",
        "purpose": "Tell benign tumours from malignant ones by what both houses measured of the same patients.",
        "algorithm": "vertical-logistic",
        "rounds": 30,
        "megabytes": 300,
        "until": _in_days(180),
        "model_at": [first.number, second.number],
        "brings": {
            str(first.number): {"dataset": "Clinic, version 1", "columns": ["patient", "benign", "mean of ten measures"]},
            str(second.number): {
                "dataset": "Laboratory, version 1",
                "columns": ["patient", "error and worst of ten measures"],
            },
        },
    }


def _payments_together(first: Cluster, second: Cluster) -> dict[str, Any]:
    """Nobody has signed it: what an officer finds waiting."""
    return {
        "name": "Fraud model of spring",
        "purpose": "Score payments for fraud. No marketing, no credit decisions.",
        "algorithm": "vertical-logistic",
        "rounds": 30,
        "megabytes": 400,
        "until": _in_days(90),
        "model_at": [first.number],
        "brings": {
            str(first.number): {"dataset": "Payments, version 7", "columns": ["amount", "hour", "country", "fraud"]},
            str(second.number): {"dataset": "Accounts, version 3", "columns": ["age_days", "chargebacks", "devices"]},
        },
    }


def _in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds")


def _until(look: Callable[[], Seen], missing: Callable[[], str]) -> Seen:
    """What is looked for, once it is there. Raises PartiesFailed."""
    deadline = time.monotonic() + _LONGEST_SECONDS
    while not (seen := look()):
        if time.monotonic() > deadline:
            raise PartiesFailed(missing())
        time.sleep(_PAUSE_SECONDS)
    return seen


def _checked(answer: httpx.Response) -> None:
    if not answer.is_success:
        raise PartiesFailed(f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text[:300]}")
