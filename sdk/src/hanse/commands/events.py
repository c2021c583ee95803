"""What happens in a tenant."""

import json
from typing import Annotated, Any

import typer

from hanse import Client, Lost
from hanse.commands.frame import ContextName, Ending, Exit, ProjectName, client_of, print_line, say


def register(app: typer.Typer) -> None:
    app.command()(events)


def events(
    follow: Annotated[bool, typer.Option("-f", "--follow", help="Go on until Ctrl-C.")] = False,
    kind: Annotated[list[str] | None, typer.Option(help="Only this kind of object; may be given several times.")] = None,
    tenant: Annotated[str | None, typer.Option(help="Id of a tenant, or platform; that of the project else.")] = None,
    after: Annotated[str | None, typer.Option(help="Begin after this place (the last line of an earlier run).")] = None,
    context: ContextName = None,
    project: ProjectName = None,
) -> None:
    """Print events, one JSON object a line. Without -f: those after a place, then the place to go on from."""
    with client_of(context, project) as client:
        where = tenant or client.projects_retrieve(client.project_id())["tenant_id"]
        if follow:
            _follow(client, where, kind or [], after)
        else:
            _once(client, where, kind or [], after)


def _once(client: Client, tenant: str, kinds: list[str], after: str | None) -> None:
    while True:
        answer = client.events_retrieve(tenant=tenant, kind=kinds or None, after=after)
        for event in answer["results"]:
            print_line(json.dumps(event, ensure_ascii=False))
        if answer["lost"]:
            say("Events are missing here: read again what you keep.")
        if not answer["results"]:
            print_line(json.dumps({"at": answer["at"]}))
            return
        after = answer["at"]


def _follow(client: Client, tenant: str, kinds: list[str], after: str | None) -> None:
    at: Any = after or client.events_retrieve(tenant=tenant, kind=kinds or None)["at"]
    say(f"Following after {at}. Ctrl-C ends it.")
    try:
        for event in client.events(tenant=tenant, kinds=kinds, after=at):
            if isinstance(event, Lost):
                at = event.at
                say("Events are missing here: read again what you keep.")
                continue
            at = f"{event['epoch']}:{event['seq']}"
            print_line(json.dumps(event, ensure_ascii=False))
    except KeyboardInterrupt:
        say(f"Go on with: hanse events -f --after {at}")
        raise Ending(Exit.INTERRUPTED) from None
