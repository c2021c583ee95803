"""Requests at a rate that is held, whatever the answers take: lists of every kind of reader, and submits.

    .venv/bin/python -m benches.held lists [rate] [seconds] [jobs] [tenants]
    .venv/bin/python -m benches.held submits [rate] [seconds]

`web` runs as `make run` starts it, without the proxy, with a PostgreSQL that writes durably. Submits are counted
afterwards: each that was accepted is there once, the ledger equals a recount, and the trail's chain holds.
"""

import asyncio
import sys
from itertools import cycle, islice

from benches.crowd import populate, reader, readers
from benches.serving import HEADER, hold, json_of, loads, request, serving
from benches.world import world


def lists(rate: float, seconds: float, jobs: int, tenants: int) -> None:
    """Pages of 100 by every kind of reader in turn, the first and those behind it."""
    with world(durable=True):
        asked = [
            request("GET", f"/api/v1/jobs/?limit=100{rest}", **headers)
            for headers in readers(populate(tenants=tenants, jobs=jobs)).values()
            for rest in ("", "&fields=id,name,phase")
        ]
        with serving("web") as web:
            asyncio.run(hold(web, rate, 5, lambda number: asked[number % len(asked)]))
            before = web.cpu_seconds()
            answers = asyncio.run(hold(web, rate, seconds, lambda number: asked[number % len(asked)]))
            used = web.cpu_seconds() - before
        print(f"{jobs:,} jobs, {tenants:,} tenants; {loads()}\n\n{HEADER}\n{answers.row('lists of 100', used)}")
        _require(set(answers.statuses) == {200}, "every list is answered")


def submits(rate: float, seconds: float) -> None:
    with world(durable=True):
        from apps.audit.models import AuditChain
        from apps.audit.services import breaks
        from apps.jobs.models import Job
        from apps.quotas.ledger import recount
        from apps.quotas.models import Workload
        from apps.tenants.permissions import Role
        from tests.factories import equip, make_project, make_tenant

        projects = [make_project(make_tenant()) for _ in range(10)]
        for project in projects:
            equip(project.tenant)
        submitters = [
            (project, reader(Role.DEVELOPER, tenants=[project.tenant_id], permissions=("jobs.submit",)))
            for project in projects
        ]
        role = b'{"name":"worker","replicas":2,"command":["true"],"cpu_millicores":100,"memory_bytes":"64Mi"}'

        def submit(number: int) -> bytes:
            project, headers = next(islice(cycle(submitters), number % len(submitters), None))
            body = b'{"name":"job-%d","roles":[%s]}' % (number, role)
            return request("POST", f"/api/v1/projects/{project.pk}/jobs/", body, idempotency_key=f"k{number}", **headers)

        with serving("web") as web:
            before = web.cpu_seconds()
            answers = asyncio.run(hold(web, rate, seconds, submit, keep=True))
            used = web.cpu_seconds() - before
        print(f"{loads()}\n\n{HEADER}\n{answers.row('submits', used)}\n")
        accepted = [json_of(body)["id"] for body in answers.bodies if b'"problem' not in body[:20]]
        there = {str(pk) for pk in Job.objects.values_list("pk", flat=True)}
        _require(set(answers.statuses) == {201}, "every submit is accepted")
        _require(len(set(accepted)) == len(accepted) and set(accepted) == there, f"{len(there):,} jobs, each once")
        _require(Workload.objects.count() == len(there), "each has its workload")
        _require(not recount(), "the ledger equals a recount")
        broken = [found for chain in AuditChain.objects.all() for found in breaks(chain.tenant_id)]
        _require(not broken, "the trail's chains hold")


def _require(holds: bool, what: str) -> None:
    print(f"{'✓' if holds else '✗ NOT SO:'} {what}")
    if not holds:
        raise SystemExit(1)


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[2:]]
    match sys.argv[1:2]:
        case ["lists"]:
            lists(*(numbers + [40, 60, 100_000, 3000][len(numbers) :]))
        case ["submits"]:
            submits(*(numbers + [50, 300][len(numbers) :]))
        case _:
            raise SystemExit(__doc__)
