"""Logs and metrics of a subject, over REST. The same views serve every kind of subject: the address says which."""

from collections.abc import Iterator
from dataclasses import asdict
from functools import cached_property
from itertools import islice
from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import registries
from apps.core.api.schema import describe
from apps.core.api.serializers import sparse
from apps.core.api.views import ResourceViewSet
from apps.core.errors import InvalidRequest, NotVisible
from apps.core.registries import SubjectScope
from apps.monitoring.api import queries
from apps.monitoring.api.serializers import ExtentOutput, LinesOutput, MergedOutput, MetricsOutput, SearchOutput
from apps.monitoring.logs import MergedPage, SubjectLog
from apps.monitoring.search import COUNTED_EXACTLY, search
from apps.monitoring.series import read_series
from apps.monitoring.text import without_colours
from apps.tenants.api.streaming import download

_ATTEMPT = "Which attempt; the newest that wrote anything when left out."
_RANK = "Which replica; the first when left out."


class SubjectViewSet(ResourceViewSet):
    """Base: finds out whether the actor may see the subject; `subject_kind` comes with the route."""

    pagination_class = None
    scope: SubjectScope

    def authorize(self, permission: str) -> None:
        scope_of = registries.subject_scopes.get(self.kwargs["subject_kind"])
        scope = scope_of(self.actor, self.subject_id) if scope_of else None
        if scope is None or scope.project_id != self.kwargs["project_id"]:
            raise NotVisible
        self.scope = scope

    @property
    def subject_id(self) -> UUID:
        subject_id: UUID = self.kwargs["subject_id"]
        return subject_id

    def document(self, document: dict[str, Any]) -> Response:
        return Response(sparse(document, self.get_serializer_context()["fields"]))


class LogsViewSet(SubjectViewSet):
    permissions = {"lines": "", "merged": "", "search": "", "download": "", "ranks": ""}

    @cached_property
    def log(self) -> SubjectLog:
        return SubjectLog(self.kwargs["subject_kind"], self.subject_id)

    @describe("Which replicas wrote how much", gives=ExtentOutput(many=True))
    def ranks(self, request: Request, **_: Any) -> Response:
        queries.asked(queries.NoQuery, request)
        wanted = self.get_serializer_context()["fields"]
        return Response([sparse(asdict(extent), wanted) for extent in self.log.extents])

    @describe(
        "Lines of one replica",
        gives=LinesOutput,
        query=queries.parameters(
            queries.LinesQuery,
            {
                "attempt": _ATTEMPT,
                "rank": _RANK,
                "after": "Lines with greater numbers, the smallest first.",
                "before": "Lines with smaller numbers: those right before it. With neither, the end of the log.",
                "limit": f"At most {queries.MOST_LINES} lines.",
            },
        ),
    )
    def lines(self, request: Request, **_: Any) -> Response:
        given = queries.asked(queries.LinesQuery, request)
        after, before = given.get("after"), given.get("before")
        if after is not None and before is not None:
            raise _either("before")
        extent = next((extent for extent in self._extents(given)), None)
        if extent is None:
            nothing = {"lines": [], "first_known": 1, "last_known": 0}
            return self.document({"attempt": given.get("attempt"), "rank": given.get("rank"), **nothing})
        replica = (extent.attempt, extent.rank)
        if after is not None:
            lines = list(islice(self.log.after(*replica, after), given["limit"]))
        else:
            until = extent.last_number + 1 if before is None else before
            lines = list(islice(self.log.before(*replica, until), given["limit"]))[::-1]
        return self.document(
            {
                "attempt": extent.attempt,
                "rank": extent.rank,
                "lines": lines,
                "first_known": extent.first_number,
                "last_known": extent.last_number,
            }
        )

    @describe(
        "Lines of all replicas of an attempt, by time",
        gives=MergedOutput,
        query=queries.parameters(
            queries.MergedQuery,
            {
                "attempt": _ATTEMPT,
                "after": "Cursor: what comes after it.",
                "before": "Cursor: what is right before it.",
                "at": "Start at this moment. With none of the three, the end of the log.",
                "limit": f"At most {queries.MOST_LINES} lines.",
            },
        ),
    )
    def merged(self, request: Request, **_: Any) -> Response:
        given = queries.asked(queries.MergedQuery, request)
        if len({"after", "before", "at"} & set(given)) > 1:
            raise _either("before")
        attempt = given.get("attempt") or self._newest_attempt()
        page = self._merged_page(attempt or 0, given)
        return self.document(
            {
                "attempt": attempt,
                "lines": page.lines,
                "before": queries.write_boundary(page.start),
                "after": queries.write_boundary(page.end),
            }
        )

    @describe(
        "Lines that hold a text",
        gives=SearchOutput,
        query=queries.parameters(
            queries.SearchQuery,
            {
                "q": "What to look for.",
                "regex": "Read `q` as an RE2 expression.",
                "case": "Tell capitals from small letters.",
                "attempt": "Only this attempt.",
                "rank": "Only this replica.",
                "after": "Cursor: look on from there.",
                "limit": f"At most {queries.MOST_FOUND} lines; more are counted, up to {COUNTED_EXACTLY}.",
            },
        ),
    )
    def search(self, request: Request, **_: Any) -> Response:
        given = queries.asked(queries.SearchQuery, request)
        log = SubjectLog(self.kwargs["subject_kind"], self.subject_id, attempt=given.get("attempt"), rank=given.get("rank"))
        after = queries.read_place(given["after"]) if "after" in given else None
        result = search(log, given["q"], regex=given["regex"], case=given["case"], after=after, limit=given["limit"])
        keys = ("number", "at", "stream", "text")
        return self.document(
            {
                "results": [
                    {"attempt": place.attempt, "rank": place.rank, **dict(zip(keys, row, strict=True))}
                    for place, row in result.found
                ],
                "count": min(result.count, COUNTED_EXACTLY),
                "count_is_exact": result.goes_on is None,
                "complete": result.goes_on is None,
                "next": queries.write_place(result.goes_on) if result.goes_on else None,
            }
        )

    @describe(
        "The log as a text file",
        gives=OpenApiTypes.STR,
        media_type="text/plain",
        query=queries.parameters(
            queries.DownloadQuery,
            {
                "attempt": _ATTEMPT,
                "rank": "Only this replica; all, merged by time, when left out.",
                "timestamps": "Begin each line with its time.",
            },
        ),
    )
    def download(self, request: Request, **_: Any) -> StreamingHttpResponse:
        given = queries.asked(queries.DownloadQuery, request)
        attempt = given.get("attempt") or self._newest_attempt() or 1
        name = f"{self.kwargs['subject_kind']}-{self.subject_id}-attempt-{attempt}"
        if "rank" in given:
            name += f"-rank-{given['rank']}"
        text = self._text(attempt, given.get("rank"), timestamps=given["timestamps"])
        return download(
            self,
            (line.encode() for line in text),
            media_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}.log"', "X-Content-Type-Options": "nosniff"},
        )

    def _extents(self, given: dict[str, Any]) -> Iterator[Any]:
        attempt = given.get("attempt") or self._newest_attempt()
        return (
            extent for extent in self.log.extents if extent.attempt == attempt and given.get("rank") in (None, extent.rank)
        )

    def _newest_attempt(self) -> int | None:
        return max((extent.attempt for extent in self.log.extents), default=None)

    def _merged_page(self, attempt: int, given: dict[str, Any]) -> MergedPage:
        limit = given["limit"]
        if "after" in given:
            return self.log.merged_after(attempt, queries.read_boundary(given["after"], "after"), limit)
        if "at" in given:
            return self.log.merged_after(attempt, self.log.boundary_at(attempt, given["at"]), limit)
        before = queries.read_boundary(given["before"], "before") if "before" in given else None
        return self.log.merged_before(attempt, before, limit)

    def _text(self, attempt: int, rank: int | None, *, timestamps: bool) -> Iterator[str]:
        if rank is not None:
            for _, at, _, text in self.log.after(attempt, rank, 0):
                yield f"{at} {without_colours(text)}\n" if timestamps else f"{without_colours(text)}\n"
            return
        for of_rank, _, at, _, text in self.log.merged(attempt, {}):
            yield f"{at} [{of_rank}] {without_colours(text)}\n" if timestamps else f"[{of_rank}] {without_colours(text)}\n"


class MetricsViewSet(SubjectViewSet):
    permissions = {"retrieve": ""}

    @describe(
        "Series of metrics",
        gives=MetricsOutput,
        query=queries.parameters(
            queries.MetricsQuery,
            {
                "attempt": "Only this attempt; all when left out.",
                "names": "Only these series, comma-separated.",
                "since": "From this moment on.",
                "until": "Up to, and without, this moment.",
                "points": "At most so many points a series: the lowest and the highest of each stretch of time.",
            },
        ),
    )
    def retrieve(self, request: Request, **_: Any) -> Response:
        given = queries.asked(queries.MetricsQuery, request)
        series = read_series(
            subject_kind=self.kwargs["subject_kind"],
            subject_id=self.subject_id,
            attempt=given.get("attempt"),
            names=[name for name in given.get("names", "").split(",") if name],
            since=given.get("since"),
            until=given.get("until"),
            most_points=given["points"],
        )
        return self.document({"series": [asdict(one) for one in series]})


def _either(parameter: str) -> InvalidRequest:
    return InvalidRequest(errors=[{"pointer": f"?{parameter}", "detail": "Only one of after, before and at."}])
