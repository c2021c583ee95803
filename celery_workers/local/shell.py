"""Shells in replicas on this machine: the side of the process `gateway` (the other is the runner's `shell`)."""

import asyncio
import json
import os
import socket
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress

from celery_workers.local.replicas import ReplicaDirectory, program
from celery_workers.local.runner.shell import HEADER, RESIZE, STATUS, STDIN, STDOUT, frame
from celery_workers.shells import Ended

_CLOSE_SECONDS = 10.0


class LocalShell:
    """One keeper of a terminal, which ends when this side does."""

    def __init__(self, keeper: Process, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._keeper, self._reader, self._writer = keeper, reader, writer
        self.ended = Ended("lost")

    @classmethod
    async def open(cls, directory: ReplicaDirectory, command: Sequence[str]) -> "LocalShell":
        ours, theirs = socket.socketpair()
        with theirs:
            keeper = await asyncio.create_subprocess_exec(
                *program("celery_workers.local.runner.shell", str(directory.path), *command),
                stdin=theirs.fileno(),
                stdout=DEVNULL,
                stderr=DEVNULL,
                env={"PATH": os.defpath, "LANG": "C.UTF-8"},
                cwd="/",
                start_new_session=True,
            )
        return cls(keeper, *await asyncio.open_connection(sock=ours))

    async def printed(self) -> AsyncIterator[bytes]:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                channel, size = HEADER.unpack(await self._reader.readexactly(HEADER.size))
                content = await self._reader.readexactly(size)
                if channel == STDOUT:
                    yield content
                elif channel == STATUS:
                    said = json.loads(content)
                    self.ended = Ended(said["ended"], said["exit_code"])
                    return

    async def type(self, content: bytes) -> None:
        await self._send(frame(STDIN, content))

    async def resize(self, columns: int, rows: int) -> None:
        await self._send(frame(RESIZE, json.dumps([columns, rows]).encode()))

    async def close(self) -> None:
        self._writer.close()
        try:
            await asyncio.wait_for(self._keeper.wait(), _CLOSE_SECONDS)
        except TimeoutError:
            self._keeper.kill()

    async def _send(self, content: bytes) -> None:
        with suppress(ConnectionError):
            self._writer.write(content)
            await self._writer.drain()
