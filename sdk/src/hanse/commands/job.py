"""Jobs: submit, watch, stop, fetch."""

from pathlib import Path
from typing import Annotated, Any

import typer

from hanse import Client, TimedOut
from hanse.commands.frame import (
    ContextName,
    Ending,
    Exit,
    Format,
    Output,
    ProjectName,
    client_of,
    print_document,
    print_line,
    say,
    show,
    show_one,
    since,
)
from hanse.commands.logs import print_log
from hanse.commands.specification import Given, specification
from hanse.types import JobDetailOutput

app = typer.Typer(help="Submit jobs, watch them, stop them.", no_args_is_help=True)
Job = Annotated[str, typer.Argument(help="Name or id; of several of that name, the newest.")]
_COLUMNS = [
    ("NAME", lambda job: job["name"]),
    ("PHASE", lambda job: job["phase"]),
    ("REPLICAS", lambda job: f"{job['replicas']['running']}/{job['replicas']['wanted']}"),
    ("PRIORITY", lambda job: job["priority"]),
    ("AGE", lambda job: since(job["created_at"])),
    ("ID", lambda job: job["id"]),
]
_DETAILS = [
    *_COLUMNS,
    ("PROJECT", lambda job: f"{job['tenant_slug']}/{job['project_slug']}"),
    ("BY", lambda job: job["submitted_by"]["name"]),
    ("MESSAGE", lambda job: job["why"] or job["message"]),
    ("FAILURE", lambda job: job["failure"] and f"{job['failure']['phrase']}. {job['failure']['advice']}"),
    ("METRICS", lambda job: ", ".join(f"{name} {value:.4g}" for name, value in job["metrics"].items())),
]


@app.command(context_settings={"allow_interspersed_args": False})
def submit(
    command: Annotated[list[str] | None, typer.Argument(help="After --: the program and its arguments.")] = None,
    file: Annotated[str, typer.Option("-f", "--file", help="A specification, as YAML or JSON; - is standard input.")] = "",
    template: Annotated[str, typer.Option(help="Begin with this template.")] = "",
    name: Annotated[str, typer.Option(help="Of the job.")] = "",
    image: Annotated[str, typer.Option(help="Container image.")] = "",
    replicas: Annotated[int | None, typer.Option(help="How many processes.")] = None,
    cpu: Annotated[str, typer.Option(help="Cores of each, such as 2 or 500m.")] = "",
    memory: Annotated[str, typer.Option(help="Memory of each, such as 4Gi.")] = "",
    gpus: Annotated[int | None, typer.Option(help="GPUs of each.")] = None,
    env: Annotated[list[str] | None, typer.Option(help="NAME=value; may be given several times.")] = None,
    priority: Annotated[str, typer.Option(help="Name of a priority class.")] = "",
    cluster: Annotated[str, typer.Option(help="Slug of a cluster, or any.")] = "",
    framework: Annotated[str, typer.Option(help="pytorch, tensorflow, ... or custom.")] = "",
    draft: Annotated[bool, typer.Option("--draft", help="Keep it without submitting it.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say whether and when it would start.")] = False,
    follow: Annotated[bool, typer.Option("--follow", help="Print its log to the end, then end as `job wait` does.")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for its end, and end as `job wait` does.")] = False,
    key: Annotated[str | None, typer.Option(help="Idempotency-Key: the same key never submits twice.")] = None,
    context: ContextName = None,
    project: ProjectName = None,
    output: Output = Format.NAME,
) -> None:
    """Submit a job from a file, a template, or options; prints its id.

    hanse job submit --name hello --cpu 500m --memory 256Mi -- echo hello
    """
    given = Given(command or [], name, image, replicas, cpu, memory, gpus, env or [], priority, cluster, framework)
    with client_of(context, project) as client:
        spec = specification(client, file=file, template=template, given=given)
        if dry_run:
            _say_verdict(client.jobs.assess(spec), output)
            return
        job = client.jobs.submit(spec, draft=draft, idempotency_key=key)
        show_one(job, _DETAILS, output, name="id")
        say(f"Submitted {job['name']}: {_page(client, job)}" if not draft else f"Kept {job['name']} as a draft.")
        if follow:
            print_log(client, job)
        if follow or wait:
            _end_as(client.jobs.wait(job))


@app.command("list")
def list_jobs(
    phase: Annotated[list[str] | None, typer.Option(help="Only this phase; may be given several times.")] = None,
    name: Annotated[str | None, typer.Option(help="Only names that begin with this.")] = None,
    mine: Annotated[bool, typer.Option("--mine", help="Only what you submitted.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest first.")] = 50,
    context: ContextName = None,
    project: ProjectName = None,
    output: Output = Format.TABLE,
) -> None:
    """List the jobs of the project, the newest first."""
    with client_of(context, project) as client:
        rows: Any = client.jobs.list(phase=phase or (), name=name, mine=mine or None, limit=limit)
        show(rows, _COLUMNS, output, name="id")


@app.command()
def get(job: Job, context: ContextName = None, project: ProjectName = None, output: Output = Format.TABLE) -> None:
    """Print one job."""
    with client_of(context, project) as client:
        show_one(client.jobs.get(job), _DETAILS, output, name="id")


@app.command()
def why(job: Job, context: ContextName = None, project: ProjectName = None, output: Output = Format.TABLE) -> None:
    """Say why a job waits, runs or failed, and what would help."""
    with client_of(context, project) as client:
        answer = client.jobs.why(job)
    if output is not Format.TABLE:
        print_document(answer, output)
        return
    print_line(answer["sentence"])
    for help_ in answer["helps"]:
        print_line(f"- {help_['who']}: {help_['what']}")
    if failure := answer["failure"]:
        print_line(f"{failure['phrase']}: {failure['cause']} {failure['advice']}")


@app.command()
def logs(
    job: Job,
    follow: Annotated[bool, typer.Option("-f", "--follow", help="Go on until the job is over.")] = False,
    rank: Annotated[int | None, typer.Option(min=0, help="Only this replica.")] = None,
    attempt: Annotated[int | None, typer.Option(min=1, help="Only this attempt.")] = None,
    tail: Annotated[
        int | None, typer.Option(min=0, help="Only so many of the lines that are there, of each replica.")
    ] = None,
    timestamps: Annotated[bool, typer.Option("--timestamps", help="Begin each line with its time.")] = False,
    context: ContextName = None,
    project: ProjectName = None,
    output: Annotated[
        Format, typer.Option("-o", "--output", help="table prints text, json an object a line.")
    ] = Format.TABLE,
) -> None:
    """Print the log. With -f, Ctrl-C only stops looking: the job goes on."""
    with client_of(context, project) as client:
        found = client.jobs.get(job)
        options = {"rank": rank, "attempt": attempt, "tail": tail}
        print_log(client, found, follow=follow, timestamps=timestamps, json_lines=output is Format.JSON, **options)


@app.command()
def wait(
    job: Job,
    phase: Annotated[list[str] | None, typer.Option("--for", help="A phase to wait for; its end when left out.")] = None,
    timeout: Annotated[float | None, typer.Option(help="Seconds to wait at most; ends with 3 when they are over.")] = None,
    context: ContextName = None,
    project: ProjectName = None,
    output: Output = Format.TABLE,
) -> None:
    """Wait until a job is over. Ends with 0 when it succeeded, with 1 when it failed or was cancelled."""
    with client_of(context, project) as client:
        try:
            found = client.jobs.wait(job, phase=phase or (), timeout=timeout)
        except TimedOut as late:
            show_one(late.last, _DETAILS, output, name="id")
            raise
        show_one(found, _DETAILS, output, name="id")
    if found["phase"] not in (phase or ()):
        _end_as(found)


def _act(name: str, past: str, help_: str) -> None:
    @app.command(name, help=help_)
    def act(
        jobs: Annotated[list[str], typer.Argument(help="Names or ids.", metavar="JOB...")],
        context: ContextName = None,
        project: ProjectName = None,
    ) -> None:
        with client_of(context, project) as client:
            for job in jobs:
                done = client.jobs.act(name, job)
                say(f"{done['name']} is {past}; its phase is {done['phase']}.")


_act("cancel", "cancelled", "Cancel jobs.")
_act("suspend", "suspended", "Stop the replicas of jobs for now, and free their quota.")
_act("resume", "resumed", "Let suspended jobs queue again.")
_act("retry", "tried once more", "Run failed or cancelled jobs once more.")
_act("restore", "restored", "Take jobs out of the bin.")


@app.command()
def clone(
    job: Job,
    name: Annotated[str, typer.Option(help="Of the new one.")] = "",
    submitted: Annotated[bool, typer.Option("--submit", help="Submit it at once.")] = False,
    context: ContextName = None,
    project: ProjectName = None,
    output: Output = Format.NAME,
) -> None:
    """Write a draft like a job; prints its id."""
    with client_of(context, project) as client:
        made = client.jobs.clone(job, name=name or None)
        if submitted:
            made = client.jobs.act("submit", made)
        show_one(made, _DETAILS, output, name="id")


@app.command()
def delete(
    jobs: Annotated[list[str], typer.Argument(help="Names or ids.", metavar="JOB...")],
    context: ContextName = None,
    project: ProjectName = None,
) -> None:
    """Put jobs into the bin; `restore` takes them out of it for a while."""
    with client_of(context, project) as client:
        for job in jobs:
            client.jobs.delete(job)
            say(f"{job} is in the bin.")


artifacts = typer.Typer(help="Files that jobs left.", no_args_is_help=True)
app.add_typer(artifacts, name="artifacts")


@artifacts.command("list")
def list_artifacts(
    job: Job, context: ContextName = None, project: ProjectName = None, output: Output = Format.TABLE
) -> None:
    """List what a job left."""
    columns = [
        ("NAME", lambda row: row["name"]),
        ("ATTEMPT", lambda row: row["attempt"]),
        ("RANK", lambda row: row["rank"]),
        ("BYTES", lambda row: row["size_bytes"]),
        ("SHA-256", lambda row: row["sha256"]),
    ]
    with client_of(context, project) as client:
        rows: Any = client.jobs.artifacts(job)
        show(rows, columns, output)


@artifacts.command()
def download(
    job: Job,
    names: Annotated[list[str] | None, typer.Argument(help="Which; all when left out.", metavar="[NAME]...")] = None,
    into: Annotated[Path, typer.Option(help="The directory to write to.")] = Path(),
    context: ContextName = None,
    project: ProjectName = None,
) -> None:
    """Fetch what a job left, and compare its checksum; prints where it lies."""
    with client_of(context, project) as client:
        found = client.jobs.get(job)
        wanted = [one for one in client.jobs.artifacts(found) if not names or one["name"] in names]
        if missing := sorted({*(names or ())} - {one["name"] for one in wanted}):
            say(f"It left nothing that is called {', '.join(missing)}.", problem=True)
            raise Ending(Exit.NOT_FOUND)
        for one in wanted:
            print_line(str(client.jobs.download(found, one, into)))


def _end_as(job: JobDetailOutput) -> None:
    if job["phase"] == "succeeded":
        return
    failure = job["failure"]
    because = f"{failure['phrase']}. {failure['advice']}" if failure else job["message"]
    say(f"{job['name']} {'was ' if job['phase'] == 'cancelled' else ''}{job['phase']}. {because}".strip(), problem=True)
    raise Ending(Exit.FAILED)


def _say_verdict(verdict: Any, output: Format) -> None:
    if output in (Format.JSON, Format.YAML):
        print_document(verdict, output)
        return
    print_line(verdict["verdict"])
    for cluster in verdict["clusters"]:
        print_line(f"- {cluster['cluster']}: {cluster['verdict']}")


def _page(client: Client, job: JobDetailOutput) -> str:
    return f"{client.context.address}/t/{job['tenant_slug']}/p/{job['project_slug']}/jobs/{job['id']}"
