"""An app under `make run`: it answers whoever has a key, at its own origin, also when what stands before it was killed."""

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
    app = ann.post(path, {"name": f"files-{uuid4().hex[:8]}", "access": "key", "spec": spec})
    key = ann.post(f"{path}{app['id']}/keys/", {"consumer": "shop"})
    shown = {"Authorization": f"Bearer {key['secret']}"}

    def status(**headers: str) -> int:
        return httpx.get(app["address"], headers=headers, timeout=30).status_code

    def answers() -> bool:
        return status(**shown) == 200 and status() == 401

    eventually(answers, seconds=120)
    for process in ("gate", "watch", "gateway"):
        os.kill(running_stack.stack.pid(process), signal.SIGKILL)
        eventually(answers, seconds=120)
    # This app knows no WebSockets and answers it as any other request; it is the app that is asked.
    assert status(**shown, Connection="Upgrade", Upgrade="websocket") == 200
    assert status(Connection="Upgrade", Upgrade="websocket") == 401
    eventually(lambda: ann.get(f"{path}{app['id']}/keys/")["results"][0]["passed"] > 0, seconds=60)
    ann.post(f"{path}{app['id']}/stop/")
    eventually(lambda: status(**shown) == 503, seconds=120)
    ann.delete(f"{path}{app['id']}/keys/{key['id']}/")
    eventually(lambda: status(**shown) == 401, seconds=60)

    assert ann.get(f"{path}{app['id']}/")["phase"] == "stopped"
