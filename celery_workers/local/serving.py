"""What becomes of apps' replicas on this machine: whether they answer, and how they end; those that are to go, go."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event
from uuid import UUID

import httpx
import structlog
from django.conf import settings
from django.utils import timezone

from apps.clusters.models import ClusterKind
from apps.core.sentences import Said, say
from apps.inference import services
from apps.inference.models import App, AppReplica, ReplicaPhase, Revision
from apps.inference.spec import AppSpec
from celery_workers.local import replicas
from celery_workers.local.apps import HOST, directory_of
from celery_workers.local.replicas import APPS, ReplicaDirectory, Status

# One that is awaited is asked often; one that answered is asked again so much later.
AGAIN_SECONDS, AGAIN_READY_SECONDS = 0.4, 2.0
# So many unanswered probes in a row say that it does not serve; one may be lost to a busy moment.
MISSES_THAT_TELL = 3
PROBES_AT_ONCE = 8
_ESTABLISHED = "01"
_BEFORE_A_PROCESS = (ReplicaPhase.WAITING, ReplicaPhase.STARTING)
_log = structlog.get_logger(__name__)


class Serving:
    """Looks at all replicas of apps, again and again. What it remembers only saves work; a new one begins anew."""

    def __init__(self) -> None:
        self._probes: dict[UUID, Future[bool]] = {}
        self._probed_at: dict[UUID, float] = {}
        self._misses: dict[UUID, int] = {}
        self._pool = ThreadPoolExecutor(PROBES_AT_ONCE, thread_name_prefix="probe")
        # No connection is kept: an open one says that a request is under way.
        self._client = httpx.Client(trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))
        self._specs: dict[tuple[UUID, int], AppSpec] = {}

    def step(self, stop: Event) -> None:
        # Before the rows are read: of what is opened by now, the row is there and has its port.
        opened = replicas.opened(shelf=APPS)
        # What has no port has no process yet; one that is to go before it had one goes now.
        here = AppReplica.objects.filter(finished_at=None, app__cluster__kind=ClusterKind.LOCAL)
        rows = here.exclude(port=None, phase__in=_BEFORE_A_PROCESS)
        going = {directory_of(one): one for one in rows}
        served = {(one.app_id, one.revision) for one in rows}
        self._specs = {revision: spec for revision, spec in self._specs.items() if revision in served}
        awaited, leaving = [], []
        for directory, replica in going.items():
            if stop.is_set():
                return
            status = directory.status()
            if status is None and replica.phase in (ReplicaPhase.READY, ReplicaPhase.UNREADY, ReplicaPhase.DRAINING):
                services.ended(replica_id=replica.pk, said=[say("replica-lost")])
            elif status is not None and status.final:
                services.ended(replica_id=replica.pk, said=how(status))
            elif status is not None and replica.phase == ReplicaPhase.DRAINING:
                leaving.append((directory, replica))
            elif status is not None and status.phase == "running":
                awaited.append(replica)
        busy = connected_ports() if leaving else set()
        for directory, replica in leaving:
            if self._may_go(replica, busy):
                directory.stop()
        self._probe(awaited)
        for directory in opened:
            if directory not in going:
                self._clear(directory)

    def _probe(self, awaited: list[AppReplica]) -> None:
        """Ask those whose turn it is, and write down what was answered by now: nobody waits for one that is slow."""
        known = {replica.pk for replica in awaited}
        for memory in (self._probes, self._probed_at, self._misses):
            for pk in memory.keys() - known:
                del memory[pk]
        for replica in awaited:
            probe = self._probes.get(replica.pk)
            if probe is not None and probe.done():
                del self._probes[replica.pk]
                self._probed_at[replica.pk] = time.monotonic()
                self._hear(replica, probe.result())
            elif probe is None and time.monotonic() - self._probed_at.get(replica.pk, 0.0) >= _pause(replica):
                wanted = self._spec_of(replica).probe
                address = f"http://{HOST}:{replica.port}{wanted.path}"
                self._probes[replica.pk] = self._pool.submit(self._answers, address, wanted.timeout_seconds)

    def _hear(self, replica: AppReplica, answers: bool) -> None:
        self._misses[replica.pk] = 0 if answers else self._misses.get(replica.pk, 0) + 1
        if answers or self._misses[replica.pk] >= MISSES_THAT_TELL or replica.phase != ReplicaPhase.READY:
            services.probed(replica_id=replica.pk, ready=answers)

    def _answers(self, address: str, timeout_seconds: float) -> bool:
        """By the status alone: what follows it may be large, or never end."""
        try:
            with self._client.stream("GET", address, timeout=timeout_seconds) as answer:
                return answer.is_success
        except httpx.HTTPError:
            return False

    def _may_go(self, replica: AppReplica, busy: set[int]) -> bool:
        """Whether nothing is under way any more, or its time is over. `busy`: ports with an open connection."""
        since = replica.off_gate_at if settings.GATE_ADMIN else replica.draining_at
        if since is None:
            return False
        late = timezone.now() - since > timedelta(seconds=self._spec_of(replica).drain_seconds)
        return late or replica.port not in busy

    def _spec_of(self, replica: AppReplica) -> AppSpec:
        key = replica.app_id, replica.revision
        if key not in self._specs:
            self._specs[key] = Revision.objects.get(app_id=key[0], number=key[1]).parsed_spec()
        return self._specs[key]

    def _clear(self, directory: ReplicaDirectory) -> None:
        """Take away what is left of a replica that is over, or of which nobody knows."""
        status = directory.status()
        if status is not None and not status.final:
            _log.info("replica-unwanted", replica=directory.label)
            directory.stop()
            return
        if status is not None and status.phase == "lost":
            directory.kill_left_over(status)
            directory.remove_secrets()
        # What it printed is passed on first (local.follow).
        if status is None or directory.followed:
            directory.close()


def tidy() -> None:
    """Delete the directories of apps that are gone, and of replicas that are over and were read to their end."""
    # What is there, before what is wanted: nothing that is only just made is taken for left over.
    of_apps, of_replicas = replicas.kept_jobs(APPS), replicas.kept(APPS)
    wanted = set(replicas.opened(shelf=APPS)) | {directory_of(one) for one in AppReplica.objects.filter(finished_at=None)}
    apps = set(App.objects.values_list("pk", flat=True)) | {directory.job_id for directory in wanted}
    for app_id in of_apps:
        if app_id not in apps:
            replicas.remove_job(app_id, shelf=APPS)
    for directory in of_replicas:
        if directory not in wanted:
            directory.remove()


def how(status: Status) -> list[Said]:
    """How a replica ended, as apps say it; nothing when it did as it was told."""
    match status:
        case Status(phase="stopped"):
            return []
        case Status(reason="out-of-memory"):
            return [say("replica-memory")]
        case Status(reason="cannot-start"):
            return [say("replica-not-started")]
        case Status(phase="lost"):
            return [say("replica-lost")]
        case Status(signal=int(number)):
            return [say("replica-killed", signal=number)]
    return [say("replica-exited", number=status.exit_code or 0)]


def connected_ports() -> set[int]:
    """Ports of this machine with an open connection, as the listening side has it."""
    return {port for table in ("tcp", "tcp6") for port in _ports(Path("/proc/net") / table)}


def _ports(table: Path) -> Iterator[int]:
    for line in table.read_text().splitlines()[1:]:
        _, local, _, state, *_ = line.split()
        if state == _ESTABLISHED:
            yield int(local.rpartition(":")[2], 16)


def _pause(replica: AppReplica) -> float:
    return AGAIN_READY_SECONDS if replica.phase == ReplicaPhase.READY else AGAIN_SECONDS
