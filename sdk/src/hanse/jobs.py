"""Jobs, as programs use them: submit, wait, read the log, fetch what it left."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from hanse import errors, types
from hanse.following import LogLine, LogReader, wait_for_phase

if TYPE_CHECKING:
    from hanse.client import Client

ENDED = frozenset({"succeeded", "failed", "cancelled"})
_AT_ONCE = 1 << 20


class Jobs:
    """Jobs of one project: the one named in a call (id, slug or tenant/slug), else the client's.

    A job is named by what the portal answered, by its id, or by its name (of several, the newest).
    """

    def __init__(self, client: "Client") -> None:
        self._client = client
        self._transport = client.transport

    def submit(
        self,
        spec: Mapping[str, Any],
        *,
        project: str | None = None,
        draft: bool = False,
        idempotency_key: str | None = None,
    ) -> types.JobDetailOutput:
        """Submit a job. The same key and specification give the same job, for 24 hours."""
        query = {"draft": "true" if draft else None}
        address = self._address(project)
        return cast(
            types.JobDetailOutput,
            self._transport.ask("POST", address, query=query, body=dict(spec), idempotency_key=idempotency_key),
        )

    def assess(self, spec: Mapping[str, Any], *, project: str | None = None) -> types.AssessmentOutput:
        """Whether, where and when it would start; nothing is written."""
        answer = self._transport.ask("POST", self._address(project), query={"dry_run": "true"}, body=dict(spec))
        return cast(types.AssessmentOutput, answer)

    def list(
        self,
        *,
        project: str | None = None,
        phase: Sequence[str] = (),
        name: str | None = None,
        mine: bool | None = None,
        label: str | None = None,
        limit: int | None = None,
    ) -> Iterator[types.JobOutput]:
        """Jobs, the newest first. name: what their names begin with. limit: at most so many."""
        query = {"phase": [*phase] or None, "q": name, "mine": _flag(mine), "label": label}
        return self._client.pages(self._address(project), query=query, limit=limit)

    def get(self, job: Any, *, project: str | None = None) -> types.JobDetailOutput:
        return cast(types.JobDetailOutput, self._transport.ask("GET", self.address(job, project)))

    def why(self, job: Any, *, project: str | None = None) -> types.WhyOutput:
        """Why it is where it is, and what would help."""
        return cast(types.WhyOutput, self._transport.ask("GET", f"{self.address(job, project)}why/"))

    def act(self, act: str, job: Any, *, project: str | None = None) -> types.JobDetailOutput:
        """submit (a draft), cancel, suspend, resume, retry or restore."""
        return cast(types.JobDetailOutput, self._transport.ask("POST", f"{self.address(job, project)}{act}/"))

    def cancel(self, job: Any, *, project: str | None = None) -> types.JobDetailOutput:
        return self.act("cancel", job, project=project)

    def clone(self, job: Any, *, name: str | None = None, project: str | None = None) -> types.JobDetailOutput:
        """A draft like this job."""
        body = {"name": name} if name else {}
        return cast(types.JobDetailOutput, self._transport.ask("POST", f"{self.address(job, project)}clone/", body=body))

    def delete(self, job: Any, *, project: str | None = None) -> None:
        """Put it into the bin."""
        self._transport.ask("DELETE", self.address(job, project))

    def wait(
        self, job: Any, *, phase: Sequence[str] = (), timeout: float | None = None, project: str | None = None
    ) -> types.JobDetailOutput:
        """Wait until it is over, or in one of the phases. Raises TimedOut. A failed job is no error: look at its phase."""
        found = wait_for_phase(self._transport, self.address(job, project), phases=list(phase) or ["ended"], timeout=timeout)
        return cast(types.JobDetailOutput, found)

    def logs(
        self,
        job: Any,
        *,
        follow: bool = False,
        rank: int | None = None,
        attempt: int | None = None,
        tail: int | None = None,
        project: str | None = None,
    ) -> Iterable[LogLine]:
        """Lines of its log. With `follow`, of all attempts and until the job is over; else what is there."""
        address = self.address(job, project)
        if follow:
            return LogReader(self._transport, f"{address}logs/follow/", rank=rank, attempt=attempt, tail=tail)
        return self._there(address, rank=rank, attempt=attempt, tail=tail)

    def artifacts(self, job: Any, *, project: str | None = None) -> Iterator[types.ArtifactOutput]:
        return self._client.pages(f"{self.address(job, project)}artifacts/")

    def download(self, job: Any, artifact: types.ArtifactOutput, into: Path, *, project: str | None = None) -> Path:
        """Fetch one artifact into a directory, below the rank that left it. Raises HanseError when it came damaged."""
        root = into.resolve() / f"attempt-{artifact['attempt']}" / f"rank-{artifact['rank']}"
        target = (root / artifact["name"]).resolve()
        if root not in target.parents:
            raise errors.HanseError(f"{artifact['name']!r} would lie outside of {root}.")
        target.parent.mkdir(parents=True, exist_ok=True)
        partial, digest = target.with_name(target.name + ".partial"), hashlib.sha256()
        address = f"{self.address(job, project)}artifacts/{artifact['id']}/download/"
        with self._transport.stream(address, accept="*/*", silent_seconds=60) as response, partial.open("wb") as file:
            for part in response.iter_bytes(_AT_ONCE):
                digest.update(part)
                file.write(part)
        if artifact["sha256"] != digest.hexdigest():
            raise errors.HanseError(f"{artifact['name']} came damaged; it is kept as {partial}.")
        partial.replace(target)
        return target

    def address(self, job: Any, project: str | None = None) -> str:
        """The path of a job. Raises NotFound when none of the project has that name."""
        if isinstance(job, Mapping):
            return f"/api/v1/projects/{job['project_id']}/jobs/{job['id']}/"
        below = self._address(project)
        try:
            return f"{below}{UUID(str(job))}/"
        except ValueError:
            pass
        for found in self.list(project=project, name=str(job), limit=200):
            if found["name"] == job:
                return f"{below}{found['id']}/"
        problem = {"type": "/problems/not-found", "title": "There is nothing here that you may see"}
        raise errors.NotFound(404, {**problem, "detail": f"No job of this project is called {job!r}."})

    def _address(self, project: str | None) -> str:
        return f"/api/v1/projects/{self._client.project_id(project)}/jobs/"

    def _there(self, address: str, *, rank: int | None, attempt: int | None, tail: int | None) -> Iterator[LogLine]:
        extents: list[types.ExtentOutput] = self._transport.ask("GET", f"{address}log-ranks/")
        newest = max((extent["attempt"] for extent in extents), default=1)
        for extent in extents:
            if extent["attempt"] != (attempt or newest) or rank not in (None, extent["rank"]):
                continue
            after = extent["first_number"] - 1 if tail is None else max(extent["last_number"] - tail, 0)
            while after < extent["last_number"]:
                query = {"attempt": extent["attempt"], "rank": extent["rank"], "after": after, "limit": 5000}
                lines = self._transport.ask("GET", f"{address}logs/", query=query)["lines"]
                if not lines:
                    break
                for number, at, stream, text in lines:
                    yield LogLine(
                        attempt=extent["attempt"], rank=extent["rank"], number=number, at=at, stream=stream, text=text
                    )
                after = lines[-1][0]


def _flag(given: bool | None) -> str | None:
    return None if given is None else str(given).lower()
