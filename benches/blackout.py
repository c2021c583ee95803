"""PostgreSQL or Redis is slow, trickles, breaks connections or falls silent for a minute, while jobs are submitted.

    .venv/bin/python -m benches.blackout [submits a second] [seconds of each fault]

`web` runs as `make run` starts it, and reaches the servers through proxies on which things go wrong. Every request must be
answered within 3.5 seconds, by a 503 that says when to come again where it is refused; readiness must flip within 5
seconds (what trickles still answers a probe in time) and come back alone. At the end every submit that was accepted is
there once, and the ledger equals a recount.
"""

import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, get_args
from urllib.parse import urlsplit

import httpx

from benches.crowd import reader
from benches.serving import Serving, loads, serving
from benches.world import world
from tests.testbed.proxy import Fault, Proxy

ANSWERED_SECONDS, FLIPS_SECONDS, HEALS_SECONDS = 3.5, 5.0, 10.0
PROBE_SECONDS = 0.2
JOB = {
    "name": "blackout",
    "roles": [{"name": "worker", "replicas": 1, "command": ["true"], "cpu_millicores": 100, "memory_bytes": "64Mi"}],
}


@dataclass
class Spell:
    """What was seen of one fault. Moments are seconds from its beginning, or from its end."""

    name: str
    answers: list[tuple[float, httpx.Response]] = field(default_factory=list)
    flipped: float | None = None
    healed: float | None = None

    def row(self) -> str:
        statuses = Counter(answer.status_code for _, answer in self.answers)
        said = ", ".join(f"{status}: {times}" for status, times in sorted(statuses.items()))
        return f"| {self.name} | {said} | {self.slowest:.2f} | {_seconds(self.flipped)} | {_seconds(self.healed)} |"

    @property
    def slowest(self) -> float:
        return max(seconds for seconds, _ in self.answers)

    def wrong(self) -> Iterator[str]:
        refused = [answer for _, answer in self.answers if answer.status_code != 201]
        if self.slowest > ANSWERED_SECONDS:
            yield f"{self.name}: an answer took {self.slowest:.2f} s"
        if any(answer.status_code != 503 or not answer.headers.get("Retry-After") for answer in refused):
            yield f"{self.name}: refused otherwise than by 503 with Retry-After"
        if "trickling" not in self.name and (self.flipped is None or self.flipped > FLIPS_SECONDS):
            yield f"{self.name}: readiness did not flip in time"
        if self.healed is None or self.healed > HEALS_SECONDS:
            yield f"{self.name}: it did not heal in time"


HEADER = "| | submits answered | slowest, s | not ready after, s | ready again after, s |\n|---|---|--:|--:|--:|"


def blackout(rate: int, seconds: int) -> None:
    with world(durable=True), _proxies() as proxies:
        from apps.jobs.models import Job
        from apps.quotas.ledger import recount
        from apps.tenants.permissions import Role
        from tests.factories import equip, make_project, make_tenant

        project = make_project(make_tenant())
        equip(project.tenant)
        headers = reader(Role.DEVELOPER, tenants=[project.tenant_id], permissions=("jobs.submit",))
        with serving("web") as web:
            path = f"/api/v1/projects/{project.pk}/jobs/"
            spells = asyncio.run(_spells(web, proxies, path, headers, rate, seconds))
        print(f"{rate} submits a second, {seconds} s of each fault; {loads()}\n\n{HEADER}")
        for spell in spells:
            print(spell.row())
        accepted = [answer.json()["id"] for spell in spells for _, answer in spell.answers if answer.status_code == 201]
        there = {str(pk) for pk in Job.objects.values_list("pk", flat=True)}
        wrong = [line for spell in spells for line in spell.wrong()]
        wrong += (
            []
            if len(accepted) == len(set(accepted)) and set(accepted) <= there
            else ["accepted submits were lost or doubled"]
        )
        wrong += ["the ledger differs from a recount"] if recount() else []
        print("\n" + ("\n".join(f"✗ {line}" for line in wrong) or f"✓ {len(accepted):,} accepted, each there once"))
        if wrong:
            raise SystemExit(1)


@contextmanager
def _proxies() -> Iterator[dict[str, Proxy]]:
    """Between what this process starts and the servers; this process itself goes straight to them."""
    proxies = {}
    for name, variable in (("PostgreSQL", "HANSE_DATABASE_URL"), ("Redis", "HANSE_REDIS_URL")):
        url = urlsplit(os.environ[variable])
        proxies[name] = Proxy((str(url.hostname), int(url.port or 0)), first_port=28700)
        way = f"{url.netloc.rpartition('@')[0]}@{proxies[name].address}"
        os.environ[variable] = url._replace(netloc=way.removeprefix("@")).geturl()
    try:
        yield proxies
    finally:
        for proxy in proxies.values():
            proxy.close()


async def _spells(
    web: Serving, proxies: dict[str, Proxy], path: str, headers: dict[str, str], rate: int, seconds: int
) -> list[Spell]:
    transport = httpx.AsyncHTTPTransport(uds=str(web.socket), limits=httpx.Limits(max_connections=None))
    spells, keys = [], count()
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver", timeout=60) as client:

        async def submit(spell: Spell) -> None:
            began = time.monotonic()
            answer = await client.post(path, json=JOB, headers={**headers, "Idempotency-Key": f"b{next(keys)}"})
            spell.answers.append((time.monotonic() - began, answer))

        async def until(status: int, *, within: float) -> float | None:
            began = time.monotonic()
            while time.monotonic() - began < within:
                if (await client.get("/readyz")).status_code == status:
                    return time.monotonic() - began
                await asyncio.sleep(PROBE_SECONDS)
            return None

        for dependency, proxy in proxies.items():
            for fault in get_args(Fault):
                spell = Spell(f"{dependency} {fault}")
                async with _held(rate, lambda spell=spell: submit(spell)):  # type: ignore[misc]
                    proxy.becomes(fault)
                    ends = time.monotonic() + seconds
                    spell.flipped = await until(503, within=min(seconds, 2 * FLIPS_SECONDS))
                    await asyncio.sleep(ends - time.monotonic())
                    proxy.becomes("")
                    spell.healed = await until(200, within=3 * HEALS_SECONDS)
                spells.append(spell)
    return spells


@asynccontextmanager
async def _held(rate: int, submit: Any) -> AsyncIterator[None]:
    """Submit at this rate while the block runs, whatever the answers take; leave when all are answered."""

    async def keep() -> None:
        for number in count():
            await asyncio.sleep(began + number / rate - time.monotonic())
            group.create_task(submit())

    began = time.monotonic()
    async with asyncio.TaskGroup() as group:
        keeping = group.create_task(keep())
        yield
        keeping.cancel()


def _seconds(moment: float | None) -> str:
    return "" if moment is None else f"{moment:.1f}"


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    blackout(*(numbers + [10, 60][len(numbers) :]))
