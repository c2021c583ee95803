"""`make cluster`, `make cluster-stop`: a Kubernetes cluster beside the portal, with as many simulated nodes as one likes."""

import os
import sys
import time
from pathlib import Path

from rich.markup import escape

from embedded.layout import Layout
from embedded.stack import Stack
from embedded.supervisor import StartFailed
from tests.testbed.cluster import nodes
from tests.testbed.cluster.cluster import Cluster
from tests.testbed.cluster.golang import NoGo
from tests.testbed.cluster.programs import WANTED, NotBuilt, Programs
from tests.testbed.cluster.progress import console, progress
from tests.testbed.cluster.registration import RegistrationFailed, register


def main(command: str) -> int:
    cluster = Cluster(_directory())
    try:
        if command == "stop":
            cluster.stop()
            console.print(f"The cluster in {cluster.directory} is stopped; what was in it stays.")
        elif command == "build":
            _build(cluster.programs)
        else:
            _build(cluster.programs)
            _start(cluster, count=int(os.environ.get("NODES") or 20))
            console.print(escape(register(Stack(Layout.of_environment()), cluster.directory.name, cluster.kubeconfig)))
    except (NoGo, NotBuilt, RegistrationFailed, StartFailed) as failure:
        console.print(f"[bold red]That did not work.[/] {escape(str(failure))}")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _directory() -> Path:
    """`CLUSTER=second` is another one beside the first."""
    name = os.environ.get("CLUSTER", "")
    return Layout.of_environment().var / (f"cluster-{name}" if name else "cluster")


def _build(programs: Programs) -> None:
    if missing := programs.missing(WANTED):
        names = ", ".join(program.name for program in missing)
        console.print(f"Building {names} from source, once: about 15 CPU minutes and 4 GB of disk.")
        with progress() as say:
            programs.build(WANTED, say=say)


def _start(cluster: Cluster, *, count: int) -> None:
    began = time.monotonic()
    with progress() as say:
        if not cluster.runs():
            cluster.start(say=say)
        for model, number in nodes.mixed(count).items():
            say(f"{number} nodes of {model}")
            cluster.add_nodes(model, number)
    console.print(f"Kubernetes is up after {time.monotonic() - began:.0f} s: [bold]{cluster.address}[/]")
    operators = ", ".join(operator.program.name for operator in cluster.operators)
    console.print(f"\n  Operators   {operators}")
    console.print(f"  Nodes       {', '.join(f'{number} {model}' for model, number in nodes.mixed(count).items())}")
    console.print(f"  Kubeconfig  [bold]{cluster.path}[/]", soft_wrap=True)
    console.print(f"  Look        .venv/bin/kubectl --kubeconfig {cluster.path} get nodes", soft_wrap=True)
    console.print("  Stop        make cluster-stop\n", soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "start"))
