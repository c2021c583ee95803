"""Signing in and out: a token made in the console, kept in a context."""

import sys
import webbrowser
from typing import Annotated
from urllib.parse import urlsplit

import typer

from hanse import Client, NotSignedIn
from hanse.commands.frame import ContextName, Ending, Exit, Format, Output, client_of, say, show_one
from hanse.config import Context, Contexts


def register(app: typer.Typer) -> None:
    app.command()(login)
    app.command()(logout)
    app.command()(whoami)


def login(
    address: Annotated[str, typer.Argument(help="Of the portal, such as https://hanse.example.com.")],
    name: Annotated[str, typer.Option("--name", help="Of the context; the address's host when left out.")] = "",
    browser: Annotated[bool, typer.Option(help="Open the page on which tokens are made.")] = True,
) -> None:
    """Keep a token for a portal. Opens the console's page of tokens, and reads the token that you paste.

    A token in a pipe is read from there: `hanse login https://hanse.example.com < token`.
    """
    address = _address(address)
    token = _token(f"{address}/me/tokens", browser=browser)
    with Client(address, token) as client:
        try:
            me = client.me
        except NotSignedIn:
            say("The portal does not know this token, or its time is over.", problem=True)
            raise Ending(Exit.NOT_ALLOWED) from None
        projects = client.projects_seen()
    contexts = Contexts.load()
    name = name or urlsplit(address).netloc
    before = contexts.known.get(name)
    kept = next(((label, id_) for label, id_ in projects if before and id_ == before.project), None)
    label, project = kept or (projects[0] if len(projects) == 1 else ("", ""))
    contexts.known[name] = Context(address, token, project, label)
    contexts.current = name
    contexts.save()
    say(f"Signed in to {address} as {me['user']['email']} (context {name}).")
    say(f"Project: {label}." if label else "Choose a project: hanse project list, then hanse project use NAME.")


def logout(context: ContextName = None) -> None:
    """Forget a context with its token. The token itself lives on: `hanse token revoke` ends it."""
    contexts = Contexts.load()
    name = context or contexts.current
    contexts.named(name)
    del contexts.known[name]
    contexts.current = "" if contexts.current == name else contexts.current
    contexts.save()
    say(f"Context {name} is forgotten.")


def whoami(context: ContextName = None, output: Output = Format.TABLE) -> None:
    """Who you are to the portal, and with which token."""
    with client_of(context) as client:
        me = client.me
        document = {
            "email": me["user"]["email"],
            "name": me["user"]["name"],
            "token": me["token"],
            "address": client.context.address,
            "project": client.context.project_label or client.context.project,
            "version": me["version"],
        }
    columns = [(key, lambda row, key=key: row[key]) for key in document]
    show_one(document, columns, output, name="email")


def _address(given: str) -> str:
    address = (given if "://" in given else f"https://{given}").rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise typer.BadParameter(f"{given!r} is no address of a portal.", param_hint="ADDRESS")
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        say(f"{address} is not encrypted: whoever is in between can read your token.")
    return address


def _token(page: str, *, browser: bool) -> str:
    """Never from the arguments: those are in the list of processes and in the shell's history."""
    if sys.stdin.isatty():
        say(f"Make a token at {page}, and paste it here (it is not shown).")
        if browser:
            webbrowser.open(page)
        token = str(typer.prompt("Token", hide_input=True, err=True))
    else:
        token = sys.stdin.readline()
    if not (token := token.strip()):
        say("No token was given.", problem=True)
        raise Ending(Exit.USAGE)
    return token
