"""Secrets of a project. Values come from files or standard input, never from the command line, which others can read."""

import base64
import sys
from pathlib import Path
from typing import Annotated, cast

import typer

from hanse.client import Client
from hanse.commands.frame import (
    ContextName,
    Ending,
    Exit,
    Format,
    Output,
    ProjectName,
    client_of,
    find,
    print_line,
    say,
    show,
    since,
)
from hanse.types import SecretInputRequest, SecretOutput, ValuesInputRequest

app = typer.Typer(help="Secrets for jobs: create, rotate, destroy. Nobody reads a value again.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name or id of the secret.")]
Files = Annotated[list[str] | None, typer.Option("--file", help="ENTRY=PATH; may be given several times.")]
Stdin = Annotated[str, typer.Option("--stdin", help="The entry whose value is standard input.")]


@app.command("list")
def list_secrets(context: ContextName = None, project: ProjectName = None, output: Output = Format.TABLE) -> None:
    """List the secrets of a project: what is known of them, never a value."""
    with client_of(context, project) as client:
        rows = list(client.all(client.projects_secrets_list, client.project_id()))
    columns = [
        ("NAME", lambda row: row["name"]),
        ("KIND", lambda row: row["kind"]),
        ("ENTRIES", lambda row: ", ".join(row["keys"])),
        ("VERSION", lambda row: row["newest"]),
        ("LAST USED", lambda row: since(row["last_used_at"]) or "never"),
    ]
    show(rows, columns, output)


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="What jobs call it.")],
    file: Files = None,
    stdin: Stdin = "",
    kind: Annotated[str, typer.Option(help="opaque, basic-auth, ssh-auth or registry.")] = "opaque",
    description: Annotated[str, typer.Option(help="For people.")] = "",
    context: ContextName = None,
    project: ProjectName = None,
) -> None:
    """Create a secret: `hanse secret create wandb --stdin api-key < key.txt`."""
    body = {"name": name, "kind": kind, "description": description, "binary_data": _entries(file, stdin)}
    with client_of(context, project) as client:
        made = client.projects_secrets_create(client.project_id(), cast("SecretInputRequest", body))
    print_line(made["id"])


@app.command()
def rotate(
    name: Name, file: Files = None, stdin: Stdin = "", context: ContextName = None, project: ProjectName = None
) -> None:
    """Give a secret new values; jobs that are admitted from now on get them."""
    body = cast("ValuesInputRequest", {"binary_data": _entries(file, stdin)})
    with client_of(context, project) as client:
        found = _find(client, name)
        newer = client.projects_secrets_rotate_create(client.project_id(), found["id"], body)
    say(f"{newer['name']} is at version {newer['newest']}.")


@app.command()
def destroy(name: Name, context: ContextName = None, project: ProjectName = None) -> None:
    """Destroy a secret and all its versions. Jobs that would still need it fail."""
    with client_of(context, project) as client:
        found = _find(client, name)
        path = f"/api/v1/projects/{client.project_id()}/secrets/{found['id']}/"
        client.transport.ask("DELETE", path, body={"confirm": found["name"]}, if_match=f'"{found["generation"]}"')
    say(f"{found['name']} is destroyed.")


def _entries(files: list[str] | None, stdin: str) -> dict[str, str]:
    """Base64 by the name of the entry: any bytes, as they are."""
    entries: dict[str, bytes] = {}
    for one in files or []:
        key, equals, path = one.partition("=")
        if not (key and equals and path):
            raise typer.BadParameter(f"{one!r} is not ENTRY=PATH.", param_hint="--file")
        try:
            entries[key] = Path(path).read_bytes()
        except OSError as error:
            say(f"{path} cannot be read: {error.strerror}.", problem=True)
            raise Ending(Exit.USAGE) from error
    if stdin:
        # A shell's `echo` ends the line; no key or password ends in one.
        entries[stdin] = sys.stdin.buffer.read().removesuffix(b"\n")
    if not entries:
        raise typer.BadParameter("Give at least one value.", param_hint="--file, --stdin")
    return {key: base64.b64encode(value).decode() for key, value in entries.items()}


def _find(client: Client, name: str) -> SecretOutput:
    """Raises NotFound."""
    found: SecretOutput = find(client.all(client.projects_secrets_list, client.project_id()), name, "secret")
    return found
