"""Everything that has no command of its own yet."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from hanse.commands.frame import ContextName, Ending, Exit, Format, Output, client_of, print_document, say


def register(app: typer.Typer) -> None:
    app.command()(api)


def api(
    method: Annotated[str, typer.Argument(help="GET, POST, PUT, PATCH or DELETE.")],
    path: Annotated[str, typer.Argument(help="Such as /api/v1/me/; /api/v1 may be left out.")],
    file: Annotated[str, typer.Option("-f", "--file", help="The body, as JSON or YAML; - is standard input.")] = "",
    if_match: Annotated[str | None, typer.Option(help="The ETag you read; anything is changed when left out.")] = None,
    key: Annotated[str | None, typer.Option(help="Idempotency-Key of a POST; a new one when left out.")] = None,
    context: ContextName = None,
    output: Output = Format.JSON,
) -> None:
    """Ask the API directly, with your token: `hanse api GET /me/`."""
    verb = method.upper()
    if verb not in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        raise typer.BadParameter(f"{method} is no method.", param_hint="METHOD")
    below = path if path.startswith("/api/") else f"/api/v1/{path.lstrip('/')}"
    with client_of(context) as client:
        answer = client.transport.ask(
            verb, below, body=read_document(file) if file else None, if_match=if_match, idempotency_key=key
        )
    if isinstance(answer, str):
        sys.stdout.write(answer)
    elif answer is not None:
        print_document(answer, Format.YAML if output is Format.YAML else Format.JSON)


def read_document(file: str) -> Any:
    """JSON or YAML from a file, or from standard input."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text()
        return json.loads(text) if file.endswith(".json") else yaml.safe_load(text)
    except OSError as error:
        say(f"{file} cannot be read: {error.strerror}.", problem=True)
    except (ValueError, yaml.YAMLError) as error:
        say(f"{file} is neither JSON nor YAML: {error}", problem=True)
    raise Ending(Exit.USAGE)
