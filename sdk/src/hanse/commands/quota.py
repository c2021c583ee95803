"""The quota of a project's tenant: what there is, what is used, what is free."""

from typing import Any

import typer

from hanse.commands.frame import ContextName, Format, Output, ProjectName, client_of, show

app = typer.Typer(help="What your tenant may use, and uses.", no_args_is_help=True)
_UNITS = {"cpu": (1000, "cores"), "memory": (1 << 30, "GiB")}


@app.command("list")
def list_quotas(context: ContextName = None, project: ProjectName = None, output: Output = Format.TABLE) -> None:
    """List the quota of the project's tenant, a flavor and resource a row."""
    with client_of(context, project) as client:
        tenant = client.projects_retrieve(client.project_id())["tenant_id"]
        rows: list[Any] = list(client.tenants_quotas_retrieve(tenant)["results"])
    columns = [
        ("CLUSTER", lambda row: row["cluster"]["name"]),
        ("FLAVOR", lambda row: row["flavor"]),
        ("RESOURCE", lambda row: row["resource"]),
        ("NOMINAL", lambda row: amount(row["resource"], row["nominal"])),
        ("USED", lambda row: amount(row["resource"], row["used"])),
        ("AVAILABLE", lambda row: amount(row["resource"], row["available"])),
    ]
    show(rows, columns, output, name="flavor")


def amount(resource: str, value: int | None) -> str:
    """As people read it: cores, GiB, pieces."""
    if value is None:
        return ""
    size, unit = _UNITS.get(resource, (1, ""))
    return f"{value / size:.4g} {unit}".strip()
