"""What a person at a terminal sees of something that takes its time: what it is, and for how long already."""

import contextlib
import time
from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

console = Console(highlight=False)


@contextlib.contextmanager
def step(what: str) -> Iterator[None]:
    """Show `what` with the time it takes while the block runs; where nobody watches, one line before and one after."""
    began = time.monotonic()
    if console.is_terminal and not console.is_dumb_terminal:
        columns = (SpinnerColumn(), TextColumn("{task.description} …"), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True) as shown:
            shown.add_task(escape(what), total=None)
            yield
    else:
        console.print(f"{escape(what)} …")
        yield
    console.print(f"[green]✓[/] {escape(what)}  [dim]{time.monotonic() - began:.1f} s[/]")
