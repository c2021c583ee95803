"""The store's servers are killed under an upload of many files: what was acknowledged is there, byte for byte, and once."""

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from apps.storage import s3
from tests.eventually import eventually
from tests.factories import make_bucket
from tests.testbed.seaweedfs import SeaweedFS

FILES, AT_ONCE = 1200, 6


def content_of(number: int) -> bytes:
    return hashlib.sha256(str(number).encode()).digest() * (1 + number % 40)


@pytest.fixture
def killed(store: SeaweedFS):
    """`killed(name)`: a server of the store is killed and started again, as its supervisor would."""

    def kill(name: str) -> None:
        store.processes[name].kill()
        store.processes[name].wait()
        store.start(name)

    yield kill
    eventually(store.answers, within=60, what="SeaweedFS")


def test_every_acknowledged_file_is_there_once(as_role, store: SeaweedFS, killed):
    client, project = as_role("developer")
    bucket = make_bucket(project)
    uploads = f"/api/v1/projects/{project.pk}/buckets/{bucket.pk}/uploads/"
    signed = {}
    for first in range(0, FILES, 200):
        batch = range(first, first + 200)
        files = [
            {
                "key": f"{number % 7}/{number}",
                "size_bytes": len(content_of(number)),
                "sha256": hashlib.sha256(content_of(number)).hexdigest(),
            }
            for number in batch
        ]
        answer = client.post(uploads, {"files": files}).json()["uploads"]
        signed |= dict(zip(batch, answer, strict=True))
    acknowledged: dict[str, bytes] = {}
    refused = threading.Event()
    victims = {FILES // 4: "volume", FILES // 2: "filer", FILES * 3 // 4: "s3"}

    def send(number: int) -> None:
        if victim := victims.get(number):
            killed(victim)
        upload = signed[number]

        def taken() -> bool:
            try:
                answer = http.put(upload["url"], content=content_of(number), headers=upload["headers"])
            except httpx.HTTPError:
                refused.set()
                return False
            if answer.status_code != 200:
                refused.set()
            return answer.status_code == 200

        eventually(taken, within=90, what=f"file {number}")
        acknowledged[upload["key"]] = content_of(number)

    with httpx.Client(timeout=10) as http, ThreadPoolExecutor(AT_ONCE) as senders:
        list(senders.map(send, range(FILES)))

    assert refused.is_set(), "the kills hindered nobody"
    held = [entry.key for entry in s3.everything(bucket.store_name)]
    assert sorted(held) == sorted(acknowledged)
    with httpx.Client(timeout=10) as http, ThreadPoolExecutor(AT_ONCE) as readers:

        def same(key: str) -> bool:
            return http.get(s3.signed_get(bucket.store_name, key, seconds=600, download=True)).content == acknowledged[key]

        assert all(readers.map(same, held))
