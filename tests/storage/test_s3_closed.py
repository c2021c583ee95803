"""SeaweedFS listens on loopback, where every user of the machine may knock: none gets in without keys."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.testbed.seaweedfs import SeaweedFS


class TestTheStore:
    @pytest.mark.parametrize(
        ("server", "path"),
        [
            ("master", "/dir/assign"),
            ("master", "/dir/lookup?volumeId=1"),
            ("master", "/col/delete?collection=anything"),
            ("master", "/vol/status"),
            ("volume", "/1,01637037d6"),
            ("filer", "/buckets/"),
            ("filer", "/etc/iam/"),
            ("s3", "/"),
        ],
    )
    def test_tells_strangers_nothing(self, s3: SeaweedFS, server: str, path: str):
        assert httpx.get(f"http://127.0.0.1:{s3.server.ports[server]}{path}").status_code in (401, 403)

    @pytest.mark.parametrize("server", ["filer", "volume"])
    def test_takes_nothing_from_strangers(self, s3: SeaweedFS, server: str):
        address = f"http://127.0.0.1:{s3.server.ports[server]}/buckets/anything/1,01637037d6"

        assert httpx.post(address, content=b"written by a stranger").status_code in (400, 401, 403)
        assert httpx.delete(address).status_code in (400, 401, 403, 404)

    def test_speaks_to_no_administrator_without_its_certificate(self, s3: SeaweedFS, tmp_path: Path):
        weed = Path(sys.executable).parent / "weed"
        ports = s3.server.ports
        master = f"127.0.0.1:{ports['master']}.{ports['master.grpc']}"

        with pytest.raises(subprocess.TimeoutExpired):  # it asks again and again
            subprocess.run(
                [weed, "shell", f"-master={master}"], input=b"fs.ls /buckets\n", timeout=5, cwd=tmp_path, check=True
            )

    def test_keeps_what_it_is_configured_with_to_itself(self, s3: SeaweedFS):
        for name in ("security.toml", "s3.json", "member.key"):
            assert (s3.server.directory / name).stat().st_mode & 0o077 == 0
