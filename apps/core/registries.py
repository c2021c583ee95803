"""Questions that a lower app must ask higher ones. Each app answers in its AppConfig.ready()."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

Answer = TypeVar("Answer")


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
    def evicted(self, workload: Any, *, reason: str, message: str) -> None: ...
    def waiting(self, workload: Any) -> None: ...


@dataclass(frozen=True)
class SubjectScope:
    """Where a subject of logs and metrics belongs."""

    tenant_id: UUID
    project_id: UUID


@dataclass(frozen=True)
class Casualty:
    """Something that a change to a tenant or project would stop or delete."""

    kind: str
    id: UUID
    name: str
    effect: str


@dataclass(frozen=True)
class Found:
    """One hit of the search; `path` is the console's address of it."""

    kind: str
    id: UUID
    title: str
    subtitle: str
    path: str


# subject kind -> what to tell about its workload
workload_subjects: Registry[WorkloadSubject] = Registry("whose workload is this")
# subject kind -> (actor, id) -> scope, or None when the actor may not see its logs and metrics
subject_scopes: Registry[Callable[[Any, UUID], SubjectScope | None]] = Registry("may the actor see this subject")
# kind -> (tenant_id, project_id or None, phase to come) -> what would be stopped or deleted. The phases to come are
# suspended, active, draining, closed and "removed"; asked for "closed", the answer is exactly what still runs.
casualties: Registry[Callable[[UUID, UUID | None, str], list[Casualty]]] = Registry("what would die")
# kind -> (actor, tenant_id, project_id or None, phase to come): carry that out, inside the transaction of the act
tenant_changes: Registry[Callable[[Any, UUID, UUID | None, str], None]] = Registry("a tenant or project changes phase")
# kind -> (actor, text, limit) -> hits the actor may see
searches: Registry[Callable[[Any, str, int], list[Found]]] = Registry("what is called like this")
