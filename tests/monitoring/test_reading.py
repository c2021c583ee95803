"""Logs and metrics over REST."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from apps.core.ids import new_id
from apps.core.registries import SubjectScope
from apps.monitoring.models import MetricPoint
from apps.monitoring.services import record_metrics
from tests.factories import make_project
from tests.monitoring.logs import BEGIN, Writer, lines, make_job

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("follower_dies")]


@pytest.fixture
def job_log(as_role):
    """(client who may see the job, its address, writer of its rank 0)."""
    client, project = as_role("viewer")
    job = make_job(project)
    writer = Writer(job.id, scope=SubjectScope(tenant_id=project.tenant_id, project_id=project.id))
    return client, f"/api/v1/projects/{project.id}/jobs/{job.id}/", writer


def written(writer: Writer, archived: int, live: int, **options) -> None:
    """Lines in several chunks, the last ones live only."""
    step = max(1, archived // 3)
    for first in range(1, archived + 1, step):
        writer.write(lines(first, min(archived, first + step - 1), **options), final=True)
    if live:
        writer.write(lines(archived + 1, archived + live, **options))


class TestLines:
    def test_the_end_comes_first_then_page_by_page_upward(self, job_log):
        client, address, writer = job_log
        written(writer, archived=90, live=10)

        seen, before = [], None
        while True:
            page = client.get(f"{address}logs/", {"limit": 30} | ({"before": before} if before else {})).json()
            if not page["lines"]:
                break
            seen = page["lines"] + seen
            before = page["lines"][0][0]

        assert [line[0] for line in seen] == list(range(1, 101))
        assert seen[0] == [1, "2026-01-01T00:00:01.000000Z", "out", "line 1"]
        assert (page["first_known"], page["last_known"]) == (1, 100)

    def test_pages_downward_cross_from_the_archive_to_what_is_live(self, job_log):
        client, address, writer = job_log
        written(writer, archived=90, live=10)

        seen = []
        while page := client.get(f"{address}logs/", {"after": len(seen), "limit": 35}).json()["lines"]:
            seen += [line[0] for line in page]

        assert seen == list(range(1, 101))

    def test_without_redis_the_archive_is_read(self, job_log, settings):
        client, address, writer = job_log
        written(writer, archived=20, live=5)
        settings.REDIS_URL = "redis://127.0.0.1:1/0"

        answer = client.get(f"{address}logs/")

        assert [line[0] for line in answer.json()["lines"]] == list(range(1, 21))

    def test_the_newest_attempt_and_the_first_rank_unless_others_are_named(self, job_log):
        client, address, writer = job_log
        second = Writer(writer.subject_id, scope=writer.scope, rank=1)
        writer.write(lines(1, 2), final=True)
        writer.write(lines(1, 3), attempt=2, final=True)
        second.write(lines(1, 4), attempt=2)

        pages = [client.get(f"{address}logs/", query).json() for query in ({}, {"rank": 1}, {"attempt": 1}, {"attempt": 7})]

        assert [(page["attempt"], page["rank"], len(page["lines"])) for page in pages] == [
            (2, 0, 3),
            (2, 1, 4),
            (1, 0, 2),
            (7, None, 0),
        ]

    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            ({"limit": 0}, "?limit"),
            ({"limit": 10_000}, "?limit"),
            ({"after": -1}, "?after"),
            ({"after": 1, "before": 2}, "?before"),
            ({"rank": "all"}, "?rank"),
            ({"colour": 1}, "?colour"),
        ],
    )
    def test_a_wrong_parameter_is_named(self, job_log, query, parameter):
        client, address, _ = job_log

        answer = client.get(f"{address}logs/", query)

        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == [parameter]


class TestRanks:
    def test_says_who_wrote_how_much(self, job_log):
        client, address, writer = job_log
        written(writer, archived=30, live=5)
        Writer(writer.subject_id, scope=writer.scope, rank=2).write(lines(1, 4))

        assert client.get(f"{address}log-ranks/").json() == [
            {"attempt": 1, "rank": 0, "first_number": 1, "last_number": 35, "lines": 35},
            {"attempt": 1, "rank": 2, "first_number": 1, "last_number": 4, "lines": 4},
        ]


class TestMerged:
    @pytest.fixture
    def three_ranks(self, job_log):
        """Rank r writes a line a second, shifted by r tenths; each in chunks, each with a live end."""
        client, address, writer = job_log
        for rank in range(3):
            of_rank = Writer(writer.subject_id, scope=writer.scope, rank=rank)
            written(of_rank, archived=30, live=10, late=rank / 10)
        in_order = [[rank, number] for number in range(1, 41) for rank in range(3)]
        return client, f"{address}logs/merged/", in_order

    def test_pages_downward_are_all_lines_by_time(self, three_ranks):
        client, address, in_order = three_ranks
        page = client.get(address, {"at": BEGIN.isoformat(), "limit": 50}).json()

        seen = page["lines"]
        while page["lines"]:
            page = client.get(address, {"after": page["after"], "limit": 50}).json()
            seen += page["lines"]

        assert [line[:2] for line in seen] == in_order

    def test_pages_upward_too(self, three_ranks):
        client, address, in_order = three_ranks
        page = client.get(address, {"limit": 37}).json()

        seen = page["lines"]
        while page["lines"]:
            page = client.get(address, {"before": page["before"], "limit": 37}).json()
            seen = page["lines"] + seen

        assert [line[:2] for line in seen] == in_order

    def test_starts_at_a_moment(self, three_ranks):
        client, address, _ = three_ranks

        page = client.get(address, {"at": (BEGIN + timedelta(seconds=35.05)).isoformat(), "limit": 3}).json()

        assert [line[:2] for line in page["lines"]] == [[1, 35], [2, 35], [0, 36]]

    def test_the_end_is_a_place_to_go_on_from(self, three_ranks, job_log):
        client, address, _ = three_ranks
        page = client.get(address).json()
        assert client.get(address, {"after": page["after"]}).json()["lines"] == []

        Writer(job_log[2].subject_id, scope=job_log[2].scope, rank=3).write(lines(1, 2))

        assert [line[:2] for line in client.get(address, {"after": page["after"]}).json()["lines"]] == [[3, 1], [3, 2]]

    def test_a_cursor_that_is_none_is_refused(self, three_ranks):
        client, address, _ = three_ranks

        for query in ({"after": "x"}, {"before": "W10x"}, {"after": "WzEsMl0"}):
            assert client.get(address, query).status_code == 422


class TestSearch:
    def test_finds_by_text_in_the_archive_and_in_what_is_live(self, job_log):
        client, address, writer = job_log
        written(writer, archived=90, live=10, text="Loss {number} falls")

        answer = client.get(f"{address}logs/search/", {"q": "loss 1"}).json()

        assert [found["number"] for found in answer["results"]] == [1, *range(10, 20), 100]
        assert (answer["count"], answer["count_is_exact"], answer["complete"], answer["next"]) == (12, True, True, None)
        assert answer["results"][0]["text"] == "Loss 1 falls"

    def test_capitals_and_expressions_when_asked(self, job_log):
        client, address, writer = job_log
        written(writer, archived=20, live=0, text="Loss {number}")

        def count(**query):
            return client.get(f"{address}logs/search/", query).json()["count"]

        assert count(q="loss", case="true") == 0
        assert count(q=r"oss \d\d$", regex="true") == 11
        assert count(q=r"\d\d$") == 0

    def test_colours_do_not_hide_a_word(self, job_log):
        client, address, writer = job_log
        writer.write(lines(1, 3, text="\x1b[31mER\x1b[1mROR\x1b[0m {number}"), final=True)

        assert client.get(f"{address}logs/search/", {"q": "error 2"}).json()["count"] == 1

    def test_more_than_is_shown_is_counted_and_can_be_read_on(self, job_log):
        client, address, writer = job_log
        written(writer, archived=2500, live=0, text="same")

        first = client.get(f"{address}logs/search/", {"q": "same", "limit": 10}).json()
        assert (len(first["results"]), first["count"], first["count_is_exact"], first["complete"]) == (
            10,
            1000,
            False,
            False,
        )

        rest = client.get(f"{address}logs/search/", {"q": "same", "limit": 10, "after": first["next"]}).json()
        assert rest["results"][0]["number"] > 1000

    @pytest.mark.parametrize("q", ["(", "[z-a]", "(?P<x>", "a{99999}", "\\"])
    def test_an_expression_that_is_none_is_refused_with_the_reason(self, job_log, q):
        client, address, writer = job_log
        writer.write(lines(1, 1))

        answer = client.get(f"{address}logs/search/", {"q": q, "regex": "true"})

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "?q"

    def test_no_expression_takes_long(self, job_log):
        client, address, writer = job_log
        writer.write(lines(1, 50, text="a" * 5000), final=True)

        began = timezone.now()
        answer = client.get(f"{address}logs/search/", {"q": "(a+)+(a|aa)*$b", "regex": "true"})

        assert answer.json()["count"] == 0
        assert timezone.now() - began < timedelta(seconds=3)


class TestDownload:
    def test_is_a_text_file_that_no_browser_runs(self, job_log):
        client, address, writer = job_log
        writer.write(lines(1, 2, text="\x1b[31m<script>{number}</script>\x1b[0m"), final=True)

        answer = client.get(f"{address}logs/download/", {"rank": 0})

        assert b"".join(answer.streaming_content) == b"<script>1</script>\n<script>2</script>\n"
        assert answer["Content-Type"].startswith("text/plain")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert f"job-{writer.subject_id}-attempt-1-rank-0.log" in answer["Content-Disposition"]

    def test_all_ranks_are_merged_and_named(self, job_log):
        client, address, writer = job_log
        writer.write(lines(1, 2), final=True)
        Writer(writer.subject_id, scope=writer.scope, rank=1).write(lines(1, 2, late=0.5))

        answer = client.get(f"{address}logs/download/", {"timestamps": "true"})

        assert b"".join(answer.streaming_content).decode().splitlines() == [
            "2026-01-01T00:00:01.000000Z [0] line 1",
            "2026-01-01T00:00:01.500000Z [1] line 1",
            "2026-01-01T00:00:02.000000Z [0] line 2",
            "2026-01-01T00:00:02.500000Z [1] line 2",
        ]


class TestMetrics:
    def record(self, writer, name, values, *, rank=None, every=1.0, begin=datetime(2026, 1, 1, tzinfo=UTC)):
        points = [(name, begin + timedelta(seconds=every * place), value) for place, value in enumerate(values)]
        record_metrics(
            scope=writer.scope, subject_kind="job", subject_id=writer.subject_id, attempt=1, rank=rank, points=points
        )

    def test_series_come_with_their_points(self, job_log):
        client, address, writer = job_log
        self.record(writer, "loss", [0.5, 0.25])
        self.record(writer, "cpu_millicores", [900], rank=1)

        loss, cpu = client.get(f"{address}metrics/").json()["series"]

        assert loss == {
            "name": "loss",
            "attempt": 1,
            "rank": None,
            "count": 2,
            "minimum": 0.25,
            "maximum": 0.5,
            "mean": 0.375,
            "points": [["2026-01-01T00:00:00Z", 0.5], ["2026-01-01T00:00:01Z", 0.25]],
        }
        assert (cpu["name"], cpu["rank"], cpu["points"][0][1]) == ("cpu_millicores", 1, 900)

    def test_recording_twice_changes_nothing_and_what_is_no_number_is_left_out(self, job_log):
        client, address, writer = job_log
        for _ in range(2):
            self.record(writer, "loss", [0.5, float("nan"), float("inf")])

        assert MetricPoint.objects.count() == 1
        assert len(client.get(f"{address}metrics/").json()["series"][0]["points"]) == 1

    def test_long_series_are_thinned_out_and_keep_their_peaks(self, job_log):
        client, address, writer = job_log
        self.record(writer, "loss", [999 if place == 1234 else place % 7 for place in range(5000)])

        (loss,) = client.get(f"{address}metrics/", {"points": 100}).json()["series"]

        assert loss["count"] == 5000
        assert 50 <= len(loss["points"]) <= 100
        assert max(value for _, value in loss["points"]) == 999
        assert [at for at, _ in loss["points"]] == sorted({at for at, _ in loss["points"]})

    def test_gaps_stay_gaps(self, job_log):
        client, address, writer = job_log
        self.record(writer, "loss", [1.0] * 600)
        self.record(writer, "loss", [1.0] * 600, begin=datetime(2026, 1, 1, 6, tzinfo=UTC))

        (loss,) = client.get(f"{address}metrics/", {"points": 100}).json()["series"]

        hours = {datetime.fromisoformat(at).hour for at, _ in loss["points"]}
        assert hours == {0, 6}

    def test_names_and_times_narrow_it(self, job_log):
        client, address, writer = job_log
        self.record(writer, "loss", [1, 2, 3])
        self.record(writer, "accuracy", [1, 2, 3])

        (loss,) = client.get(
            f"{address}metrics/",
            {"names": "loss,other", "since": "2026-01-01T00:00:01Z", "until": "2026-01-01T00:00:02Z"},
        ).json()["series"]

        assert [value for _, value in loss["points"]] == [2]

    def test_as_many_queries_for_many_points_as_for_few(self, job_log, django_assert_max_num_queries):
        client, address, writer = job_log
        self.record(writer, "loss", range(3))
        with django_assert_max_num_queries(12) as few:
            client.get(f"{address}metrics/")
        self.record(writer, "accuracy", range(3000))
        with django_assert_max_num_queries(len(few)):
            client.get(f"{address}metrics/", {"points": 100})


ROUTES = ["log-ranks/", "logs/", "logs/merged/", "logs/search/?q=line", "logs/download/", "metrics/"]


class TestWhoMayRead:
    @pytest.mark.parametrize("route", ROUTES)
    @pytest.mark.parametrize(
        ("role", "status"),
        [("anonymous", 401), ("outsider", 404), ("other-tenant-owner", 404), ("viewer", 200), ("operator", 404)],
    )
    def test_roles(self, as_role, route, role, status):
        client, project = as_role(role)
        job = make_job(project)
        Writer(job.id, scope=SubjectScope(tenant_id=project.tenant_id, project_id=project.id)).write(lines(1, 3))

        assert client.get(f"/api/v1/projects/{project.id}/jobs/{job.id}/{route}").status_code == status

    @pytest.mark.parametrize("route", ROUTES)
    def test_a_job_has_one_address(self, as_role, route):
        client, project = as_role("owner")
        sibling = make_project(project.tenant)
        job = make_job(project)

        assert client.get(f"/api/v1/projects/{sibling.id}/jobs/{job.id}/{route}").status_code == 404
        assert client.get(f"/api/v1/projects/{project.id}/jobs/{new_id()}/{route}").status_code == 404
