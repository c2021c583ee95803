"""SeaweedFS on loopback, as `make run` starts it: a real store that speaks S3."""

import contextlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import s3fs

from embedded.seaweedfs import ACCESS_KEY, REGION, ports_from
from embedded.seaweedfs import SeaweedFS as Embedded
from tests.eventually import eventually
from tests.testbed.ports import held_ports


@dataclass(frozen=True)
class SeaweedFS:
    server: Embedded
    processes: dict[str, "subprocess.Popen[bytes]"]

    @property
    def address(self) -> str:
        return self.server.url

    @property
    def access_key(self) -> str:
        return ACCESS_KEY

    @property
    def secret_key(self) -> str:
        return self.server.secret_key

    @property
    def environment(self) -> dict[str, str]:
        """What an operator gives the processes of Hanse, for their own objects."""
        return {
            "AWS_ENDPOINT_URL": self.address,
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_DEFAULT_REGION": REGION,
        }

    def make_bucket(self) -> str:
        name = f"bucket-{uuid4().hex[:12]}"
        s3fs.S3FileSystem(key=self.access_key, secret=self.secret_key, endpoint_url=self.address).mkdir(name)
        return name

    def start(self, name: str) -> None:
        """Start one of its servers, again after it was killed."""
        with (self.server.directory / f"{name}.log").open("ab") as log:
            command = self.server.commands()[name]
            self.processes[name] = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.server.directory)

    def answers(self) -> bool:
        for name, process in self.processes.items():
            assert process.poll() is None, f"{name}: {(self.server.directory / f'{name}.log').read_text()[-1000:]}"
        try:
            httpx.get(self.address, timeout=2)
            bucket = self.make_bucket()
            files = s3fs.S3FileSystem(key=self.access_key, secret=self.secret_key, endpoint_url=self.address)
            files.pipe_file(f"{bucket}/probe", b"probe")
        except (httpx.HTTPError, OSError):
            return False
        return True


@contextlib.contextmanager
def seaweedfs_running(directory: Path) -> Iterator[SeaweedFS]:
    with held_ports(35_000, count=15) as first:
        embedded = Embedded(directory, ports_from(first), uuid4().hex)
        embedded.configure()
        store = SeaweedFS(embedded, {})
        try:
            for name in embedded.commands():
                store.start(name)
            eventually(store.answers, within=60, what="SeaweedFS")
            yield store
        finally:
            for process in store.processes.values():
                process.kill()  # a polite end takes ten seconds, and its files go anyway
                process.wait()
