"""Plans keep every limit, come close to the bound, and say what stood in the way."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from celery_workers.prediction.planner import Most, Plan, Wish, plan


def wishes(count: int, *, hosts: int, starts: int = 24, seed: int = 0, drained: int = 0) -> list[Wish]:
    random = np.random.default_rng(seed)
    made = []
    for at in range(count):
        base, swing, phase = random.uniform(5, 60), random.uniform(0, 30), random.uniform(0, 24)
        load = base + swing * np.sin((np.arange(starts) + phase) / 24 * 2 * np.pi) + random.normal(0, 2, starts)
        steps = 1 if drained else int(random.integers(1, 3))
        costs = np.maximum(load, 0) * random.uniform(20, 120)
        costs[starts - steps + 1 :] = np.inf
        source = int(random.integers(drained or hosts))
        made.append(
            Wish(
                name=f"vm-{at:04}",
                source=f"host-{source}",
                target=f"host-{drained + int(random.integers(hosts))}",
                link=f"rack-{source // 20}",
                group=f"group-{at // 2}" if at % 5 == 0 else "",
                costs=costs,
                steps=steps,
            )
        )
    return made


def at_once(made: Plan, asked: list[Wish], kind: str) -> int:
    by_name = {wish.name: wish for wish in asked}
    taken: dict[tuple[str, int], int] = {}
    for step in made.steps:
        wish = by_name[step.name]
        for at in range(step.start, step.start + wish.steps):
            if name := getattr(wish, kind):
                taken[name, at] = taken.get((name, at), 0) + 1
    return max(taken.values(), default=0)


class TestPlan:
    @settings(max_examples=25, deadline=None)
    @given(st.integers(0, 10_000), st.integers(1, 60), st.integers(1, 6), st.integers(1, 3))
    def test_no_limit_is_ever_broken_and_nobody_is_forgotten(self, seed, count, hosts, most):
        asked = wishes(count, hosts=hosts, seed=seed)
        limits = Most(source=most, target=2, link=4, group=1)

        made = plan(asked, limits)

        for kind in ("source", "target", "link", "group"):
            assert at_once(made, asked, kind) <= getattr(limits, kind)
        assert sorted(step.name for step in (*made.steps, *made.left)) == sorted(wish.name for wish in asked)
        assert all(np.isfinite(step.cost) for step in made.steps)

    def test_a_thousand_machines_are_within_a_per_cent_of_the_best_of_each(self):
        asked = wishes(1000, hosts=300)

        made = plan(asked, Most(source=2, target=2, link=40))

        assert not made.left
        assert made.cost <= 1.01 * sum(wish.costs.min() for wish in asked)

    def test_small_drains_are_as_good_as_trying_everything(self):
        for seed in range(5):
            asked = wishes(5, hosts=3, starts=4, seed=seed, drained=1)

            made = plan(asked, Most(source=2, target=2))

            best = min(
                (cost for starts in itertools.product(range(4), repeat=5) if (cost := _cost(asked, starts)) is not None),
            )
            assert made.cost <= 1.03 * best

    def test_says_which_limit_kept_a_machine_from_its_best_start(self):
        alike = [Wish(name=name, source="full", target=name, costs=np.array([1.0, 5.0])) for name in ("one", "other")]

        made = plan(alike, Most(source=1))

        assert sorted(step.start for step in made.steps) == [0, 1]
        assert [step.binding for step in made.steps if step.start == 1] == ["source"]
        assert [step.binding for step in made.steps if step.start == 0] == [""]

    def test_says_who_found_no_place_and_why(self):
        alike = [Wish(name=str(at), source="full", target=str(at), costs=np.array([1.0])) for at in range(2)]
        never = Wish(name="never", source="free", target="2", costs=np.array([np.inf]))

        made = plan([*alike, never], Most(source=1))

        assert {step.name: step.binding for step in made.left} == {"1": "source", "never": "window"}


def _cost(asked: list[Wish], starts: tuple[int, ...]) -> float | None:
    """What these starts cost; None where more than two leave or reach a host at once."""
    for at in range(4):
        moving = [wish for wish, start in zip(asked, starts, strict=True) if start == at]
        for kind in ("source", "target"):
            names = [getattr(wish, kind) for wish in moving]
            if any(names.count(name) > 2 for name in names):
                return None
        groups = [wish.group for wish in moving if wish.group]
        if len(set(groups)) < len(groups):
            return None
    return float(sum(wish.costs[start] for wish, start in zip(asked, starts, strict=True)))
