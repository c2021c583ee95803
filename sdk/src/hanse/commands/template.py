"""Templates of jobs."""

from typing import Annotated

import typer

from hanse import errors
from hanse.client import Client
from hanse.commands.frame import ContextName, Format, Output, client_of, print_document, show
from hanse.types import TemplateOutput

app = typer.Typer(help="Templates to begin a job with.", no_args_is_help=True)


@app.command("list")
def list_templates(context: ContextName = None, output: Output = Format.TABLE) -> None:
    """List the templates that you see."""
    with client_of(context) as client:
        rows = list(client.all(client.templates_list))
    columns = [
        ("NAME", lambda row: row["name"]),
        ("FRAMEWORK", lambda row: row["framework"]),
        ("OF", lambda row: row["tenant_slug"] or "the platform"),
        ("DESCRIPTION", lambda row: row["description"]),
    ]
    show(rows, columns, output)


@app.command()
def get(
    name: Annotated[str, typer.Argument(help="Name or id of the template.")],
    context: ContextName = None,
    output: Output = Format.YAML,
) -> None:
    """Print a template's specification; what `hanse job submit -f` takes."""
    with client_of(context) as client:
        print_document(find(client, name)["spec"], Format.JSON if output is Format.JSON else Format.YAML)


def find(client: Client, name: str) -> TemplateOutput:
    """Raises NotFound."""
    found: list[TemplateOutput] = [
        template for template in client.all(client.templates_list) if name in (template["name"], template["id"])
    ]
    if not found:
        title = "There is nothing here that you may see"
        raise errors.NotFound(404, {"title": title, "detail": f"No template is called {name!r}."})
    return found[0]
