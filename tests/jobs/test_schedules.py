"""Schedules: jobs that are submitted when they are due, once each, as their owner."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from apps.audit.models import AuditEntry
from apps.core.models import OutboxEvent
from apps.jobs.models import Job, Schedule, ScheduleRun
from apps.jobs.services import due as due_services
from apps.jobs.services import run_due_schedules
from apps.jobs.services._runs import KEPT_RUNS
from apps.monitoring.models import Notification
from apps.monitoring.services import deliver_notifications
from apps.tenants.models import Member, Tenant
from celery_workers import removal
from tests.jobs.jobs import address, spec

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOURLY = {"name": "hourly", "cron": "0 * * * *", "spec": spec(name="digits")}


def schedules(project: Any, schedule: Any = "", rest: str = "") -> str:
    below = f"{getattr(schedule, 'pk', schedule)}/" if schedule else ""
    return f"/api/v1/projects/{project.pk}/schedules/{below}{rest}"


@pytest.fixture
def scheduled(as_role):
    """`scheduled(**fields)` -> (client, project, schedule), due at NOON."""

    def make(**fields: Any) -> tuple[Any, Any, Schedule]:
        client, project = as_role("developer", equipped=True)
        answer = client.post(schedules(project), {**HOURLY, **fields})
        assert answer.status_code == 201, answer.json()
        schedule = Schedule.objects.get(pk=answer.json()["id"])
        Schedule.objects.update(next_run_at=NOON)
        schedule.refresh_from_db()
        return client, project, schedule

    return make


def tick(**later: int) -> None:
    run_due_schedules(now=NOON + timedelta(**later))


def runs(schedule: Schedule) -> list[tuple[str, str, str]]:
    rows = ScheduleRun.objects.filter(schedule=schedule).order_by("pk")
    return [(run.due_at.strftime("%H:%M"), run.outcome, run.reason) for run in rows]


class TestWriting:
    def test_it_shows_the_next_five_times_and_its_owner(self, as_role):
        client, project = as_role("developer")

        answer = client.post(schedules(project), {**HOURLY, "time_zone": "Asia/Shanghai"})

        document = answer.json()
        assert answer.status_code == 201
        assert answer["Location"].endswith(f"/schedules/{document['id']}/")
        assert len(document["next_runs"]) == 5
        assert document["next_run_at"] == document["next_runs"][0]
        assert document["owner"]["name"] == client.user.name
        assert document["state"] == "active"
        assert "schedules.manage" in document["can"]
        assert AuditEntry.objects.filter(action="schedule.create").exists()
        assert OutboxEvent.objects.filter(kind="schedule", op="added").exists()

    def test_times_of_an_expression_can_be_asked_before_writing_it(self, as_role):
        client, _ = as_role("viewer")

        times = client.get("/api/v1/schedule-times/?cron=0+2+*+*+*&time_zone=Europe/Berlin").json()["times"]
        wrong = client.get("/api/v1/schedule-times/?cron=99+2+*+*+*&time_zone=Mars/Olympus")

        assert len(times) == 5
        assert wrong.status_code == 422
        assert [error["pointer"] for error in wrong.json()["errors"]] == ["?cron", "?time_zone"]

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"cron": "61 * * * *"}, "/cron"),
            ({"cron": "0 0 30 2 *"}, "/cron"),
            ({"time_zone": "Mars/Olympus"}, "/time_zone"),
            ({"name": "Not A Name"}, "/name"),
            ({"overlap": "sometimes"}, "/overlap"),
            ({"spec": None}, "/spec"),
            ({"spec": {"name": "x", "roles": []}}, "/spec/roles"),
            ({"template": "0190f5fe-7c00-7a00-8000-000000000001"}, "/template"),
            ({"starting_deadline_seconds": 5}, "/starting_deadline_seconds"),
            ({"unknown": 1}, "/unknown"),
        ],
    )
    def test_what_is_wrong_is_named_and_nothing_is_written(self, as_role, change, pointer):
        client, project = as_role("developer")
        body = {key: value for key, value in {**HOURLY, **change}.items() if value is not None}

        answer = client.post(schedules(project), body)

        assert answer.status_code == 422
        assert pointer in [error["pointer"] for error in answer.json()["errors"]]
        assert not Schedule.objects.exists()

    def test_a_name_is_there_once_in_a_project(self, scheduled):
        client, project, _ = scheduled()

        assert client.post(schedules(project), HOURLY).status_code == 409

    def test_a_change_asks_for_the_version_and_makes_the_changer_the_owner(self, scheduled, as_role):
        client, project, schedule = scheduled()
        colleague, _ = as_role("developer", project=project)
        tag = client.get(schedules(project, schedule))["ETag"]

        changed = colleague.change("PATCH", schedules(project, schedule), {"cron": "30 3 * * *"}, match=tag)
        stale = client.change("PATCH", schedules(project, schedule), {"cron": "0 4 * * *"}, match=tag)

        assert changed.status_code == 200
        assert changed.json()["owner"]["name"] == colleague.user.name
        assert stale.status_code == 412

    def test_a_token_needs_to_be_let_submit_too(self, as_role):
        client, project = as_role("developer")
        expires_at = (timezone.now() + timedelta(days=1)).isoformat()
        for permissions, status in ((["schedules.manage"], 403), (["schedules.manage", "jobs.submit"], 201)):
            body = {"name": "-".join(permissions), "permissions": [*permissions, "projects.view"], "expires_at": expires_at}
            secret = client.post("/api/v1/me/tokens/", body).json()["token"]
            answer = client.post(schedules(project), HOURLY, headers={"Authorization": f"Bearer {secret}"})
            assert answer.status_code == status

    def test_the_list_costs_the_same_at_three_and_at_thirty(self, as_role, django_assert_max_num_queries):
        client, project = as_role("developer")
        for number in range(30):
            client.post(schedules(project), {**HOURLY, "name": f"hourly-{number}"})

        with django_assert_max_num_queries(8):
            answer = client.get(schedules(project))

        assert answer.json()["count"] == 30

    def test_removing_leaves_its_jobs(self, scheduled):
        client, project, schedule = scheduled()
        tick()

        assert client.change("DELETE", schedules(project, schedule)).status_code == 204

        [job] = client.get(address(project)).json()["results"]
        assert job["schedule"]["name"] == "hourly"


class TestDue:
    def test_it_submits_as_its_owner_and_its_jobs_can_be_found(self, scheduled):
        client, project, schedule = scheduled()
        tick()

        [job] = client.get(f"{address(project)}?schedule={schedule.pk}").json()["results"]
        assert job["submitted_by"]["name"] == client.user.name
        assert job["schedule"] == {"id": str(schedule.pk), "name": "hourly"}
        shown = client.get(schedules(project, schedule)).json()
        assert shown["last_run"] == {
            "due_at": "2026-11-23T12:00:00Z",
            "outcome": "submitted",
            "reason": "",
            "job_id": job["id"],
        }
        assert shown["next_run_at"] == "2026-11-23T13:00:00Z"
        assert client.get(schedules(project, schedule, "runs/")).json()["results"][0]["job_id"] == job["id"]

    def test_looking_again_and_again_runs_it_once(self, scheduled):
        _, _, schedule = scheduled()
        for seconds in (0, 0, 10, 20):
            tick(seconds=seconds)

        assert runs(schedule) == [("12:00", "submitted", "")]
        assert Job.objects.count() == 1

    def test_a_crash_before_the_commit_leaves_nothing_and_the_next_look_does_it(self, scheduled, monkeypatch):
        _, _, schedule = scheduled()

        def dies(*_: Any, **__: Any) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as context:
            context.setattr(due_services, "note_run", dies)
            with pytest.raises(KeyboardInterrupt):
                tick()
        assert not Job.objects.exists()
        tick(seconds=10)

        assert runs(schedule) == [("12:00", "submitted", "")]
        assert Job.objects.count() == 1

    def test_a_template_is_taken_as_it_is_when_due(self, scheduled, as_role):
        client, project = as_role("developer", equipped=True)
        path = f"/api/v1/tenants/{project.tenant_id}/templates/"
        template = client.post(path, {"name": "Nightly", "spec": spec(name="before")}).json()["id"]
        body = {"name": "from-template", "cron": "0 * * * *", "template": template, "overlap": "allow"}
        assert client.post(schedules(project), body).status_code == 201
        client.change("PATCH", f"/api/v1/templates/{template}/", {"spec": spec(name="after")})
        Schedule.objects.update(next_run_at=NOON)

        tick()
        assert Job.objects.get().name == "after"
        client.change("DELETE", f"/api/v1/templates/{template}/")
        tick(hours=1)

        assert runs(Schedule.objects.get())[-1] == ("13:00", "failed", "template-gone")

    def test_the_runs_of_long_ago_are_forgotten(self, scheduled):
        _, _, schedule = scheduled(overlap="allow", cron="* * * * *")
        old = [
            ScheduleRun(schedule=schedule, tenant_id=schedule.tenant_id, due_at=NOON - timedelta(days=day), outcome="failed")
            for day in range(KEPT_RUNS, 0, -1)
        ]
        ScheduleRun.objects.bulk_create(old)
        tick()

        assert ScheduleRun.objects.count() == KEPT_RUNS


class TestMissed:
    def test_after_hours_only_the_last_is_caught_up(self, scheduled):
        _, _, schedule = scheduled()
        tick(hours=5, minutes=20)

        assert runs(schedule) == [("17:00", "submitted", "")]
        assert Job.objects.count() == 1
        schedule.refresh_from_db()
        assert schedule.next_run_at == NOON + timedelta(hours=6)

    def test_too_late_for_the_starting_deadline_is_left_out(self, scheduled):
        _, _, schedule = scheduled(starting_deadline_seconds=600)
        tick(hours=5, minutes=20)
        tick(hours=6)

        assert runs(schedule) == [("17:00", "skipped", "missed"), ("18:00", "submitted", "")]

    def test_who_wants_none_caught_up_gets_none(self, scheduled):
        _, _, schedule = scheduled(missed="skip")
        tick(minutes=20)
        tick(hours=1, seconds=30)

        assert runs(schedule) == [("12:00", "skipped", "missed"), ("13:00", "submitted", "")]


class TestOverlap:
    def test_forbid_leaves_out_while_one_is_not_over(self, scheduled):
        client, project, schedule = scheduled(overlap="forbid")
        tick()
        tick(hours=1)
        client.post(address(project, Job.objects.get(), "cancel/"))
        tick(hours=2)

        assert [run[1:] for run in runs(schedule)] == [("submitted", ""), ("skipped", "still-running"), ("submitted", "")]

    def test_allow_lets_both_run(self, scheduled):
        scheduled(overlap="allow")
        tick()
        tick(hours=1)

        assert sorted(Job.objects.values_list("phase", flat=True)) == ["queued", "queued"]

    def test_replace_cancels_the_one_before(self, scheduled):
        scheduled(overlap="replace")
        tick()
        tick(hours=1)

        assert list(Job.objects.order_by("pk").values_list("phase", "reason")) == [
            ("cancelled", "replaced"),
            ("queued", "submitted"),
        ]

    def test_replace_keeps_the_one_before_when_the_next_is_refused(self, scheduled):
        scheduled(overlap="replace")
        tick()
        Tenant.objects.update(phase="suspended")
        tick(hours=1)

        assert Job.objects.get().phase == "queued"


class TestTrouble:
    def test_what_never_fits_is_a_failed_run_with_the_reason_told_once(self, scheduled):
        client, _, schedule = scheduled(spec=spec(role={"cpu_millicores": 900_000}))
        tick()
        tick(hours=1)
        deliver_notifications(now=NOON)

        assert [run[1:] for run in runs(schedule)] == [("failed", "never-fits"), ("failed", "never-fits")]
        assert ScheduleRun.objects.first().message
        assert Notification.objects.filter(code="schedule.failed", user=client.user).count() == 1

    def test_in_a_suspended_tenant_nothing_is_submitted_and_it_says_so(self, scheduled):
        _, _, schedule = scheduled()
        Tenant.objects.update(phase="suspended")
        tick()
        Tenant.objects.update(phase="active")
        tick(hours=1)

        assert [run[1:] for run in runs(schedule)] == [("failed", "tenant-not-active"), ("submitted", "")]

    @pytest.mark.parametrize("reason", ["owner-gone", "permission-lost"])
    def test_without_its_owner_it_stops_says_so_and_whoever_resumes_owns_it(self, scheduled, as_role, reason):
        client, project, schedule = scheduled()
        admin, _ = as_role("admin", project=project)
        if reason == "owner-gone":
            client.user.is_active = False
            client.user.save()
        else:
            Member.objects.filter(user=client.user).update(role="viewer")
        tick()
        tick(hours=1)
        deliver_notifications(now=NOON)

        shown = admin.get(schedules(project, schedule)).json()
        assert (shown["state"], shown["state_reason"], shown["next_run_at"]) == ("stopped", reason, None)
        assert not Job.objects.exists()
        assert Notification.objects.filter(code="schedule.stopped", user=admin.user).exists()
        assert admin.post(schedules(project, schedule, "resume/")).json()["owner"]["name"] == admin.user.name


class TestActs:
    def test_a_paused_one_submits_nothing_and_goes_on_from_now_when_resumed(self, scheduled):
        client, project, schedule = scheduled()
        assert client.post(schedules(project, schedule, "pause/")).json()["state"] == "paused"
        tick(hours=3)
        assert not Job.objects.exists()
        assert client.post(schedules(project, schedule, "pause/")).status_code == 409

        resumed = client.post(schedules(project, schedule, "resume/")).json()
        assert datetime.fromisoformat(resumed["next_run_at"]) > timezone.now()
        assert client.post(schedules(project, schedule, "resume/")).status_code == 409

    def test_run_now_submits_as_whoever_asks_and_leaves_the_due_times(self, scheduled, as_role):
        client, project, schedule = scheduled()
        colleague, _ = as_role("developer", project=project)

        run = colleague.post(schedules(project, schedule, "run/"))

        assert run.status_code == 201
        assert (run.json()["by_hand"], run.json()["outcome"]) == (True, "submitted")
        assert Job.objects.get().submitted_by == colleague.user
        schedule.refresh_from_db()
        assert (schedule.next_run_at, schedule.owner) == (NOON, client.user)
        busy = client.post(schedules(project, schedule, "run/"))
        assert (busy.status_code, busy.json()["type"]) == (409, "/problems/schedule-busy")

    def test_removing_the_project_removes_its_schedules(self, scheduled, as_role):
        _, project, schedule = scheduled()
        owner, _ = as_role("owner", project=project)

        assert owner.change("DELETE", f"/api/v1/projects/{project.pk}/", {"confirm": project.slug}).status_code == 202
        removal.remove_project(project.pk)

        assert not Schedule.objects.exists()
        assert OutboxEvent.objects.filter(kind="schedule", op="removed", object_id=schedule.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_many_looking_at_once_run_each_due_time_once(scheduled):
    _, project, schedule = scheduled()
    with transaction.atomic():
        for number in range(5):
            Schedule.objects.create(
                project=project,
                tenant=project.tenant,
                owner=schedule.owner,
                name=f"more-{number}",
                cron="0 * * * *",
                spec=schedule.spec,
                next_run_at=NOON,
            )

    def look() -> None:
        try:
            tick()
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ScheduleRun.objects.count() == Job.objects.count() == 6
