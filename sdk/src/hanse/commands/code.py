"""Code of jobs: archives that are uploaded once and named by jobs."""

import gzip
import io
import tarfile
from pathlib import Path
from typing import Annotated, Any

import typer

from hanse.commands.frame import (
    ContextName,
    Ending,
    Exit,
    Format,
    Output,
    ProjectName,
    client_of,
    print_line,
    say,
    show,
    since,
)

app = typer.Typer(help="Code that jobs run: upload a folder or an archive.", no_args_is_help=True)
_LEFT_OUT = {".git", "__pycache__", ".venv", "node_modules"}


@app.command("list")
def list_code(context: ContextName = None, project: ProjectName = None, output: Output = Format.TABLE) -> None:
    """List the code of a project, the newest first."""
    with client_of(context, project) as client:
        rows = list(client.all(client.projects_code_list, client.project_id()))
    columns = [
        ("NAME", lambda row: row["name"]),
        ("FROM", lambda row: f"{row['url']}@{row['commit'][:12]}" if row["url"] else "upload"),
        ("FILES", lambda row: row["files"]),
        ("USED", lambda row: since(row["used_at"])),
        ("ID", lambda row: row["id"]),
    ]
    show(rows, columns, output)


@app.command()
def upload(
    path: Annotated[Path, typer.Argument(help="A folder, a tar.gz or a zip.")],
    context: ContextName = None,
    project: ProjectName = None,
) -> None:
    """Upload code and print its id, for `source.archive` of a job. The same files are kept once."""
    try:
        content = pack(path) if path.is_dir() else path.read_bytes()
    except OSError as error:
        say(f"{path} cannot be read: {error.strerror}.", problem=True)
        raise Ending(Exit.USAGE) from error
    zipped = content.startswith(b"PK")
    name = f"{path.resolve().name}.tar.gz" if path.is_dir() else path.name
    with client_of(context, project) as client:
        made: Any = client.transport.ask(
            "POST",
            f"/api/v1/projects/{client.project_id()}/code/",
            query={"name": name},
            content=content,
            media_type="application/zip" if zipped else "application/gzip",
        )
    say(f"{made['name']}: {made['files']} files.")
    print_line(made["id"])


@app.command()
def delete(
    id_: Annotated[str, typer.Argument(metavar="ID", help="As `hanse code list` shows it.")],
    context: ContextName = None,
    project: ProjectName = None,
) -> None:
    """Delete code that no job refers to."""
    with client_of(context, project) as client:
        client.projects_code_destroy(id_, client.project_id())
    say("It is deleted.")


def pack(folder: Path) -> bytes:
    """A tar.gz of a folder: the same bytes for the same files, without what is made anew anyway."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as zipped, tarfile.open(fileobj=zipped, mode="w") as archive:
        for file in sorted(folder.rglob("*")):
            inside = file.relative_to(folder)
            if file.is_file() and not file.is_symlink() and not _LEFT_OUT.intersection(inside.parts):
                entry = archive.gettarinfo(file, arcname=str(inside))
                entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = 0, 0, 0, "", ""
                with file.open("rb") as content:
                    archive.addfile(entry, content)
    return packed.getvalue()
