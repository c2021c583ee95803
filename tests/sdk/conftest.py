"""The command `hanse` as a user has it: from a wheel, in an environment of its own, elsewhere."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from embedded.layout import REPOSITORY
from tests.testbed.stack import Portal, RunningStack

PERMISSIONS = ["tenants.view", "projects.view", "templates.view", "quotas.view"]
PERMISSIONS += [f"jobs.{act}" for act in ("view", "submit", "cancel", "delete")]
PERMISSIONS += [f"{what}.{act}" for what in ("secrets", "schedules") for act in ("view", "manage")]
PERMISSIONS += ["buckets.view", "buckets.write", "apps.view", "apps.deploy", "apps.stop"]


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Path of the command, installed from a wheel into an environment that knows nothing of the repository."""
    place = tmp_path_factory.mktemp("elsewhere")
    uv = Path(sys.executable).with_name("uv")
    # The build needs no network: hatchling is in our own environment. What the wheel needs comes as users get it.
    wheel = (
        "build",
        "-q",
        "--wheel",
        "--no-build-isolation",
        "--python",
        sys.executable,
        "--out-dir",
        place,
        REPOSITORY / "sdk",
    )
    subprocess.run([uv, *wheel], check=True, cwd=place)
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, place / "venv"], check=True)
    (built,) = place.glob("*.whl")
    subprocess.run([uv, "pip", "install", "-q", "--python", place / "venv", built], check=True)
    return place / "venv" / "bin" / "hanse"


@dataclass
class Command:
    """`hanse`, run in a home of its own."""

    program: Path
    home: Path
    address: str

    def run(self, *arguments: str, given: str | None = None, seconds: float = 120, **environment: str) -> Any:
        return subprocess.run(
            [self.program, *arguments],
            input=given,
            env=self.environment(**environment),
            cwd=self.home,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [self.program, *arguments],
            env=self.environment(),
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def environment(self, **more: str) -> dict[str, str]:
        return {"PATH": os.defpath, "HOME": str(self.home), "LANG": "C.UTF-8", **more}

    def said(self, *arguments: str, **options: Any) -> str:
        """What it printed; it must have gone well."""
        done = self.run(*arguments, **options)
        assert done.returncode == 0, done.stderr
        return str(done.stdout).strip()


def new_token(portal: Portal, *, permissions: list[str] = PERMISSIONS) -> dict[str, Any]:
    expires_at = (datetime.now(UTC) + timedelta(days=30)).isoformat()
    body = {"name": f"cli-{uuid4().hex[:8]}", "permissions": permissions, "expires_at": expires_at}
    made: dict[str, Any] = portal.post("/api/v1/me/tokens/", body)
    return made


@pytest.fixture
def stranger(installed: Path, running_stack: RunningStack, tmp_path: Path) -> Command:
    """Somebody who has installed the command, and no more."""
    return Command(installed, tmp_path, running_stack.address)


@pytest.fixture
def ann(stranger: Command, running_stack: RunningStack) -> Iterator[Command]:
    """Signed in as Ann, with her project in use."""
    token = new_token(running_stack.portal("ann"))
    assert stranger.run("login", stranger.address, given=token["token"]).returncode == 0
    assert stranger.run("project", "use", "aurora/vision").returncode == 0
    yield stranger
    stranger.run("token", "revoke", token["name"])
