"""Places for pods that a cluster makes: how many an app is to have, and which pod stands in which."""

from datetime import UTC, datetime, timedelta

from apps.inference.models import AppReplica
from apps.inference.rollout import Plan, Seen, plan_places
from apps.inference.services import PodSeen
from apps.inference.services.pods import bind
from apps.inference.spec import Rollout

START = datetime(2026, 11, 27, tzinfo=UTC)


def places(*, wanted: int, replicas: list[Seen], surge: int = 1) -> Plan:
    return plan_places(wanted=wanted, revision=2, rollout=Rollout(max_surge=surge), replicas=replicas)


class TestPlan:
    def test_while_pods_of_another_revision_stand_there_is_room_for_more(self):
        old = [Seen(1, 1, "ready", "a"), Seen(2, 1, "ready", "b")]

        assert places(wanted=2, replicas=old) == Plan(1, ())
        assert places(wanted=2, replicas=[*old, Seen(3, 2, "waiting")]) == Plan(0, ())

    def test_when_all_are_exchanged_the_place_without_a_pod_goes(self):
        replicas = [Seen(1, 2, "ready", "c"), Seen(2, 2, "starting"), Seen(3, 2, "ready", "d")]

        assert places(wanted=2, replicas=replicas) == Plan(0, (2,))

    def test_what_waits_goes_before_what_has_a_pod_and_what_serves_stays_longest(self):
        replicas = [Seen(1, 2, "unready", "a"), Seen(2, 2, "ready", "b"), Seen(3, 2, "waiting"), Seen(4, 2, "starting")]

        assert places(wanted=1, replicas=replicas) == Plan(0, (1, 3, 4))
        assert places(wanted=0, replicas=replicas) == Plan(0, (1, 2, 3, 4))


def replica(number: int, phase: str, pod: str = "") -> AppReplica:
    return AppReplica(number=number, revision=1, phase=phase, pod=pod)


def pod(name: str, *, going: bool = False) -> PodSeen:
    return PodSeen(name, 1, START + timedelta(seconds=ord(name)), going=going)


def bound(replicas: list[AppReplica], pods: list[PodSeen]) -> dict[int, str]:
    return {number: one.name for number, one in bind(replicas, pods).items()}


class TestBind:
    def test_a_pod_stays_in_its_place_and_new_ones_take_what_is_free(self):
        replicas = [replica(1, "starting"), replica(2, "ready", "a"), replica(3, "waiting")]

        assert bound(replicas, [pod("a"), pod("b"), pod("c")]) == {2: "a", 1: "b"}

    def test_when_the_cluster_ends_another_pod_than_was_thought_the_places_are_exchanged(self):
        replicas = [replica(1, "ready", "a"), replica(2, "draining", "b")]

        assert bound(replicas, [pod("a", going=True), pod("b")]) == {1: "b", 2: "a"}

    def test_a_place_that_is_given_up_is_empty_once_no_pod_is_left_for_it(self):
        replicas = [replica(1, "ready", "a"), replica(2, "draining", "b")]

        assert bound(replicas, [pod("a")]) == {1: "a"}
