"""Dask, where forecasts are computed: a scheduler by its address, or a cluster of this machine's own processes.

What is sent are functions by name and ids; nothing comes back but that it ended. What counts is written to the database by
whoever computed it, so a scheduler that forgets everything loses time and nothing else: what is not done is sent again.
Workers say what they are by Dask resources, `cpu=1` or `gpu=1`; where none says anything, all are taken for processors.
A cluster of our own begins with the first task and ends when nothing was computed for a while. It speaks TLS with
certificates that only this process and its workers have, for whoever reaches a scheduler runs what he likes on it.
"""

import logging
import tempfile
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import close_old_connections

from apps.core.errors import Unavailable
from celery_workers.prediction.algorithms.devices import graphics_processors
from celery_workers.prediction.algorithms.interface import Unable

if TYPE_CHECKING:  # heavy: imported once something is computed
    from distributed import Client, Future, LocalCluster

INLINE, LOCAL = "inline", "local"
CONNECT_SECONDS, START_SECONDS = 5, 60
IDLE_SECONDS = 300.0
_log = structlog.get_logger(__name__)


class Backend:
    """The way of one process to Dask. `send` may be called by many threads."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._client: Client | None = None
        self._cluster: LocalCluster | None = None
        self._under_way: dict[str, Future] = {}
        self._idle: threading.Timer | None = None

    def send(
        self,
        function: Callable[[str], None],
        ids: Mapping[str, UUID],
        *,
        device: str,
        urgency: int = 0,
        given_up: Callable[[UUID], None],
    ) -> None:
        """Have `function` called with each of the ids, each by one worker, unless it is under way by the same key.

        device: auto, cpu, or cuda for workers that say that they have a GPU. `given_up` is called with an id whose worker
        died again and again.
        Raises Unable where a GPU is demanded that no worker has, Unavailable where Dask does not answer.
        """
        from distributed import fire_and_forget

        with self._lock:
            self._keep()
            client = self._connected()
            resources = _resources(_kinds(client), device)
            for key, subject in ids.items():
                if key not in self._under_way:
                    task = client.submit(
                        function, str(subject), key=key, resources=resources, priority=urgency, retries=0, pure=False
                    )
                    # It ends also when this process does not live to see that.
                    fire_and_forget(task)
                    self._under_way[key] = task
                    task.add_done_callback(lambda done, subject=subject: self._ended(done, subject, given_up))

    def close(self) -> None:
        with self._lock:
            self._keep()
            client, cluster, self._client, self._cluster = self._client, self._cluster, None, None
            self._under_way.clear()
        for each in (client, cluster):
            if each is not None:
                each.close()

    def _connected(self) -> "Client":
        if self._client is not None and self._client.status != "running":
            self.close()
        if self._client is None:
            try:
                self._client = self._connect()
            except (OSError, TimeoutError, ValueError) as error:
                self.close()
                raise Unavailable(f"Dask at {settings.DASK_URL} does not answer ({type(error).__name__}).") from error
        return self._client

    def _connect(self) -> "Client":
        import dask
        from distributed import Client, LocalCluster
        from distributed.security import Security

        # Importing it sets its own level, which tells of every connection.
        logging.getLogger("distributed").setLevel(logging.WARNING)
        if settings.DASK_URL != LOCAL:
            files = {name: file for name, file in settings.DASK_TLS.items() if file}
            security = Security(require_encryption=settings.DASK_URL.startswith("tls://"), **files)
            return Client(settings.DASK_URL, security=security, timeout=CONNECT_SECONDS, set_as_default=False)
        # It listens for HTTP whatever it is told, by default at a port that is known; so at any, with nothing to answer.
        with dask.config.set({"distributed.scheduler.http.routes": [], "distributed.worker.http.routes": []}):
            self._cluster = LocalCluster(
                n_workers=settings.DASK_PROCESSES,
                threads_per_worker=1,
                host="127.0.0.1",
                security=Security.temporary(),
                dashboard_address="127.0.0.1:0",
                scheduler_kwargs={"dashboard": False},
                resources={"gpu" if graphics_processors() else "cpu": 1},
                local_directory=tempfile.gettempdir(),
            )
        return Client(self._cluster, timeout=START_SECONDS, set_as_default=False)

    def _ended(self, task: "Future", subject: UUID, given_up: Callable[[UUID], None]) -> None:
        """Called by Dask's own thread: when a task ended, well or badly, or is not known any more."""
        from distributed import KilledWorker

        try:
            error = task.exception() if task.status == "error" else None
            if isinstance(error, KilledWorker):
                given_up(subject)
            elif error is not None:
                _log.warning("task-not-carried-out", subject=str(subject), error=f"{type(error).__name__}: {error}")
        finally:
            close_old_connections()
            with self._lock:
                key = task.key
                if self._under_way.get(key) is task:
                    del self._under_way[key]
                if not self._under_way and self._cluster is not None:
                    self._idle = threading.Timer(IDLE_SECONDS, self._close_idle)
                    self._idle.daemon = True
                    self._idle.start()

    def _keep(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    def _close_idle(self) -> None:
        with self._lock:
            if not self._under_way:
                self.close()


def _kinds(client: "Client") -> set[str]:
    """What the workers say that they are."""
    workers: dict[str, dict[str, Any]] = client.scheduler_info(n_workers=-1)["workers"]
    if not workers:
        raise Unavailable(f"Dask at {settings.DASK_URL} has no workers.")
    return {kind for worker in workers.values() for kind in worker["resources"]}


def _resources(kinds: set[str], device: str) -> dict[str, int]:
    if device == "cuda" and "gpu" not in kinds:
        raise Unable("no-gpu", library="Dask")
    wanted = "gpu" if device == "cuda" or (device == "auto" and "gpu" in kinds) else "cpu"
    return {wanted: 1} if wanted in kinds else {}


BACKEND = Backend()
