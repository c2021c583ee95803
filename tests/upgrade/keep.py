"""Keeps the database of today for the upgrade test of tomorrow: `python -m tests.upgrade.keep`.

It starts a portal, fills it with jobs in every state, stops its hands in the middle, so that jobs run and hints and events
are on their way, and dumps what is there. Run it on what was landed or released, before its successor changes a table.
"""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil
from psycopg2.extensions import parse_dsn

from apps.core.walls import OWNER
from demonstration.templates import faulty_job, publishing_code, publishing_job, report_job, unwanted_job
from embedded.layout import Layout
from embedded.ports import next_free
from embedded.postgres import PROGRAMS
from embedded.stack import Stack
from embedded.up import end_everything
from tests.testbed.stack import Portal, RunningStack, eventually

KEPT = Path(__file__).parent / "kept"
ENDED = ("succeeded", "failed", "cancelled")
# Of a portal that ran for a minute and will never be reached; they open nothing but this dump.
KEYS = {
    "secret_key": "kept-for-the-upgrade-test-secret-key",
    "token_key": "kept-for-the-upgrade-test-token-key",
    "encryption_keys": "a2VwdC1mb3ItdGhlLXVwZ3JhZGUtdGVzdC0wMTIzNDU=",
    "demonstration": "kept-for-the-upgrade",
}
SECRET = "kept-t0ken-value"
PERMISSIONS = ["jobs.view", "jobs.submit", "jobs.cancel", "tenants.view"]
# The first try is there when the dump is made, and lost with that machine; the second goes to its end.
_GOES_ON = """
import os, time
print("try", os.environ["HANSE_ATTEMPT"], os.environ["TRACKER_TOKEN"], flush=True)
os.environ["HANSE_ATTEMPT"] == "1" and time.sleep(3600)
"""
_MIGRATIONS = """
import json
from django.db.migrations.recorder import MigrationRecorder
print(json.dumps(sorted(MigrationRecorder.Migration.objects.values_list("app", "name"))))
"""


@dataclass(frozen=True)
class Scene:
    """What is in the dump. `jobs`: their ids by what became of them; `key`: one that `queued` was submitted with."""

    kept_at: str
    migrations: list[list[str]]
    project: str
    token: str
    key: str
    jobs: dict[str, str]

    @classmethod
    def read(cls) -> "Scene":
        return cls(**json.loads((KEPT / "scene.json").read_text()))


@contextmanager
def stack_with_kept_keys() -> Iterator[Stack]:
    """An installation of its own with the keys of the dump, and PostgreSQL and Redis started; nothing of it is left."""
    var = Path(tempfile.mkdtemp(prefix="hanse-kept-")) / "var"
    var.parent.chmod(0o711)
    layout = Layout(var)
    layout.make()
    for name, value in KEYS.items():
        (layout.secrets / name).touch(0o600)
        (layout.secrets / name).write_text(value)
    stack = Stack(layout)
    try:
        stack.launch(port=next_free(18900))
        stack.start_servers()
        yield stack
    finally:
        end_everything(stack)
        shutil.rmtree(var.parent)


def program(name: str, *arguments: str, url: str) -> str:
    """What one of PostgreSQL's programs prints; the password is in no process list."""
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    result = subprocess.run(
        [str(PROGRAMS / name), *arguments],
        env={**os.environ, **{names[part]: value for part, value in parse_dsn(url).items()}},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-3000:]
    return result.stdout


def long_running_job() -> dict[str, Any]:
    role = {
        "replicas": 2,
        "command": ["python", "-c", _GOES_ON],
        "env_from": [{"secret": "tracker", "key": "token", "name": "TRACKER_TOKEN"}],
        "cpu_millicores": 100,
        "memory_bytes": "64Mi",
    }
    return {"name": "goes-on", "roles": [role], "fault_policy": {"restart": "on-failure"}}


def main() -> int:
    with stack_with_kept_keys() as stack:
        stack.migrate()
        stack.start_portal()
        stack.seed()
        stack.wait_until_ready()
        scene = _fill(RunningStack(stack))
        dumped = program("pg_dump", "--no-owner", "--no-privileges", url=stack.database_url(OWNER))
        objects = {
            str(file.relative_to(stack.layout.objects)): base64.b64encode(file.read_bytes()).decode()
            for file in sorted(stack.layout.objects.rglob("*"))
            if file.is_file()
        }
    KEPT.mkdir(exist_ok=True)
    (KEPT / "database.sql").write_text(dumped)
    (KEPT / "objects.json").write_text(json.dumps(objects, indent=1) + "\n")
    (KEPT / "scene.json").write_text(json.dumps(asdict(scene), indent=1) + "\n")
    print(f"{KEPT}: {len(scene.migrations)} migrations, {len(dumped):,} characters, {len(objects)} objects")
    return 0


def _fill(stack: RunningStack) -> Scene:
    ann = stack.portal("ann")
    project = ann.project("vision")["id"]
    path = f"/api/v1/projects/{project}/"
    otto = stack.portal("otto")
    otto.post(f"{path}secrets/", {"name": "tracker", "data": {"token": SECRET}})
    archive = _upload(ann, f"{path}code/")
    in_a_day = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    token = ann.post("/api/v1/me/tokens/", {"name": "kept", "permissions": PERMISSIONS, "expires_at": in_a_day})["token"]

    def submit(spec: dict[str, Any], key: str = "", query: str = "") -> str:
        return str(ann.post(f"{path}jobs/{query}", spec, key=key)["id"])

    jobs = {
        "succeeded": submit(report_job()),
        "failed": submit(faulty_job()),
        "masked": submit(publishing_job(archive)),
        "cancelled": submit(unwanted_job()),
        "running": submit(long_running_job()),
        "draft": submit(report_job(), query="?draft=true"),
        "suspended": submit({**report_job(), "name": "suspended"}),
    }
    ann.post(f"{path}jobs/{jobs['suspended']}/suspend/")
    ann.post(f"{path}jobs/{jobs['cancelled']}/cancel/")
    otto.post(f"{path}jobs/{jobs['succeeded']}/shares/", {"email": "ben@borealis.example"})
    for name, phases in {"succeeded": ENDED, "failed": ENDED, "masked": ENDED, "running": ("running",)}.items():
        eventually(_in_phase(ann, f"{path}jobs/{jobs[name]}/", phases), seconds=120)
    eventually(lambda: ann.get(f"{path}jobs/{jobs['succeeded']}/artifacts/")["results"])
    for hand in ("watch", "worker", "beat"):
        psutil.Process(stack.stack.pid(hand)).suspend()
    key = uuid4().hex
    jobs["queued"] = submit({**report_job(), "name": "queued"}, key=key)
    ann.post(f"{path}jobs/{submit({**unwanted_job(), 'name': 'withdrawn'})}/cancel/")
    return Scene(datetime.now(UTC).isoformat(), json.loads(stack.ask(_MIGRATIONS)), project, token, key, jobs)


def _upload(portal: Portal, path: str) -> str:
    headers = {"X-CSRFToken": portal.http.cookies["hanse_csrf"], "Content-Type": "application/gzip"}
    answer: httpx.Response = portal.http.post(
        path, params={"name": "publish.tar.gz"}, content=publishing_code(), headers=headers
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _in_phase(portal: Portal, path: str, phases: tuple[str, ...]) -> Callable[[], bool]:
    return lambda: portal.get(path)["phase"] in phases


if __name__ == "__main__":
    sys.exit(main())
