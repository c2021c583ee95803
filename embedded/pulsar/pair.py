"""Two Pulsar clusters that replicate to each other: each has its own key and metadata, and a token that the other issued."""

import json
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx

from embedded.ports import is_free, next_free
from embedded.pulsar.broker import AUTHENTICATION, PORTS, Broker
from embedded.pulsar.jars import Jars
from embedded.supervisor import StartFailed, Supervisor

TENANT = "fl-tenant"
NUMBERS = (10000, 20000)
_MARK = "HANSE_PULSAR"
_FIRST_PORT = 16610


class Pair:
    """`directory` holds all of it."""

    def __init__(self, directory: Path, *, jars: Jars | None = None) -> None:
        self.directory = directory.resolve()
        self.jars = jars or Jars()
        self._record_file = self.directory / "pulsar.json"

    @property
    def brokers(self) -> tuple[Broker, Broker]:
        ports = json.loads(self._record_file.read_text())["ports"]
        first, second = (Broker(number, self.directory / str(number), ports[str(number)]) for number in NUMBERS)
        return first, second

    def runs(self) -> bool:
        return self._record_file.exists() and self._supervisor.runs()

    def start(self, *, say: Callable[[str], None], seconds: float = 240, introduced: bool = True) -> None:
        """Start both; `introduced`: let each replicate to the other. Raises StartFailed."""
        for folder in (self.directory, self.directory / "run", self.directory / "logs"):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
        record = {"ports": self._choose_ports(), "control": secrets.token_hex(16), "supervisor": None}
        self._write(record)
        for broker in self.brokers:
            broker.configure()
        processes = [broker.process(self.jars) for broker in self.brokers]
        environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        pid = self._supervisor.launch(processes, groups={"brokers": 10}, environment=environment)
        self._write({**record, "supervisor": pid})
        self._supervisor.start("brokers")
        for broker in self.brokers:
            say(f"waiting for {broker.name}")
            self._supervisor.until(broker.is_ready, broker.name, seconds=seconds)
        if introduced:
            self.introduce()

    def introduce(self) -> None:
        """Register each with the other, and the tenant in both: their metadata have nothing in common. Safe to repeat.

        A cluster that was registered with another token must be deleted before: replicators that run keep the one they have.
        """
        first, second = self.brokers
        for here, there in ((first, second), (second, first)):
            peer = {
                "serviceUrl": there.web,
                "brokerServiceUrl": there.service,
                "authenticationPlugin": AUTHENTICATION,
                "authenticationParameters": f"token:{there.token(here.name)}",
            }
            tenant = {"adminRoles": ["fl-admin"], "allowedClusters": [first.name, second.name]}
            with here.admin() as admin:
                _put(admin, f"/clusters/{there.name}", peer)
                _put(admin, f"/tenants/{TENANT}", tenant)

    def stop(self, *, keep: bool = True) -> None:
        """Stop both; what was in them stays, unless nobody wants to `keep` it: then they end at once."""
        if self._record_file.exists():
            if not keep:
                self._supervisor.kill()
            self._supervisor.stop(json.loads(self._record_file.read_text())["supervisor"])

    def was_started(self) -> bool:
        return self._record_file.exists()

    def pid(self, broker: Broker) -> int:
        """Of its process; 0 while it does not run."""
        return self._supervisor.pid(broker.name, group="brokers")

    def _choose_ports(self) -> dict[str, dict[str, int]]:
        """Those of the last start: the data of a bookie knows its port."""
        if self._record_file.exists():
            last: dict[str, dict[str, int]] = json.loads(self._record_file.read_text())["ports"]
            if busy := [port for ports in last.values() for port in ports.values() if not is_free(port)]:
                raise StartFailed(f"Another program has the ports {busy} of {self.directory}. End it, or remove the folder.")
            return last
        chosen: list[int] = []
        for _ in range(len(NUMBERS) * len(PORTS)):
            chosen.append(next_free(_FIRST_PORT + secrets.randbelow(200) * 10, taken=frozenset(chosen)))
        each = iter(chosen)
        return {str(number): {name: next(each) for name in PORTS} for number in NUMBERS}

    @property
    def _supervisor(self) -> Supervisor:
        control = json.loads(self._record_file.read_text())["control"]
        run = self.directory / "run"
        return Supervisor(run, run, self.directory / "logs", control, (_MARK, str(self.directory)))

    def _write(self, record: Mapping[str, object]) -> None:
        self._record_file.touch(0o600)
        self._record_file.write_text(json.dumps(record))


def _put(admin: httpx.Client, path: str, body: Mapping[str, object]) -> None:
    """Make it, or say the same again. Raises StartFailed."""
    answer = admin.put(path, json=body)
    if answer.status_code == 409:
        answer = admin.post(path, json=body)
    if not answer.is_success:
        raise StartFailed(f"Pulsar refused {path}: {answer.status_code} {answer.text[:500]}")
