"""The whole portal of `make run`, started once a test run for the tests that need it (marks `stack` and `browser`).

Each worker of pytest has one: tests share its processes and some kill those, so that all tests of a file run in one worker.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from demonstration.people import LOGINS
from embedded.layout import REPOSITORY, Layout
from embedded.stack import Stack
from embedded.up import end_everything
from tests.testbed.ports import own_port


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the ends of the processes' logs with a failure."""
    report = yield
    running = getattr(item, "funcargs", {}).get("running_stack")
    if report.failed and running is not None:
        for log in sorted(running.stack.layout.logs.glob("*.log")):
            report.sections.append((log.name, log.read_text(errors="replace")[-2500:]))
    return report


class Portal:
    """One person's way to the portal, by session, as the console goes it."""

    def __init__(self, address: str, *, email: str, password: str) -> None:
        self.address, self.email = address, email
        self.http = httpx.Client(base_url=address, timeout=30, headers={"Origin": address})
        self.http.get("/")
        self.post("/_allauth/browser/v1/auth/login", {"email": email, "password": password})

    def get(self, path: str, **params: Any) -> Any:
        return self._document(self.http.get(path, params=params))

    def post(self, path: str, body: dict[str, Any] | None = None, *, key: str = "") -> Any:
        return self._document(self.try_post(path, body, key=key))

    def try_post(self, path: str, body: dict[str, Any] | None = None, *, key: str = "") -> httpx.Response:
        headers = {"X-CSRFToken": self.http.cookies.get("hanse_csrf", ""), "Idempotency-Key": key or uuid4().hex}
        return self.http.post(path, json=body or {}, headers=headers)

    def delete(self, path: str) -> None:
        self._document(self.http.delete(path, headers={"X-CSRFToken": self.http.cookies.get("hanse_csrf", "")}))

    def project(self, slug: str) -> dict[str, Any]:
        tenants = self.get("/api/v1/me/")["tenants"]
        return next(project for tenant in tenants for project in tenant["projects"] if project["slug"] == slug)

    @staticmethod
    def _document(answer: httpx.Response) -> Any:
        assert answer.is_success, f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text[:500]}"
        return answer.json() if answer.content else None


@dataclass(frozen=True)
class RunningStack:
    stack: Stack

    @property
    def address(self) -> str:
        return self.stack.address

    @property
    def password(self) -> str:
        return self.stack.keys.demonstration

    def portal(self, name: str) -> Portal:
        """Signed in as one of the demonstration's people, by first name."""
        login = next(login for login in LOGINS if login.email.startswith(f"{name}@"))
        return Portal(self.address, email=login.email, password=self.password)

    def ask(self, code: str, **further: str) -> str:
        """What a few lines of Python print, run in the installation's environment (and `further`) with Django set up."""
        result = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            cwd=REPOSITORY,
            env={**self.stack.environment(), "DJANGO_SETTINGS_MODULE": "portal.settings", **further},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert result.returncode == 0, result.stderr[-3000:]
        return result.stdout.strip()


@pytest.fixture(scope="session")
def running_stack() -> Iterator[RunningStack]:
    # Not below pytest's own directory: each pytest of this user closes that to other system users when it starts.
    folder = tempfile.mkdtemp(prefix="hanse-stack-")
    layout = Layout(Path(folder) / "var")
    layout.make()
    stack = Stack(layout)
    try:
        stack.launch(port=own_port(18000))
        stack.start_servers()
        stack.start_store()
        stack.migrate()
        stack.start_portal()
        stack.seed()
        stack.wait_until_ready()
        yield RunningStack(stack)
    finally:
        end_everything(stack)
        shutil.rmtree(folder)


def eventually(found: Callable[[], Any], *, seconds: float = 60, every: float = 0.25) -> Any:
    """The first truthy answer of `found`; fails with its last one when there is none in time."""
    deadline = time.monotonic() + seconds
    while not (answer := found()):
        assert time.monotonic() < deadline, f"still {answer!r} after {seconds} s"
        time.sleep(every)
    return answer
