"""What a kill costs: nothing that was acknowledged. Each process is killed twice, or worse, in the middle of submits."""

import json
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
import redis

from tests.stack.kills import kill, kill_children
from tests.testbed.stack import Portal, RunningStack, eventually

pytestmark = pytest.mark.stack

SUBMITS, SUBMITS_A_SECOND, AT_ONCE = 80, 20, 8
# So many of them print lines for a while, the others only say that they started.
LONG, LINES = 2, 120
ENDED = ("succeeded", "failed", "cancelled")
SAYS_THAT_IT_STARTED = 'echo "$HANSE_JOB_ID $HANSE_ATTEMPT $RANK" >> "$STARTS"'
PRINTS = f"; n=0; while [ $n -lt {LINES} ]; do echo line $n; n=$((n+1)); sleep 0.025; done"
# Where the trail is broken; where ledger and workloads differ; how much quota is held; jobs that ended other than once.
ACCOUNTS = """
from django.db.models import Count
from apps.audit.models import AuditChain
from apps.audit.services import breaks
from apps.jobs.models import TimelineEntry
from apps.quotas.ledger import recount
from apps.quotas.models import LedgerEntry, Workload
broken = [found for chain in AuditChain.objects.all() for found in breaks(chain.tenant_id)]
held = LedgerEntry.objects.filter(until=None).count(), Workload.objects.filter(state="admitted").count()
ends = TimelineEntry.objects.filter(phase__in=["succeeded", "failed", "cancelled"], job__name__startswith="{prefix}")
counted = ends.values("job").annotate(times=Count("pk"))
print(broken, recount(), held, len(counted), [row for row in counted if row["times"] != 1])
"""


@pytest.fixture
def starts() -> Iterator[Path]:
    """A file that replicas, which may be another system user, can write."""
    with tempfile.TemporaryDirectory(prefix="hanse-starts-") as folder:
        Path(folder).chmod(0o711)
        file = Path(folder) / "starts"
        file.touch()
        file.chmod(0o666)
        yield file


class Load:
    """Submits jobs at a steady rate, as careful clients do: what is not answered with 2xx is repeated with the same key."""

    def __init__(self, portal: Portal, project: str, starts: Path) -> None:
        self._portal, self._path, self._starts = portal, f"/api/v1/projects/{project}/jobs/", starts
        self.prefix = f"kill-{uuid4().hex[:8]}"
        self.accepted: dict[int, str] = {}
        self.refused: list[str] = []
        self._numbers = iter(range(SUBMITS))
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(AT_ONCE)]

    def start(self) -> None:
        self._began = time.monotonic()
        for thread in self._threads:
            thread.start()

    def has_accepted(self, count: int) -> None:
        """Return once so many were accepted."""
        eventually(lambda: len(self.accepted) >= count, every=0.01)

    def join(self) -> None:
        for thread in self._threads:
            thread.join(120)

    @property
    def long(self) -> list[str]:
        return [self.accepted[number] for number in range(LONG)]

    def _run(self) -> None:
        for number in self._numbers:
            time.sleep(max(0.0, self._began + number / SUBMITS_A_SECOND - time.monotonic()))
            if accepted := eventually(self._once(number), every=0.3):
                self.accepted[number] = accepted

    def _once(self, number: int) -> Callable[[], str | None]:
        name, long = f"{self.prefix}-{number}", number < LONG
        role = {
            "replicas": 2 if long else 1,
            "command": ["sh", "-c", SAYS_THAT_IT_STARTED + (PRINTS if long else "")],
            "env": {"STARTS": str(self._starts)},
            "cpu_millicores": 50,
            "memory_bytes": "32Mi",
        }

        def submit() -> str | None:
            try:
                answer = self._portal.try_post(self._path, {"name": name, "roles": [role]}, key=name)
            except httpx.HTTPError:
                return None
            if answer.status_code == 201:
                return str(answer.json()["id"])
            if answer.status_code < 500:
                self.refused.append(answer.text)
                return "refused"
            return None

        return submit


def flush_redis(stack: RunningStack) -> None:
    with closing(redis.from_url(stack.stack.environment()["HANSE_REDIS_URL"])) as client:
        client.flushall()


def wipe_redis(stack: RunningStack) -> None:
    """Redis begins anew with nothing, as on a new disk."""
    for kept in stack.stack.layout.redis.glob("*.aof"):
        kept.unlink()
    kill(stack, "redis")


STRIKES: dict[str, Callable[[RunningStack], None]] = {
    **{name: lambda stack, name=name: kill(stack, name) for name in ("web", "live", "worker", "beat", "watch")},
    **{name: lambda stack, name=name: kill(stack, name) for name in ("redis", "postgres", "caddy")},
    "web's children": lambda stack: kill_children(stack, "web"),
    "worker's children": lambda stack: kill_children(stack, "worker"),
    "redis, flushed": flush_redis,
    "redis, wiped": wipe_redis,
}

# Who is struck during one load, each twice.
TOGETHER = (
    ("web", "live", "caddy"),
    ("worker", "beat", "watch"),
    ("redis", "postgres", "web's children"),
    ("redis, flushed", "redis, wiped", "worker's children"),
)


@pytest.mark.parametrize("victims", TOGETHER, ids=" and ".join)
class TestKills:
    def test_lose_and_double_nothing_that_was_accepted(
        self, running_stack: RunningStack, starts: Path, victims: tuple[str, ...]
    ):
        ann, watcher = running_stack.portal("ann"), running_stack.portal("vera")
        project = ann.project("vision")["id"]
        chance = random.Random(repr(victims))  # noqa: S311 - the same moments each time
        load = Load(ann, project, starts)

        load.start()
        struck = chance.sample(victims, len(victims)) + chance.sample(victims, len(victims))
        moments = sorted(chance.sample(range(2, SUBMITS - 4), len(struck)))
        for victim, accepted in zip(struck, moments, strict=True):
            load.has_accepted(accepted)
            STRIKES[victim](running_stack)
            eventually(lambda victim=victim: running_stack.stack.pid(victim.partition(",")[0].partition("'")[0]))
        load.join()

        assert not load.refused
        assert len(set(load.accepted.values())) == SUBMITS

        def ended() -> dict[str, tuple[str, str]] | None:
            try:
                page = watcher.get(f"/api/v1/projects/{project}/jobs/", q=load.prefix, limit=500)
            except (httpx.HTTPError, AssertionError):
                return None
            found = {job["id"]: (job["phase"], job["message"]) for job in page["results"]}
            return found if all(phase in ENDED for phase, _ in found.values()) else None

        phases = eventually(ended, seconds=60, every=1)
        assert {job: why for job, why in phases.items() if why[0] != "succeeded"} == {}
        assert set(phases) == set(load.accepted.values())
        assert sorted(starts.read_text().splitlines()) == sorted(
            f"{job} 1 {rank}" for job in load.accepted.values() for rank in ((0, 1) if job in load.long else (0,))
        )
        for job in load.long:
            for rank in (0, 1):
                assert eventually(lambda job=job, rank=rank: archived(watcher, project, job, rank), seconds=30) == [
                    f"line {number}" for number in range(LINES)
                ]
        asked = ACCOUNTS.replace("{prefix}", load.prefix)
        assert eventually(lambda: running_stack.ask(asked) == f"[] [] (0, 0) {SUBMITS} []", seconds=30, every=1)


def archived(portal: Portal, project: str, job: str, rank: int) -> list[str] | None:
    """What rank printed, by the log archive; None while its end is not there."""
    lines: list[list[object]] = []
    while True:
        after = lines[-1][0] if lines else 0
        page = portal.get(
            f"/api/v1/projects/{project}/jobs/{job}/logs/", attempt=1, rank=rank, after=json.dumps(after), limit=500
        )["lines"]
        if not page:
            break
        lines += page
    numbers = [number for number, *_ in lines]
    assert numbers == list(range(1, len(numbers) + 1)), "each line once, in order, none missing"
    printed = [str(text) for _, _, stream, text in lines if stream == "out"]
    return printed if len(printed) >= LINES else None
