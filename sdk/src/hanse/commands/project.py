"""Projects: which there are, and which one is in use."""

from dataclasses import replace
from typing import Annotated

import typer

from hanse.commands.frame import ContextName, Format, Output, client_of, say, show
from hanse.config import Contexts

app = typer.Typer(help="Projects that you see, and the one in use.", no_args_is_help=True)


@app.command("list")
def list_projects(context: ContextName = None, output: Output = Format.TABLE) -> None:
    """List the projects that you see."""
    with client_of(context) as client:
        rows = [
            {"name": f"{tenant['slug']}/{project['slug']}", "id": project["id"], "tenant": tenant["name"]}
            for tenant in client.me["tenants"]
            for project in tenant["projects"]
        ]
        used = client.context.project
    columns = [
        ("", lambda row: "*" if used in (row["id"], row["name"]) else ""),
        ("NAME", lambda row: row["name"]),
        ("TENANT", lambda row: row["tenant"]),
        ("ID", lambda row: row["id"]),
    ]
    show(rows, columns, output)


@app.command()
def use(
    name: Annotated[str, typer.Argument(help="Slug, tenant/slug or id.")],
    context: ContextName = None,
) -> None:
    """Use a project from now on."""
    with client_of(context) as client:
        found = client.project_id(name)
        label = next((label for label, id_ in client.projects_seen() if id_ == found), found)
    contexts = Contexts.load()
    current = context or contexts.current
    contexts.known[current] = replace(contexts.named(current), project=found, project_label=label)
    contexts.save()
    say(f"Project {label}.")
