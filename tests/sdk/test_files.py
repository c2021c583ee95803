"""`hanse files`: a folder goes to the store and comes back."""

import hashlib
import os
from pathlib import Path
from uuid import uuid4

import pytest

from tests.sdk.conftest import Command
from tests.testbed.stack import RunningStack

pytestmark = pytest.mark.stack
FILES = {
    **{f"deep/{number:03}.bin": hashlib.sha256(bytes([number])).digest() * number for number in range(230)},
    "ünï 百分%20.txt": b"odd, and taken",
    "large.bin": os.urandom(3 * 2**20),
}


@pytest.fixture
def bucket(running_stack: RunningStack) -> str:
    owner = running_stack.portal("otto")
    name = f"files-{uuid4().hex[:6]}"
    owner.post(f"/api/v1/projects/{owner.project('vision')['id']}/buckets/", {"name": name, "quota_bytes": 2**30})
    return name


def files_in(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


class TestAFolder:
    def test_is_sent_once_and_comes_back_the_same(self, ann: Command, bucket: str):
        here, back = ann.home / "here", ann.home / "back"
        for name, content in FILES.items():
            (here / name).parent.mkdir(parents=True, exist_ok=True)
            (here / name).write_bytes(content)
        (here / "odd\\name").write_bytes(b"refused")
        (here / "link").symlink_to("large.bin")

        sent = ann.run("files", "cp", "-r", "here", f"{bucket}:train")

        assert sent.returncode == 1, sent.stderr
        assert f"{len(FILES)} copied" in sent.stderr
        assert "2 failed" in sent.stderr
        assert "train/odd\\name: A name has no backslashes" in sent.stderr
        assert "train/link: a link" in sent.stderr
        (here / "odd\\name").unlink()
        (here / "link").unlink()
        (here / "large.bin").write_bytes(b"another")

        again = ann.run("files", "cp", "-r", "here", f"{bucket}:train/")

        assert again.returncode == 0, again.stderr
        assert f"1 copied (7 bytes), {len(FILES) - 1} there already." in again.stderr
        assert ann.run("files", "cp", "-r", f"{bucket}:train", "back").returncode == 0
        assert files_in(back) == {**FILES, "large.bin": b"another"}
        (back / "deep" / "001.bin").write_bytes(b"damaged here")
        (back / "deep" / "002.bin").unlink()

        mended = ann.run("files", "cp", "-r", f"{bucket}:train", "back")

        assert f"2 copied (96 bytes), {len(FILES) - 2} there already." in mended.stderr
        assert files_in(back) == {**FILES, "large.bin": b"another"}

        ann.said("files", "rm", "-r", f"{bucket}:train/deep/")
        ann.said("files", "cp", f"{bucket}:train/large.bin", "one.bin")
        ann.said("files", "cp", "one.bin", f"{bucket}:copies/")
        assert ann.said("files", "ls", f"{bucket}:train/", "-o", "name").splitlines() == [
            "train/large.bin",
            "train/ünï 百分%20.txt",
        ]
        assert ann.said("files", "ls", f"{bucket}:copies/", "-o", "name") == "copies/one.bin"

    def test_that_is_not_there_is_said_to_be_missing(self, ann: Command, bucket: str):
        assert ann.run("files", "cp", "-r", "nothing", f"{bucket}:").returncode == 2
        assert ann.run("files", "cp", "here", "there").returncode == 2
        assert ann.run("files", "cp", f"{bucket}:nothing.bin", "x").returncode == 5
        assert ann.run("files", "ls", "no-such-bucket:").returncode == 5
