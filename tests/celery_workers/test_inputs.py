"""Code and secrets of jobs on this machine: what replicas find, and where none of it is left."""

import base64
import gzip
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone
from redis import Redis

from apps.code.models import Code
from apps.jobs import services as jobs
from apps.jobs.documents import why_document
from apps.jobs.models import Job, JobCode, JobSecret
from apps.jobs.services.inputs import PAUSES
from apps.monitoring.logs import SubjectLog
from apps.secrets import services as secrets
from celery_workers.git.fetch import fetch_code
from celery_workers.local.replicas import ReplicaDirectory
from celery_workers.tasks import code as tasks
from portal.settings.environment import environment
from tests.celery_workers.conftest import Portal
from tests.factories import make_code, make_secret, tar_of
from tests.git_server import GitServer, Repository

VALUE = "correct-horse-battery-staple"
KEY = "-----BEGIN KEY-----\nMIIBIjANBgkqhkiG9w0BAQ\nEFAAOCAQ8AMIIBCgKCAQEA\n-----END KEY-----\n"
ENCODED = base64.b64encode(VALUE.encode()).decode()

PRINTS = """
import base64, os, pathlib, sys, time
value = os.environ['TOKEN']
print('token', value, flush=True)
print('half', value[:14], end='', flush=True); time.sleep(0.2); print(value[14:], flush=True)
print('basic', base64.b64encode(f'ann:{value}'.encode()).decode())
print('progress', value, end='\\r', file=sys.stderr)
folder = pathlib.Path(os.environ['HANSE_SECRETS'])
print(folder.joinpath('key', 'id').read_text())
print(oct(folder.joinpath('key', 'id').stat().st_mode & 0o777), folder.joinpath('key', 'id').owner())
print('count', os.environ['COUNT'])
"""


def said(job: Job, *, rank: int = 0, attempt: int = 1) -> list[str]:
    log = SubjectLog("job", job.pk)
    return [text for _, _, _, text in log.after(attempt, rank, 0)]


def everything_kept(machine: Path) -> Iterator[tuple[str, str]]:
    """(where, what): the whole database as a dump would have it, all of Redis, and every file of this installation."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: S608 - a name of ours
            yield model._meta.label, str(cursor.fetchall())
    redis = Redis.from_url(environment().redis_url)
    for key in redis.scan_iter("*"):
        yield key.decode(), str(redis.dump(key))
        if redis.type(key) == b"stream":
            yield key.decode(), str(redis.xrange(key))
    for root in (machine, Path(settings.OBJECTS_URL.removeprefix("file://"))):
        for file in root.rglob("*"):
            if file.is_file() and "/work/" not in str(file):
                content = file.read_bytes()
                yield str(file), content.decode(errors="replace")
                if content.startswith(b"\x1f\x8b"):
                    yield str(file), gzip.decompress(content).decode(errors="replace")


class TestSecrets:
    def test_a_replica_has_them_and_nothing_else_ever_does(self, portal, machine):
        make_secret(portal.project, "tracker", token=VALUE, count="1")
        make_secret(portal.project, "key", id=KEY)
        job = portal.submit(
            sys.executable,
            "-c",
            PRINTS,
            env_from=[
                {"secret": "tracker", "key": "token", "name": "TOKEN"},
                {"secret": "tracker", "key": "count", "name": "COUNT"},
            ],
            secret_files=[{"secret": "key"}],
        )

        portal.until(job, "succeeded")
        portal.until_settled(job)

        lines = said(job)
        assert "token ***" in lines
        assert "half ***" in lines
        assert "progress ***" in lines
        assert "count 1" in lines
        assert next(line for line in lines if line.startswith("basic")).startswith("basic YW5u")
        owner = settings.LOCAL_COMPUTE_USER if os.geteuid() == 0 else Path.home().owner()
        assert f"0o400 {owner}" in lines
        forms = (VALUE, ENCODED.rstrip("="), base64.b64encode(f"ann:{VALUE}".encode()).decode()[8:-4], *KEY.split("\n")[1:3])
        found = [(where, form) for where, what in everything_kept(machine) for form in forms if form in what]
        assert found == []
        assert not list(machine.rglob("secrets"))

    def test_they_are_on_no_command_line_and_in_no_file_while_it_runs(self, portal, machine):
        make_secret(portal.project, "tracker", token=VALUE)
        job = portal.submit(
            sys.executable,
            "-c",
            "import time; print('ready', flush=True); time.sleep(600)",
            env_from=[{"secret": "tracker"}],
        )
        portal.until(job, "running")

        lines = [" ".join(process.info["cmdline"] or ()) for process in psutil.process_iter(["cmdline"])]

        assert not [line for line in lines if VALUE in line]
        assert not [where for where, what in everything_kept(machine) if VALUE in what]
        pid = ReplicaDirectory(job.pk, 1, 0).status().pid
        assert f"token={VALUE}" in Path(f"/proc/{pid}/environ").read_text()

    def test_files_go_with_a_runner_that_was_killed(self, portal, machine):
        make_secret(portal.project, "key", id=KEY)
        job = portal.submit(sys.executable, "-c", "import time; time.sleep(600)", secret_files=[{"secret": "key"}])
        portal.until(job, "running")
        assert len(list(machine.rglob("secrets/key/id"))) == 1

        psutil.Process(ReplicaDirectory(job.pk, 1, 0).status().runner.pid).kill()

        portal.until(job, "failed")
        assert not list(machine.rglob("secrets"))

    def test_the_version_is_pinned_when_it_is_admitted(self, portal):
        secret = make_secret(portal.project, "tracker", token="old-value-1")
        job = portal.submit("printenv", "token", env_from=[{"secret": "tracker"}])
        secrets.rotate_secret(actor=portal.actor, secret=secret, entries={"token": b"new-value-2"})

        portal.admit()
        secrets.rotate_secret(actor=portal.actor, secret=secret, entries={"token": b"newest-value-3"})
        portal.until(job, "succeeded")

        assert JobSecret.objects.get(job=job).version == 2

    def test_a_job_whose_secret_was_destroyed_fails_and_says_so(self, portal):
        secret = make_secret(portal.project, "tracker", token=VALUE)
        job = portal.submit("printenv", "token", env_from=[{"secret": "tracker"}], fault_policy={"restart": "on-failure"})
        secrets.destroy_secret(actor=portal.actor, secret=secret, confirm="tracker")

        portal.until(job, "failed")
        portal.until_settled(job)

        assert (job.reason, job.attempt) == ("secret-unusable", 1)
        assert "tracker" in job.message

    def test_run_again_exactly_it_is_given_the_same_version(self, portal):
        secret = make_secret(portal.project, "tracker", token="old-value-1")
        job = portal.submit("printenv", "token", env_from=[{"secret": "tracker"}])
        portal.until(job, "succeeded")
        secrets.rotate_secret(actor=portal.actor, secret=secret, entries={"token": b"new-value-2"})

        again = portal.until(jobs.rerun_job(actor=portal.actor, job=job), "succeeded")

        assert JobSecret.objects.get(job=again).version == 1


class TestArchive:
    def test_each_replica_starts_in_its_code(self, portal):
        code = make_code(
            portal.project, tar_of({"train.py": b"import lib; print(lib.NAME)", "lib.py": b"NAME = 'dig' + 'its'"})
        )
        job = portal.submit(sys.executable, "train.py", replicas=2, source={"archive": str(code.pk)})

        portal.until(job, "succeeded")
        portal.until_settled(job)

        assert said(job, rank=0) == said(job, rank=1) == ["digits"]
        work = ReplicaDirectory(job.pk, 1, 0).path / "work"
        assert (work / "code" / "train.py").exists()

    def test_without_its_object_the_job_fails_and_says_so(self, portal):
        code = make_code(portal.project)
        Path(settings.OBJECTS_URL.removeprefix("file://"), code.stored.path).unlink()

        job = portal.until(portal.submit("true", source={"archive": str(code.pk)}), "failed")

        assert job.reason == "code-gone"


@pytest.fixture
def server(git: GitServer) -> GitServer:
    return git


@pytest.fixture
def repository(server: GitServer, settings) -> Repository:
    from ipaddress import ip_network

    settings.ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    return server.repository()


def submit_git(portal: Portal, url: str, *, command: tuple[str, ...] = ("cat", "train.py"), **git: object) -> Job:
    return portal.submit(*command, source={"git": {"url": url, **git}})


def fetched(job: Job) -> Job:
    fetch_code(job.pk)
    job.refresh_from_db()
    return job


class TestGit:
    def test_the_commit_is_found_once_and_all_run_it(self, portal, repository):
        first = repository.commit({"train.py": b"first"}, links={"same.py": "train.py", "out": "../../etc/passwd"})
        job = submit_git(portal, repository.url, ref="main", command=("cat", "same.py"))
        portal.admit()
        portal.work()
        assert job.phase == "queued"

        fetched(job)
        repository.commit({"train.py": b"second"})
        portal.until(job, "succeeded")
        portal.until_settled(job)

        assert JobCode.objects.get(job=job).commit == first
        assert said(job) == ["first"]
        assert not (ReplicaDirectory(job.pk, 1, 0).code / "out").is_symlink()

    def test_run_again_exactly_it_runs_that_commit_and_asks_nobody(self, portal, repository, server):
        repository.commit({"train.py": b"first"})
        job = fetched(submit_git(portal, repository.url))
        portal.until(job, "succeeded")
        repository.commit({"train.py": b"second"})
        server.asked.clear()

        again = portal.until(jobs.rerun_job(actor=portal.actor, job=job), "succeeded")

        portal.until_settled(again)
        assert said(again) == ["first"]
        assert server.asked == []

    def test_by_tag_by_commit_and_below_a_directory(self, portal, repository):
        tagged = repository.commit({"a/train.py": b"tagged", "b/train.py": b"other"}, ref="refs/tags/v1")
        repository.commit({"a/train.py": b"main"})

        for git in ({"ref": "v1", "path": "a"}, {"ref": tagged, "path": "a"}, {"commit": tagged, "path": "a/"}):
            job = fetched(submit_git(portal, repository.url, **git))
            assert JobCode.objects.get(job=job).commit == tagged
        portal.until(job, "succeeded")
        portal.until_settled(job)
        assert said(job) == ["tagged"]
        assert Code.objects.count() == 1

    def test_credentials_come_from_a_secret(self, portal, repository, server, machine):
        repository.commit({"train.py": b"private"})
        server.password = VALUE
        make_secret(portal.project, "forge", kind="basic-auth", username="ann", password=VALUE)

        job = portal.until(fetched(submit_git(portal, repository.url, secret="forge")), "succeeded")
        refused = fetched(submit_git(portal, repository.url))

        assert job.phase == "succeeded"
        assert (refused.phase, refused.reason) == ("failed", "code-refused")
        assert JobSecret.objects.get(job=job).version == 1
        assert not [where for where, what in everything_kept(machine) if VALUE in what or ENCODED in what]

    @pytest.mark.parametrize(
        ("asked", "reason"),
        [
            ({"ref": "missing"}, "code-ref-unknown"),
            ({"commit": "0" * 40}, "code-ref-unknown"),
            ({"path": "nowhere"}, "code-not-found"),
            ({"url": "{server}/nothing.git"}, "code-not-found"),
        ],
    )
    def test_what_cannot_be_found_fails_the_job_while_it_still_waits(self, portal, repository, server, asked, reason):
        repository.commit({"train.py": b"first"})
        source = {"url": repository.url, **asked}
        job = fetched(submit_git(portal, source.pop("url").format(server=server.url), **source))

        assert (job.phase, job.reason) == ("failed", reason)
        assert not job.quota_held

    def test_more_than_may_be_fetched_fails_it(self, portal, repository, settings):
        settings.CODE_BYTES = 50_000
        repository.commit({"model.bin": os.urandom(200_000)})

        job = fetched(submit_git(portal, repository.url))

        assert (job.phase, job.reason) == ("failed", "code-too-large")

    def test_a_private_network_is_not_entered(self, portal, repository, server, settings):
        repository.commit({"train.py": b"first"})
        settings.ALLOWED_NETWORKS = []

        job = fetched(submit_git(portal, repository.url))

        assert (job.phase, job.reason) == ("failed", "code-unreachable")
        assert server.asked == []

    def test_a_redirect_is_not_followed(self, portal, repository, server):
        repository.commit({"train.py": b"first"})
        server.redirects_to = "http://127.0.0.1:1"

        job = fetched(submit_git(portal, repository.url))

        assert (job.phase, job.reason) == ("failed", "code-not-found")

    def test_a_server_that_is_away_is_asked_again_and_fails_it_in_the_end(self, portal, repository):
        repository.commit({"train.py": b"first"})
        job = submit_git(portal, "http://127.0.0.1:1/trainer.git")

        for _ in PAUSES:
            fetched(job)
            assert job.phase == "queued"
            assert job.conditions[0]["reason"] == "retrying"
            assert why_document(job)["said"][0]["code"] == "waits-code-again"
            JobCode.objects.filter(job=job).update(next_try_at=timezone.now())
        fetched(job)

        assert (job.phase, job.reason) == ("failed", "code-unreachable")

    def test_the_sweep_fetches_what_a_lost_hint_left(self, portal, repository, settings):
        from portal.celery import app

        app.conf.task_always_eager = True
        try:
            repository.commit({"train.py": b"first"})
            job = submit_git(portal, repository.url)
            tasks.sweep()
        finally:
            app.conf.task_always_eager = False

        assert JobCode.objects.get(job=job).state == "ready"
        assert JobCode.objects.get(job=job).next_try_at is None
