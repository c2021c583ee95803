"""Datasets: listed, registered from a bucket, downloaded. `NAME@3` is version 3, `NAME` the newest that is ready."""

import re
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from rich.console import Console

from hanse import errors
from hanse.client import Client
from hanse.commands.files import required, tell
from hanse.commands.frame import ContextName, Format, Output, ProjectName, client_of, say, show, since
from hanse.files import Report, download_version
from hanse.types import DatasetInputRequest, VersionInputRequest

app = typer.Typer(help="Datasets: versions of data that never change.", no_args_is_help=True)
_NAMED = re.compile(r"([a-z0-9][a-z0-9-]{2,39})(?:@([1-9]\d{0,8}))?")


@app.command("list")
def list_datasets(
    name: Annotated[str, typer.Argument(help="With it, the versions of this one.")] = "",
    context: ContextName = None,
    project: ProjectName = None,
    output: Output = Format.TABLE,
) -> None:
    """List datasets, or the versions of one."""
    with client_of(context, project) as client:
        rows: Any = client.all(client.projects_datasets_list, client.project_id())
        if not name:
            columns = [
                ("NAME", lambda row: row["name"]),
                ("NEWEST", lambda row: row["newest"]),
                ("LICENCE", lambda row: row["licence"]),
                ("MADE", lambda row: since(row["created_at"])),
            ]
            show(list(rows), columns, output, name="name")
            return
        versions: Any = client.all(client.projects_datasets_versions_list, _found(rows, name), client.project_id())
        of_versions = [
            ("VERSION", lambda row: row["number"]),
            ("STATE", lambda row: row["phase"]),
            ("FILES", lambda row: row["files"]),
            ("BYTES", lambda row: row["size_bytes"]),
            ("DIGEST", lambda row: row["digest"][:12]),
            ("MADE", lambda row: since(row["created_at"])),
        ]
        show(list(versions), of_versions, output, name="number")


@app.command("create")
def create(
    name: Annotated[str, typer.Argument(help="Of the dataset; one that is there gets a new version.")],
    place: Annotated[str, typer.Argument(help="BUCKET: or BUCKET:FOLDER/, what it is made of.")],
    note: Annotated[str, typer.Option(help="What is new in this version.")] = "",
    description: Annotated[str, typer.Option(help="Of a new dataset.")] = "",
    licence: Annotated[str, typer.Option(help="Of a new dataset, such as CC-BY-4.0.")] = "",
    context: ContextName = None,
    project: ProjectName = None,
) -> None:
    """Register what lies in a folder of a bucket now, and print the version: `hanse dataset create digits images:train/`."""
    source = required(place)
    with client_of(context, project) as client:
        rows: Any = list(client.all(client.projects_datasets_list, client.project_id()))
        if any(row["name"] == name for row in rows):
            dataset = _found(rows, name)
        else:
            said = cast("DatasetInputRequest", {"name": name, "description": description, "licence": licence})
            dataset = client.projects_datasets_create(client.project_id(), said)["id"]
        asked = cast("VersionInputRequest", {"bucket": source.bucket, "prefix": source.folder, "note": note})
        version = client.projects_datasets_versions_create(dataset, client.project_id(), asked)
    typer.echo(f"{name}@{version['number']}")
    say(f"It is being copied: `hanse dataset list {name}` says how far.")


@app.command("get")
def get(
    version: Annotated[str, typer.Argument(help="NAME or NAME@NUMBER.")],
    target: Annotated[Path, typer.Argument(help="The folder to copy its files into.")],
    context: ContextName = None,
    project: ProjectName = None,
) -> None:
    """Download a version; each file is checked against its manifest. Repeat the command to go on where it broke off."""
    named = _NAMED.fullmatch(version)
    if named is None:
        raise typer.BadParameter(f"{version!r} is no version of a dataset, such as digits@3.")
    with client_of(context, project) as client, Console(stderr=True).status("Copying") as status:

        def told(report: Report) -> None:
            status.update(f"{report.files:,} copied ({report.bytes / 2**20:,.1f} MiB), {report.there:,} there already")

        rows: Any = client.all(client.projects_datasets_list, client.project_id())
        dataset = _found(rows, named[1])
        number = int(named[2]) if named[2] else _newest(client, dataset, named[1])
        report = download_version(client, dataset, number, target, told=told)
    tell(report)


def _newest(client: Client, dataset: str, name: str) -> int:
    """The newest version that is ready. Raises NotFound."""
    rows: Any = client.all(client.projects_datasets_versions_list, dataset, client.project_id())
    ready = [row["number"] for row in rows if row["phase"] == "ready" and not row["deleting"]]
    if not ready:
        raise errors.NotFound(404, {"title": "There is no such version", "detail": f"No version of {name} is ready."})
    return int(max(ready))


def _found(rows: Any, name: str) -> str:
    """The id of the dataset of that name. Raises NotFound."""
    found = next((row["id"] for row in rows if row["name"] == name), None)
    if found is None:
        raise errors.NotFound(404, {"title": "There is no such dataset", "detail": f"No dataset is called {name!r}."})
    return str(found)
