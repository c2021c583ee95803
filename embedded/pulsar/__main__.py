"""`make pulsar`, `make pulsar-stop`: two Pulsar clusters that replicate to each other, beside the portal."""

import sys
import time

import psutil
from rich.console import Console
from rich.markup import escape

from embedded.layout import Layout
from embedded.pulsar.jars import NotFetched
from embedded.pulsar.pair import Pair
from embedded.supervisor import StartFailed

console = Console(highlight=False)


def main(command: str) -> int:
    pair = Pair(Layout.of_environment().var / "pulsar")
    try:
        if command == "stop":
            pair.stop()
            console.print(f"The clusters in {pair.directory} are stopped; what was in them stays.")
        else:
            _start(pair)
    except (NotFetched, StartFailed) as failure:
        console.print(f"[bold red]That did not work.[/] {escape(str(failure))}")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _start(pair: Pair) -> None:
    began = time.monotonic()
    with console.status("…") as status:
        if not pair.jars.here():
            pair.jars.fetch(say=status.update)
        if not pair.runs():
            pair.start(say=status.update)
    console.print(f"Pulsar is up after {time.monotonic() - began:.0f} s.")
    for broker in pair.brokers:
        memory = psutil.Process(pair.pid(broker)).memory_info().rss / 2**20
        console.print(f"  {broker.name}   {broker.web}   {broker.service}   {memory:.0f} MiB")
        console.print(f"    super user's token   {broker.directory / 'admin.jwt'}", soft_wrap=True)
    console.print("  Stop              make pulsar-stop")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "start"))
