"""A way to a server on which things go wrong."""

import asyncio
import socket
import struct
import threading
from contextlib import suppress
from typing import Literal

from tests.eventually import eventually
from tests.testbed.ports import own_port

# Answers come 2 s late; at 1 KB/s; connections break and none is made; nothing comes any more.
Fault = Literal["slow", "trickling", "resetting", "silent"]
SLOW_SECONDS, TRICKLE_BYTES, TRICKLE_SECONDS = 2.0, 100, 0.1
_RESET = struct.pack("ii", 1, 0)


class Proxy:
    """Passes on what goes between a client and the server at `target`, a host and a port."""

    def __init__(self, target: tuple[str, int], *, first_port: int = 28400) -> None:
        self._target, self._fault = target, ""
        self._open: set[asyncio.StreamWriter] = set()
        # How many connections were made to it so far.
        self.arrived = 0
        self._loop = asyncio.new_event_loop()
        self.port = own_port(first_port)
        self.address = f"127.0.0.1:{self.port}"
        listening = threading.Event()
        threading.Thread(target=self._run, args=(listening,), daemon=True).start()
        eventually(listening.is_set)

    def becomes(self, fault: Fault | Literal[""]) -> None:
        """From now on, for what is open and what will be; `""`: nothing is wrong any more."""
        self._fault = fault
        if fault == "resetting":
            self._loop.call_soon_threadsafe(self._reset_all)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _run(self, listening: threading.Event) -> None:
        self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", self.port))
        listening.set()
        self._loop.run_forever()

    async def _serve(self, near_reader: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        self.arrived += 1
        if self._fault == "resetting":
            _reset(near)
            return
        far_reader, far = await asyncio.open_connection(*self._target)
        self._open |= {near, far}
        try:
            done, rest = await asyncio.wait(
                [
                    asyncio.create_task(self._pass(near_reader, far, answers=False)),
                    asyncio.create_task(self._pass(far_reader, near, answers=True)),
                ],
                return_when=asyncio.FIRST_COMPLETED,
            )
            for task in rest:
                task.cancel()
            await asyncio.gather(*done, *rest, return_exceptions=True)
        finally:
            self._open -= {near, far}
            for writer in (near, far):
                writer.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                if answers and self._fault == "slow":
                    await asyncio.sleep(SLOW_SECONDS)
                while data:
                    while self._fault == "silent":
                        await asyncio.sleep(0.05)
                    piece = len(data)
                    if answers and self._fault == "trickling":
                        await asyncio.sleep(TRICKLE_SECONDS)
                        piece = TRICKLE_BYTES
                    writer.write(data[:piece])
                    await writer.drain()
                    data = data[piece:]

    def _reset_all(self) -> None:
        for writer in self._open:
            _reset(writer)


def _reset(writer: asyncio.StreamWriter) -> None:
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()
