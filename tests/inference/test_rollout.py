"""How an app comes from what it has to what is wanted, step by step."""

from dataclasses import replace

import pytest

from apps.inference.rollout import Seen, plan
from apps.inference.spec import Rollout


def walk(replicas: list[Seen], *, wanted: int, revision: int, rollout: Rollout) -> list[tuple[int, int]]:
    """Do what the plan says until it says nothing, each new replica getting ready at once; (live, ready) of each step."""
    seen = []
    for _ in range(50):
        step = plan(wanted=wanted, revision=revision, rollout=rollout, replicas=replicas)
        if not step.start and not step.drain:
            break
        number = max((one.number for one in replicas), default=0)
        replicas = [one for one in replicas if one.number not in step.drain]
        begun = [Seen(number + 1 + more, revision, "starting") for more in range(step.start)]
        together = [*replicas, *begun]
        seen.append((len(together), sum(one.phase == "ready" for one in together)))
        replicas = [replace(one, phase="ready") for one in together]
    assert sorted({one.revision for one in replicas}) == ([revision] if wanted else [])
    assert len(replicas) == wanted
    return seen


def ready(count: int, *, revision: int = 1) -> list[Seen]:
    return [Seen(number, revision, "ready") for number in range(1, count + 1)]


@pytest.mark.parametrize(("surge", "unavailable"), [(1, 0), (0, 1), (3, 0), (2, 2), (0, 4)])
@pytest.mark.parametrize("wanted", [1, 2, 4])
def test_a_new_revision_takes_over_within_what_the_rollout_allows(wanted, surge, unavailable):
    rollout = Rollout(max_surge=surge, max_unavailable=unavailable)
    steps = walk(ready(wanted), wanted=wanted, revision=2, rollout=rollout)

    assert max(live for live, _ in steps) <= wanted + surge
    assert min(serving for _, serving in steps) >= wanted - unavailable


def test_what_does_not_serve_is_replaced_before_what_does():
    replicas = [Seen(1, 1, "ready"), Seen(2, 1, "unready"), Seen(3, 1, "starting")]

    step = plan(wanted=2, revision=2, rollout=Rollout(), replicas=replicas)

    assert step.drain == (2, 3)
    assert step.start == 2


def test_fewer_are_wanted_and_the_newest_go_but_first_what_waits():
    replicas = [Seen(1, 1, "ready"), Seen(2, 1, "ready"), Seen(3, 1, "waiting"), Seen(4, 1, "ready")]

    assert plan(wanted=2, revision=1, rollout=Rollout(), replicas=replicas).drain == (3, 4)
    assert plan(wanted=0, revision=1, rollout=Rollout(), replicas=replicas).drain == (1, 2, 3, 4)


def test_one_that_drains_counts_as_gone():
    replicas = [Seen(1, 1, "draining"), Seen(2, 1, "ready")]

    assert plan(wanted=2, revision=1, rollout=Rollout(), replicas=replicas).start == 1
