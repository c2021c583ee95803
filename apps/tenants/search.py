"""Searching what projects have by name."""

from typing import Any

from django.db.models import QuerySet

from apps.core.registries import Found
from apps.tenants.actor import Actor
from apps.tenants.models import Project


def named_in_projects(
    rows: QuerySet[Any], *, kind: str, actor: Actor, permission: str, text: str, limit: int, page: str, also: str = ""
) -> list[Found]:
    """Of `rows`, those whose name begins with `text`, in projects in which the actor holds `permission`.

    page: below the project's address, with {id} for the row's own. also: a column that its subtitle shows besides.
    """
    named = rows.filter(project__in=Project.objects.permitted(actor, permission), name__begins=text.lower())
    columns = ("pk", "name", "project__tenant__slug", "project__slug", *filter(None, [also]))
    return [
        Found(kind, pk, name, ", ".join([f"{tenant}/{project}", *more]), f"/t/{tenant}/p/{project}/{page.format(id=pk)}")
        for pk, name, tenant, project, *more in named.order_by("name", "pk").values_list(*columns)[:limit]
    ]
