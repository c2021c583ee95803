"""What a page of 100 jobs costs every kind of reader, the first page and one deep down, beside its floor.

    .venv/bin/python -m benches.list_page [jobs] [tenants]

Of the jobs one tenant has a tenth, nine have a ninetieth each, the others share the rest (benches/crowd.py). The deep page
begins behind 100,000 jobs, or behind the last that the reader sees. The floor is an answer of the same stack with the same
kind of token that reads nothing but who asks. Buffers are PostgreSQL's own count; CPU is that of the Python process.
"""

import sys
from functools import partial
from typing import Any

from benches.crowd import populate, readers
from benches.world import HEADER, measure, world

DEEP, STEP, TIMES = 100_000, 500, 60


def main(jobs: int, tenants: int) -> None:
    with world():
        from django.test import Client
        from django.urls import get_resolver

        from apps.core import heap
        from tests.counters import counted

        client = Client()
        _ = get_resolver().url_patterns
        heap.settle()  # as `web` does

        def get(path: str, headers: dict[str, str]) -> Any:
            answer = client.get(path, headers=headers)
            assert answer.status_code == 200, answer.content  # noqa: S101
            return answer.json()

        def row(name: str, path: str, headers: dict[str, str]) -> None:
            call = partial(get, path, headers)
            call()
            with counted() as count:
                call()
            print(f"{measure(call, times=TIMES).row(name, floor)} {count.buffers:,} |", flush=True)

        crowd = populate(tenants=tenants, jobs=jobs)
        everybody = readers(crowd)
        floor = measure(partial(get, "/api/v1/permissions/", next(iter(everybody.values()))), times=200)
        print(f"{jobs:,} jobs, {tenants:,} tenants\n\n" + HEADER.replace(" |\n", " | buffers |\n") + "--:|")
        print(f"{floor.row('floor')} |")
        for name, headers in everybody.items():
            path = "/api/v1/jobs/"
            row(name, f"{path}?limit=100", headers)
            if deep := _cursor(partial(get, headers=headers), path):
                row(f"{name}, deep", f"{path}?limit=100&cursor={deep}", headers)
        path = f"/api/v1/projects/{crowd.large[1]}/jobs/"
        headers = everybody["the large tenant"]
        for query in ("", "&q=job-77", "&label=run:77", "&phase=failed"):
            row(f"one project of it {query[1:]}", f"{path}?limit=100{query}", headers)


def _cursor(get: Any, path: str) -> str:
    """The cursor of the page behind DEEP jobs, or of the last full page; empty when there is one page only."""
    cursor = ""
    for _ in range(DEEP // STEP):
        following = get(f"{path}?limit={STEP}&fields=id&cursor={cursor}")["next"]
        if following is None:
            break
        cursor = following
    return cursor


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [100_000, 3000][len(given) :]))
