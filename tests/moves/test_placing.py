"""Where machines go: what fits, what is kept apart, and never further than it must."""

from uuid import uuid4

from celery_workers.moves.placing import Host, Machine, consolidate, drain, rebalance


def machine(name, *, memory=8, vcpus=4, load=10.0, group=""):
    return Machine(id=uuid4(), name=name, memory=memory, vcpus=vcpus, load=load, group=group)


def host(name, *machines, memory=64):
    return Host(id=uuid4(), name=name, memory=memory, vcpus=32, machines=list(machines))


class TestDrain:
    def test_the_least_loaded_host_with_room_takes_each(self):
        full, busy, idle = host("full", machine("f", memory=64)), host("busy", machine("b", load=90, vcpus=32)), host("idle")
        leaving = host("leaving", machine("a"), machine("b2"))

        found = drain([full, busy, idle, leaving], {leaving.id})

        assert [move.target.name for move in found.moves] == ["idle", "idle"]
        assert found.emptied == (leaving,)

    def test_with_nowhere_to_go_all_are_left(self):
        only = host("only", machine("a"))

        assert [reason for _, reason in drain([only], {only.id}).left] == ["host"]


class TestConsolidate:
    def test_a_host_is_emptied_as_a_whole_or_not_at_all_and_none_moves_twice(self):
        hosts = [
            host("a", machine("a1")),
            host("b", machine("b1"), machine("b2")),
            host("c", *[machine(f"c{at}") for at in range(6)]),
        ]

        found = consolidate(hosts)

        moved = [move.machine.id for move in found.moves]
        assert len(set(moved)) == len(moved)
        assert [one.name for one in found.emptied] == ["a"] or all(not one.machines for one in found.emptied)

    def test_what_would_overfill_the_others_stays(self):
        hosts = [host("a", machine("a1", memory=40)), host("b", machine("b1", memory=50))]

        assert consolidate(hosts).moves == ()
        assert [len(one.machines) for one in hosts] == [1, 1]


class TestRebalance:
    def test_even_hosts_are_left_alone(self):
        assert rebalance([host("a", machine("a1")), host("b", machine("b1"))]).moves == ()

    def test_the_hottest_becomes_cooler_than_it_was_and_no_other_hotter(self):
        hot = host("hot", *[machine(f"m{at}", vcpus=8, load=80.0) for at in range(4)])
        before = hot.load

        found = rebalance([hot, host("cold")])

        assert 0 < len(found.moves) < 4
        assert hot.load < before
        assert all(move.target.load < before for move in found.moves)
