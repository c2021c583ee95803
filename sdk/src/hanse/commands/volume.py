"""Volumes: file systems of a project that jobs mount; made, resized, deleted, and what mounts them."""

import re
from typing import Annotated, Any, cast

import typer

from hanse.client import Client
from hanse.commands.frame import ContextName, Format, Output, ProjectName, client_of, find, print_line, say, show, since
from hanse.types import PatchedVolumeChangeRequest, VolumeInputRequest, VolumeOutput

app = typer.Typer(help="Volumes: file systems that jobs mount.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name or id of the volume.")]
Size = Annotated[str, typer.Argument(help="Such as 10Gi, or a number of bytes.")]
_SIZE = re.compile(r"(\d+)(Ki|Mi|Gi|Ti|Pi)?")
_UNITS = {None: 1, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40, "Pi": 2**50}


@app.command("list")
def list_volumes(context: ContextName = None, project: ProjectName = None, output: Output = Format.TABLE) -> None:
    """List the volumes of a project."""
    with client_of(context, project) as client:
        rows: Any = list(client.all(client.projects_volumes_list, client.project_id()))
    columns = [
        ("NAME", lambda row: row["name"]),
        ("STATE", lambda row: row["phase"]),
        ("CLUSTER", lambda row: row["cluster"]),
        ("SIZE", lambda row: _written(row["size_bytes"])),
        ("USED", lambda row: "unknown" if row["used_bytes"] is None else _written(row["used_bytes"])),
        ("MODE", lambda row: row["access_mode"]),
        ("MADE", lambda row: since(row["created_at"])),
    ]
    show(rows, columns, output, name="name")


@app.command("mounts")
def mounts(name: Name, context: ContextName = None, project: ProjectName = None, output: Output = Format.TABLE) -> None:
    """List what mounts a volume and is not over: until then it is not deleted."""
    with client_of(context, project) as client:
        volume = client.projects_volumes_retrieve(client.project_id(), _find(client, name)["id"])
    columns = [
        ("KIND", lambda row: row["kind"]),
        ("NAME", lambda row: row["name"]),
        ("STATE", lambda row: row["phase"]),
        ("ACCESS", lambda row: row["access"]),
        ("PATH", lambda row: row["path"]),
    ]
    show(cast("list[Any]", volume["mounted_by"]), columns, output, name="name")


@app.command("create")
def create(
    name: Annotated[str, typer.Argument(help="What jobs call it.")],
    size: Size,
    cluster: Annotated[str, typer.Option(help="Slug of the cluster in which it lies.")],
    mode: Annotated[str, typer.Option(help="ReadWriteOnce, ReadWriteMany, ReadOnlyMany or ReadWriteOncePod.")] = "",
    storage_class: Annotated[str, typer.Option("--class", help="Of the cluster; its own choice, if left out.")] = "",
    retain: Annotated[bool, typer.Option(help="Retain its files when it is deleted.")] = False,
    context: ContextName = None,
    project: ProjectName = None,
) -> None:
    """Have a volume made: `hanse volume create scratch 100Gi --cluster lab`."""
    body = {"name": name, "cluster": cluster, "size_bytes": _bytes(size), "storage_class": storage_class}
    body |= {"access_mode": mode} if mode else {}
    body |= {"reclaim_policy": "Retain"} if retain else {}
    with client_of(context, project) as client:
        made = client.projects_volumes_create(client.project_id(), cast("VolumeInputRequest", body))
    print_line(made["id"])


@app.command("resize")
def resize(name: Name, size: Size, context: ContextName = None, project: ProjectName = None) -> None:
    """Change the size of a volume. In a Kubernetes cluster it only grows, where its class lets it."""
    wanted = cast("PatchedVolumeChangeRequest", {"size_bytes": _bytes(size)})
    with client_of(context, project) as client:
        found = _find(client, name)
        match = f'"{found["generation"]}"'
        volume = client.projects_volumes_partial_update(client.project_id(), found["id"], wanted, if_match=match)
    say(f"{volume['name']} is to have {_written(volume['size_bytes'])}.")


@app.command("delete")
def delete(name: Name, context: ContextName = None, project: ProjectName = None) -> None:
    """Delete a volume that nothing mounts, with its files unless they are to be retained."""
    with client_of(context, project) as client:
        found = _find(client, name)
        match = f'"{found["generation"]}"'
        client.projects_volumes_destroy(client.project_id(), found["id"], if_match=match)
    say(f"{found['name']} is being deleted.")


def _bytes(size: str) -> int:
    given = _SIZE.fullmatch(size)
    if given is None:
        raise typer.BadParameter(f"{size!r} is no size, such as 10Gi.")
    return int(given[1]) * _UNITS[cast("str | None", given[2])]


def _written(size_bytes: int) -> str:
    unit = max((one for one in ("Ki", "Mi", "Gi", "Ti") if size_bytes >= _UNITS[one]), key=_UNITS.__getitem__, default="")
    return f"{size_bytes / _UNITS[unit or None]:.4g}{unit}"


def _find(client: Client, name: str) -> VolumeOutput:
    """Raises NotFound."""
    found: VolumeOutput = find(client.all(client.projects_volumes_list, client.project_id()), name, "volume")
    return found
