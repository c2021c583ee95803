"""What workloads say of themselves: read from their lines, whatever is in them."""

import json
import sys

import pytest
from django.utils import timezone

from apps.jobs.models import Job
from apps.monitoring.models import LogChunk, MetricPoint
from apps.monitoring.services import Line
from celery_workers.local.replicas import ReplicaDirectory
from celery_workers.speech import Report, read_report
from tests.celery_workers.conftest import Portal
from tests.eventually import eventually


def said(text: str, stream: str = "out") -> Report | None:
    return read_report(Line(1, timezone.now(), stream, text))


def run_python(portal: Portal, code: str, **fields: object) -> Job:
    job = portal.submit(sys.executable, "-c", code, **fields)
    portal.until(job, "succeeded", "failed")
    return portal.until_settled(job)


class TestReadReport:
    def test_progress_metrics_and_time_left(self):
        report = said('{"progress": 0.42, "metrics": {"loss": 0.3, "epoch": 2}, "eta_seconds": 12}')

        assert (report.progress, report.metrics, report.eta_seconds) == (0.42, {"loss": 0.3, "epoch": 2.0}, 12.0)

    @pytest.mark.parametrize(
        "line",
        [
            "epoch 1",
            "{}",
            '{"progress": "half"}',
            '{"metrics": [1]}',
            '{"metrics": {"loss": null}}',
            '{"progress": true}',
            "{" * 5000,
            '{"a":' * 5000,
            '{"progress": ' + "9" * 5000 + "}",
            '{"progress": 1e999}',
        ],
    )
    def test_any_other_line_is_none(self, line):
        assert said(line) is None

    def test_only_what_the_workload_itself_prints_counts(self):
        assert said('{"progress": 1}', stream="err") is None

    def test_names_that_cannot_be_kept_and_numbers_that_are_none_are_left_out(self):
        metrics = {"loss": float("nan"), "a\x00b": 1, "\ud800": 1, "x" * 81: 1, "": 1, "accuracy": 0.9, "huge": 10**400}

        assert said(json.dumps({"metrics": metrics})).metrics == {"accuracy": 0.9}


class TestSpeaking:
    def test_of_several_ranks_the_lowest_speaks_for_the_job(self, portal):
        code = "import json, os; print(json.dumps({'metrics': {'loss': float(os.environ['RANK'])}}))"
        job = run_python(portal, code, replicas=2)

        rank_of = dict(MetricPoint.objects.filter(subject_id=job.pk, name="loss").values_list("value", "rank"))
        assert rank_of[0.0] is None
        assert rank_of[1.0] in (1, None)  # None where it was heard before any lower one was
        assert job.metrics == {"loss": 0.0}

    def test_a_flood_of_reports_is_thinned_and_ends_with_the_newest(self, portal):
        code = "import json\nfor n in range(5000): print(json.dumps({'progress': n / 4999, 'metrics': {'step': n}}))"
        job = run_python(portal, code)

        points = MetricPoint.objects.filter(subject_id=job.pk, name="step")
        assert points.count() < 1000
        assert job.metrics == {"step": 4999}
        assert job.progress == 1.0

    def test_more_than_one_read_holds_arrives_whole(self, portal):
        job = run_python(portal, "for n in range(60000): print('x' * 100)")

        chunks = LogChunk.objects.filter(subject_id=job.pk).order_by("first_number")
        numbers = [number for chunk in chunks for number in range(chunk.first_number, chunk.last_number + 1)]
        assert numbers == list(range(1, 60001))

    def test_poison_does_not_reach_others(self, portal):
        poison = run_python(portal, "import sys; sys.stdout.buffer.write(bytes(range(256)) * 50 + b'\\n\\x00\\n')")
        job = run_python(portal, "print('well')")

        assert (poison.phase, job.phase) == ("succeeded", "succeeded")


class TestForgedFiles:
    """Where Hanse is an ordinary user, a replica may write into its own directory."""

    @pytest.mark.parametrize("content", ["", "no json", "[]", '{"phase": "running"}'])
    def test_a_status_that_makes_no_sense_is_a_lost_replica(self, portal, content):
        job = portal.submit(sys.executable, "-c", "import time; time.sleep(600)")
        portal.until(job, "running")
        directory = ReplicaDirectory(job.pk, 1, 0)
        runner = directory.status().runner
        (directory.path / "status.json").write_text(content)

        portal.until(job, "failed")

        assert job.reason == "lost"
        eventually(lambda: not runner.alive)

    def test_records_that_make_no_sense_are_passed_over(self, portal):
        code = "import pathlib, time\nwhile not pathlib.Path('go').exists(): time.sleep(.05)\nprint('end')"
        job = portal.submit(sys.executable, "-c", code)
        portal.until(job, "running")
        directory = ReplicaDirectory(job.pk, 1, 0)
        for name in ("output.log", "usage.jsonl"):
            with (directory.path / name).open("a") as file:
                file.write("nonsense\n\n7\tnever\tout\tx\n{}\n[]\n")
        (directory.path / "work" / "go").touch()

        portal.until(job, "succeeded")
        portal.until_settled(job)

        assert LogChunk.objects.get(subject_id=job.pk).last_number == 1
