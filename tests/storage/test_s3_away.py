"""The store of objects says nothing, or breaks connections: requests are answered in time, and it heals by itself."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from apps.jobs.services import add_artifact
from tests.conftest import AsRole
from tests.eventually import eventually
from tests.factories import in_time, tar_of
from tests.jobs.jobs import submitted
from tests.testbed.proxy import Proxy
from tests.testbed.seaweedfs import SeaweedFS
from tests.testbed.web import WebProcess

ANSWERED_SECONDS, FLIPS_SECONDS, HEALS_SECONDS = 3.5, 5, 10
PERMISSIONS = ["projects.view", "jobs.view", "jobs.submit"]


@pytest.fixture
def way(s3: SeaweedFS, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """On which the process `web` reaches the store; the test itself has its own."""
    target = urlsplit(s3.address)
    proxy = Proxy((str(target.hostname), int(target.port or 80)), first_port=28450)
    with monkeypatch.context() as only_there:
        only_there.setenv("AWS_ENDPOINT_URL", f"http://{proxy.address}")
        yield proxy
    proxy.close()


@pytest.fixture
def program(
    way: Proxy, transactional_db: None, as_role: AsRole, tmp_path: Path, settings
) -> Iterator[tuple[httpx.Client, str, str]]:
    """A developer's program, where it downloads a file of a job, and where it uploads code."""
    client, project = as_role("developer", equipped=True)
    source = tmp_path / "model.npz"
    source.write_bytes(b"weights" * 1000)
    job = submitted(client, project)
    artifact = add_artifact(job_id=job.pk, attempt=1, rank=0, name="model.npz", source=source)
    body = {"name": "ci", "permissions": PERMISSIONS, "expires_at": in_time(days=1)}
    token = client.post("/api/v1/me/tokens/", body).json()["token"]
    web = WebProcess(objects_url=settings.OBJECTS_URL)
    web.start()
    below = f"/api/v1/projects/{project.pk}"
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=web.address, headers=headers, timeout=30) as program:
        yield program, f"{below}/jobs/{job.pk}/artifacts/{artifact.pk}/download/", f"{below}/code/?name=trainer.tar.gz"
    web.stop()


def archive(text: bytes) -> dict[str, Any]:
    """What is sent to upload it: the same bytes twice are not stored again."""
    return {"content": tar_of({"train.py": text}), "headers": {"Content-Type": "application/gzip"}}


@pytest.mark.parametrize("fault", ["silent", "resetting"])
def test_requests_are_answered_and_it_heals_alone(program, way: Proxy, fault: Any):
    client, file, code = program

    def ready() -> list[str]:
        """What the portal says that it misses."""
        return list(client.get("/readyz").json().get("missing", []))

    first, second = (archive(text) for text in (b"print(1)", b"print(2)"))
    assert client.get(file).content == b"weights" * 1000
    assert client.post(code, **first).status_code == 201

    assert ready() == []
    way.becomes(fault)
    eventually(lambda: ready() == ["objects"], within=FLIPS_SECONDS)
    for method, address, options in (("GET", file, {}), ("POST", code, second)):
        began = time.monotonic()
        answer = client.request(method, address, **options)
        seconds = time.monotonic() - began
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")
        assert answer.json()["system"] == "objects"
        assert int(answer.headers["Retry-After"]) > 0
        assert seconds < ANSWERED_SECONDS

    way.becomes("")
    eventually(lambda: ready() == [], within=HEALS_SECONDS)
    eventually(lambda: client.get(file).status_code == 200, within=HEALS_SECONDS)
    assert client.post(code, **second).status_code == 201
