"""What we send: cut into parts, sealed, kept until the other side says that its epoch is done."""

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

import pulsar

from hanse.channels.access import Access
from hanse.channels.envelopes import Envelopes, Place, Sealed

# A message must stay well below the brokers' limit of 5 MiB: at its edge they lose it between clusters without a word.
PART_BYTES = 4 * 2**20
_AT_ONCE, _SEND_SECONDS = 8, 30


class NotKept(Exception):
    """Our own broker did not say that it has it."""


class Spool:
    """Sealed parts as files, a folder an epoch: what was lost on the way is sent again from here, after a crash too."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(self, sealed: Sealed) -> Path:
        epoch, seq, part = (int(sealed.properties[name]) for name in ("epoch", "seq", "part"))
        folder = self._directory / f"{epoch:010}"
        folder.mkdir(mode=0o700, exist_ok=True)
        file = folder / f"{seq:010}-{part:010}"
        head = json.dumps({"properties": dict(sealed.properties)}).encode()
        unfinished = file.with_suffix(".new")
        unfinished.write_bytes(head + b"\n" + sealed.content)
        unfinished.replace(file)
        return file

    def since(self, epoch: int, key: tuple[int, int]) -> list[Path]:
        """Of an epoch, from `key` on, in their order."""
        first = "{:010}-{:010}".format(*key)
        return [file for file in sorted((self._directory / f"{epoch:010}").glob("*[0-9]")) if file.name >= first]

    @staticmethod
    def read(files: Iterable[Path]) -> Iterator[Sealed]:
        for file in files:
            with suppress(FileNotFoundError):  # the other side has used it meanwhile
                head, _, content = file.read_bytes().partition(b"\n")
                yield Sealed(content, json.loads(head)["properties"])

    def forget(self, *, until: int | None = None, since: int | None = None) -> None:
        """Epochs up to `until`: the other side has them; from `since`: they are sent anew."""
        for folder in self._directory.iterdir():
            epoch = int(folder.name)
            if (until is not None and epoch <= until) or (since is not None and epoch >= since):
                shutil.rmtree(folder, ignore_errors=True)


class Sender:
    """The one writer of a topic: a second worker with the same rights is kept out until this one is gone."""

    def __init__(self, client: pulsar.Client, access: Access, channel: str, session: str) -> None:
        self._to, self._envelopes = [access.their_cluster], Envelopes(access, channel, session)
        self._producer = client.create_producer(
            access.outward(channel),
            # A batch goes to wherever its first message goes, and chunks of Pulsar's own do not cross clusters.
            batching_enabled=False,
            chunking_enabled=False,
            access_mode=pulsar.ProducerAccessMode.Exclusive,
            block_if_queue_full=True,
            max_pending_messages=_AT_ONCE,
            send_timeout_millis=_SEND_SECONDS * 1000,
        )
        self._run, self._lock = uuid4().hex, Lock()

    def cut(self, name: str, payload: bytes, *, epoch: int, seq: int) -> Iterator[Sealed]:
        parts = max(1, -(-len(payload) // PART_BYTES))
        for part in range(parts):
            plain = bytes(payload[part * PART_BYTES : (part + 1) * PART_BYTES])
            yield self._envelopes.seal(Place(epoch, seq, part, parts, name, self._run), plain)

    def write(self, parts: Iterable[Sealed]) -> None:
        """Returns once our own broker keeps them; waits while it takes no more. Raises NotKept."""
        failures: list[str] = []

        def written(result: Any, _message_id: Any) -> None:
            if result != pulsar.Result.Ok:
                failures.append(str(result))

        with self._lock:
            try:
                for one in parts:
                    properties = dict(one.properties)
                    self._producer.send_async(one.content, written, properties=properties, replication_clusters=self._to)
                self._producer.flush()
            except pulsar.PulsarException as failure:
                raise NotKept(str(failure)) from failure
        if failures:
            raise NotKept(failures[0])
