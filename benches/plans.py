"""What it costs to make a plan of many moves: who goes where, and when.

`python benches/plans.py [--hosts 300] [--vms 3000] [--moves 1000]`
"""

import argparse
import time
from collections.abc import Callable, Sequence
from uuid import UUID

import numpy as np

from celery_workers.moves.placing import Host, Machine, Placing, consolidate, drain, in_each_cluster, rebalance
from celery_workers.prediction.planner import Most, Wish, plan

HOSTS_A_CLUSTER, HOSTS_A_RACK, SLOTS = 40, 5, 96


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=300)
    parser.add_argument("--vms", type=int, default=3_000)
    parser.add_argument("--moves", type=int, default=1_000, help="How many of the drain's moves are given starts.")
    given = parser.parse_args()
    drained = {UUID(int=at) for at in range(0, given.hosts, 3)}
    found = _measured("drain a third of the hosts", given, lambda hosts: drain(hosts, drained))
    _measured("relieve hot hosts", given, rebalance)
    _measured("empty what can be emptied", given, consolidate)
    wishes = _wishes(found, given.moves)
    began = time.process_time()
    made = plan(wishes, Most())
    seconds = time.process_time() - began
    bound = sum(bool(step.binding) for step in made.steps)
    print(f"starts for {len(wishes)} moves in {SLOTS} quarters: {seconds:.2f} s CPU; {bound} bound, {len(made.left)} left")


def _measured(what: str, given: argparse.Namespace, place: Callable[[Sequence[Host]], Placing]) -> Placing:
    hosts = _hosts(given.hosts, given.vms)
    began = time.process_time()
    found = in_each_cluster(hosts, place)
    seconds = time.process_time() - began
    print(
        f"{what}: {seconds:.2f} s CPU; {len(found.moves)} moves, {len(found.left)} left, {len(found.emptied)} hosts emptied"
    )
    return found


def _hosts(number: int, machines: int) -> list[Host]:
    random = np.random.default_rng(0)
    hosts = [
        Host(
            id=UUID(int=at),
            name=f"host-{at}",
            memory=256,
            vcpus=32,
            rack=f"rack-{at // HOSTS_A_RACK}",
            cluster=UUID(int=at // HOSTS_A_CLUSTER),
        )
        for at in range(number)
    ]
    for at in range(machines):
        machine = Machine(
            id=UUID(int=number + at),
            name=f"vm-{at}",
            memory=int(random.choice([2, 4, 8, 16, 32])),
            vcpus=int(random.choice([1, 2, 4, 8])),
            load=float(random.uniform(1, 40)),
            group=f"group-{at // 3}" if at % 9 < 3 else "",
        )
        hosts[random.integers(number)].machines.append(machine)
    return hosts


def _wishes(placing: Placing, most: int) -> list[Wish]:
    random = np.random.default_rng(1)
    return [
        Wish(
            name=str(move.machine.id),
            source=move.source.name,
            target=move.target.name,
            costs=np.convolve(random.uniform(0, 60, SLOTS + 4), np.ones(5) / 5, mode="valid"),
            link=move.source.rack if move.source.rack != move.target.rack else "",
            group=move.machine.group,
        )
        for move in placing.moves[:most]
    ]


if __name__ == "__main__":
    main()
