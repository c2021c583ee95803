"""Why does it not work? What can be seen from here, each with what to do."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import httpx
import typer
from rich.console import Console
from rich.markup import escape

from hanse import Client, errors
from hanse.commands.frame import ContextName, Ending, Exit, client_of
from hanse.config import path
from hanse.version import __version__

Finding = tuple[bool, str, str]
MOST_SKEW_SECONDS = 30
SOON = timedelta(days=7)


def register(app: typer.Typer) -> None:
    app.command()(doctor)


def doctor(context: ContextName = None) -> None:
    """Check the way to the portal: address, versions, clock, token. Ends with 1 when something is wrong."""
    console = Console(highlight=False)
    wrong = False
    with client_of(context) as client:
        client.transport.patience = 0.0
        for good, what, advice in findings(client):
            wrong = wrong or not good
            console.print(f"{'[green]ok[/]   ' if good else '[red]wrong[/]'}  {escape(what)}", soft_wrap=True)
            if not good:
                console.print(f"       {escape(advice)}", soft_wrap=True)
    if wrong:
        raise Ending(Exit.FAILED)


def findings(client: Client) -> Iterator[Finding]:
    address = client.context.address
    if path().exists():
        mode = path().stat().st_mode & 0o777
        yield mode & 0o077 == 0, f"{path()} has the mode {mode:o}", f"Others can read your tokens: chmod 600 {path()}"
    began = time.monotonic()
    try:
        answer = client.transport.http.get("/healthz")
    except httpx.TransportError as error:
        yield False, f"{address} does not answer: {error}", "Check the address, the network, and proxies (HTTPS_PROXY)."
        return
    milliseconds = (time.monotonic() - began) * 1000
    yield answer.is_success, f"{address} answers in {milliseconds:.0f} ms", f"It answers {answer.status_code}; is it Hanse?"
    yield _clock(answer)
    try:
        me = client.me_retrieve()
    except errors.NotSignedIn:
        yield False, "The portal does not know your token", "It was revoked or its time is over: hanse login " + address
        return
    except errors.HanseError as error:
        yield False, f"The portal does not say who you are: {error}", "Try again in a moment; then ask whoever runs it."
        return
    yield True, f"You are {me['user']['email']}, by the token {me['token']}", ""
    yield _version(me["version"])
    yield from _token(client, me["token"])


def _clock(answer: httpx.Response) -> Finding:
    given = answer.headers.get("Date")
    if given is None:
        return True, "The portal does not say what time it is", ""
    skew = (datetime.now(timezone.utc) - parsedate_to_datetime(given)).total_seconds()
    return abs(skew) < MOST_SKEW_SECONDS, f"The clocks differ by {skew:.0f} s", "Set this machine's clock, by NTP for one."


def _version(portal: str) -> Finding:
    same = portal.split(".")[:2] == __version__.split(".")[:2]
    return (
        same,
        f"The portal is {portal}, this command {__version__}",
        f"Install the one that fits: pip install 'hanse=={portal}'",
    )


def _token(client: Client, name: str | None) -> Iterator[Finding]:
    for token in client.all(client.me_tokens_list):
        if token["name"] == name:
            left = datetime.fromisoformat(token["expires_at"].replace("Z", "+00:00")) - datetime.now(timezone.utc)
            yield left > SOON, f"The token ends on {token['expires_at'][:10]}", "Make a new one in time: hanse login"
