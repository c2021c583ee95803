"""Questions that a lower app must ask higher ones. Each app answers in its AppConfig.ready()."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from apps.core.sentences import Said

Answer = TypeVar("Answer")
Rows = TypeVar("Rows", bound=QuerySet[Any])


class Registry(Generic[Answer]):
    """Answers by the kind of thing they are about."""

    def __init__(self, question: str) -> None:
        self._question = question
        self._answers: dict[str, Answer] = {}

    def register(self, kind: str, answer: Answer) -> None:
        if kind in self._answers:
            raise ValueError(f"{self._question}: {kind!r} is registered twice")
        self._answers[kind] = answer

    def __getitem__(self, kind: str) -> Answer:
        return self._answers[kind]

    def get(self, kind: str) -> Answer | None:
        return self._answers.get(kind)

    def values(self) -> list[Answer]:
        return [answer for _, answer in sorted(self._answers.items())]

    def items(self) -> list[tuple[str, Answer]]:
        return sorted(self._answers.items())


class WorkloadSubject(Protocol):
    """What has a workload (a job), told by quotas what became of it, inside the transaction of the decision."""

    def admitted(self, workload: Any) -> None: ...
    def evicted(self, workload: Any, *, reason: str, message: str, said: list[dict[str, Any]]) -> None: ...
    def waiting(self, workload: Any) -> None: ...
    def may_grow(self, workload: Any) -> bool: ...
    def grown(self, workload: Any) -> None: ...
    def shrinking(self, workload: Any, *, message: str) -> None: ...
    def path(self, workload: Any) -> str: ...  # the console's address of it


@dataclass(frozen=True)
class SubjectScope:
    """Where a subject of logs and metrics belongs."""

    tenant_id: UUID
    project_id: UUID


class LogState(StrEnum):
    """Whether lines may still come: the subject is not over; it is, but some are on their way; all are there."""

    OPEN = "open"
    ENDING = "ending"
    COMPLETE = "complete"


@dataclass(frozen=True)
class Casualty:
    """Something that a change to a tenant or project would stop or delete."""

    kind: str
    id: UUID
    name: str
    effect: Said

    def as_json(self) -> dict[str, Any]:
        said = self.effect.as_json()
        return {"kind": self.kind, "id": str(self.id), "name": self.name, "effect": str(self.effect), "said": said}


@dataclass(frozen=True)
class Toll:
    """What a change would do to things of one kind. `rows`: those that it hits; `name`: how a row is called."""

    kind: str
    effect: Said
    rows: QuerySet[Any]
    name: Callable[[Any], str]

    @cached_property
    def count(self) -> int:
        return self.rows.order_by().count()

    def page(self, *, before: UUID | None = None, limit: int) -> list[Casualty]:
        """The newest of them, or those older than the row `before`."""
        rows = self.rows.filter(pk__lt=before) if before else self.rows
        return [Casualty(self.kind, row.pk, self.name(row), self.effect) for row in rows.order_by("-pk")[:limit]]


def in_place(rows: Rows, tenant_id: UUID, project_id: UUID | None) -> Rows:
    """Those of a tenant, or of one project of it."""
    return (
        rows.filter(tenant_id=tenant_id) if project_id is None else rows.filter(tenant_id=tenant_id, project_id=project_id)
    )


def is_held(model: type[Model], pk: UUID) -> bool:
    """Whether the row is there; whoever removes it then waits for this transaction, as for one that refers to it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT FROM {model._meta.db_table} WHERE id = %s FOR KEY SHARE", [pk])
        return bool(cursor.rowcount)


@dataclass(frozen=True)
class Found:
    """One hit of the search; `path` is the console's address of it."""

    kind: str
    id: UUID
    title: str
    subtitle: str
    path: str


@dataclass(frozen=True)
class SecretUse:
    """Something that names a secret; `secret_version` is the one that it was given, if it was given one."""

    kind: str
    id: UUID
    name: str
    phase: str
    secret_version: int | None


@dataclass(frozen=True)
class Shared:
    """A single thing that is shared with somebody, by themselves or by a group; `permissions` are what that gives."""

    kind: str
    id: UUID
    name: str
    group: str | None
    permissions: frozenset[str]


@dataclass(frozen=True)
class Belonging:
    """Something that is somebody's; `tenant_id` is None for what is the platform's."""

    kind: str
    id: UUID
    name: str
    tenant_id: UUID | None


@dataclass(frozen=True)
class Mounted:
    """Something that mounts a volume, or will, and is not over."""

    kind: str
    id: UUID
    name: str
    phase: str
    access: str
    path: str


class Contracts(Protocol):
    """Contracts between parties, for what would use their channels."""

    def stands(self, tenant_id: UUID, contract: UUID) -> bool: ...
    def access(self, tenant_id: UUID, contract: UUID) -> str: ...  # a secret; raises Unavailable


# subject kind -> what to tell about its workload
workload_subjects: Registry[WorkloadSubject] = Registry("whose workload is this")
# subject kind -> (actor, id) -> scope, or None when the actor may not see its logs and metrics
subject_scopes: Registry[Callable[[Any, UUID], SubjectScope | None]] = Registry("may the actor see this subject")
# subject kind -> id -> whether it is there; if so it stays until the transaction ends
subject_holds: Registry[Callable[[UUID], bool]] = Registry("is it still there")
# subject kind -> id -> whether more lines may come
log_states: Registry[Callable[[UUID], LogState]] = Registry("does more of this log come")
# kind -> (tenant_id, project_id or None, phase to come) -> what would be stopped or deleted, if anything. The phases to
# come are suspended, active, draining, closed and "removed"; asked for "closed", the answer is exactly what still runs.
tolls: Registry[Callable[[UUID, UUID | None, str], Toll | None]] = Registry("what would die")
# kind -> (actor, tenant_id, project_id or None, phase to come): carry that out, inside the transaction of the act
tenant_changes: Registry[Callable[[Any, UUID, UUID | None, str], None]] = Registry("a tenant or project changes phase")
# kind -> (actor, tenant_id, project_id, name of a secret, limit) -> what names it
secret_uses: Registry[Callable[[Any, UUID, UUID, str, int], list[SecretUse]]] = Registry("who uses this secret")
# kind -> (actor, project_id, id, name of a file, or of a folder with a slash at its end) -> what it left, by name: ids of
# stored objects
artifacts: Registry[Callable[[Any, UUID, UUID, str], dict[str, UUID]]] = Registry("what did it leave behind")
# kind -> () -> ids of stored objects that it still needs, whoever gave them up
object_holds: Registry[Callable[[], QuerySet[Any, Any]]] = Registry("which objects are still needed")
# kind -> id of a version -> how many that are not over read it
version_readers: Registry[Callable[[UUID], int]] = Registry("who reads this version of a dataset")
# kind -> (id of a volume, limit) -> what mounts it
volume_users: Registry[Callable[[UUID, int], list[Mounted]]] = Registry("what mounts this volume")
# kind -> (actor, text, limit) -> hits the actor may see
searches: Registry[Callable[[Any, str, int], list[Found]]] = Registry("what is called like this")
# kind -> (user_id, tenant_id, project_id or None for all, limit) -> what single things there are shared with them
shares: Registry[Callable[[UUID, UUID, UUID | None, int], list[Shared]]] = Registry("what is shared with them")
# "federation" -> contracts between parties
contracts: Registry[Contracts] = Registry("does this contract stand")
# name -> () -> findings (apps.core.health.Finding)
health_checks: Registry[Callable[[], Iterable[Any]]] = Registry("is what Hanse needs there and at work")
# name -> seconds -> whether it answers within them; asked by each /readyz
ready_checks: Registry[Callable[[float], bool]] = Registry("does what requests need answer")
# kind -> user_id -> what is theirs and still matters: what is over stays with whoever did it
belongings: Registry[Callable[[UUID], list[Belonging]]] = Registry("what is theirs")
# kind -> (actor, from user, to user, tenant_id or None for all) -> how many things changed hands
transfers: Registry[Callable[[Any, Any, Any, UUID | None], int]] = Registry("to whom it goes")
