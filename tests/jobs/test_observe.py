"""What workers see of a job's replicas, and what follows from it."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.core.models import OutboxEvent
from apps.jobs import services
from apps.jobs.models import Replica, TimelineEntry
from apps.jobs.placement import wanted_replicas
from apps.jobs.services import _life
from apps.quotas.models import Workload
from tests.jobs.jobs import (
    NOON,
    address,
    admit,
    bring_to,
    carry_out,
    fresh,
    observe,
    run,
    seen,
    spec,
    submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab(as_role):
    return as_role("developer", equipped=True)


class TestFailure:
    @pytest.mark.parametrize(
        ("end", "code"),
        [
            ({"exit_code": 1}, "python-error"),
            ({"exit_code": 2}, "usage-error"),
            ({"exit_code": 3}, "error-exit"),
            ({"exit_code": 126}, "not-executable"),
            ({"exit_code": 127}, "command-not-found"),
            ({"exit_code": 137}, "killed"),
            ({"signal": 9}, "killed"),
            ({"signal": 9, "reason": "out-of-memory"}, "out-of-memory"),
            ({"signal": 11}, "memory-fault"),
            ({"signal": 15}, "terminated"),
            ({"signal": 6}, "aborted"),
            ({"signal": 64}, "signalled"),
            ({"reason": "start-failed"}, "start-failed"),
        ],
    )
    def test_it_is_said_what_happened_and_who_must_act(self, lab, end, code):
        client, project = lab
        job = observe(run(submitted(client, project)), seen(1, "failed", **end))

        document = client.get(address(project, job)).json()

        assert (document["phase"], document["failure"]["code"]) == ("failed", code)
        assert all(document["failure"][text] for text in ("phrase", "cause", "who", "advice"))
        assert "replica 1" in document["message"]
        replicas = client.get(address(project, job, "replicas/")).json()["results"]
        assert [replica["failure"] and replica["failure"]["code"] for replica in replicas] == [None, code]

    def test_the_others_are_told_to_go(self, lab):
        client, project = lab
        job = observe(run(submitted(client, project)), seen(0, "failed", exit_code=1))

        assert not wanted_replicas(job)
        assert job.observed_generation < job.generation
        assert job.quota_held
        assert Workload.objects.get(subject_id=job.pk).state == "admitted"
        assert not carry_out(job).quota_held

    def test_the_first_failure_decides_even_when_it_becomes_known_last(self, lab):
        client, project = lab
        job = observe(run(submitted(client, project)), seen(1, "failed", exit_code=3))
        assert "replica 1" in job.message

        job = observe(job, seen(0, "failed", exit_code=127))

        assert (job.reason, "replica 0" in job.message) == ("command-not-found", True)

    def test_what_is_in_the_bin_is_not_tried_again_by_a_late_report(self, lab):
        client, project = lab
        job = run(submitted(client, project, policy={"restart": "on-exit-codes", "exit_codes": [42]}))
        job = observe(job, seen(1, "failed", exit_code=1))
        assert client.delete(address(project, job), headers={"If-Match": "*"}).status_code == 204

        job = observe(job, seen(0, "failed", exit_code=42))

        assert (job.phase, job.quota_held) == ("failed", False)


class TestFaultPolicy:
    def test_never_is_never(self, lab):
        client, project = lab
        job = observe(run(submitted(client, project)), seen(0, "lost"))

        assert (job.phase, job.reason) == ("failed", "lost")

    def test_a_failure_is_tried_again_after_a_growing_time_and_at_last_given_up(self, lab):
        client, project = lab
        job = run(submitted(client, project, policy={"restart": "on-failure", "backoff_limit": 2}))
        waits = []
        for attempt in (1, 2):
            job = carry_out(observe(job, seen(0, "failed", exit_code=1)))
            assert (job.phase, job.attempt, job.quota_held) == ("restarting", attempt, True)
            waits.append((job.restart_at - NOON).total_seconds())
            services.tick(now=job.restart_at - timedelta(seconds=1))
            assert fresh(job).phase == "restarting"
            services.tick(now=job.restart_at)
            job = fresh(job)
            assert (job.phase, job.attempt) == ("starting", attempt + 1)
            job = observe(job, seen(0, "running"), seen(1, "running"))

        job = carry_out(observe(job, seen(0, "failed", exit_code=1)))

        assert (job.phase, job.restarts, job.quota_held) == ("failed", 2, False)
        assert "after 2 restarts" in job.message
        assert waits[0] < waits[1] <= _life.MOST_BACKOFF_SECONDS

    @pytest.mark.parametrize(
        ("end", "phase"), [({"exit_code": 42}, "restarting"), ({"exit_code": 1}, "failed"), ({"signal": 9}, "restarting")]
    )
    def test_only_the_listed_exit_codes_are_tried_again(self, lab, end, phase):
        client, project = lab
        job = run(submitted(client, project, policy={"restart": "on-exit-codes", "exit_codes": [42, 137]}))

        assert observe(job, seen(0, "failed", **end)).phase == phase

    @pytest.mark.parametrize("policy", [{"restart": "on-failure"}, {"restart": "on-exit-codes", "exit_codes": [42]}])
    def test_a_lost_machine_does_not_count_against_the_limit_but_comes_to_an_end(self, lab, policy):
        client, project = lab
        job = run(submitted(client, project, policy={**policy, "backoff_limit": 0}))
        while job.attempt <= 10:
            job = carry_out(observe(job, seen(0, "lost")))
            assert (job.phase, job.restarts) == ("restarting", 0)
            services.tick(now=job.restart_at)
            job = observe(job, seen(0, "running"), seen(1, "running"))

        assert observe(job, seen(0, "lost")).phase == "failed"

    def test_a_deadline_ends_all_attempts_together(self, lab):
        client, project = lab
        job = run(submitted(client, project, policy={"restart": "on-failure", "deadline_seconds": 100}))
        due = job.deadline_at
        assert due == job.admitted_at + timedelta(seconds=100)
        assert {replica.deadline_at for replica in wanted_replicas(job)} == {due}
        services.tick(now=due - timedelta(seconds=1))
        assert fresh(job).phase == "running"

        services.tick(now=due)

        job = fresh(job)
        assert (job.phase, job.reason) == ("failed", "deadline")
        assert not wanted_replicas(job)
        job = observe(job, seen(0, "failed", signal=15), seen(1, "stopped"))
        assert (job.phase, job.reason, job.quota_held) == ("failed", "deadline", False)

    def test_a_replica_that_was_stopped_by_nobody_here_does_not_leave_the_job_hanging(self, lab):
        client, project = lab
        job = observe(run(submitted(client, project)), seen(0, "stopped"))

        assert (job.phase, job.reason) == ("failed", "terminated")

    def test_what_serves_others_does_not_have_to_end(self, as_role):
        client, project = as_role("developer", equipped=True)
        serving = {"name": "ps", "serves": True, "command": ["serve"], "memory_bytes": "256Mi", "cpu_millicores": 100}
        working = {"name": "worker", "command": ["work"], "memory_bytes": "256Mi", "cpu_millicores": 100}
        job = run(submitted(client, project, roles=[serving, working]))

        job = observe(job, seen(1, "succeeded", exit_code=0))

        assert (job.phase, wanted_replicas(job), job.quota_held) == ("succeeded", [], True)
        job = observe(job, seen(0, "failed", signal=15))
        assert (job.phase, job.quota_held) == ("succeeded", False)


class TestRules:
    @pytest.mark.parametrize(
        ("rule", "end", "phase"),
        [
            ({"event": "failed", "action": "restart"}, ("failed", {"exit_code": 1}), "restarting"),
            ({"event": "failed", "action": "restart"}, ("lost", {}), "failed"),
            (
                {"event": "exit-code", "exit_codes": [3, 137], "action": "restart"},
                ("failed", {"exit_code": 3}),
                "restarting",
            ),
            ({"event": "exit-code", "exit_codes": [3, 137], "action": "restart"}, ("failed", {"signal": 9}), "restarting"),
            ({"event": "exit-code", "exit_codes": [3, 137], "action": "restart"}, ("failed", {"exit_code": 4}), "failed"),
            ({"event": "exit-code", "exit_codes": [77], "action": "complete"}, ("failed", {"exit_code": 77}), "succeeded"),
            (
                {"event": "out-of-memory", "action": "restart"},
                ("failed", {"signal": 9, "reason": "out-of-memory"}),
                "restarting",
            ),
            ({"event": "node-lost", "action": "restart"}, ("lost", {}), "restarting"),
            ({"event": "evicted", "action": "restart"}, ("lost", {"reason": "evicted"}), "restarting"),
            ({"event": "evicted", "action": "restart"}, ("lost", {"reason": "displaced"}), "restarting"),
            ({"event": "evicted", "action": "restart"}, ("lost", {}), "failed"),
            ({"event": "deleted", "action": "restart"}, ("lost", {"reason": "deleted"}), "restarting"),
            ({"event": "unschedulable", "action": "restart"}, ("lost", {"reason": "unschedulable"}), "restarting"),
        ],
    )
    def test_one_that_speaks_of_what_happened_decides(self, lab, rule, end, phase):
        client, project = lab
        job = run(submitted(client, project, policy={"rules": [rule]}))
        how, fields = end

        assert observe(job, seen(1, how, **fields)).phase == phase

    def test_the_first_decides_and_is_named(self, lab):
        client, project = lab
        rules = [
            {"event": "out-of-memory", "action": "fail"},
            {"event": "failed", "action": "restart"},
            {"event": "exit-code", "exit_codes": [3], "action": "fail"},
        ]
        job = run(submitted(client, project, policy={"rules": rules}))

        job = observe(job, seen(0, "failed", exit_code=3))

        assert job.phase == "restarting"
        assert "rule 2 of its fault policy" in job.message

    def test_where_none_speaks_of_it_the_general_answer_holds(self, lab):
        client, project = lab
        rules = [{"event": "evicted", "action": "fail"}]
        job = run(submitted(client, project, policy={"rules": rules, "restart": "on-failure"}))

        assert observe(job, seen(0, "lost")).phase == "restarting"

    def test_one_of_a_role_speaks_of_no_other(self, lab):
        client, project = lab
        each = {"command": ["work"], "memory_bytes": "64Mi", "cpu_millicores": 100}
        roles = [{"name": "chief", **each}, {"name": "worker", **each}]
        rules = [{"event": "failed", "role": "worker", "action": "restart"}]
        job = run(submitted(client, project, roles=roles, policy={"rules": rules}))
        other = run(submitted(client, project, roles=roles, policy={"rules": rules}))

        assert observe(job, seen(1, "failed", exit_code=1)).phase == "restarting"
        assert observe(other, seen(0, "failed", exit_code=1)).phase == "failed"

    def test_its_restarts_count_against_the_limit(self, lab):
        client, project = lab
        rules = [{"event": "failed", "action": "restart"}]
        job = run(submitted(client, project, policy={"rules": rules, "backoff_limit": 0}))

        job = observe(job, seen(0, "failed", exit_code=1))

        assert (job.phase, "after 0 restarts" in job.message) == ("failed", True)

    def test_a_job_that_one_completes_stops_what_still_runs_of_it(self, lab):
        client, project = lab
        rules = [{"event": "exit-code", "exit_codes": [77], "action": "complete"}]
        job = observe(run(submitted(client, project, policy={"rules": rules})), seen(0, "failed", exit_code=77))
        assert (job.phase, job.reason, wanted_replicas(job)) == ("succeeded", "completed", [])

        job = observe(job, seen(1, "failed", signal=15))

        assert (job.phase, job.quota_held) == ("succeeded", False)

    @pytest.mark.parametrize(
        ("fields", "pointer", "words"),
        [
            (
                {"policy": {"rules": [{"event": "exit-code", "action": "fail"}]}},
                "/fault_policy/rules/0",
                "exit_codes go with",
            ),
            (
                {"policy": {"rules": [{"event": "failed", "exit_codes": [1], "action": "fail"}]}},
                "/fault_policy/rules/0",
                "exit_codes go with",
            ),
            ({"policy": {"rules": [{"event": "bored", "action": "fail"}]}}, "/fault_policy/rules/0/event", "evicted"),
            ({"policy": {"rules": [{"event": "failed", "role": "ps", "action": "fail"}]}}, "", "a role ps"),
            (
                {"gang": False, "policy": {"rules": [{"event": "failed", "action": "complete"}]}},
                "",
                "complete the whole job",
            ),
        ],
    )
    def test_one_that_makes_no_sense_is_refused(self, lab, fields, pointer, words):
        client, project = lab

        response = client.post(address(project), spec(**fields))

        assert response.status_code == 422
        (error,) = response.json()["errors"]
        assert (error["pointer"], words in error["detail"]) == (pointer, True)


class TestPreemption:
    def test_an_evicted_job_queues_again_once_its_replicas_are_gone(self, lab):
        client, project = lab
        job = bring_to("preempted", client, project)
        assert (job.message, wanted_replicas(job), job.quota_held) == ("Made way.", [], True)

        job = carry_out(job)

        workload = Workload.objects.get(subject_id=job.pk)
        assert (job.phase, job.quota_held, workload.state) == ("queued", False, "pending")
        assert admit(job).attempt == 2

    def test_one_that_waits_to_restart_lets_go_too(self, lab):
        from apps.core.registries import workload_subjects

        client, project = lab
        job = bring_to("restarting", client, project)
        workload = Workload.objects.get(subject_id=job.pk)
        workload_subjects["job"].evicted(workload, reason="Preempted", message="Made way.", said=[])

        assert carry_out(job).phase == "queued"

    def test_one_that_is_cancelled_already_stays_cancelled(self, lab):
        from apps.core.registries import workload_subjects

        client, project = lab
        job = run(submitted(client, project))
        client.post(address(project, job, "cancel/"))
        workload_subjects["job"].evicted(
            Workload.objects.get(subject_id=job.pk), reason="Preempted", message="Made way.", said=[]
        )

        assert carry_out(job).phase == "cancelled"


class TestRefusals:
    def test_an_older_attempt_says_nothing_any_more(self, lab):
        client, project = lab
        job = bring_to("restarting", client, project)
        services.tick(now=job.restart_at)

        services.observe(job_id=job.pk, attempt=1, replicas=[seen(0, "failed", exit_code=1)])

        assert fresh(job).phase == "starting"

    def test_an_old_fence_has_carried_out_nothing(self, lab):
        client, project = lab
        job = admit(submitted(client, project))

        services.reconciled(job_id=job.pk, fence=job.fence + 1, generation=job.generation)

        assert fresh(job).observed_generation < job.generation

    def test_the_same_again_changes_nothing_and_announces_nothing(self, lab):
        client, project = lab
        job = run(submitted(client, project))
        before = (OutboxEvent.objects.count(), TimelineEntry.objects.count())

        again = observe(job, seen(0, "running"), seen(1, "running"))

        assert (OutboxEvent.objects.count(), TimelineEntry.objects.count()) == before
        assert again.version == job.version

    def test_a_rank_that_never_was_and_a_job_that_is_gone_are_ignored(self, lab):
        client, project = lab
        job = run(submitted(client, project))

        assert observe(job, seen(99, "failed", exit_code=1)).phase == "running"
        services.observe(job_id=project.pk, attempt=1, replicas=[seen(0, "running")])


_ENDS = st.sampled_from(
    [
        ("succeeded", {"exit_code": 0}),
        ("failed", {"exit_code": 1}),
        ("failed", {"exit_code": 42}),
        ("failed", {"signal": 9}),
        ("failed", {"reason": "deadline", "signal": 15}),
        ("stopped", {}),
        ("lost", {}),
    ]
)
_POLICIES = st.sampled_from(
    [{"restart": "never"}, {"restart": "on-failure"}, {"restart": "on-exit-codes", "exit_codes": [42]}]
)


@st.composite
def _reports(draw):
    """The ends of three replicas, and two orders in which reports about them come in, some twice."""
    ends = [draw(_ENDS) for _ in range(3)]
    truth = [
        one
        for rank, (phase, end) in enumerate(ends)
        for one in (seen(rank, "starting"), seen(rank, "running"), seen(rank, phase, **end))
    ]
    first = draw(st.permutations(truth))
    second = draw(st.permutations([*truth, *draw(st.lists(st.sampled_from(truth), max_size=5))]))
    return first, second


class TestOrder:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(reports=_reports(), policy=_POLICIES)
    def test_reports_in_any_order_end_in_the_same_state(self, lab, reports, policy):
        client, project = lab
        ends = []
        for order in reports:
            job = admit(submitted(client, project, policy=policy, role={"replicas": 3}))
            for report in order:
                job = observe(job, report)
            job = carry_out(job)
            replicas = list(
                Replica.objects.filter(job=job)
                .order_by("rank")
                .values_list("phase", "exit_code", "signal", "reason", "started_at", "finished_at")
            )
            workload = Workload.objects.get(subject_id=job.pk)
            ends.append(
                (job.phase, job.reason, job.message, job.restarts, job.restart_at, job.quota_held, workload.state, replicas)
            )
            client.post(address(project, job, "cancel/"))
            carry_out(job)

        assert ends[0] == ends[1]
