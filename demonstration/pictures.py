"""A bucket with the digits that the demonstration job reads, as pictures: uploaded as any program would, and a dataset."""

import struct
import time
import zlib
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import numpy as np
from sklearn.datasets import load_digits

BUCKET, DATASET, PICTURES = "digits", "digits", 60
_SCALE = 8
_STORE_STARTS_SECONDS = 60


def fill_bucket(browser: httpx.Client, project: str, *, headers: dict[str, str]) -> None:
    """Make the bucket and fill it, once. `browser`: signed in as somebody who may. Raises HTTPError."""
    buckets = f"/api/v1/projects/{project}/buckets/"
    if any(bucket["name"] == BUCKET for bucket in _checked(browser.get(buckets))["results"]):
        return
    bucket = _made(browser, buckets, headers)
    pictures = dict(_pictures())
    files = [{"key": key, "size_bytes": len(picture)} for key, picture in pictures.items()]
    key = {"Idempotency-Key": uuid4().hex}
    granted = _checked(browser.post(f"{buckets}{bucket}/uploads/", json={"files": files}, headers=headers | key))
    # Addresses of the store know nothing of sessions.
    with httpx.Client(timeout=20) as store:
        for upload in granted["uploads"]:
            answer = store.put(upload["url"], content=pictures[upload["key"]], headers=upload["headers"])
            answer.raise_for_status()
    _register(browser, f"/api/v1/projects/{project}/datasets/", headers)


def _register(browser: httpx.Client, datasets: str, headers: dict[str, str]) -> None:
    """Keep them as version 1 of a dataset, for a job that counts them."""
    said = {"description": "Handwritten digits, 8 by 8, as pictures.", "licence": "CC BY 4.0"}
    key = {"Idempotency-Key": uuid4().hex}
    made = _checked(browser.post(datasets, json={"name": DATASET, **said}, headers=headers | key))
    version = {"bucket": BUCKET, "note": "The first sixty."}
    key = {"Idempotency-Key": uuid4().hex}
    _checked(browser.post(f"{datasets}{made['id']}/versions/", json=version, headers=headers | key))


def _made(browser: httpx.Client, buckets: str, headers: dict[str, str]) -> str:
    """The new bucket's id. The store starts while the portal is up already."""
    body = {"name": BUCKET, "quota_bytes": 10 * 2**30}
    deadline = time.monotonic() + _STORE_STARTS_SECONDS
    while True:
        answer = browser.post(buckets, json=body, headers=headers | {"Idempotency-Key": uuid4().hex})
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE or time.monotonic() > deadline:
            return str(_checked(answer)["id"])
        time.sleep(0.5)


def _pictures() -> Iterator[tuple[str, bytes]]:
    digits = load_digits()
    for number, (image, digit) in enumerate(zip(digits.images[:PICTURES], digits.target[:PICTURES], strict=True)):
        shades = np.kron(255 - image * 15, np.ones((_SCALE, _SCALE))).astype(np.uint8)
        yield f"{digit}/{number:04}.png", png(shades)


def png(shades: "np.ndarray[Any, Any]") -> bytes:
    """A picture in greys: an array (rows, columns) of 0 (black) to 255."""
    rows, columns = shades.shape
    lines = b"".join(b"\0" + bytes(row) for row in shades.astype(np.uint8))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack("!I", len(content)) + kind + content + struct.pack("!I", zlib.crc32(kind + content))

    header = struct.pack("!2I5B", columns, rows, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def _checked(answer: httpx.Response) -> Any:
    answer.raise_for_status()
    return answer.json()
