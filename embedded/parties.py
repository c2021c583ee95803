"""The Pulsar clusters of the demonstration's parties, started once the portal answers, and the parties joined over them."""

import os

import psutil
from rich.markup import escape

from demonstration.parties import Cluster, PartiesFailed, join_parties
from embedded.layout import Layout
from embedded.pulsar.broker import ADMIN
from embedded.pulsar.pair import Pair
from embedded.stack import Stack
from embedded.steps import console, step
from embedded.supervisor import StartFailed


def clusters_of(layout: Layout) -> Pair:
    return Pair(layout.var / "pulsar")


def start_parties(stack: Stack) -> None:
    """Start both clusters and join the parties; without, the rest of the portal is as it is, and it is said why."""
    pair = clusters_of(stack.layout)
    if "pulsar" in os.environ.get("WITHOUT", "").split(","):
        return
    if not pair.jars.here():
        console.print("Parties are left out: Pulsar is not here. `make pulsar` fetches it (242 MB); then run again.")
        return
    try:
        with step("Two Pulsar clusters, for the parties 10000 and 20000"):
            if not pair.runs():
                pair.start(say=lambda _: None, introduced=False)
        with step("The parties join"):
            join_parties(stack.address, password=stack.keys.demonstration, clusters=_clusters(pair))
    except (PartiesFailed, StartFailed) as failure:
        console.print(f"Parties are left out: {escape(str(failure))}")
        return
    memory = sum(psutil.Process(pair.pid(broker)).memory_info().rss for broker in pair.brokers) / 2**20
    console.print(f"  Parties   {stack.address}/t/aurora/parties   ({memory:.0f} MiB; WITHOUT=pulsar leaves them out)")


def _clusters(pair: Pair) -> list[Cluster]:
    return [
        Cluster(
            broker.number,
            web_url=broker.web,
            service_url=broker.service,
            admin_token=broker.token(ADMIN),
            signing_key=(broker.directory / "private.pem").read_text(),
        )
        for broker in pair.brokers
    ]
