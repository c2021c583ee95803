"""What is said while something long goes on: one changing line on a terminal, a line every minute elsewhere (CI's log)."""

import contextlib
import time
from collections.abc import Callable, Iterator

from rich.console import Console

console = Console(highlight=False)
_SECONDS_BETWEEN_LINES = 60


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Gives a function that says how far it is, to be called as often as one likes."""
    began, said_at = time.monotonic(), 0.0
    with console.status("…") as status:

        def say(what: str) -> None:
            nonlocal said_at
            now = time.monotonic()
            line = f"{what}  [dim]{(now - began) // 60:.0f} min {(now - began) % 60:02.0f} s[/]"
            if console.is_terminal:
                status.update(line)
            elif now - said_at > _SECONDS_BETWEEN_LINES:
                said_at = now
                console.print(line)

        yield say
