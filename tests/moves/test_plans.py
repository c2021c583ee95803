"""Plans of moves: made from forecasts under limits, approved, carried out by the simulator, exported."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.audit.models import AuditEntry
from apps.core.models import OutboxHint
from apps.forecasts.models import Target
from apps.moves.models import Plan, PlannedMove
from celery_workers.moves import executing, planning
from tests.factories import make_plan, make_target
from tests.moves.test_windows import make_forecast

PLANS = "/api/v1/move-plans/"
GIB = 2**30


def make_host(name, cluster=None, *, rack="r1", gib=64, vcpus=32):
    fields = {"memory_bytes": gib * GIB, "vcpus": vcpus, "labels": {"rack": rack}, "link_bits_per_second": 10**10}
    return make_target(kind="host", name=name, parent=cluster, synthetic=True, **fields)


def make_vm(host, name, load=None, *, gib=8, vcpus=4, group="", synthetic=True):
    labels = {"group": group} if group else {}
    target = make_target(
        name=name, parent=host, memory_bytes=gib * GIB, vcpus=vcpus, local_disk_bytes=0, labels=labels, synthetic=synthetic
    )
    if load is not None:
        make_forecast(target, load if callable(load) else lambda at: load)
    return target


@pytest.fixture
def fleet(db):
    """Three hosts in two racks; on the first four machines that are quiet from the fifth hour on."""
    cluster = make_target(kind="cluster", name="east", synthetic=True)
    hosts = [make_host(f"h{at}", cluster, rack="r1" if at < 2 else "r2") for at in (1, 2, 3)]
    for at in range(4):
        make_vm(hosts[0], f"vm-{at}", lambda hour: 60.0 if hour < 5 else 10.0)
    make_vm(hosts[1], "vm-there", 20.0)
    return hosts


def planned(client, **body):
    answer = client.post(PLANS, body)
    assert answer.status_code == 202, answer.content
    for hint in OutboxHint.objects.filter(task="moves.plan"):
        for _ in range(2):
            planning.make(hint.arguments["plan_id"])
    plan = client.get(f"{PLANS}{answer.json()['id']}/").json()
    return plan, client.get(f"{PLANS}{plan['id']}/moves/?limit=100").json()["results"]


def drained(client, host, **body):
    return planned(client, goal="drain", hosts=[str(host.pk)], **body)


def when(moment):
    return timezone.datetime.fromisoformat(moment)


class TestDrain:
    def test_every_machine_leaves_when_it_is_quiet_and_as_many_at_once_as_allowed(self, as_role, fleet):
        client, _ = as_role("operator")

        plan, moves = drained(client, fleet[0], limits={"source": 1})

        assert (plan["state"], plan["moves"], plan["left"]) == ("recommended", 4, [])
        assert {move["from_host"] for move in moves} == {"h1"}
        assert all(move["load"] == 10.0 and move["gain"] == 50.0 for move in moves)
        starts = sorted(when(move["starts_at"]) for move in moves)
        assert len(set(starts)) == 4
        bound = [move for move in moves if move["binding"]]
        assert {move["binding"] for move in bound} == {"source"}
        assert all(when(move["wanted_at"]) < when(move["starts_at"]) for move in bound)
        assert (plan["totals"]["bound"], plan["totals"]["hosts_emptied"]) == (3, 1)
        assert AuditEntry.objects.filter(action="moves.plan").count() == 1

    def test_machines_of_a_group_are_kept_apart_and_one_that_fits_nowhere_is_named(self, as_role, fleet):
        client, _ = as_role("operator")
        for at, host in enumerate(fleet[1:]):
            make_vm(host, f"kept-{at}", 5.0, group="db")
        make_vm(fleet[0], "apart", 5.0, group="db")
        make_vm(fleet[0], "large", 5.0, gib=200)

        plan, moves = drained(client, fleet[0])

        left = {one["machine"]: one["binding"] for one in plan["left"]}
        assert left == {"apart": "group", "large": "memory"}
        assert plan["totals"]["hosts_emptied"] == 0
        assert len(moves) == 4

    def test_in_closed_times_none_begins_or_is_still_under_way(self, as_role, fleet):
        client, _ = as_role("operator")
        now = timezone.now()
        closed = {"starts_at": now.isoformat(), "ends_at": (now + timedelta(hours=10)).isoformat()}

        _, moves = drained(client, fleet[0], closed=[closed])

        assert len(moves) == 4
        assert all(when(move["starts_at"]) >= now + timedelta(hours=10, minutes=-1) for move in moves)
        backwards = {"starts_at": closed["ends_at"], "ends_at": closed["starts_at"]}
        wrong = client.post(PLANS, {"goal": "consolidate", "closed": [backwards]})
        assert wrong.json()["errors"][0]["pointer"] == "/closed/0/ends_at"

    def test_machines_stay_in_their_cluster(self, as_role, fleet):
        client, _ = as_role("operator")
        elsewhere = make_target(kind="cluster", name="west", synthetic=True)
        make_host("idle", elsewhere, gib=4096)
        alone = make_host("alone", make_target(kind="cluster", name="south", synthetic=True))
        make_vm(alone, "only", 5.0)

        _, moves = drained(client, fleet[0])
        plan, _ = drained(client, alone)

        assert "idle" not in {move["to_host"] for move in moves}
        assert plan["left"] == [{"machine": "only", "binding": "host"}]

    def test_one_without_a_forecast_moves_too_and_says_that_nothing_is_known(self, as_role, fleet):
        client, _ = as_role("operator")
        make_vm(fleet[0], "unknown")

        _, moves = drained(client, fleet[0])

        (unknown,) = [move for move in moves if move["machine"] == "unknown"]
        assert (unknown["load"], unknown["gain"]) == (None, None)

    def test_hosts_that_are_none_and_goals_without_any_are_refused(self, as_role, fleet):
        client, _ = as_role("operator")
        vm = Target.objects.get(name="vm-0")

        for hosts in ([], [str(vm.pk)]):
            answer = client.post(PLANS, {"goal": "drain", "hosts": hosts})
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/hosts")
        assert not Plan.objects.exists()

    def test_an_empty_host_needs_no_plan(self, as_role, fleet):
        client, _ = as_role("operator")

        plan, _ = drained(client, fleet[2])

        assert (plan["state"], plan["problem"]["type"]) == ("failed", "/problems/nothing-to-move")


class TestOtherGoals:
    def test_a_hot_host_gives_away_what_brings_it_near_the_others(self, as_role, fleet):
        client, _ = as_role("operator")
        for at in range(4):
            make_vm(fleet[1], f"busy-{at}", 90.0, vcpus=8)

        _, moves = planned(client, goal="rebalance")

        assert moves
        assert {move["from_host"] for move in moves} == {"h2"}
        assert len(moves) < 4

    def test_hosts_with_little_on_them_are_emptied_and_what_that_saves_is_said(self, as_role, fleet):
        client, _ = as_role("operator")

        plan, moves = planned(client, goal="consolidate")

        assert [move["machine"] for move in moves] == ["vm-there"]
        assert (plan["totals"]["hosts_emptied"], plan["totals"]["kwh_a_day"]) == (1, 3.6)


class TestLife:
    def test_an_administrator_approves_and_the_simulator_moves_all_with_what_it_really_took(self, as_role, fleet):
        operator, _ = as_role("operator")
        admin, _ = as_role("platform-admin")
        plan, _ = drained(operator, fleet[0])

        assert operator.post(f"{PLANS}{plan['id']}/approve/", {}).status_code == 403
        approved = admin.post(f"{PLANS}{plan['id']}/approve/", {"pace": 600})
        assert (approved.status_code, approved.json()["state"]) == (200, "pending")
        executing.carry_on(now=timezone.now() + timedelta(seconds=1))
        executing.carry_on(now=timezone.now() + timedelta(minutes=10))
        executing.carry_on(now=timezone.now() + timedelta(minutes=10))

        after = admin.get(f"{PLANS}{plan['id']}/").json()
        assert (after["state"], after["succeeded"], after["failed"]) == ("succeeded", 4, 0)
        assert not Target.objects.filter(parent=fleet[0]).exists()
        moves = PlannedMove.objects.all()
        assert all(0 < move.actual_downtime_seconds < move.actual_seconds for move in moves)
        assert AuditEntry.objects.filter(action="moves.carried-out").count() == 1

    def test_one_that_went_elsewhere_meanwhile_is_not_moved_and_the_plan_says_so(self, as_role, fleet):
        admin, _ = as_role("platform-admin")
        plan, _ = drained(admin, fleet[0])
        Target.objects.filter(name="vm-2").update(parent=fleet[1])
        admin.post(f"{PLANS}{plan['id']}/approve/", {"pace": 3600})

        executing.carry_on(now=timezone.now() + timedelta(minutes=10))

        after = admin.get(f"{PLANS}{plan['id']}/").json()
        assert (after["state"], after["succeeded"], after["failed"]) == ("failed", 3, 1)
        assert PlannedMove.objects.get(machine="vm-2").failure == "not-there"

    def test_called_off_it_begins_no_more(self, as_role, fleet):
        admin, _ = as_role("platform-admin")
        plan, _ = drained(admin, fleet[0])
        admin.post(f"{PLANS}{plan['id']}/approve/", {})

        assert admin.post(f"{PLANS}{plan['id']}/cancel/").json()["state"] == "cancelled"
        executing.carry_on(now=timezone.now() + timedelta(days=2))

        assert Target.objects.filter(parent=fleet[0]).count() == 4
        again = admin.post(f"{PLANS}{plan['id']}/cancel/")
        assert (again.status_code, again.json()["type"]) == (409, "/problems/plan-is-over")

    def test_a_newer_plan_takes_the_place_of_one_that_nobody_approved(self, as_role, fleet):
        client, _ = as_role("operator")
        older, _ = drained(client, fleet[0])

        newer, _ = drained(client, fleet[0])

        assert client.get(f"{PLANS}{older['id']}/").json()["state"] == "superseded"
        assert newer["state"] == "recommended"

    def test_one_that_nobody_makes_is_asked_for_again_and_given_up_in_the_end(self, as_role):
        client, _ = as_role("operator")
        plan, now = make_plan("planning"), timezone.now()

        executing.carry_on(now=now + timedelta(minutes=1))
        assert OutboxHint.objects.filter(task="moves.plan").count() == 1
        executing.carry_on(now=now + timedelta(minutes=11))

        after = client.get(f"{PLANS}{plan.pk}/").json()
        assert (after["state"], after["problem"]["type"]) == ("failed", "/problems/unavailable")

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"synthetic": False}, "not-synthetic"),
            ({"made_at": timezone.now() - timedelta(hours=2)}, "old"),
            ({"state": "superseded"}, "not-recommended"),
        ],
    )
    def test_what_may_not_be_carried_out_is_not_approved(self, as_role, fields, reason):
        admin, _ = as_role("platform-admin")
        plan = make_plan(**fields)

        answer = admin.post(f"{PLANS}{plan.pk}/approve/", {})

        assert (answer.status_code, answer.json()["reason"]) == (409, reason)


class TestExport:
    def test_as_a_table_a_calendar_and_json(self, as_role, fleet):
        client, _ = as_role("operator")
        Target.objects.filter(name="vm-0").update(name="=vm;0")
        plan, _ = drained(client, fleet[0])

        table, calendar, whole = (client.get(f"{PLANS}{plan['id']}/export/?as={kind}") for kind in ("csv", "ics", "json"))

        lines = table.content.decode().splitlines()
        assert len(lines) == 5
        assert any(",'=vm;0,h1," in line for line in lines)
        entries = calendar.content.decode()
        assert entries.count("BEGIN:VEVENT\r\n") == 4
        assert "SUMMARY:=vm\\;0: h1 to " in entries
        assert len(whole.json()["moves"]) == 4
        assert client.get(f"{PLANS}{plan['id']}/export/?as=pdf").status_code == 422
