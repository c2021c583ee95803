"""Contexts: the portals that you are signed in to."""

from typing import Annotated

import typer

from hanse.commands.frame import Format, Output, say, show
from hanse.config import Contexts

app = typer.Typer(help="Portals that you are signed in to.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Of the context.")]


@app.command("list")
def list_contexts(output: Output = Format.TABLE) -> None:
    """List contexts. Tokens are not shown."""
    contexts = Contexts.load()
    rows = [
        {
            "name": name,
            "current": name == contexts.current,
            "address": one.address,
            "project": one.project_label or one.project,
        }
        for name, one in sorted(contexts.known.items())
    ]
    columns = [
        ("", lambda row: "*" if row["current"] else ""),
        ("NAME", lambda row: row["name"]),
        ("ADDRESS", lambda row: row["address"]),
        ("PROJECT", lambda row: row["project"]),
    ]
    show(rows, columns, output)


@app.command()
def use(name: Name) -> None:
    """Make a context the current one."""
    contexts = Contexts.load()
    contexts.named(name)
    contexts.current = name
    contexts.save()
    say(f"Context {name}: {contexts.named(name).address}.")


@app.command()
def remove(name: Name) -> None:
    """Forget a context with its token."""
    contexts = Contexts.load()
    contexts.named(name)
    del contexts.known[name]
    contexts.current = "" if contexts.current == name else contexts.current
    contexts.save()
    say(f"Context {name} is forgotten.")
