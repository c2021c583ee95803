"""An app under `make run`: deployed by REST, it answers at its own origin, also when what stands before it was killed."""

import os
import signal
from uuid import uuid4

import httpx
import pytest

from tests.testbed.stack import RunningStack, eventually

pytestmark = pytest.mark.stack


def test_an_app_answers_at_its_address_whatever_is_killed_before_it(running_stack: RunningStack):
    ann = running_stack.portal("ann")
    spec = {"command": ["python", "-m", "http.server", "--bind", "$HOST", "$PORT"], "cpu_millicores": 50}
    path = f"/api/v1/projects/{ann.project('vision')['id']}/apps/"
    app = ann.post(path, {"name": f"files-{uuid4().hex[:8]}", "spec": spec})

    def answers() -> bool:
        return httpx.get(app["address"], timeout=30).status_code == 200

    eventually(answers, seconds=120)
    for process in ("gate", "watch"):
        os.kill(running_stack.stack.pid(process), signal.SIGKILL)
        eventually(answers, seconds=120)
    ann.post(f"{path}{app['id']}/stop/")
    eventually(lambda: httpx.get(app["address"], timeout=30).status_code == 503, seconds=120)

    assert ann.get(f"{path}{app['id']}/")["phase"] == "stopped"
