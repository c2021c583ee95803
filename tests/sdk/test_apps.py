"""From a pipeline to an app that serves, or back to the one that did."""

import json
from uuid import uuid4

import httpx
import pytest

from tests.sdk.conftest import Command
from tests.testbed.stack import eventually

pytestmark = pytest.mark.stack

SERVER = ["python", "-m", "http.server", "--bind", "$HOST", "$PORT"]


def document(name: str, **spec: object) -> str:
    small = {"command": SERVER, "cpu_millicores": 100, "memory_bytes": "128Mi", **spec}
    return json.dumps({"name": name, "access": "public", "spec": small})


class TestDeploy:
    def test_it_waits_until_the_app_serves_and_one_that_does_not_is_taken_back(self, ann: Command):
        name = f"cli-{uuid4().hex[:8]}"
        address = ann.said("app", "deploy", "-f", "-", given=document(name))
        assert httpx.get(address).status_code == 200

        broken = ann.run("app", "deploy", "-f", "-", "--note", "broken", given=document(name, command=["false"]))

        assert broken.returncode == 1
        assert "does not stay up" in broken.stderr
        assert "Rolled back to revision 1" in broken.stderr
        assert httpx.get(address).status_code == 200
        found = json.loads(ann.said("app", "get", name, "-o", "json"))
        assert (found["phase"], found["revision"], found["serving_revision"]) == ("ready", 3, 3)
        ann.said("app", "delete", name)
        eventually(lambda: name not in ann.said("app", "list"))

    def test_what_is_no_app_is_refused_before_anything_is_asked(self, ann: Command):
        done = ann.run("app", "deploy", "-f", "-", given="[1]")

        assert done.returncode == 2
        assert "it needs a name and a spec" in done.stderr

    def test_what_the_portal_refuses_ends_with_its_words(self, ann: Command):
        done = ann.run("app", "deploy", "-f", "-", given=document("Wrong Name"))

        assert done.returncode == 2
        assert not done.stdout
