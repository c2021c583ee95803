"""API tokens of whoever asks."""

from typing import Annotated

import typer

from hanse import errors
from hanse.commands.frame import ContextName, Format, Output, client_of, say, show

app = typer.Typer(help="Your API tokens. They are made in the console, where you sign in.", no_args_is_help=True)


@app.command("list")
def list_tokens(context: ContextName = None, output: Output = Format.TABLE) -> None:
    """List your tokens."""
    with client_of(context) as client:
        rows = list(client.all(client.me_tokens_list))
    columns = [
        ("NAME", lambda row: row["name"]),
        ("EXPIRES", lambda row: row["expires_at"][:10]),
        ("LAST USED", lambda row: (row["last_used_at"] or "never")[:16]),
        ("ID", lambda row: row["id"]),
    ]
    show(rows, columns, output)


@app.command()
def revoke(
    name: Annotated[str, typer.Argument(help="Name or id of the token.")],
    context: ContextName = None,
) -> None:
    """Revoke a token: whoever holds it is refused from now on."""
    with client_of(context) as client:
        found = [one for one in client.all(client.me_tokens_list) if name in (one["name"], one["id"])]
        if len(found) != 1:
            detail = f"{len(found) or 'No'} tokens are called {name!r}; give the id." if found else f"No token is {name!r}."
            raise errors.NotFound(404, {"title": "Nothing was revoked", "detail": detail})
        client.me_tokens_destroy(found[0]["id"])
    say(f"{found[0]['name']} is revoked.")
