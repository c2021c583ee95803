"""What must hold in every cluster that anybody could think of."""

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
    return replace(empty, running=running, pending=draw(workloads("p", st.integers(1, 6), (0, 100, 1000))))


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
        )
        for one in decisions.admissions
    )


def after(snapshot: Snapshot, decisions: Decisions, *, evicted_gone: bool) -> Snapshot:
    """The cluster when the decisions are carried out."""
    new = started(snapshot, decisions, at=snapshot.now)
    gone = {one.id for one in decisions.evictions}
    stay = tuple(
        replace(one, evicting=one.evicting or one.id in gone)
        for one in snapshot.running
        if not (evicted_gone and (one.evicting or one.id in gone))
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
        if one.id not in told
    )
    return replace(snapshot, running=(*stay, *new), pending=pending)


class TestEveryRound:
    @given(snapshots())
    @settings(max_examples=120, deadline=None)
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
    @settings(max_examples=80, deadline=None)
    def test_no_node_holds_more_than_it_has_and_none_that_is_unusable_gets_anything(self, snapshot):
        decisions = decide(snapshot)
        book = Book(after(snapshot, decisions, evicted_gone=False))

        assert all(amount >= 0 for amounts in book.free.values() for amount in amounts.values())
        usable = {node.name for node in snapshot.nodes if node.usable}
        assert all(place.node in usable for one in decisions.admissions for place in one.placements)

    @given(snapshots())
    @settings(max_examples=80, deadline=None)
    def test_gangs_start_whole_and_every_pod_has_its_place(self, snapshot):
        pending = {one.id: one for one in snapshot.pending}

        for one in decide(snapshot).admissions:
            for pods in pending[one.id].pod_sets:
                assert pods.min_count <= one.counts[pods.name] <= pods.count
                places = [place.index for place in one.placements if place.pod_set == pods.name]
                assert places == list(range(one.counts[pods.name]))

    @given(snapshots())
    @settings(max_examples=80, deadline=None)
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
    @settings(max_examples=60, deadline=None)
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
    @settings(max_examples=120, deadline=None)
    def test_evictions_are_lawful_and_none_is_in_vain(self, snapshot):
        decisions = decide(snapshot)
        running = {one.id: one for one in snapshot.running}
        pending = {one.id: one for one in snapshot.pending}
        queues = {queue.tenant: queue for queue in snapshot.queues}
        book = Book(snapshot)

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
        preemptors = {eviction.preemptor for eviction in decisions.evictions}
        gone = after(snapshot, decisions, evicted_gone=True)
        only = replace(gone, pending=tuple(one for one in gone.pending if one.id in preemptors))
        assert {one.id for one in decide(only).admissions} == preemptors

    @given(snapshots())
    @settings(max_examples=60, deadline=None)
    def test_when_nothing_changes_nothing_more_is_decided(self, snapshot):
        decisions = decide(snapshot)
        settled = after(snapshot, decisions, evicted_gone=False)

        again = decide(settled)

        assert again.admissions == ()
        assert again.evictions == ()


class TestNoStarvation:
    @given(
        size=st.integers(2, 4),
        per_pod=st.integers(1, 2),
        lasting=st.lists(st.integers(2, 4), min_size=20, max_size=20),
    )
    @settings(max_examples=60, deadline=None)
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
