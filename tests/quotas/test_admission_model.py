"""The model on cases small enough to check by hand."""

from dataclasses import replace

import pytest

from apps.quotas.admission import (
    Bound,
    Decisions,
    Limit,
    Node,
    Owner,
    Pending,
    Placement,
    PodSet,
    Queue,
    Reason,
    Reclaim,
    Running,
    Share,
    Snapshot,
    UserCap,
    decide,
)

GPU = ("a100", "gpu")
HOUR = 3600.0


def owner(tenant: str = "ours", project: str = "", user: str = "ann") -> Owner:
    return Owner(tenant, project or f"{tenant}-project", user)


def pods(count: int, gpus: int = 1, *, least: int | None = None, name: str = "worker") -> PodSet:
    return PodSet(name, count, count if least is None else least, {"a100": {"gpu": gpus}})


def waiting(name: str, *pod_sets: PodSet, priority: int = 0, queued_at: float = 0.0, **fields: object) -> Pending:
    fields.setdefault("owner", owner())
    return Pending(name, priority=priority, queued_at=queued_at, pod_sets=pod_sets, patience=10 * HOUR, **fields)


def running(name: str, gpus: int, *, node: str = "n1", priority: int = 0, admitted_at: float = 0.0, **fields) -> Running:
    fields.setdefault("owner", owner())
    return Running(
        name,
        priority=priority,
        admitted_at=admitted_at,
        pod_sets=(pods(1, gpus),),
        counts={"worker": 1},
        placements=(Placement("worker", 0, node),),
        **fields,
    )


def queue(tenant: str = "ours", nominal: int = 8, *, cohort: str | None = None, **fields) -> Queue:
    return Queue(tenant, {GPU: Limit(nominal, fields.pop("borrowing", None), fields.pop("lending", None))}, cohort, **fields)


def nodes(*gpus: int) -> tuple[Node, ...]:
    return tuple(Node(f"n{number}", {GPU: amount}) for number, amount in enumerate(gpus, start=1))


def snapshot(*workloads: Running | Pending, **fields) -> Snapshot:
    fields.setdefault("queues", (queue(),))
    fields.setdefault("nodes", nodes(8))
    fields.setdefault("now", HOUR)
    return Snapshot(
        running=tuple(one for one in workloads if isinstance(one, Running)),
        pending=tuple(one for one in workloads if isinstance(one, Pending)),
        **fields,
    )


def admitted(decisions: Decisions) -> list[str]:
    return [admission.id for admission in decisions.admissions]


def evicted(decisions: Decisions) -> list[tuple[str, str]]:
    return [(eviction.id, str(eviction.reason)) for eviction in decisions.evictions]


def why(decisions: Decisions, name: str) -> tuple[str, str]:
    blocked = next(one.blocked for one in decisions.waiting if one.id == name)
    return str(blocked.reason), str(blocked.bound)


class TestStarting:
    def test_what_fits_starts_on_nodes_that_hold_it(self):
        decisions = decide(snapshot(waiting("job", pods(2, 4)), nodes=nodes(4, 4)))

        assert admitted(decisions) == ["job"]
        assert {placement.node for placement in decisions.admissions[0].placements} == {"n1", "n2"}

    def test_a_gang_that_fits_in_part_does_not_start_at_all(self):
        decisions = decide(snapshot(waiting("gang", pods(3, 4)), queues=(queue(nominal=12),), nodes=nodes(4, 4)))

        assert admitted(decisions) == []
        assert why(decisions, "gang") == ("TopologyPlacementFailed", "nodes")

    def test_a_pod_is_never_spread_over_nodes(self):
        decisions = decide(snapshot(waiting("job", pods(1, 6)), nodes=nodes(4, 4)))

        assert why(decisions, "job") == ("TopologyPlacementFailed", "nodes")

    def test_priority_goes_before_age_and_age_before_the_rest(self):
        old, new = waiting("old", pods(1, 8), queued_at=1), waiting("new", pods(1, 8), queued_at=2)
        urgent = waiting("urgent", pods(1, 8), queued_at=3, priority=1000)

        assert admitted(decide(snapshot(new, old))) == ["old"]
        assert admitted(decide(snapshot(new, old, urgent))) == ["urgent"]

    def test_low_fills_what_is_idle(self):
        large = waiting("large", pods(1, 8), priority=1000, queued_at=1)
        small = waiting("small", pods(1, 2), queued_at=2)

        decisions = decide(snapshot(large, small, running("held", 4, priority=1000)))

        assert admitted(decisions) == ["small"]

    def test_an_elastic_workload_starts_with_what_is_there(self):
        decisions = decide(snapshot(waiting("elastic", pods(8, 1, least=2)), running("held", 5, priority=1)))

        assert [dict(admission.counts) for admission in decisions.admissions] == [{"worker": 3}]

    def test_a_node_that_is_not_usable_gets_nothing(self):
        cordoned = (Node("n1", {GPU: 8}, usable=False),)

        assert why(decide(snapshot(waiting("job", pods(1)), nodes=cordoned)), "job") == ("TopologyPlacementFailed", "nodes")

    def test_nothing_starts_in_a_tenant_that_is_not_active(self):
        decisions = decide(snapshot(waiting("job", pods(1)), queues=(queue(active=False),)))

        assert why(decisions, "job") == ("Suspended", "tenant-state")

    def test_without_quota_for_the_flavor_it_cannot_start(self):
        job = waiting("job", PodSet("worker", 1, 1, {"h100": {"gpu": 1}}))

        assert why(decide(snapshot(job)), "job") == ("NoMatchingFlavor", "no-quota")


class TestBorrowing:
    both = (queue("ours", 4, cohort="commons"), queue("theirs", 4, cohort="commons"))

    def test_what_others_leave_idle_may_be_borrowed(self):
        assert admitted(decide(snapshot(waiting("job", pods(1, 8)), queues=self.both))) == ["job"]

    def test_not_beyond_the_borrowing_limit(self):
        limited = (queue("ours", 4, cohort="commons", borrowing=2), self.both[1])

        assert admitted(decide(snapshot(waiting("six", pods(1, 6)), queues=limited))) == ["six"]
        assert why(decide(snapshot(waiting("seven", pods(1, 7)), queues=limited)), "seven") == (
            "ExceedsMaxQuota",
            "tenant-quota",
        )

    def test_not_beyond_what_others_lend(self):
        careful = (self.both[0], queue("theirs", 4, cohort="commons", lending=1))

        assert admitted(decide(snapshot(waiting("five", pods(1, 5)), queues=careful))) == ["five"]
        assert admitted(decide(snapshot(waiting("six", pods(1, 6)), queues=careful))) == []

    def test_without_a_cohort_nothing_is_borrowed(self):
        alone = (queue("ours", 4), queue("theirs", 4))

        assert admitted(decide(snapshot(waiting("job", pods(1, 5)), queues=alone))) == []

    def test_what_stays_within_nominal_goes_before_what_borrows(self):
        borrows = waiting("borrows", pods(1, 8), priority=1000)
        within = waiting("within", pods(1, 4), owner=owner("theirs"), queued_at=5)

        assert admitted(decide(snapshot(borrows, within, queues=self.both))) == ["within"]


class TestReclaiming:
    queues = TestBorrowing.both

    def test_lent_quota_comes_back_by_evicting_the_borrower(self):
        borrower = running("borrower", 8, priority=1000, owner=owner("theirs"))

        decisions = decide(snapshot(waiting("job", pods(1, 4)), borrower, queues=self.queues))

        assert evicted(decisions) == [("borrower", "InCohortReclamation")]
        assert why(decisions, "job")[0] == "WaitingForPreemptedWorkloads"

    @pytest.mark.parametrize(("policy", "priority", "evictions"), [("never", 9, 0), ("lower-priority", 0, 0), ("any", 0, 1)])
    def test_only_as_the_cohort_allows(self, policy, priority, evictions):
        borrower = running("borrower", 8, priority=0, owner=owner("theirs"))
        job = waiting("job", pods(1, 4), priority=priority)

        decisions = decide(snapshot(job, borrower, queues=self.queues, cohorts={"commons": Reclaim(policy)}))

        assert len(decisions.evictions) == evictions

    def test_nobody_is_evicted_for_what_would_itself_be_borrowed(self):
        borrower = running("borrower", 6, owner=owner("theirs"))

        assert evicted(decide(snapshot(waiting("job", pods(1, 5)), borrower, queues=self.queues))) == []

    def test_a_tenant_within_its_nominal_is_left_alone(self):
        within = running("within", 4, owner=owner("theirs"))
        ours = running("ours", 3, priority=5)

        assert evicted(decide(snapshot(waiting("job", pods(1, 4)), within, ours, queues=self.queues))) == []


class TestPreempting:
    def test_lower_priority_of_the_tenant_makes_room(self):
        decisions = decide(snapshot(waiting("high", pods(1, 4), priority=1000), running("low", 8)))

        assert evicted(decisions) == [("low", "InClusterQueue")]

    def test_the_same_priority_does_not(self):
        assert evicted(decide(snapshot(waiting("low-too", pods(1, 4)), running("low", 8)))) == []

    def test_no_more_is_evicted_than_it_takes_and_the_newest_first(self):
        lows = [running(f"low-{number}", 2, admitted_at=number) for number in range(4)]

        decisions = decide(snapshot(waiting("high", pods(1, 3), priority=1000), *lows))

        assert sorted(evicted(decisions)) == [("low-2", "InClusterQueue"), ("low-3", "InClusterQueue")]

    def test_nobody_is_evicted_when_it_would_not_help(self):
        high = waiting("high", pods(1, 8), priority=1000)

        assert evicted(decide(snapshot(high, running("low", 4), running("other", 4, priority=1000)))) == []

    def test_what_is_leaving_already_is_waited_for_and_nobody_else_goes(self):
        high = waiting("high", pods(1, 4), priority=1000)

        decisions = decide(snapshot(high, running("leaving", 4, evicting=True), running("low", 4)))

        assert evicted(decisions) == []
        assert admitted(decisions) == []
        assert why(decisions, "high")[0] == "WaitingForPreemptedWorkloads"

    def test_the_room_it_makes_is_kept_from_those_behind(self):
        high = waiting("high", pods(1, 8), priority=1000)
        small = waiting("small", pods(1, 2), queued_at=1)

        decisions = decide(snapshot(high, small, running("low", 4)))

        assert admitted(decisions) == []
        assert evicted(decisions) == [("low", "InClusterQueue")]

    def test_room_on_the_nodes_counts_as_quota_does(self):
        high = waiting("high", pods(1, 4), priority=1000)
        lows = (running("low-1", 3, node="n1"), running("low-2", 2, node="n2", admitted_at=5))

        decisions = decide(snapshot(high, *lows, queues=(queue(nominal=100),), nodes=nodes(4, 4)))

        assert evicted(decisions) == [("low-2", "InClusterQueue")]


class TestShares:
    def shares(self, **projects: Share) -> dict:
        return {(project, GPU): share for project, share in projects.items()}

    def test_a_project_stays_under_its_cap(self):
        decisions = decide(snapshot(waiting("job", pods(1, 4)), shares=self.shares(**{"ours-project": Share(cap=3)})))

        assert why(decisions, "job") == ("ExceedsMaxQuota", "project-cap")

    def test_a_guarantee_that_is_idle_is_used_by_others_and_taken_back(self):
        shares = self.shares(vision=Share(guaranteed=4))
        speech = running("speech-job", 8, owner=owner(project="speech"))
        vision = waiting("vision-job", pods(1, 4), owner=owner(project="vision"))

        assert evicted(decide(snapshot(vision, speech, shares=shares))) == [("speech-job", "InClusterQueue")]

    def test_a_guarantee_does_not_outrank_priority(self):
        shares = self.shares(vision=Share(guaranteed=4))
        speech = running("speech-job", 8, priority=1000, owner=owner(project="speech"))
        vision = waiting("vision-job", pods(1, 4), owner=owner(project="vision"))

        assert evicted(decide(snapshot(vision, speech, shares=shares))) == []

    def test_of_two_alike_the_one_within_its_guarantee_goes_first(self):
        shares = self.shares(vision=Share(guaranteed=8))
        speech = waiting("speech-job", pods(1, 8), owner=owner(project="speech"), queued_at=1)
        vision = waiting("vision-job", pods(1, 8), owner=owner(project="vision"), queued_at=2)

        assert admitted(decide(snapshot(speech, vision, shares=shares))) == ["vision-job"]


class TestCapsOfUsers:
    def test_not_more_workloads_than_allowed(self):
        caps = {("ours", ""): UserCap(running=1)}

        decisions = decide(snapshot(waiting("second", pods(1)), running("first", 1), caps=caps))

        assert why(decisions, "second") == ("WaitingForQuota", "user-running")

    def test_the_users_own_cap_goes_before_the_common_one(self):
        caps = {("ours", ""): UserCap(gpus=1), ("ours", "ann"): UserCap(gpus=4)}

        assert admitted(decide(snapshot(waiting("job", pods(1, 4)), caps=caps))) == ["job"]
        assert admitted(decide(snapshot(waiting("job", pods(1, 4), owner=owner(user="ben")), caps=caps))) == []


class TestKeepingPlaces:
    def impatient(self, name: str = "large", gpus: int = 8, **fields) -> Pending:
        return replace(waiting(name, pods(1, gpus), **fields), patience=60.0)

    def test_small_newcomers_do_not_hold_up_what_has_waited_too_long(self):
        newcomer = waiting("newcomer", pods(1, 2), queued_at=HOUR - 1)

        decisions = decide(snapshot(self.impatient(), newcomer, running("held", 4)))

        assert admitted(decisions) == []
        assert {one.id: one.reserved for one in decisions.waiting} == {"large": True, "newcomer": False}

    def test_what_does_not_touch_the_place_is_filled_in(self):
        newcomer = waiting("newcomer", pods(1, 2), queued_at=HOUR - 1)
        full = running("held", 8, node="n1")

        decisions = decide(snapshot(self.impatient(), newcomer, full, queues=(queue(nominal=100),), nodes=nodes(8, 4)))

        assert admitted(decisions) == ["newcomer"]

    def test_a_place_is_not_kept_from_higher_priority(self):
        urgent = waiting("urgent", pods(1, 2), queued_at=HOUR - 1, priority=1000)

        assert admitted(decide(snapshot(self.impatient(), urgent, running("held", 4, priority=1000)))) == ["urgent"]

    def test_a_borrowed_place_is_not_kept_from_anothers_nominal(self):
        both = (queue("ours", 4, cohort="commons"), queue("theirs", 4, cohort="commons"))
        theirs = waiting("theirs", pods(1, 4), owner=owner("theirs"), queued_at=HOUR - 1)

        assert admitted(decide(snapshot(self.impatient(), theirs, running("held", 2), queues=both))) == ["theirs"]

    def test_no_place_for_what_a_cap_holds_back(self):
        caps = {("ours", "ann"): UserCap(running=1)}
        newcomer = waiting("newcomer", pods(1, 2), queued_at=HOUR - 1, owner=owner(user="ben"))

        decisions = decide(snapshot(self.impatient(gpus=6), newcomer, running("held", 4), caps=caps))

        assert admitted(decisions) == ["newcomer"]


def test_reasons_and_bounds_are_words_for_programs():
    assert [str(reason) for reason in (Reason.WAITING_FOR_QUOTA, Bound.USER_GPUS)] == ["WaitingForQuota", "user-gpus"]


def elastic(name: str, count: int, held: int, *, least: int = 1, may_grow: bool = True, **fields) -> Running:
    """Of `count` pods of one GPU `held` run, all on n1."""
    places = tuple(Placement("worker", index, "n1") for index in range(held))
    one = running(name, 1, **fields)
    return replace(one, pod_sets=(pods(count, least=least),), counts={"worker": held}, placements=places, may_grow=may_grow)


def sizes(decisions: Decisions) -> dict[str, int]:
    """What each is to grow by (positive), or to shrink to (as a negative number)."""
    grown = {one.id: sum(one.counts.values()) for one in decisions.growths}
    return grown | {one.id: -sum(one.counts.values()) for one in decisions.shrinks}


class TestIndependentPods:
    def test_as_many_start_as_there_is_room_for(self):
        decisions = decide(snapshot(waiting("sweep", pods(20), independent=True)))

        assert decisions.admissions[0].counts == {"worker": 8}

    def test_a_set_that_has_no_room_does_not_hold_up_the_next(self):
        large, small = pods(2, 16, name="large"), pods(3, 1, name="small")
        decisions = decide(snapshot(waiting("sweep", large, small, independent=True), queues=(queue(nominal=32),)))

        assert decisions.admissions[0].counts == {"large": 0, "small": 3}

    def test_the_rest_waits_in_line_and_starts_when_others_end(self):
        rest = waiting("sweep", pods(4), independent=True, grows=True)

        full = decide(snapshot(elastic("sweep", 12, 8, may_grow=False), rest))
        freed = decide(snapshot(elastic("sweep", 12, 5, may_grow=False), rest))

        assert why(full, "sweep") == ("WaitingForQuota", "tenant-quota")
        assert sizes(freed) == {"sweep": 3}

    def test_the_rest_counts_as_no_further_workload_of_its_user(self):
        rest = waiting("sweep", pods(4), independent=True, grows=True)
        caps = {("ours", "ann"): UserCap(running=1)}

        assert sizes(decide(snapshot(elastic("sweep", 12, 2, may_grow=False), rest, caps=caps))) == {"sweep": 4}


class TestElastic:
    def test_it_grows_into_what_is_idle(self):
        assert sizes(decide(snapshot(elastic("job", 6, 2)))) == {"job": 4}

    def test_not_soon_after_it_changed_its_size(self):
        assert sizes(decide(snapshot(elastic("job", 6, 2, may_grow=False)))) == {}

    def test_not_while_something_waits_that_could_use_it(self):
        decisions = decide(snapshot(elastic("job", 8, 2), waiting("gang", pods(7))))

        assert sizes(decisions) == {}

    def test_what_waits_with_a_lower_priority_does_not_stop_it(self):
        decisions = decide(snapshot(elastic("job", 8, 2, priority=5), waiting("gang", pods(7))))

        assert sizes(decisions) == {"job": 6}

    def test_it_shrinks_by_no_more_than_it_takes_and_nothing_is_evicted(self):
        decisions = decide(snapshot(elastic("job", 6, 6), running("fixed", 2), waiting("urgent", pods(3), priority=10)))

        assert (sizes(decisions), evicted(decisions)) == ({"job": -3}, [])

    def test_when_shrinking_is_not_enough_others_go_as_well_or_instead(self):
        decisions = decide(
            snapshot(elastic("job", 4, 4, least=3), running("fixed", 4), waiting("urgent", pods(5), priority=10))
        )

        assert (sizes(decisions), evicted(decisions)) == ({"job": -3}, [("fixed", "InClusterQueue")])

    def test_it_goes_as_a_whole_when_its_least_is_in_the_way(self):
        decisions = decide(snapshot(elastic("job", 8, 8, least=2), waiting("urgent", pods(8), priority=10)))

        assert (sizes(decisions), evicted(decisions)) == ({}, [("job", "InClusterQueue")])

    def test_who_takes_back_what_was_lent_shrinks_the_borrower(self):
        theirs = replace(elastic("job", 8, 8), owner=owner("theirs"))
        queues = (queue(nominal=4, cohort="commons"), queue("theirs", 4, cohort="commons"))
        decisions = decide(snapshot(theirs, waiting("ours", pods(3)), queues=queues, cohorts={"commons": Reclaim.ANY}))

        assert sizes(decisions) == {"job": -5}

    def test_while_it_shrinks_its_pods_are_waited_for_and_nobody_else_goes(self):
        shrinking = replace(elastic("job", 6, 6), shrinking_to={"worker": 3}, may_grow=False)
        decisions = decide(
            snapshot(shrinking, running("fixed", 2), waiting("urgent", pods(3), priority=10, made_room=True, reserved=True))
        )

        assert (sizes(decisions), evicted(decisions)) == ({}, [])
        assert why(decisions, "urgent")[0] == "WaitingForPreemptedWorkloads"
