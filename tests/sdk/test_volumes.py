"""`hanse volume`: made by who governs the project, listed, mounted by a job, deleted once it is over."""

import json
from uuid import uuid4

import pytest

from tests.eventually import eventually
from tests.sdk.conftest import PERMISSIONS, Command, new_token
from tests.testbed.stack import RunningStack

pytestmark = pytest.mark.stack
MIB = 2**20


@pytest.fixture
def otto(stranger: Command, running_stack: RunningStack) -> Command:
    """Signed in as an owner, who makes volumes."""
    portal = running_stack.portal("otto")
    token = new_token(
        portal,
        permissions=[*PERMISSIONS, "volumes.view", "volumes.write", "volumes.manage", "datasets.view", "datasets.write"],
    )
    assert stranger.run("login", stranger.address, given=token["token"]).returncode == 0
    assert stranger.run("project", "use", "aurora/vision").returncode == 0
    return stranger


def volumes_of(command: Command) -> dict[str, dict]:
    return {row["name"]: row for row in json.loads(command.said("volume", "list", "-o", "json"))}


class TestAVolume:
    def test_is_made_mounted_enlarged_and_deleted(self, otto: Command):
        name = f"cli-{uuid4().hex[:6]}"
        otto.said("volume", "create", name, "64Mi", "--cluster", "harbour")
        eventually(lambda: volumes_of(otto)[name]["phase"] == "bound", within=60, what="a volume that is there")

        specification = {
            "name": "mounts",
            "volumes": [{"name": name, "access": "write"}],
            "roles": [{"command": ["sleep", "600"], "cpu_millicores": 50, "memory_bytes": "32Mi"}],
        }
        (otto.home / "job.json").write_text(json.dumps(specification))
        job = otto.said("job", "submit", "-f", "job.json", "-o", "name")
        refused = otto.run("volume", "delete", name)
        assert (refused.returncode, "job mounts" in refused.stderr) == (6, True), refused.stderr
        assert "mounts" in otto.said("volume", "mounts", name)

        otto.said("volume", "resize", name, "128Mi")
        assert volumes_of(otto)[name]["size_bytes"] == 128 * MIB
        otto.said("job", "cancel", job)
        eventually(lambda: otto.run("volume", "delete", name).returncode == 0, within=60, what="a volume that may go")
        eventually(lambda: name not in volumes_of(otto), within=60, what="a volume that is gone")

    def test_that_cannot_be_is_refused_with_words(self, otto: Command):
        assert otto.run("volume", "create", "scratch", "much", "--cluster", "harbour").returncode == 2
        elsewhere = otto.run("volume", "create", "scratch", "1Gi", "--cluster", "elsewhere")
        assert "may use no cluster elsewhere" in elsewhere.stderr
        assert otto.run("volume", "mounts", "nothing").returncode == 5


class TestADataset:
    def test_is_registered_listed_and_comes_back_checked(self, otto: Command, running_stack: RunningStack):
        owner = running_stack.portal("otto")
        bucket, name = f"files-{uuid4().hex[:6]}", f"set-{uuid4().hex[:6]}"
        owner.post(f"/api/v1/projects/{owner.project('vision')['id']}/buckets/", {"name": bucket, "quota_bytes": 2**30})
        (otto.home / "here" / "deep").mkdir(parents=True)
        (otto.home / "here" / "a.txt").write_text("first")
        (otto.home / "here" / "deep" / "b.txt").write_text("second")
        otto.said("files", "cp", "-r", "here", f"{bucket}:train/")

        assert otto.said("dataset", "create", name, f"{bucket}:train/", "--licence", "CC0-1.0") == f"{name}@1"
        eventually(
            lambda: json.loads(otto.said("dataset", "list", name, "-o", "json"))[0]["phase"] == "ready",
            within=60,
            what="a version that is ready",
        )
        otto.said("dataset", "get", name, "back")

        assert (otto.home / "back" / "a.txt").read_text() == "first"
        assert (otto.home / "back" / "deep" / "b.txt").read_text() == "second"
        assert name in otto.said("dataset", "list", "-o", "name").splitlines()
        assert otto.run("dataset", "get", f"{name}@9", "back").returncode == 5
        assert otto.run("dataset", "get", "No Name", "back").returncode == 2
        assert otto.said("dataset", "create", name, f"{bucket}:train/", "--note", "Again.") == f"{name}@2"
