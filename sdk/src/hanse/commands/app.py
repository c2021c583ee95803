"""Apps: deploy one and wait until it serves, or take it back."""

import time
from collections.abc import Callable
from typing import Annotated, Any, cast

import typer

from hanse.client import Client
from hanse.commands.api import read_document
from hanse.commands.frame import (
    ContextName,
    Ending,
    Exit,
    Format,
    Output,
    ProjectName,
    client_of,
    find,
    named,
    print_document,
    print_line,
    say,
    show,
    show_one,
)
from hanse.types import AppInputRequest, PatchedAppChangeRequest

app = typer.Typer(help="Servers that answer at an address of their own.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name or id of the app.")]
LOOK_SECONDS = 1.0
# What says that a revision will not come up, long before its time is over.
_FAILS = "app-fails"
_COLUMNS = [
    ("NAME", lambda row: row["name"]),
    ("STATE", lambda row: row["phase"]),
    ("READY", lambda row: f"{row['replicas_ready']}/{0 if row['stopped'] else row['replicas']}"),
    ("REVISION", lambda row: row["revision"]),
    ("CLUSTER", lambda row: row["cluster"]["name"]),
    ("ADDRESS", lambda row: row["address"] or row["inside_address"]),
]


@app.command("list")
def list_apps(context: ContextName = None, project: ProjectName = None, output: Output = Format.TABLE) -> None:
    """List the apps of a project."""
    with client_of(context, project) as client:
        rows = list(client.all(client.projects_apps_list, client.project_id()))
    show(rows, _COLUMNS, output)


@app.command()
def get(name: Name, context: ContextName = None, project: ProjectName = None, output: Output = Format.TABLE) -> None:
    """Show one app, and why it is as it is."""
    with client_of(context, project) as client:
        found: Any = client.projects_apps_retrieve(_find(client, name)["id"], client.project_id())
    if output in (Format.JSON, Format.YAML):
        print_document(found, output)
        return
    show_one(found, [*_COLUMNS, ("WHY", lambda row: row["message"])], output)


@app.command()
def deploy(
    file: Annotated[str, typer.Option("-f", "--file", help="The app as YAML or JSON; - is standard input.")],
    image: Annotated[str, typer.Option(help="Instead of that in the file, such as one that was just built.")] = "",
    note: Annotated[str, typer.Option(help="Why; kept with the revision.")] = "",
    within: Annotated[int, typer.Option(help="So many seconds it may take to serve.")] = 600,
    roll_back: Annotated[bool, typer.Option(help="Go back to what served before, when it does not.")] = True,
    context: ContextName = None,
    project: ProjectName = None,
) -> None:
    """Deploy an app, new or changed, wait until it serves, and print its address; else roll back, and end with 1."""
    document = read_document(file)
    if not isinstance(document, dict) or not document.get("name") or not isinstance(document.get("spec"), dict):
        say(f"{file} holds no app: it needs a name and a spec.", problem=True)
        raise Ending(Exit.USAGE)
    document["spec"] |= {"image": image} if image else {}
    document |= {"note": note} if note else {}
    with client_of(context, project) as client:
        there = named(client.all(client.projects_apps_list, client.project_id()), document["name"])
        served = there["serving_revision"] if there else None
        made = _write(client, there, document)
        end = _until(client, made["id"], lambda one: _serves(one) or _fails(one), within=within)
        if _serves(end):
            say(end["message"])
            print_line(end["address"] or end["inside_address"] or end["id"])
            return
        say(f"Revision {made['revision']} does not serve: {end['message']}", problem=True)
        # A revision that somebody else deployed meanwhile is theirs to judge.
        if roll_back and served and served != made["revision"] == end["revision"]:
            body: Any = {"revision": served, "note": f"Revision {made['revision']} did not serve."}
            client.projects_apps_rollback_create(made["id"], client.project_id(), body)
            back = _until(client, made["id"], _serves, within=within)
            say(f"Rolled back to revision {served}: {back['message']}")
    raise Ending(Exit.FAILED)


@app.command()
def rollback(
    name: Name,
    revision: Annotated[int, typer.Argument(help="The revision that is deployed anew.")],
    context: ContextName = None,
    project: ProjectName = None,
) -> None:
    """Deploy an old revision anew, with the very files and versions of secrets that it had."""
    with client_of(context, project) as client:
        body: Any = {"revision": revision}
        made = client.projects_apps_rollback_create(_find(client, name)["id"], client.project_id(), body)
    say(f"{made['name']}: {made['message']}")


@app.command()
def stop(name: Name, context: ContextName = None, project: ProjectName = None) -> None:
    """Let no replica run until it is started."""
    with client_of(context, project) as client:
        made = client.projects_apps_stop_create(_find(client, name)["id"], client.project_id())
    say(f"{made['name']}: {made['message']}")


@app.command()
def start(name: Name, context: ContextName = None, project: ProjectName = None) -> None:
    """Run its replicas again."""
    with client_of(context, project) as client:
        made = client.projects_apps_start_create(_find(client, name)["id"], client.project_id())
    say(f"{made['name']}: {made['message']}")


@app.command()
def delete(name: Name, context: ContextName = None, project: ProjectName = None) -> None:
    """Stop and remove an app, with its address, revisions, keys and logs."""
    with client_of(context, project) as client:
        found = _find(client, name)
        client.projects_apps_destroy(found["id"], client.project_id(), if_match=f'"{found["generation"]}"')
    say(f"{found['name']} is being removed.")


def _write(client: Client, there: Any, document: dict[str, Any]) -> Any:
    """Make the app, or change it; what only a new one may say, such as its cluster, stays as it is."""
    if there is None:
        return client.projects_apps_create(client.project_id(), cast("AppInputRequest", document))
    changes = {name: value for name, value in document.items() if name not in ("name", "cluster")}
    made = client.projects_apps_partial_update(
        there["id"], client.project_id(), cast("PatchedAppChangeRequest", changes), if_match=f'"{there["generation"]}"'
    )
    return client.projects_apps_start_create(made["id"], client.project_id()) if made["stopped"] else made


def _until(client: Client, app_id: str, arrived: Callable[[Any], bool], *, within: int) -> Any:
    """The app once it has `arrived`, or as it is when its time is over; what changes meanwhile is said."""
    give_up_at, said = time.monotonic() + within, ""
    while True:
        found: Any = client.projects_apps_retrieve(app_id, client.project_id())
        if arrived(found) or time.monotonic() > give_up_at:
            return found
        if found["message"] != said:
            said = found["message"]
            say(said)
        time.sleep(LOOK_SECONDS)


def _serves(found: Any) -> bool:
    return bool(found["phase"] == "ready" and found["serving_revision"] == found["revision"])


def _fails(found: Any) -> bool:
    return found["phase"] == "failed" or any(one["code"] == _FAILS for one in found["said"])


def _find(client: Client, name: str) -> Any:
    """Raises NotFound."""
    return find(client.all(client.projects_apps_list, client.project_id()), name, "app")
