"""A job's specification from what was given: a file, a template, options; options win."""

from dataclasses import dataclass
from typing import Any

import typer

from hanse.client import Client
from hanse.commands.api import read_document
from hanse.commands.frame import Ending, Exit, say
from hanse.commands.template import find


@dataclass(frozen=True)
class Given:
    """The options of `hanse job submit`, as they were typed."""

    command: list[str]
    name: str
    image: str
    replicas: int | None
    cpu: str
    memory: str
    gpus: int | None
    env: list[str]
    priority: str
    cluster: str
    framework: str


def specification(client: Client, *, file: str, template: str, given: Given) -> dict[str, Any]:
    """Whether its fields are right is for the portal to say."""
    if file and template:
        raise typer.BadParameter("Give a file or a template, not both.", param_hint="--file, --template")
    spec: dict[str, Any] = {}
    if file:
        spec = read_document(file)
        if not isinstance(spec, dict):
            say(f"{file} holds no specification of a job: it is no mapping.", problem=True)
            raise Ending(Exit.USAGE)
    elif template:
        spec = dict(find(client, template)["spec"])
    for key in ("name", "priority", "cluster", "framework"):
        if value := getattr(given, key):
            spec[key] = value
    if changes := _role(given):
        roles = spec.setdefault("roles", [{}])
        if len(roles) != 1:
            raise typer.BadParameter(
                "The specification has several roles; change them in a file.", param_hint=", ".join(changes)
            )
        env = {**roles[0].get("env", {}), **changes.pop("env", {})}
        roles[0] = {**roles[0], **changes, **({"env": env} if env else {})}
    if not spec.get("roles"):
        raise typer.BadParameter("Give a file (-f), a template (--template), or a command after --.", param_hint="COMMAND")
    if not spec.get("name"):
        raise typer.BadParameter("A job needs a name.", param_hint="--name")
    return spec


def _role(given: Given) -> dict[str, Any]:
    role: dict[str, Any] = {
        "command": given.command,
        "image": given.image,
        "replicas": given.replicas,
        "cpu_millicores": millicores(given.cpu) if given.cpu else None,
        "memory_bytes": given.memory,
        "devices": [{"kind": "gpu", "count": given.gpus}] if given.gpus else None,
        "env": dict(_pair(one) for one in given.env),
    }
    return {key: value for key, value in role.items() if value}


def millicores(text: str) -> int:
    """Thousandths of a core from `2`, `0.5` or `500m`."""
    try:
        return int(text[:-1]) if text.endswith("m") else round(float(text) * 1000)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no number of cores; 2, 0.5 and 500m are.", param_hint="--cpu") from None


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise typer.BadParameter(f"{text!r} is not NAME=value.", param_hint="--env")
    return name, value
