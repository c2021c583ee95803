"""A shell in a replica, whichever back end it runs on: bytes typed, bytes printed, an end."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Ended:
    """How it came to its end. code: exited, replica-ended, no-shell, not-started, lost; message: the system's own words."""

    code: str
    exit_code: int | None = None
    message: str = ""


class Shell(Protocol):
    """`ended` is known once `printed` is over."""

    ended: Ended

    def printed(self) -> AsyncIterator[bytes]:
        """What the terminal shows, as it comes, until the shell is over."""

    async def type(self, content: bytes) -> None:
        """Hand over what was typed. Does nothing once the shell is over."""

    async def resize(self, columns: int, rows: int) -> None: ...

    async def close(self) -> None:
        """End it, and whatever was started in it as far as the back end lets us; returns when that is done."""
