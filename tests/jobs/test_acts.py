"""What may be done to a job in which phase, and by whom."""

import pytest

from apps.audit.models import AuditEntry
from apps.core.models import OutboxEvent
from apps.jobs.models import Job, JobPhase, TimelineEntry
from apps.jobs.placement import wanted_replicas
from apps.quotas.models import LedgerEntry, Workload
from apps.tenants.models import Tenant
from tests.jobs.jobs import address, admit, bring_to, carry_out, fresh, observe, run, seen, spec, submitted

pytestmark = pytest.mark.django_db

# Decided, not generated: act -> phase it leads to, by the phase in which it is tried. What is not here is refused.
LEADS_TO = {
    "submit": {"draft": "queued"},
    "cancel": dict.fromkeys(
        ["queued", "admitted", "starting", "running", "restarting", "preempted", "suspended"], "cancelled"
    ),
    "suspend": dict.fromkeys(["queued", "admitted", "starting", "running", "restarting", "preempted"], "suspended"),
    "resume": {"suspended": "queued"},
    "retry": {"failed": "queued", "cancelled": "queued"},
    "restore": {},
}
DELETABLE = {"draft", "succeeded", "failed", "cancelled"}
PHASES = [str(phase) for phase in JobPhase]


@pytest.fixture
def lab(as_role):
    """A developer and a project in which jobs run."""
    return as_role("developer", equipped=True)


class TestActs:
    @pytest.mark.parametrize("phase", PHASES)
    @pytest.mark.parametrize("act", LEADS_TO)
    def test_each_act_in_each_phase(self, lab, act, phase):
        client, project = lab
        job = bring_to(phase, client, project)
        before = (TimelineEntry.objects.count(), AuditEntry.objects.count(), OutboxEvent.objects.count())

        response = client.post(address(project, job, f"{act}/"))

        after = (TimelineEntry.objects.count(), AuditEntry.objects.count(), OutboxEvent.objects.count())
        if phase in LEADS_TO[act]:
            assert (response.status_code, response.json()["phase"]) == (200, LEADS_TO[act][phase])
            assert all(now > then for now, then in zip(after, before, strict=True))
            assert response.json()["version"] > job.version
        else:
            assert response.status_code == 409
            assert response.json()["type"] == "/problems/act-not-possible"
            assert response.json()["possible"] == job.acts
            assert act not in job.acts
            assert after == before

    @pytest.mark.parametrize("phase", PHASES)
    def test_deleting_in_each_phase(self, lab, phase):
        client, project = lab
        job = bring_to(phase, client, project)

        response = client.change("DELETE", address(project, job))

        assert response.status_code == (204 if phase in DELETABLE else 409)
        assert ("delete" in job.acts) == (phase in DELETABLE)

    @pytest.mark.parametrize("phase", PHASES)
    def test_every_job_can_be_cloned_into_a_draft(self, lab, phase):
        client, project = lab
        job = bring_to(phase, client, project)

        response = client.post(address(project, job, "clone/"), {"name": "again"})

        assert (response.status_code, response.json()["phase"], response.json()["name"]) == (201, "draft", "again")
        assert response.json()["spec"] == {**job.spec, "name": "again"}

    @pytest.mark.parametrize(
        ("role", "act", "status"),
        [
            ("viewer", "cancel", 403),
            ("auditor", "cancel", 403),
            ("platform-admin", "cancel", 200),
            ("platform-admin", "suspend", 200),
            ("developer", "suspend", 200),
            ("owner", "cancel", 200),
            ("data-officer", "cancel", 403),
            ("operator", "cancel", 404),
            ("outsider", "cancel", 404),
            ("other-tenant-owner", "cancel", 404),
            ("anonymous", "cancel", 401),
        ],
    )
    def test_roles(self, as_role, role, act, status):
        developer, project = as_role("developer", equipped=True)
        job = submitted(developer, project)
        client, _ = as_role(role, project=project)

        assert client.post(address(project, job, f"{act}/")).status_code == status

    def test_an_act_takes_no_body(self, lab):
        client, project = lab
        job = submitted(client, project)

        assert client.post(address(project, job, "cancel/"), {"force": True}).status_code == 422
        assert fresh(job).phase == "queued"


class TestSuspendAndResume:
    def test_quota_is_free_once_the_replicas_are_gone_and_the_next_attempt_is_another(self, lab):
        client, project = lab
        job = run(submitted(client, project))
        client.post(address(project, job, "suspend/"))
        assert Workload.objects.get(subject_id=job.pk).state == "admitted"

        job = carry_out(job)
        workload = Workload.objects.get(subject_id=job.pk)
        assert (workload.state, workload.active, job.quota_held) == ("pending", False, False)
        assert not LedgerEntry.objects.filter(until=None).exists()

        client.post(address(project, job, "resume/"))
        job = admit(job)
        assert (job.phase, job.attempt) == ("admitted", 2)
        assert {replica.env["HANSE_ATTEMPT"] for replica in wanted_replicas(job)} == {"2"}

    def test_one_that_is_resumed_at_once_queues_when_its_old_replicas_are_gone(self, lab):
        client, project = lab
        job = run(submitted(client, project))
        client.post(address(project, job, "suspend/"))

        assert client.post(address(project, job, "resume/")).json()["phase"] == "queued"
        assert admit(job).phase == "queued"
        assert admit(carry_out(job)).attempt == 2

    def test_a_suspended_job_is_never_admitted(self, lab):
        client, project = lab
        job = bring_to("suspended", client, project)

        assert admit(job).phase == "suspended"


class TestRetry:
    def test_the_same_job_runs_again_with_its_restarts_forgotten(self, lab):
        client, project = lab
        job = bring_to("failed", client, project)
        assert job.purge_at is not None

        response = client.post(address(project, job, "retry/"))

        assert (response.json()["phase"], response.json()["failure"], response.json()["purge_at"]) == ("queued", None, None)
        job = admit(job)
        assert (job.phase, job.attempt, job.restarts) == ("admitted", 2, 0)
        assert sorted(job.replicas.values_list("attempt", "rank")) == [(1, 0), (1, 1), (2, 0), (2, 1)]

    def test_a_job_that_is_still_stopping_waits_for_its_replicas(self, lab):
        client, project = lab
        job = run(submitted(client, project))
        client.post(address(project, job, "cancel/"))

        assert client.post(address(project, job, "retry/")).status_code == 200
        assert admit(job).phase == "queued"
        assert admit(carry_out(job)).phase == "admitted"

    def test_a_job_that_is_still_stopping_is_asked_the_same_as_one_that_stopped(self, lab):
        client, project = lab
        job = run(submitted(client, project))
        client.post(address(project, job, "cancel/"))
        Tenant.objects.filter(pk=project.tenant_id).update(phase="draining")

        response = client.post(address(project, job, "retry/"))

        assert (response.status_code, response.json()["type"]) == (409, "/problems/tenant-not-active")
        assert fresh(job).phase == "cancelled"


class TestChange:
    def test_words_change_at_any_time_and_nothing_is_carried_out_for_it(self, lab):
        client, project = lab
        job = run(submitted(client, project))

        response = client.change("PATCH", address(project, job), {"description": "New data.", "labels": {"data": "b"}})

        assert response.status_code == 200
        assert (response.json()["description"], response.json()["labels"]) == ("New data.", {"data": "b"})
        assert response.json()["spec"]["description"] == "New data."
        assert response.headers["ETag"] == f'"{job.generation + 1}"'
        assert not Job.objects.due().filter(pk=job.pk).exists()

    def test_the_spec_of_what_was_submitted_stays(self, lab):
        client, project = lab
        job = submitted(client, project)

        response = client.change("PATCH", address(project, job), {"spec": spec(name="other")})

        assert (response.status_code, response.json()["type"]) == (409, "/problems/act-not-possible")

    def test_a_draft_changes_wholly(self, lab):
        client, project = lab
        job = bring_to("draft", client, project)

        response = client.change("PATCH", address(project, job), {"spec": spec(name="other", role={"replicas": 5})})

        assert (response.json()["name"], response.json()["replicas"]["wanted"]) == ("other", 5)

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"phase": "running"}, "/phase"),
            ({"labels": {"not a label": "x"}}, "/labels/not a label/[key]"),
            ({"labels": ["x"]}, "/labels"),
            ({"spec": spec(name="Not-A-Name")}, "/spec/name"),
        ],
    )
    def test_what_cannot_be_is_refused_with_its_place(self, lab, body, pointer):
        client, project = lab
        job = bring_to("draft", client, project)

        response = client.change("PATCH", address(project, job), body)

        assert (response.status_code, [wrong["pointer"] for wrong in response.json()["errors"]]) == (422, [pointer])

    def test_an_old_version_is_not_overwritten(self, lab):
        client, project = lab
        job = submitted(client, project)
        client.change("PATCH", address(project, job), {"description": "First."}, match=f'"{job.generation}"')

        response = client.change("PATCH", address(project, job), {"description": "Second."}, match=f'"{job.generation}"')

        assert (response.status_code, fresh(job).description) == (412, "First.")
        assert client.patch(address(project, job), {"description": "Third."}).status_code == 428


class TestBulk:
    def test_each_succeeds_or_is_refused_on_its_own(self, lab, as_role):
        client, project = lab
        running, over = run(submitted(client, project)), bring_to("succeeded", client, project)
        stranger, elsewhere = as_role("developer", equipped=True)
        theirs = submitted(stranger, elsewhere)
        ids = [str(running.pk), str(over.pk), str(theirs.pk)]

        response = client.post(address(project, rest="bulk/"), {"act": "cancel", "ids": ids})

        assert response.status_code == 200
        results = response.json()["results"]
        assert [(result["id"], result["status"]) for result in results] == list(zip(ids, [200, 409, 404], strict=True))
        assert results[1]["problem"]["type"] == "/problems/act-not-possible"
        assert (fresh(running).phase, fresh(theirs).phase) == ("cancelled", "queued")

    def test_it_needs_the_permission_of_the_act(self, lab, as_role):
        client, project = lab
        job = submitted(client, project)
        viewer, _ = as_role("viewer", project=project)

        response = viewer.post(address(project, rest="bulk/"), {"act": "cancel", "ids": [str(job.pk)]})

        assert (response.status_code, response.json()["permission"]) == (403, "jobs.cancel")

    def test_the_same_key_does_it_once(self, lab):
        client, project = lab
        job = submitted(client, project)
        body = {"act": "cancel", "ids": [str(job.pk)]}

        first = client.once(address(project, rest="bulk/"), body, key="k-1")
        again = client.once(address(project, rest="bulk/"), body, key="k-1")

        assert first.json() == again.json()
        assert again.json()["results"][0]["status"] == 200


class TestCancelWhileRunning:
    def test_a_late_success_does_not_undo_it(self, lab):
        client, project = lab
        job = run(submitted(client, project))
        client.post(address(project, job, "cancel/"))

        job = observe(job, seen(0, "succeeded", exit_code=0), seen(1, "succeeded", exit_code=0))

        assert (job.phase, job.quota_held) == ("cancelled", False)
