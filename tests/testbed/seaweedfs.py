"""SeaweedFS on loopback: a real object store that speaks S3."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import s3fs

from embedded.ports import next_free
from tests.eventually import eventually
from tests.testbed.ports import own_port

_PORTS = [f"{server}.{port}" for server in ("master", "volume", "filer", "s3") for port in ("port", "port.grpc")]


@dataclass(frozen=True)
class SeaweedFS:
    address: str
    access_key: str
    secret_key: str
    process: subprocess.Popen[bytes]

    @property
    def environment(self) -> dict[str, str]:
        """What an operator gives the processes of Hanse."""
        return {
            "AWS_ENDPOINT_URL": self.address,
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_DEFAULT_REGION": "us-east-1",
        }

    def make_bucket(self) -> str:
        name = f"bucket-{uuid4().hex[:12]}"
        s3fs.S3FileSystem(key=self.access_key, secret=self.secret_key, endpoint_url=self.address).mkdir(name)
        return name


@contextlib.contextmanager
def seaweedfs_running(directory: Path) -> Iterator[SeaweedFS]:
    access_key, secret_key = uuid4().hex, uuid4().hex
    identity = {
        "name": "hanse",
        "credentials": [{"accessKey": access_key, "secretKey": secret_key}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    (directory / "s3.json").write_text(json.dumps({"identities": [identity]}))
    ports: dict[str, int] = {}
    for name in _PORTS:
        ports[name] = next_free(max(ports.values(), default=own_port(35_000) - 1) + 1)
    command = [str(Path(sys.executable).parent / "weed"), "server", f"-dir={directory}", "-ip=127.0.0.1", "-s3", "-filer"]
    command += [f"-{name}={port}" for name, port in ports.items()]
    command += [
        f"-s3.config={directory / 's3.json'}",
        "-ip.bind=127.0.0.1",
        "-volume.max=50",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-master.volumeSizeLimitMB=64",
    ]
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=directory)
    server = SeaweedFS(f"http://127.0.0.1:{ports['s3.port']}", access_key, secret_key, process)
    try:
        eventually(lambda: _answers(server), within=60, what=f"SeaweedFS: {(directory / 'log').read_text()[-1000:]}")
        yield server
    finally:
        process.kill()  # a polite end takes half a minute, and its files go anyway
        process.wait()


def _answers(server: SeaweedFS) -> bool:
    assert server.process.poll() is None, "SeaweedFS ended"
    try:
        httpx.get(server.address, timeout=2)
        server.make_bucket()
    except (httpx.HTTPError, OSError):
        return False
    return True
