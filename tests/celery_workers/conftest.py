"""A machine for replicas: a compute directory of the test's own, and a promise that nothing outlives the test."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from apps.accounts.models import User
from apps.clusters.models import Cluster
from apps.jobs import services as jobs
from apps.jobs.models import Job
from apps.jobs.spec import JobSpec
from apps.quotas import services as quotas
from apps.quotas.models import UserCap
from apps.tenants.access import actor_of_user
from apps.tenants.models import Project
from celery_workers.local import replicas
from celery_workers.local.collect import collect_artifacts
from celery_workers.local.follow import Follower
from celery_workers.local.observe import Observer
from celery_workers.tasks import jobs as tasks
from tests.eventually import eventually
from tests.factories import equip, make_member, make_project, make_user
from tests.git_server import GitServer, git_server


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, settings) -> Iterator[Path]:
    settings.LOCAL_COMPUTE = True
    settings.LOCAL_COMPUTE_USER = "nobody" if os.geteuid() == 0 else ""
    settings.LOCAL_COMPUTE_DIRECTORY = tmp_path / "local"
    if os.geteuid() == 0:
        for parent in (tmp_path, *tmp_path.parents[:-1]):
            parent.chmod(parent.stat().st_mode | 0o111)
    yield settings.LOCAL_COMPUTE_DIRECTORY
    for directory in replicas.all_opened():
        status = directory.status()
        if status is not None and not status.final:
            directory.stop(grace_seconds=0)
            status.runner.send(signal.SIGTERM)


_OF_ROLE = ("replicas", "min_replicas", "env", "env_from", "secret_files", "image", "devices")


class Portal:
    """What worker, watch and beat do, one step after the other, so that a test sees them only through what they do."""

    git: GitServer

    def __init__(self, project: Project, user: User) -> None:
        self.project, self.actor = project, actor_of_user(user)
        self.renew()

    def renew(self) -> None:
        """New loops that remember nothing, as after a kill of `watch`."""
        self._observer, self._follower, self._stop = Observer(), Follower(), Event()

    def submit(self, *command: str, **fields: Any) -> Job:
        """A job of one replica that runs `command` on little; `fields` are of its specification, some of its role."""
        role = {name: fields.pop(name) for name in _OF_ROLE if name in fields}
        role = {"command": command, "cpu_millicores": 200, "memory_bytes": "256Mi", **role}
        spec = JobSpec.model_validate({"name": "experiment", "roles": [role], **fields})
        return jobs.submit_job(actor=self.actor, project=self.project, spec=spec)

    def work(self) -> None:
        self.admit()
        tasks.sweep()
        for job_id in Job.objects.due().values_list("pk", flat=True):
            tasks.reconcile(job_id=str(job_id))
        self.watch()

    def admit(self) -> None:
        for cluster in Cluster.objects.all():
            quotas.admit(cluster_id=cluster.pk)

    def watch(self) -> None:
        self._observer.step(self._stop)
        self._follower.step(self._stop)
        collect_artifacts(self._stop)

    def until(self, job: Job, *phases: str) -> Job:
        def arrived() -> bool:
            self.work()
            job.refresh_from_db()
            return job.phase in phases

        eventually(arrived, within=30, what=f"{' or '.join(phases)}")
        return job

    def until_settled(self, job: Job) -> Job:
        """Until nothing of it is left to be told: logs, artifacts, quota."""

        def settled() -> bool:
            self.work()
            job.refresh_from_db()
            return not replicas.opened(job.pk) and not job.quota_held

        eventually(settled, within=30, what="a settled job")
        return job


@pytest.fixture
def git(tmp_path: Path) -> Iterator[GitServer]:
    (tmp_path / "repositories").mkdir()
    with git_server(tmp_path / "repositories") as running:
        yield running


@pytest.fixture
def portal(db, machine: Path, request) -> Portal:
    """A developer in a project whose tenant may use all of this machine: 8 cores, 16 GiB, as far as admission knows."""
    project = make_project()
    equip(project.tenant)
    user = make_user()
    make_member("developer", user=user, tenant=project.tenant)
    UserCap.objects.create(tenant=project.tenant, user=user, may_use_restricted_priorities=True)
    made = Portal(project, user)
    made.git = request.getfixturevalue("git")
    return made
