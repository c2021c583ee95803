"""Schedules: jobs that are submitted again and again."""

from typing import Annotated, Any, cast

import typer

from hanse.client import Client
from hanse.commands.api import read_document
from hanse.commands.frame import (
    ContextName,
    Format,
    Output,
    ProjectName,
    client_of,
    find,
    print_document,
    print_line,
    say,
    show,
    show_one,
    since,
)
from hanse.commands.template import find as find_template
from hanse.types import ScheduleInputRequest, ScheduleOutput

app = typer.Typer(help="Jobs that are submitted again and again.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name or id of the schedule.")]
_COLUMNS = [
    ("NAME", lambda row: row["name"]),
    ("CRON", lambda row: row["cron"]),
    ("TIME ZONE", lambda row: row["time_zone"]),
    ("STATE", lambda row: row["state"]),
    ("NEXT", lambda row: (row["next_run_at"] or "never")[:16]),
    ("LAST", lambda row: row["last_run"] and row["last_run"]["outcome"]),
]


@app.command("list")
def list_schedules(context: ContextName = None, project: ProjectName = None, output: Output = Format.TABLE) -> None:
    """List the schedules of a project."""
    with client_of(context, project) as client:
        rows = list(client.all(client.projects_schedules_list, client.project_id()))
    show(rows, _COLUMNS, output)


@app.command()
def get(name: Name, context: ContextName = None, project: ProjectName = None, output: Output = Format.TABLE) -> None:
    """Show one schedule, with its next times."""
    with client_of(context, project) as client:
        schedule: Any = client.projects_schedules_retrieve(client.project_id(), _find(client, name)["id"])
    if output in (Format.JSON, Format.YAML):
        print_document(schedule, output)
        return
    times = ("NEXT TIMES", lambda row: ", ".join(at[:16] for at in row["next_runs"]))
    show_one(schedule, [*_COLUMNS, ("OF", lambda row: row["owner"]["name"]), times], output)


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="What it is called.")],
    cron: Annotated[str, typer.Option(help="Minute, hour, day of the month, month, day of the week: '0 3 * * *'.")],
    file: Annotated[
        str, typer.Option("-f", "--file", help="A job's specification, as YAML or JSON; - is standard input.")
    ] = "",
    template: Annotated[str, typer.Option(help="Instead: a template, as it is when it is due.")] = "",
    time_zone: Annotated[str, typer.Option(help="IANA name.")] = "UTC",
    overlap: Annotated[str, typer.Option(help="While one is not over: allow, forbid or replace.")] = "forbid",
    context: ContextName = None,
    project: ProjectName = None,
) -> None:
    """Have a job submitted again and again, as yourself."""
    if bool(file) == bool(template):
        raise typer.BadParameter("Give a file (-f) or a template (--template).", param_hint="--file, --template")
    body: dict[str, Any] = {"name": name, "cron": cron, "time_zone": time_zone, "overlap": overlap}
    with client_of(context, project) as client:
        body |= {"spec": read_document(file)} if file else {"template": find_template(client, template)["id"]}
        made = client.projects_schedules_create(client.project_id(), cast("ScheduleInputRequest", body))
    print_line(made["id"])


@app.command()
def pause(name: Name, context: ContextName = None, project: ProjectName = None) -> None:
    """Submit nothing until it is resumed."""
    with client_of(context, project) as client:
        schedule = client.projects_schedules_pause_create(client.project_id(), _find(client, name)["id"])
    say(f"{schedule['name']} is {schedule['state']}.")


@app.command()
def resume(name: Name, context: ContextName = None, project: ProjectName = None) -> None:
    """Submit again from the next time on, as yourself."""
    with client_of(context, project) as client:
        schedule = client.projects_schedules_resume_create(client.project_id(), _find(client, name)["id"])
    say(f"{schedule['name']} is {schedule['state']}.")


@app.command()
def run(name: Name, context: ContextName = None, project: ProjectName = None) -> None:
    """Submit its job once, now, and print the job's id."""
    with client_of(context, project) as client:
        made = client.projects_schedules_run_create(client.project_id(), _find(client, name)["id"])
    print_line(str(made["job_id"]))


@app.command()
def runs(name: Name, context: ContextName = None, project: ProjectName = None, output: Output = Format.TABLE) -> None:
    """List what became of its times."""
    with client_of(context, project) as client:
        found: Any = client.projects_schedules_runs_retrieve(client.project_id(), _find(client, name)["id"])
    columns = [
        ("DUE", lambda row: row["due_at"][:16]),
        ("AGO", lambda row: since(row["due_at"])),
        ("OUTCOME", lambda row: row["outcome"]),
        ("WHY", lambda row: row["message"]),
        ("JOB", lambda row: row["job_id"]),
    ]
    show(found["results"], columns, output, name="id")


@app.command()
def delete(name: Name, context: ContextName = None, project: ProjectName = None) -> None:
    """Remove a schedule; the jobs that it submitted stay."""
    with client_of(context, project) as client:
        found = _find(client, name)
        client.projects_schedules_destroy(client.project_id(), found["id"], if_match=f'"{found["generation"]}"')
    say(f"{found['name']} is removed.")


def _find(client: Client, name: str) -> ScheduleOutput:
    """Raises NotFound."""
    found: ScheduleOutput = find(client.all(client.projects_schedules_list, client.project_id()), name, "schedule")
    return found
