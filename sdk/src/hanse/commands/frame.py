"""What all commands share: options, output, exit codes. Data goes to standard output, words to standard error."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timezone
from enum import Enum, IntEnum
from typing import Annotated, Any

import typer
import yaml
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from hanse import Client, errors
from hanse.transport import PATIENCE_SECONDS


class Exit(IntEnum):
    """Exit codes; docs/reference/cli.md promises them."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    AWAY = 3
    NOT_ALLOWED = 4
    NOT_FOUND = 5
    CONFLICT = 6
    QUOTA = 7
    INTERRUPTED = 130


class Ending(Exception):
    """End now, with this exit code; everything has been said."""

    def __init__(self, code: Exit) -> None:
        super().__init__(code)
        self.code = code


class Format(str, Enum):
    TABLE = "table"
    JSON = "json"
    YAML = "yaml"
    NAME = "name"


Output = Annotated[Format, typer.Option("-o", "--output", help="How to print.")]
ContextName = Annotated[
    str | None, typer.Option("--context", help="The context to use instead of the current one.", show_default=False)
]
ProjectName = Annotated[
    str | None, typer.Option("-p", "--project", help="The project: slug, tenant/slug or id.", show_default=False)
]
Columns = Sequence[tuple[str, Callable[[Any], Any]]]


def client_of(context: str | None = None, project: str | None = None) -> Client:
    """HANSE_PATIENCE says for how many seconds a portal that is away is asked again."""
    given = os.environ.get("HANSE_PATIENCE", "")
    return Client(context=context, project=project, patience=float(given) if given.isdecimal() else PATIENCE_SECONDS)


def named(rows: Iterable[Any], name: str) -> Any:
    """The one of that name or id; None where there is none."""
    return next((row for row in rows if name in (row["name"], row["id"])), None)


def find(rows: Iterable[Any], name: str, kind: str) -> Any:
    """The one of that name or id. Raises NotFound."""
    found = named(rows, name)
    if found is None:
        raise errors.NotFound(404, {"title": f"There is no such {kind}", "detail": f"No {kind} is called {name!r}."})
    return found


def say(text: str, *, problem: bool = False) -> None:
    """A sentence for a person."""
    console = _console(stderr=True)
    console.print(f"[bold red]Error:[/] {escape(text)}" if problem else escape(text), soft_wrap=True)


def show(rows: Iterable[Mapping[str, Any]], columns: Columns, output: Format, *, name: str = "name") -> None:
    """Print a list. name: the key that `-o name` prints."""
    if output is Format.TABLE:
        _table(list(rows), columns)
    elif output is Format.NAME:
        for row in rows:
            print_line(str(row[name]))
    else:
        print_document([dict(row) for row in rows], output)


def show_one(row: Mapping[str, Any], columns: Columns, output: Format, *, name: str = "name") -> None:
    """Print one object; as a table, a field a line."""
    if output is Format.TABLE:
        table = Table(show_header=False, box=None, pad_edge=False)
        for title, value in columns:
            table.add_row(f"[dim]{title}[/]", escape(_cell(value(row))))
        _console().print(table)
    elif output is Format.NAME:
        print_line(str(row[name]))
    else:
        print_document(row, output)


def print_document(document: Any, output: Format) -> None:
    if output is Format.YAML:
        text = yaml.safe_dump(_plain(document), sort_keys=False, allow_unicode=True)
        sys.stdout.write(text)
    else:
        print_line(json.dumps(document, indent=2, ensure_ascii=False))


def print_line(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def since(moment: str | None) -> str:
    """How long ago, as people read lists."""
    if moment is None:
        return ""
    seconds = int((datetime.now(timezone.utc) - datetime.fromisoformat(moment.replace("Z", "+00:00"))).total_seconds())
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "min")):
        if abs(seconds) >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def _table(rows: Sequence[Mapping[str, Any]], columns: Columns) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title, _ in columns:
        table.add_column(title, overflow="fold", no_wrap=not sys.stdout.isatty())
    for row in rows:
        table.add_row(*(escape(_cell(value(row))) for _, value in columns))
    _console().print(table)


def _console(*, stderr: bool = False) -> Console:
    # In a pipe a row is one line, however long; rich reads NO_COLOR itself.
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 500
    return Console(stderr=stderr, highlight=False, width=None if stderr else width)


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def _plain(document: Any) -> Any:
    return json.loads(json.dumps(document))
