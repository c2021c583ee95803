"""What must hold in every cluster that anybody could think of."""

import os
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.quotas.admission import (
    Book,
    Decisions,
    Limit,
    Node,
    Owner,
    Pending,
    PodSet,
    Queue,
    Reclaim,
    Running,
    Share,
    Snapshot,
    UserCap,
    decide,
    gpus,
)


# The same examples every time, so that nobody's unrelated change is refused for a new one; `make fuzz` looks for those.
def examples(count: int):
    return settings(max_examples=count, deadline=None, derandomize="FUZZ" not in os.environ)


CPU, GPU = ("cpu", "cpu"), ("a100", "gpu")
KEYS = (CPU, GPU)
TENANTS = ("aurora", "borealis", "corona")

# Tight on purpose: what runs fills the cluster, so that what waits must borrow, evict or wait.
limits = st.builds(
    lambda nominal, borrowing, lending: Limit(nominal, borrowing, None if lending is None else min(lending, nominal)),
    st.integers(2, 8),
    st.none() | st.integers(0, 6),
    st.none() | st.integers(0, 6),
)
queues = st.tuples(
    *(
        st.builds(
            Queue,
            tenant=st.just(tenant),
            limits=st.fixed_dictionaries(dict.fromkeys(KEYS, limits)),
            cohort=st.sampled_from((None, "commons", "commons", "commons")),
            active=st.sampled_from((True,) * 7 + (False,)),
        )
        for tenant in TENANTS
    )
)
nodes = st.lists(st.fixed_dictionaries({key: st.integers(2, 8) for key in KEYS}), min_size=1, max_size=4).map(
    lambda found: tuple(Node(f"n{number}", amounts, usable=number != 3) for number, amounts in enumerate(found))
)
owners = st.builds(
    lambda tenant, project, user: Owner(tenant, f"{tenant}/{project}", user),
    st.sampled_from(TENANTS),
    st.sampled_from(("vision", "speech")),
    st.sampled_from(("ann", "ben")),
)
pod_sets = st.builds(
    lambda count, least, cpu, gpu: PodSet(
        "worker", count, min(count, least), {"cpu": {"cpu": cpu}, **({"a100": {"gpu": gpu}} if gpu else {})}
    ),
    st.integers(1, 4),
    st.integers(1, 4),
    st.integers(1, 4),
    st.integers(0, 3),
)


@st.composite
def workloads(draw, prefix: str, counts: st.SearchStrategy[int], priorities: tuple[int, ...]) -> tuple[Pending, ...]:
    return tuple(
        Pending(
            id=f"{prefix}{number}",
            owner=draw(owners),
            priority=draw(st.sampled_from(priorities)),
            queued_at=float(draw(st.integers(0, 1000))),
            pod_sets=(draw(pod_sets),),
            patience=float(draw(st.sampled_from((60, 600, 10_000)))),
            independent=draw(st.integers(0, 3)) == 0,
        )
        for number in range(draw(counts))
    )


shares = st.dictionaries(
    st.tuples(
        st.sampled_from([f"{tenant}/{name}" for tenant in TENANTS for name in ("vision", "speech")]), st.sampled_from(KEYS)
    ),
    st.builds(
        lambda guaranteed, more: Share(guaranteed, None if more is None else guaranteed + more),
        st.integers(0, 4),
        st.none() | st.integers(0, 6),
    ),
    max_size=4,
)
caps = st.dictionaries(
    st.tuples(st.sampled_from(TENANTS), st.sampled_from(("", "ann"))),
    st.builds(UserCap, running=st.none() | st.integers(1, 6), gpus=st.none() | st.integers(0, 6)),
    max_size=2,
)


@st.composite
def snapshots(draw) -> Snapshot:
    """A cluster in a state that admission itself brought about: what runs was admitted by earlier rounds."""
    empty = Snapshot(
        now=1000.0,
        queues=draw(queues),
        nodes=draw(nodes),
        cohorts={"commons": draw(st.sampled_from(list(Reclaim)))},
        shares=draw(shares),
        caps=draw(caps),
    )
    before = replace(empty, pending=draw(workloads("r", st.integers(4, 12), (0, 0, 100))), now=0.0)
    running = started(before, decide(before), at=0.0)
    running = tuple(replace(one, evicting=draw(st.integers(0, 5)) == 0) for one in running)
    running = tuple(
        replace(one, may_grow=lacks(one) and not (one.evicting or one.independent) and draw(st.booleans()))
        for one in running
    )
    pending = draw(workloads("p", st.integers(0, 6), (0, 100, 1000)))
    return replace(empty, running=running, pending=(*pending, *filter(None, map(rest_of, running))))


def lacks(one: Running) -> bool:
    return any(one.counts[pods.name] < pods.count for pods in one.pod_sets)


def rest_of(one: Running) -> Pending | None:
    """Independent pods of a running workload that wait for room."""
    if not one.independent or one.evicting or not lacks(one):
        return None
    left = tuple(replace(pods, count=pods.count - one.counts[pods.name]) for pods in one.pod_sets)
    return Pending(one.id, one.owner, one.priority, one.admitted_at, left, independent=True, grows=True)


def resized(running: Running, decisions: Decisions) -> Running:
    """With what was decided about its size: growth holds at once, a shrink once the others are gone."""
    for growth in decisions.growths:
        if growth.id == running.id:
            counts = {name: count + growth.counts.get(name, 0) for name, count in running.counts.items()}
            more = [replace(place, index=running.counts[place.pod_set] + place.index) for place in growth.placements]
            running = replace(running, counts=counts, placements=(*running.placements, *more), may_grow=False)
    for shrink in decisions.shrinks:
        if shrink.id == running.id:
            running = replace(running, shrinking_to=shrink.counts, may_grow=False)
    return running


def started(snapshot: Snapshot, decisions: Decisions, *, at: float) -> tuple[Running, ...]:
    pending = {one.id: one for one in snapshot.pending}
    return tuple(
        Running(
            id=one.id,
            owner=pending[one.id].owner,
            priority=pending[one.id].priority,
            admitted_at=at,
            pod_sets=pending[one.id].pod_sets,
            counts=one.counts,
            placements=one.placements,
            independent=pending[one.id].independent,
        )
        for one in decisions.admissions
    )


def after(snapshot: Snapshot, decisions: Decisions, *, evicted_gone: bool) -> Snapshot:
    """The cluster when the decisions are carried out."""
    new = started(snapshot, decisions, at=snapshot.now)
    gone = {one.id for one in decisions.evictions}
    stay = tuple(
        replace(resized(one, decisions), evicting=one.evicting or one.id in gone)
        for one in snapshot.running
        if not (evicted_gone and (one.evicting or one.id in gone))
    )
    if evicted_gone:
        stay = tuple(
            one if one.shrinking_to is None else replace(one.with_only(one.shrinking_to), shrinking_to=None) for one in stay
        )
    told = {one.id for one in new}
    waiting = {one.id: one for one in decisions.waiting}
    pending = tuple(
        replace(
            one,
            reserved=waiting[one.id].reserved,
            made_room=waiting[one.id].blocked.reason == "WaitingForPreemptedWorkloads",
        )
        for one in snapshot.pending
        if one.id not in told and not one.grows
    )
    rest = tuple(filter(None, map(rest_of, (*stay, *new))))
    before = {one.id: one for one in snapshot.pending if one.grows and one.id in waiting}
    rest = tuple(
        replace(
            one,
            queued_at=before[one.id].queued_at,
            reserved=waiting[one.id].reserved,
            made_room=waiting[one.id].blocked.reason == "WaitingForPreemptedWorkloads",
        )
        if one.id in before
        else one
        for one in rest
    )
    return replace(snapshot, running=(*stay, *new), pending=(*pending, *rest))


class TestEveryRound:
    @given(snapshots())
    @examples(120)
    def test_no_tenant_is_over_nominal_and_borrowing_and_no_cohort_over_what_it_lends(self, snapshot):
        book = Book(after(snapshot, decide(snapshot), evicted_gone=False))

        for queue in snapshot.queues:
            for key in KEYS:
                limit, used = queue.limits[key], book.used(queue.tenant, key)
                if queue.cohort is None:
                    assert used <= limit.nominal
                elif limit.borrowing is not None:
                    assert used <= limit.nominal + limit.borrowing
        members = [queue for queue in snapshot.queues if queue.cohort]
        for key in KEYS:
            kept_by_others = {
                queue.tenant: sum(other.limits[key].kept for other in members if other is not queue) for queue in members
            }
            whole = sum(queue.limits[key].nominal for queue in members)
            assert sum(book.used(queue.tenant, key) for queue in members) <= whole
            for queue in members:
                assert book.used(queue.tenant, key) <= whole - kept_by_others[queue.tenant]

    @given(snapshots())
    @examples(80)
    def test_no_node_holds_more_than_it_has_and_none_that_is_unusable_gets_anything(self, snapshot):
        decisions = decide(snapshot)
        book = Book(after(snapshot, decisions, evicted_gone=False))

        assert all(amount >= 0 for amounts in book.free.values() for amount in amounts.values())
        usable = {node.name for node in snapshot.nodes if node.usable}
        assert all(place.node in usable for one in decisions.admissions for place in one.placements)

    @given(snapshots())
    @examples(80)
    def test_gangs_start_whole_and_every_pod_has_its_place(self, snapshot):
        pending = {one.id: one for one in snapshot.pending}

        for one in decide(snapshot).admissions:
            for pods in pending[one.id].pod_sets:
                least = 1 if pending[one.id].independent else pods.min_count
                assert least <= one.counts[pods.name] <= pods.count
                places = [place.index for place in one.placements if place.pod_set == pods.name]
                assert places == list(range(one.counts[pods.name]))

    @given(snapshots())
    @examples(80)
    def test_caps_are_never_exceeded(self, snapshot):
        after_it = after(snapshot, decide(snapshot), evicted_gone=False)
        book = Book(after_it)

        for (project, key), share in snapshot.shares.items():
            assert share.cap is None or book.project_used(project, key) <= share.cap
        for one in after_it.running:
            cap = snapshot.cap_of(one.owner)
            same = [
                other
                for other in after_it.running
                if (other.owner.tenant, other.owner.user) == (one.owner.tenant, one.owner.user)
            ]
            assert cap.running is None or len(same) <= cap.running
            assert cap.gpus is None or sum(gpus(other.total) for other in same) <= cap.gpus

    @given(snapshots(), st.randoms(use_true_random=False))
    @examples(60)
    def test_the_same_snapshot_in_any_order_gives_the_same_decisions(self, snapshot, random):
        def shuffled(rows):
            return tuple(random.sample(rows, len(rows)))

        mixed = replace(
            snapshot,
            queues=shuffled(snapshot.queues),
            nodes=shuffled(snapshot.nodes),
            running=shuffled(snapshot.running),
            pending=shuffled(snapshot.pending),
        )

        assert decide(mixed) == decide(snapshot)

    @given(snapshots())
    @examples(120)
    def test_evictions_are_lawful_and_none_is_in_vain(self, snapshot):
        decisions = decide(snapshot)
        running = {one.id: one for one in snapshot.running}
        pending = {one.id: one for one in snapshot.pending}
        queues = {queue.tenant: queue for queue in snapshot.queues}
        book = Book(after(snapshot, decisions, evicted_gone=False))  # what started in this round may be what was borrowed

        for eviction in decisions.evictions:
            victim, preemptor = running[eviction.id], pending[eviction.preemptor]
            assert not victim.evicting  # once is enough
            if eviction.reason == "InClusterQueue":
                assert victim.owner.tenant == preemptor.owner.tenant
                lower = victim.priority < preemptor.priority
                assert lower or (victim.priority == preemptor.priority and victim.owner.project != preemptor.owner.project)
            else:
                assert victim.owner.tenant != preemptor.owner.tenant
                assert queues[victim.owner.tenant].cohort == queues[preemptor.owner.tenant].cohort == "commons"
                assert snapshot.cohorts["commons"] != Reclaim.NEVER
                if snapshot.cohorts["commons"] == Reclaim.LOWER_PRIORITY:
                    assert victim.priority < preemptor.priority
                assert any(book.borrowed(victim.owner.tenant, key) for key in victim.total)
        preemptors = {one.preemptor for one in (*decisions.evictions, *decisions.shrinks)}
        gone = after(snapshot, decisions, evicted_gone=True)
        only = replace(gone, pending=tuple(one for one in gone.pending if one.id in preemptors))
        again = decide(only)
        assert {one.id for one in (*again.admissions, *again.growths)} >= preemptors

    @given(snapshots())
    @examples(60)
    def test_when_nothing_changes_nothing_more_is_decided(self, snapshot):
        rounds = 0
        decisions = decide(snapshot)
        while changes(decisions):
            rounds += 1
            snapshot = settled(snapshot, decisions)
            decisions = decide(snapshot)

            # What was told to go opens the way to more, but not for ever; where nothing goes, one round is all.
            going = any(one.evicting or one.shrinking_to is not None for one in snapshot.running)
            assert not changes(decisions) or (going and rounds <= len(snapshot.running) + len(snapshot.pending))


def changes(decisions: Decisions) -> bool:
    return any((decisions.admissions, decisions.evictions, decisions.growths, decisions.shrinks))


def settled(snapshot: Snapshot, decisions: Decisions) -> Snapshot:
    """The cluster right after the decisions; what is left of independent pods that begin to start comes in later."""
    begun = {one.id for one in decisions.admissions}
    now = after(snapshot, decisions, evicted_gone=False)
    return replace(now, pending=tuple(one for one in now.pending if one.id not in begun))


class TestSizes:
    @given(snapshots())
    @examples(120)
    def test_what_shrinks_keeps_its_least_and_loses_no_more_than_it_takes(self, snapshot):
        decisions = decide(snapshot)
        running = {one.id: one for one in snapshot.running}
        pending = {one.id: one for one in snapshot.pending}

        for shrink in decisions.shrinks:
            one = running[shrink.id]
            assert not one.independent
            assert not one.evicting
            assert all(pods.min_count <= shrink.counts[pods.name] <= one.counts[pods.name] for pods in one.pod_sets)
            assert sum(shrink.counts.values()) < sum(one.counts.values())
            assert set(shrink.placements) < set(one.placements)
            if shrink.reason == "InClusterQueue":
                preemptor = pending[shrink.preemptor]
                assert one.priority < preemptor.priority or one.owner.project != preemptor.owner.project
        assert not {one.id for one in decisions.shrinks} & {one.id for one in decisions.evictions}

    @given(snapshots())
    @examples(120)
    def test_only_what_is_idle_is_grown_into_and_not_while_room_is_made(self, snapshot):
        decisions = decide(snapshot)
        rests = {one.id for one in snapshot.pending if one.grows}
        elastic = [one for one in decisions.growths if one.id not in rests]
        running = {one.id: one for one in snapshot.running}

        for growth in elastic:
            one = running[growth.id]
            assert one.may_grow
            assert all(one.counts[pods.name] + growth.counts[pods.name] <= pods.count for pods in one.pod_sets)
        if decisions.evictions or decisions.shrinks or any(one.evicting for one in snapshot.running):
            assert not elastic
        without = decide(replace(snapshot, running=tuple(replace(one, may_grow=False) for one in snapshot.running)))
        assert without.admissions == decisions.admissions
        assert without.evictions == decisions.evictions

    @given(snapshots())
    @examples(60)
    def test_what_has_grown_is_not_shrunk_again_for_those_who_waited_already(self, snapshot):
        decisions = decide(snapshot)
        grown = {one.id for one in decisions.growths if one.id not in {rest.id for rest in snapshot.pending}}

        again = decide(after(snapshot, decisions, evicted_gone=True))

        assert not grown & {one.id for one in (*again.shrinks, *again.evictions)}


class TestNoStarvation:
    @given(
        size=st.integers(2, 4),
        per_pod=st.integers(1, 2),
        lasting=st.lists(st.integers(2, 4), min_size=20, max_size=20),
    )
    @examples(60)
    def test_a_gang_starts_although_small_work_never_stops_coming(self, size, per_pod, lasting):
        """A gang of the whole cluster; at any second newcomers of its priority wait that could fill all of it."""
        cluster = tuple(Node(f"n{number}", {GPU: per_pod}) for number in range(size))
        queue = Queue("aurora", {GPU: Limit(size * per_pod)})
        owner = Owner("aurora", "aurora/vision", "ann")

        def newcomer(second: int, number: int) -> Pending:
            pods = PodSet("worker", 1, 1, {"a100": {"gpu": 1}})
            return Pending(f"s{second:03}-{number}", owner, 0, float(second), (pods,), patience=5.0)

        gang = Pending("gang", owner, 0, 0.5, (PodSet("worker", size, size, {"a100": {"gpu": per_pod}}),), patience=5.0)
        running: tuple[Running, ...] = ()
        ends: dict[str, int] = {}
        pending = (gang, *(newcomer(0, number) for number in range(size * per_pod)))  # older than the gang: they start first
        for second, _ in enumerate(lasting):
            running = tuple(one for one in running if ends[one.id] > second)
            now = Snapshot(now=float(second), queues=(queue,), nodes=cluster, running=running, pending=pending)
            decisions = decide(now)
            settled = after(now, decisions, evicted_gone=True)
            for number, one in enumerate(decisions.admissions):
                ends[one.id] = second + lasting[(second + number) % len(lasting)]
            running, pending = settled.running, settled.pending
            pending = (*pending, *(newcomer(second + 1, number) for number in range(size * per_pod)))
            if "gang" in ends:
                return
        raise AssertionError("the gang never started")
