"""The client: every operation of the API as a method (see operations.py), and what programs need around them."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from hanse import config, errors, types
from hanse.following import Lost, follow_events
from hanse.jobs import Jobs
from hanse.operations import Operations
from hanse.transport import PATIENCE_SECONDS, Query, Transport

Row = TypeVar("Row")
MOST_A_PAGE = 200


class Client(Operations):
    """A portal, as one user (or token) sees it.

    Without arguments: HANSE_ADDRESS and HANSE_TOKEN, else the context that `hanse login` stored.
    timeout: seconds of one request. patience: for how many seconds a portal that is away is asked again.
    Raises NotConfigured when no portal is known. Not to be shared between threads.
    """

    def __init__(
        self,
        address: str | None = None,
        token: str | None = None,
        *,
        context: str | None = None,
        project: str | None = None,
        timeout: float = 30.0,
        patience: float = PATIENCE_SECONDS,
        verify: Any = True,
    ) -> None:
        self.context = config.find(address=address, token=token, context=context, project=project)
        self.transport = Transport(
            self.context.address, self.context.token, timeout=timeout, patience=patience, verify=verify
        )
        self.jobs = Jobs(self)
        self.verify = verify
        self._projects: dict[str, str] = {}

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.transport.close()

    @cached_property
    def me(self) -> types.MeOutput:
        """Who asks, with the tenants and projects that they see; read once."""
        return self.me_retrieve()

    def pages(self, path: str, *, query: Query | None = None, limit: int | None = None) -> Iterator[Any]:
        """All rows of a list (at most `limit`), page after page."""
        return islice(self._rows(path, dict(query or {}), limit), limit)

    def all(self, operation: Callable[..., Any], *arguments: Any, **query: Any) -> Iterator[Any]:
        """All rows of a list operation: `client.all(client.templates_list)`."""
        cursor = None
        while True:
            page = operation(*arguments, **query, cursor=cursor)
            yield from page["results"]
            if (cursor := page["next"]) is None:
                return

    def events(
        self, *, tenant: str, kinds: Sequence[str] = (), projects: Sequence[str] = (), after: str | None = None
    ) -> Iterator[types.EventOutput | Lost]:
        """What happens in a tenant (an id, or `platform`), from now on or after a place, without end.

        A `Lost` says that events are missing: read again what you keep.
        """
        return follow_events(self.transport, tenant=tenant, kinds=kinds, projects=projects, after=after)

    def project_id(self, project: str | None = None) -> str:
        """The id of a project given as id, slug or tenant/slug; of the context's when none is given.

        Raises NotConfigured when there is none or several.
        """
        wanted = project or self.context.project
        if not wanted:
            only = self.projects_seen()
            if len(only) == 1:
                return only[0][1]
            raise errors.NotConfigured("Name a project: `hanse project use NAME`, --project, or HANSE_PROJECT.")
        if wanted not in self._projects:
            self._projects[wanted] = self._project_id(wanted)
        return self._projects[wanted]

    def _project_id(self, wanted: str) -> str:
        try:
            return str(UUID(wanted))
        except ValueError:
            pass
        found = [(label, id_) for label, id_ in self.projects_seen() if wanted in (label, label.partition("/")[2])]
        if len(found) == 1:
            return found[0][1]
        known = ", ".join(label for label, _ in found or self.projects_seen()) or "none"
        raise errors.NotConfigured(
            f"{wanted!r} is {'the name of several projects' if found else 'no project that you see'}; there are: {known}."
        )

    def projects_seen(self) -> list[tuple[str, str]]:
        """Every project that whoever asks sees, as (tenant/slug, id)."""
        return [
            (f"{tenant['slug']}/{project['slug']}", project["id"])
            for tenant in self.me["tenants"]
            for project in tenant["projects"]
        ]

    def _rows(self, path: str, query: dict[str, Any], limit: int | None) -> Iterator[Any]:
        query["limit"] = min(limit or MOST_A_PAGE, MOST_A_PAGE)
        while True:
            page = self.transport.ask("GET", path, query=query)
            yield from page["results"]
            if page["next"] is None:
                return
            query["cursor"] = page["next"]

    def _call(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: Any = None,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Any:
        return self.transport.ask(method, path, query=query, body=body, idempotency_key=idempotency_key, if_match=if_match)
