"""Files in buckets: listed, copied in both directions, deleted. `NAME:FOLDER` is a place in a bucket."""

import re
from pathlib import Path
from typing import Annotated, Any, NamedTuple, cast

import typer
from rich.console import Console

from hanse import errors
from hanse.client import Client
from hanse.commands.frame import ContextName, Ending, Exit, Format, Output, ProjectName, client_of, say, show, since
from hanse.files import Report, download, upload
from hanse.types import FileRemovalInputRequest

app = typer.Typer(
    help="Files in buckets: list, copy, delete. A place is BUCKET:FOLDER/ or BUCKET:FILE.", no_args_is_help=True
)
Recursive = Annotated[bool, typer.Option("-r", "--recursive", help="The folder with all that is in it.")]
_IN_A_BUCKET = re.compile(r"([a-z0-9][a-z0-9-]{2,39}):(.*)", re.DOTALL)
_MOST_SAID = 50


class Place(NamedTuple):
    """`path` names a file, or a folder when it ends with a slash or is empty."""

    bucket: str
    path: str

    @property
    def folder(self) -> str:
        return f"{self.path.rstrip('/')}/" if self.path else ""


@app.command("ls")
def list_files(
    place: Annotated[str, typer.Argument(help="BUCKET: or BUCKET:FOLDER/; a beginning of names will do.")],
    limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 1000,
    context: ContextName = None,
    project: ProjectName = None,
    output: Output = Format.TABLE,
) -> None:
    """List files and folders of a bucket."""
    wanted = required(place)
    rows: list[dict[str, Any]] = []
    cursor = ""
    with client_of(context, project) as client:
        bucket = _bucket(client, wanted.bucket)
        while True:
            page = client.projects_buckets_files_retrieve(
                bucket, client.project_id(), prefix=wanted.path, cursor=cursor, limit=str(min(500, limit))
            )
            rows += [{"key": folder, "size_bytes": None, "modified_at": None} for folder in page["folders"]]
            rows += [{name: file[name] for name in ("key", "size_bytes", "modified_at")} for file in page["files"]]
            cursor = page["next"]
            if not cursor or len(rows) >= limit:
                break
    columns = [
        ("NAME", lambda row: row["key"]),
        ("BYTES", lambda row: row["size_bytes"]),
        ("WRITTEN", lambda row: since(row["modified_at"])),
    ]
    show(rows[:limit], columns, output, name="key")
    if cursor or len(rows) > limit:
        say(f"There are more than these {limit}: name a folder, or give --limit.")


@app.command("cp")
def copy(
    source: Annotated[str, typer.Argument(help="A file or folder here, or BUCKET:PATH.")],
    target: Annotated[str, typer.Argument(help="The same, on the other side.")],
    recursive: Recursive = False,
    context: ContextName = None,
    project: ProjectName = None,
) -> None:
    """Copy into a bucket or out of it: `hanse files cp -r digits images:train/`.

    With -r, what is in the one folder comes to lie in the other. Files that are there already, byte for byte, are skipped:
    repeat the command to go on where it broke off.
    """
    from_bucket, to_bucket = place_of(source), place_of(target)
    if (from_bucket is None) == (to_bucket is None):
        raise typer.BadParameter("One of the two is a place in a bucket, such as images:train/, the other is here.")
    with client_of(context, project) as client, Console(stderr=True).status("Copying") as status:

        def told(report: Report) -> None:
            status.update(f"{report.files:,} copied ({report.bytes / 2**20:,.1f} MiB), {report.there:,} there already")

        if to_bucket:
            report = _up(client, Path(source), to_bucket, recursive, told)
        else:
            report = _down(client, cast("Place", from_bucket), target, recursive, told)
    tell(report)


@app.command("rm")
def delete(
    place: Annotated[str, typer.Argument(help="BUCKET:FILE, or with -r BUCKET:FOLDER/.")],
    recursive: Recursive = False,
    context: ContextName = None,
    project: ProjectName = None,
) -> None:
    """Delete a file, or with -r a folder. For half a minute it can be taken back by REST; it is listed no more at once."""
    wanted = required(place)
    if not wanted.path or (wanted.path.endswith("/") and not recursive):
        raise typer.BadParameter("Name a file; or a folder, with -r.")
    what = {"folders": [wanted.folder]} if recursive else {"keys": [wanted.path]}
    with client_of(context, project) as client:
        body = cast("FileRemovalInputRequest", what)
        removal = client.projects_buckets_removals_create(_bucket(client, wanted.bucket), client.project_id(), body)
    say(f"It is deleted in {removal['left_seconds']} s.")


def _up(client: Client, source: Path, place: Place, recursive: bool, told: Any) -> Report:
    if not source.exists() or source.is_dir() != recursive:
        raise typer.BadParameter(f"{source} is {_what(source)}; a folder goes with -r, a file without.")
    if recursive:
        path = place.folder
    else:
        path = place.path if place.path and not place.path.endswith("/") else place.path + source.name
    return upload(client, _bucket(client, place.bucket), source, path, told=told)


def _down(client: Client, place: Place, target: str, recursive: bool, told: Any) -> Report:
    bucket = _bucket(client, place.bucket)
    if recursive:
        return download(client, bucket, place.folder, Path(target), told=told)
    if not place.path or place.path.endswith("/"):
        raise typer.BadParameter("That is a folder, which goes with -r.")
    inside = target.endswith("/") or Path(target).is_dir()
    path = Path(target, place.path.rpartition("/")[2]) if inside else Path(target)
    report = download(client, bucket, place.path, path, told=told)
    if report == Report():
        raise errors.NotFound(404, {"title": "There is no such file", "detail": f"{place.bucket} holds no {place.path}."})
    return report


def _what(source: Path) -> str:
    return "a folder" if source.is_dir() else "a file" if source.exists() else "not there"


def tell(report: Report) -> None:
    for name, why in list(report.failures.items())[:_MOST_SAID]:
        say(f"{name}: {why}", problem=True)
    if (more := len(report.failures) - _MOST_SAID) > 0:
        say(f"And {more:,} more.", problem=True)
    failed = f", {len(report.failures):,} failed" if report.failures else ""
    say(f"{report.files:,} copied ({report.bytes:,} bytes), {report.there:,} there already{failed}.")
    if report.failures:
        raise Ending(Exit.FAILED)


def place_of(text: str) -> Place | None:
    found = _IN_A_BUCKET.fullmatch(text)
    return Place(found[1], found[2].lstrip("/")) if found else None


def required(text: str) -> Place:
    if (place := place_of(text)) is None:
        raise typer.BadParameter(f"{text!r} is no place in a bucket, such as images:train/.")
    return place


def _bucket(client: Client, name: str) -> str:
    """The id of the bucket. Raises NotFound."""
    rows: Any = client.all(client.projects_buckets_list, client.project_id())
    found = next((row["id"] for row in rows if row["name"] == name), None)
    if found is None:
        raise errors.NotFound(404, {"title": "There is no such bucket", "detail": f"No bucket is called {name!r}."})
    return str(found)
