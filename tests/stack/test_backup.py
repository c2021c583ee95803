"""A backup made while everything runs, restored into an empty place that is then started."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from embedded.layout import REPOSITORY, Layout
from embedded.stack import Stack
from embedded.up import end_everything
from tests.testbed.ports import own_port
from tests.testbed.stack import Portal, RunningStack, eventually

pytestmark = pytest.mark.stack

LEAVES_AN_ARTIFACT = """
import os, pathlib
print("a line to keep", flush=True)
pathlib.Path(os.environ["HANSE_ARTIFACTS"], "model.txt").write_text("weights")
"""
RUNS_ON = "import time\nprint('still here', flush=True)\ntime.sleep(300)"
AUDIT = """
from apps.audit.models import AuditChain
from apps.audit.services import breaks
print(sum(1 for chain in AuditChain.objects.all() for found in breaks(chain.tenant_id)), AuditChain.objects.count())
"""


def make(what: str, var: Path, file: Path) -> subprocess.CompletedProcess[str]:
    """`make backup` or `make restore`, on the installation in `var`."""
    environment = {**os.environ, "HANSE_VAR": str(var), "FILE": str(file), "HANSE_PORT": str(own_port(18500))}
    command = [sys.executable, "-m", f"embedded.{what}"]
    return subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)


def submit(portal: Portal, project: str, name: str, code: str) -> str:
    role = {"command": ["python", "-c", code], "cpu_millicores": 100, "memory_bytes": "64Mi"}
    return str(portal.post(f"/api/v1/projects/{project}/jobs/", {"name": name, "roles": [role]})["id"])


def in_phase(portal: Portal, project: str, job: str, *phases: str) -> Any:
    def now() -> Any:
        found = portal.get(f"/api/v1/projects/{project}/jobs/{job}/")
        return found if found["phase"] in phases else None

    return eventually(now, seconds=60)


@pytest.fixture
def empty_place() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="hanse-restored-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


class TestRestore:
    def test_into_an_empty_place_brings_everything_back(self, request, running_stack: RunningStack, empty_place: Path):
        ann = running_stack.portal("ann")
        project = ann.project("vision")["id"]
        ended, running = submit(ann, project, "ended", LEAVES_AN_ARTIFACT), submit(ann, project, "running", RUNS_ON)
        in_phase(ann, project, ended, "succeeded")
        in_phase(ann, project, running, "running")
        file = empty_place / "backup.tar"

        request.addfinalizer(lambda: ann.post(f"/api/v1/projects/{project}/jobs/{running}/cancel/"))
        made = make("backup", running_stack.stack.layout.var, file)
        assert made.returncode == 0, made.stderr
        assert file.stat().st_mode & 0o077 == 0
        restored = make("restore", empty_place / "var", file)
        assert restored.returncode == 0, restored.stderr

        stack = Stack(Layout(empty_place / "var"))
        try:
            stack.layout.make()
            stack.launch(port=own_port(18500))
            stack.start_servers()
            stack.migrate()
            stack.start_portal()
            stack.wait_until_ready()
            again = RunningStack(stack).portal("ann")
            job = f"/api/v1/projects/{project}/jobs/{ended}/"
            texts = [text for _, _, _, text in again.get(f"{job}logs/", attempt=1, rank=0)["lines"]]
            [artifact] = again.get(f"{job}artifacts/")["results"]
            assert "a line to keep" in texts
            assert again.http.get(f"{job}artifacts/{artifact['id']}/download/").text == "weights"
            # Its replicas are not here: it ends as the fault policy says of machines that are lost.
            assert in_phase(again, project, running, "failed")["reason"] == "lost"
            broken, chains = RunningStack(stack).ask(AUDIT).split()
            assert broken == "0"
            assert int(chains) > 1
        finally:
            end_everything(stack)

    def test_into_a_place_that_holds_something_is_refused(self, running_stack: RunningStack, empty_place: Path):
        var, file = running_stack.stack.layout.var, empty_place / "backup.tar"
        assert make("backup", var, file).returncode == 0

        refused = make("restore", var, file)

        assert refused.returncode == 1
        assert "holds an installation" in refused.stderr
        assert running_stack.stack.ready()

    def test_of_something_else_is_refused_and_leaves_nothing(self, empty_place: Path):
        file = empty_place / "notes.txt"
        file.write_text("no backup")

        refused = make("restore", empty_place / "var", file)

        assert refused.returncode == 1
        assert "is no backup" in refused.stderr
        assert not list((empty_place / "var" / "secrets").glob("*"))
