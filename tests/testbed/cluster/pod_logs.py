"""What simulated pods print: files in the format of container runtimes, which KWOK serves as a kubelet does."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_EVERY_POD = "every-pod.log"


class PodLogs:
    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def of_every_pod(self) -> dict[str, Any]:
        """An object by which a pod of which nothing was written says what it is."""
        self.directory.mkdir(exist_ok=True)
        file = self.directory / _EVERY_POD
        if not file.exists():
            _append(file, ["This pod is simulated: it computes nothing, and prints what it is given to print."])
        return {
            "apiVersion": "kwok.x-k8s.io/v1alpha1",
            "kind": "ClusterLogs",
            "metadata": {"name": "every-pod"},
            "spec": {"logs": [{"logsFile": str(file), "follow": True}]},
        }

    def append(self, namespace: str, pod: str, lines: Iterable[str], *, previous: bool = False) -> None:
        """Let a pod print lines now; `previous`: let its container before the last restart have printed them."""
        file = self._file(namespace, pod, previous=previous)
        file.parent.mkdir(parents=True, exist_ok=True)
        _append(file, lines)

    def of_pod(self, namespace: str, pod: str) -> dict[str, Any]:
        """An object by which the pod prints what was appended for it."""
        log = {"logsFile": str(self._file(namespace, pod)), "follow": True}
        log["previousLogsFile"] = str(self._file(namespace, pod, previous=True))
        return {
            "apiVersion": "kwok.x-k8s.io/v1alpha1",
            "kind": "Logs",
            "metadata": {"name": pod, "namespace": namespace},
            "spec": {"logs": [log]},
        }

    def _file(self, namespace: str, pod: str, *, previous: bool = False) -> Path:
        return self.directory / namespace / f"{pod}{'.previous' if previous else ''}.log"


def _append(file: Path, lines: Iterable[str]) -> None:
    with file.open("a") as log:
        for line in lines:
            now = datetime.now(UTC).isoformat(timespec="microseconds").removesuffix("+00:00")
            log.write(f"{now}000Z stdout F {line}\n")
