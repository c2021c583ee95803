"""Apps on this machine, with the two Caddys of `make run` before them."""

import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest

from apps.clusters.models import Cluster
from apps.inference import services
from apps.inference.models import App, AppReplica
from apps.inference.spec import AppSpec
from apps.quotas import services as quotas
from apps.tenants.access import actor_of_user
from celery_workers.gate.routes import Gate
from celery_workers.local import replicas
from celery_workers.local.apps import directory_of
from celery_workers.local.follow import Follower
from celery_workers.local.serving import Serving
from celery_workers.tasks import inference as tasks
from embedded.caddy import Caddy
from embedded.caddy import Gate as Embedded
from tests.eventually import eventually
from tests.factories import equip, make_member, make_project, make_user
from tests.testbed.ports import own_port

SERVER = ["python", "-m", "tests.inference.server"]


@dataclass(frozen=True)
class Front:
    """What stands before apps: the door that everybody uses, and the server behind it that knows the replicas."""

    address: str
    admin: str
    listen: str
    doorman: str
    log: str


@pytest.fixture(scope="session")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    directory = tmp_path_factory.mktemp("front")
    log = directory / "requests.log"
    gate = Embedded(
        directory / "gate.json", directory / "apps.sock", directory / "gate.sock", directory / "nowhere.sock", log
    )
    ports = {name: own_port(first) for name, first in (("port", 36_000), ("files_port", 36_400), ("apps_port", 36_800))}
    nowhere = directory / "nowhere.sock"
    door = Caddy(
        directory / "Caddyfile",
        web_socket=nowhere,
        live_socket=nowhere,
        gateway_socket=nowhere,
        store_url="http://127.0.0.1:9",
        gate_socket=gate.socket,
        **ports,
    )
    processes = []
    for server in (gate, door):
        server.configure()
        processes.append(subprocess.Popen(server.command(), stderr=subprocess.DEVNULL, env={"HOME": str(directory)}))
    address = f"http://127.0.0.1:{ports['apps_port']}"
    try:
        eventually(lambda: _answers(address), within=60, what="the servers before apps")
        yield Front(address, str(gate.admin), gate.listen, gate.doorman, str(log))
    finally:
        for process in processes:
            process.terminate()
            process.wait()


def _answers(address: str) -> bool:
    try:
        return httpx.get(address).status_code == 404
    except httpx.HTTPError:
        return False


class Apps:
    """What worker and watch do, one step after the other, and how an app is seen from outside."""

    def __init__(self, front: Front) -> None:
        self.project = make_project()
        equip(self.project.tenant)
        self.user = make_user()
        make_member("developer", user=self.user, tenant=self.project.tenant)
        self.actor = actor_of_user(self.user)
        self.front = front
        self.renew()

    def renew(self) -> None:
        """New loops that remember nothing, as after a kill of `watch`."""
        self._loops = [Serving(), Gate(), Follower()]

    def deploy(self, **fields: Any) -> App:
        given = {name: fields.pop(name) for name in ("name", "replicas", "access") if name in fields}
        given = {"name": "echo", "access": "public", **given}
        return services.create_app(actor=self.actor, project=self.project, **given, spec=self.spec(**fields))

    def spec(self, *, greeting: str = "one", **fields: Any) -> AppSpec:
        small = {"command": SERVER, "cpu_millicores": 100, "memory_bytes": "256Mi"}
        return AppSpec.model_validate({**small, "env": {"GREETING": greeting}, **fields})

    def work(self) -> None:
        for cluster in Cluster.objects.all():
            quotas.admit(cluster_id=cluster.pk)
        for app_id in App.objects.due().values_list("pk", flat=True):
            tasks.reconcile(app_id=str(app_id))
        stop = Event()
        for loop in self._loops:
            loop.step(stop)
        # As `watch` does, so that callers and replicas have the machine in between.
        stop.wait(0.1)

    def until(self, app: App, *phases: str, what: Any = lambda app: True) -> App:
        def arrived() -> bool:
            self.work()
            app.refresh_from_db()
            return app.phase in phases and what(app)

        eventually(arrived, within=60, what=f"{' or '.join(phases)} of {app.name}")
        return app

    def address(self, app: App) -> str:
        return f"{self.front.address}/{app.project.namespace}/{app.name}"

    def going(self, app: App) -> list[AppReplica]:
        return list(AppReplica.objects.filter(app=app, finished_at=None).order_by("number"))


@pytest.fixture
def apps(db, front: Front, tmp_path: Path, settings) -> Iterator[Apps]:
    settings.LOCAL_COMPUTE = True
    settings.LOCAL_COMPUTE_USER = "nobody" if os.geteuid() == 0 else ""
    settings.LOCAL_COMPUTE_DIRECTORY = tmp_path / "local"
    settings.GATE_ADMIN, settings.GATE_LISTEN, settings.APPS_URL = front.admin, front.listen, front.address
    settings.GATE_DOORMAN, settings.GATE_LOG = front.doorman, front.log
    if os.geteuid() == 0:
        for parent in (tmp_path, *tmp_path.parents[:-1]):
            parent.chmod(parent.stat().st_mode | 0o111)
    yield Apps(front)
    for directory in replicas.opened(shelf=replicas.APPS):
        status = directory.status()
        if status is not None and not status.final:
            directory.stop(grace_seconds=0)
            status.runner.send(signal.SIGTERM)


def kill(replica: AppReplica) -> None:
    """End the process of a replica, as the kernel may at any moment."""
    status = directory_of(replica).status()
    assert status is not None
    assert status.pid is not None
    os.kill(status.pid, signal.SIGKILL)
