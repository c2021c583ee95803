"""What a kill costs: nothing that was acknowledged. Each process is killed in the middle of submits and runs."""

import json
import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import psutil
import pytest

from tests.testbed.stack import Portal, RunningStack, eventually

pytestmark = pytest.mark.stack

JOBS = 4
LINES = 120
ENDED = ("succeeded", "failed", "cancelled")
# Says that it started, in a file that all replicas share; then prints numbered lines for about three seconds.
WORKLOAD = f"""
import os, time
with open(os.environ["STARTS"], "a") as starts:
    starts.write("{{HANSE_JOB_ID}} {{HANSE_ATTEMPT}} {{RANK}}\\n".format(**os.environ))
for number in range({LINES}):
    print("line", number, flush=True)
    time.sleep(0.025)
"""
AUDIT = """
from apps.audit.models import AuditChain
from apps.audit.services import breaks
for chain in AuditChain.objects.all():
    for found in breaks(chain.tenant_id):
        print(chain.tenant_id, found)
"""
# Quota in use by the ledger, and by the workloads that hold it: both are nothing when nothing runs.
HELD = """
from apps.quotas.models import LedgerEntry, Workload
print(LedgerEntry.objects.filter(until=None).count(), Workload.objects.filter(state="admitted").count())
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


class Submitter(threading.Thread):
    """Submits jobs as a careful client does: what is not answered with 2xx is repeated with the same key."""

    def __init__(self, portal: Portal, project: str, starts: Path) -> None:
        super().__init__()
        self._portal, self._project, self._starts = portal, project, starts
        self.accepted: list[str] = []
        self.refused: list[str] = []
        self.first_accepted = threading.Event()

    def run(self) -> None:
        for _ in range(JOBS):
            self._submit(f"kill-{uuid4().hex[:8]}")

    def _submit(self, name: str) -> None:
        spec = {
            "name": name,
            "roles": [
                {
                    "replicas": 2,
                    "command": ["python", "-c", WORKLOAD],
                    "env": {"STARTS": str(self._starts)},
                    "cpu_millicores": 100,
                    "memory_bytes": "64Mi",
                }
            ],
        }

        def accepted() -> str | None:
            try:
                answer = self._portal.try_post(f"/api/v1/projects/{self._project}/jobs/", spec, key=name)
            except httpx.HTTPError:
                return None
            if answer.status_code == 201:
                return str(answer.json()["id"])
            if answer.status_code < 500:
                self.refused.append(answer.text)
                return "refused"
            return None

        self.accepted.append(eventually(accepted, seconds=60, every=0.3))
        self.first_accepted.set()


def kill(stack: RunningStack, victim: str) -> None:
    """SIGKILL the process with everything below it (PostgreSQL's own children end by themselves)."""
    process = psutil.Process(stack.stack.pid(victim))
    below = [] if victim == "postgres" else process.children(recursive=True)
    for doomed in [process, *below]:
        try:
            os.kill(doomed.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


@pytest.mark.parametrize("victim", ["web", "live", "worker", "beat", "watch", "redis", "postgres", "caddy"])
class TestKill:
    def test_loses_and_doubles_nothing_that_was_accepted(self, running_stack: RunningStack, starts: Path, victim: str):
        ann = running_stack.portal("ann")
        project = ann.project("vision")["id"]
        submitter = Submitter(ann, project, starts)
        watcher = running_stack.portal("vera")

        submitter.start()
        assert submitter.first_accepted.wait(60)
        killed = running_stack.stack.pid(victim)
        kill(running_stack, victim)
        eventually(lambda: starts.read_text(), seconds=60)
        eventually(lambda: running_stack.stack.pid(victim))
        kill(running_stack, victim)
        submitter.join(120)

        assert not submitter.refused
        assert len(set(submitter.accepted)) == JOBS
        assert eventually(lambda: running_stack.stack.pid(victim)) != killed

        def ended() -> list[dict[str, object]] | None:
            try:
                jobs = [watcher.get(f"/api/v1/projects/{project}/jobs/{job}/") for job in submitter.accepted]
            except (httpx.HTTPError, AssertionError):
                return None
            return jobs if all(job["phase"] in ENDED for job in jobs) else None

        jobs = eventually(ended, seconds=120, every=1)
        assert [(job["phase"], job["message"]) for job in jobs if job["phase"] != "succeeded"] == []
        started = sorted(starts.read_text().splitlines())
        assert started == sorted(f"{job} 1 {rank}" for job in submitter.accepted for rank in (0, 1))
        for job in submitter.accepted:
            for rank in (0, 1):
                assert eventually(lambda job=job, rank=rank: archived(watcher, project, job, rank), seconds=30) == [
                    f"line {number}" for number in range(LINES)
                ]
        assert running_stack.ask(AUDIT) == ""
        assert eventually(lambda: running_stack.ask(HELD) == "0 0", seconds=30, every=1)


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
