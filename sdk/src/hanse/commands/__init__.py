"""The command `hanse`: nouns, then verbs. A module a noun; each brings its own Typer application, named here."""

import sys
from collections.abc import Sequence

import typer

from hanse import errors
from hanse.commands import (
    api,
    code,
    context,
    dataset,
    doctor,
    events,
    files,
    job,
    login,
    project,
    quota,
    schedule,
    secret,
    template,
    token,
    volume,
)
from hanse.commands import app as apps
from hanse.commands.frame import Ending, Exit, say
from hanse.version import __version__

app = typer.Typer(
    name="hanse",
    help="Shared AI compute from a terminal. `hanse login ADDRESS` first.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for noun, commands in (
    ("context", context),
    ("project", project),
    ("job", job),
    ("app", apps),
    ("schedule", schedule),
    ("secret", secret),
    ("code", code),
    ("files", files),
    ("dataset", dataset),
    ("volume", volume),
    ("quota", quota),
    ("template", template),
    ("token", token),
):
    app.add_typer(commands.app, name=noun)
for module in (login, events, doctor, api):
    module.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version and end."),
) -> None:
    """Of all commands."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; every failure ends with a sentence on standard error and its own exit code."""
    try:
        app(None if arguments is None else list(arguments), prog_name="hanse")
    except Ending as ending:
        sys.exit(ending.code)
    except errors.HanseError as error:
        say(str(error), problem=True)
        if isinstance(error, errors.ApiError) and error.request_id:
            say(f"(request {error.request_id})")
        sys.exit(code_of(error))


def code_of(error: errors.HanseError) -> int:
    """The exit code that a failure ends with."""
    codes: tuple[tuple[type[errors.HanseError], int], ...] = (
        (errors.NotConfigured, Exit.USAGE),
        (errors.NoQuota, Exit.QUOTA),
        (errors.InvalidRequest, Exit.USAGE),
        (errors.NotSignedIn, Exit.NOT_ALLOWED),
        (errors.PermissionRefused, Exit.NOT_ALLOWED),
        (errors.NotFound, Exit.NOT_FOUND),
        (errors.Conflict, Exit.CONFLICT),
        (errors.TimedOut, Exit.AWAY),
        (errors.Unreachable, Exit.AWAY),
        (errors.Unavailable, Exit.AWAY),
        (errors.TooManyRequests, Exit.AWAY),
    )
    return next((code for kind, code in codes if isinstance(error, kind)), Exit.FAILED)
