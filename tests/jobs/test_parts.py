"""What belongs to one job: its explanation, files, shares, reports."""

import math

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.settings import api_settings

from apps.core.registries import subject_scopes
from apps.jobs import services
from apps.jobs.models import Artifact, JobShare
from apps.jobs.placement import report_token, wanted_replicas
from apps.monitoring.models import MetricPoint
from apps.storage.models import StoredObject
from apps.tenants.access import actor_of_user
from tests.factories import in_time, make_group, make_member, make_user
from tests.jobs.jobs import address, admit, bring_to, fresh, observe, run, seen, submitted
from tests.tenants.test_tokens import bearer

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab(as_role):
    return as_role("developer", equipped=True)


class TestWhy:
    def test_one_that_waits_says_for_what_and_who_can_help(self, lab):
        client, project = lab
        admit(submitted(client, project, role={"cpu_millicores": 4000}))
        waiting = admit(submitted(client, project))

        why = client.get(address(project, waiting, "why/")).json()
        listed = client.get(address(project, waiting)).json()

        assert waiting.phase == "queued"
        assert (why["sentence"], why["position"]) == (listed["why"], listed["queue_position"])
        assert why["sentence"]
        assert why["position"] == 1
        assert why["helps"]
        assert why["asked"] == listed["resources"]

    def test_what_it_waited_for_is_gone_when_it_starts(self, lab):
        client, project = lab
        first = admit(submitted(client, project, role={"cpu_millicores": 4000}))
        waiting = admit(submitted(client, project))
        client.post(address(project, first, "cancel/"))
        services.reconciled(job_id=first.pk, fence=first.fence, generation=fresh(first).generation)

        document = client.get(address(project, admit(waiting))).json()

        assert (document["phase"], document["why"], document["queue_position"]) == ("admitted", None, None)

    def test_one_that_failed_says_what_the_dictionary_knows(self, lab):
        client, project = lab
        job = bring_to("failed", client, project)

        why = client.get(address(project, job, "why/")).json()

        assert (why["failure"]["code"], why["sentence"]) == ("error-exit", job.message)


class TestArtifacts:
    @pytest.fixture
    def left(self, lab, tmp_path):
        """A job whose rank 0 left a file with an unpleasant name."""
        client, project = lab
        job = run(submitted(client, project))
        source = tmp_path / "left"
        source.write_bytes(b"<script>alert(1)</script>")
        services.add_artifact(job_id=job.pk, attempt=1, rank=0, name='out/"page"; x=.html', source=source)
        return client, project, job, source

    def test_it_is_downloaded_and_never_shown(self, left):
        client, project, job, _ = left
        (listed,) = client.get(address(project, job, "artifacts/")).json()["results"]

        response = client.get(address(project, job, f"artifacts/{listed['id']}/download/"))

        assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
        assert response.headers["Content-Type"] == "application/octet-stream"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Disposition"] == 'attachment; filename="\\"page\\"; x=.html"'
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert int(response.headers["Content-Length"]) == listed["size_bytes"] == 25

    def test_the_same_file_is_kept_once(self, left):
        _, _, job, source = left

        for _ in range(2):
            services.add_artifact(job_id=job.pk, attempt=1, rank=0, name='out/"page"; x=.html', source=source)

        assert (Artifact.objects.count(), StoredObject.objects.count()) == (1, 1)

    @pytest.mark.parametrize("name", ["../model", "/etc/passwd", "", "a//b", "a/./b", "a\nb", "x" * 301])
    def test_a_name_that_leaves_the_directory_is_none(self, left, name):
        _, _, job, source = left

        with pytest.raises(ValueError):
            services.add_artifact(job_id=job.pk, attempt=1, rank=0, name=name, source=source)

    def test_strangers_find_nothing(self, left, as_role):
        client, project, job, _ = left
        (listed,) = client.get(address(project, job, "artifacts/")).json()["results"]
        stranger, _ = as_role("other-tenant-owner")

        assert stranger.get(address(project, job, "artifacts/")).status_code == 404
        assert stranger.get(address(project, job, f"artifacts/{listed['id']}/download/")).status_code == 404

    def test_a_file_that_is_gone_says_so(self, left, tmp_path):
        client, project, job, _ = left
        (listed,) = client.get(address(project, job, "artifacts/")).json()["results"]
        (tmp_path / "objects" / StoredObject.objects.get().path).unlink()

        assert client.get(address(project, job, f"artifacts/{listed['id']}/download/")).status_code == 410


class TestShares:
    @pytest.fixture
    def shared(self, lab, as_role):
        """A job shared with somebody of another tenant."""
        client, project = lab
        job = submitted(client, project)
        friend, _ = as_role("other-tenant-owner")
        response = client.post(address(project, job, "shares/"), {"email": friend.user.email.upper()})
        assert response.status_code == 201
        return client, project, job, friend

    def test_they_read_that_job_and_its_timeline_and_logs_and_nothing_else(self, shared):
        client, project, job, friend = shared
        other = submitted(client, project)
        actor = actor_of_user(friend.user)

        detail = friend.get(address(project, job))

        assert (detail.status_code, detail.json()["can"]) == (200, ["jobs.view"])
        for part in ("timeline/", "replicas/", "why/", "spec.yaml"):
            assert friend.get(address(project, job, part)).status_code == 200
        assert subject_scopes["job"](actor, job.pk).project_id == project.pk
        assert subject_scopes["job"](actor, other.pk) is None
        assert friend.get(address(project, other)).status_code == 404
        for part in ("artifacts/", "shares/"):
            assert friend.get(address(project, job, part)).status_code == 403
        for act in ("cancel", "suspend", "clone", "retry"):
            assert friend.post(address(project, job, f"{act}/")).status_code == 403
        assert friend.change("PATCH", address(project, job), {"description": "x"}).status_code == 403
        assert friend.change("DELETE", address(project, job)).status_code == 403

    def test_it_is_in_none_of_their_lists(self, shared):
        _, project, job, friend = shared

        assert friend.get("/api/v1/jobs/").json()["results"] == []
        assert friend.get(address(project)).status_code == 404
        assert friend.get(f"/api/v1/search/?q={job.name}").json() == friend.get("/api/v1/search/?q=nothing").json()

    def test_it_ends_when_it_is_taken_back(self, shared):
        client, project, job, friend = shared
        (share,) = client.get(address(project, job, "shares/")).json()["results"]

        assert client.delete(address(project, job, f"shares/{share['id']}/")).status_code == 204
        assert friend.get(address(project, job)).status_code == 404

    def test_twice_is_once(self, shared):
        client, project, job, friend = shared
        client.post(address(project, job, "shares/"), {"email": friend.user.email})

        assert JobShare.objects.count() == 1

    def test_an_address_with_and_without_an_account_is_answered_alike_with_as_many_queries(self, shared):
        client, project, job, _ = shared
        answers, queries = [], []
        make_user(email="known@elsewhere.example")
        make_user(email="left@elsewhere.example", is_active=False)
        for email in ("known@elsewhere.example", "left@elsewhere.example", "nobody@elsewhere.example"):
            with CaptureQueriesContext(connection) as asked:
                answers.append(client.post(address(project, job, "shares/"), {"email": email}))
            queries.append([query["sql"].split()[0] for query in asked])

        assert [answer.status_code for answer in answers] == [201] * 3
        assert [set(answer.json()) for answer in answers] == [{"id", "email", "group"}] * 3
        assert queries[0] == queries[1] == queries[2]
        listed = client.get(address(project, job, "shares/")).json()["results"]
        assert [answer.json() for answer in answers] == list(reversed(listed))[1:]

    def test_one_by_address_works_once_the_account_is_made_but_for_no_token(self, shared, as_role):
        client, project, job, _ = shared
        share = client.post(address(project, job, "shares/"), {"email": "Nell@elsewhere.example"}).json()
        nell = make_user(email="nell@elsewhere.example")
        theirs, _ = as_role("owner", user=nell)
        wanted = {"name": "ci", "permissions": ["jobs.view"], "expires_at": in_time(days=1)}
        program = bearer(theirs.post("/api/v1/me/tokens/", wanted).json()["token"])

        for part in ("", "timeline/", "replicas/", "why/"):
            assert theirs.get(address(project, job, part)).status_code == 200
        assert theirs.get("/api/v1/jobs/").json()["results"] == []
        assert program.get(address(project, job)).status_code == 404
        assert client.delete(address(project, job, f"shares/{share['id']}/")).status_code == 204
        assert theirs.get(address(project, job)).status_code == 404

    def test_with_a_group_whoever_is_in_it_reads_the_job_and_for_as_long(self, lab, as_role):
        client, project = lab
        job, other = submitted(client, project), submitted(client, project)
        colleague, _ = as_role("other-tenant-owner")
        group = make_group(colleague.user, client.user, name="perception")

        share = client.post(address(project, job, "shares/"), {"group": "perception"})

        assert (share.status_code, share.json()["group"]["name"], share.json()["email"]) == (201, "perception", "")
        assert colleague.get(address(project, job)).json()["can"] == ["jobs.view"]
        assert colleague.get(address(project, job, "timeline/")).status_code == 200
        assert colleague.get(address(project, other)).status_code == 404
        assert colleague.get("/api/v1/jobs/").json()["results"] == []
        again = client.post(address(project, job, "shares/"), {"group": "perception"})
        assert again.json() == share.json()

        group.users.remove(colleague.user)
        assert colleague.get(address(project, job)).status_code == 404
        group.users.add(colleague.user)
        before = colleague.user.access_version
        assert client.delete(address(project, job, f"shares/{share.json()['id']}/")).status_code == 204
        assert colleague.get(address(project, job)).status_code == 404
        colleague.user.refresh_from_db()
        assert colleague.user.access_version > before  # what they have open is closed

    def test_a_group_that_one_does_not_see_is_no_group(self, lab):
        client, project = lab
        make_group(name="theirs")
        ours = make_group(name="ours")
        make_member("viewer", group=ours, project=project)
        job = submitted(client, project)

        answers = [client.post(address(project, job, "shares/"), {"group": name}) for name in ("theirs", "nowhere", "ours")]

        assert [answer.status_code for answer in answers] == [422, 422, 201]
        assert answers[0].json()["errors"] == answers[1].json()["errors"]
        both = client.post(address(project, job, "shares/"), {"group": "ours", "email": "a@b.example"})
        assert both.status_code == 422

    def test_a_viewer_shares_nothing(self, shared, as_role):
        _, project, job, friend = shared
        viewer, _ = as_role("viewer", project=project)

        assert viewer.post(address(project, job, "shares/"), {"email": friend.user.email}).status_code == 403


class TestReport:
    def _post(self, client, token, body):
        return client.post("/api/v1/report/", body, headers={"Authorization": f"Bearer {token}"})

    def test_a_workload_says_how_far_it_is(self, lab, client):
        member, project = lab
        job = run(submitted(member, project))
        body = {"progress": 0.42, "metrics": {"loss": 0.3}, "eta_seconds": 12}

        response = client.post(
            "/api/v1/report/",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {wanted_replicas(job)[0].env['HANSE_REPORT_TOKEN']}"},
        )

        assert response.status_code == 204
        document = member.get(address(project, job)).json()
        assert (document["progress"], document["eta_seconds"], document["metrics"]) == (0.42, 12, {"loss": 0.3})
        assert MetricPoint.objects.get(subject_id=job.pk).value == 0.3

    def test_a_token_is_for_its_attempt_and_for_nothing_else(self, lab):
        member, project = lab
        job = run(submitted(member, project))
        token = report_token(job)
        job.attempt += 1

        assert self._post(member, report_token(job), {"progress": 0.9}).status_code == 204
        assert fresh(job).progress is None
        for wrong in ("", "x", token[:-1], "hns_abc"):
            assert self._post(member, wrong, {"progress": 0.9}).status_code == 401
        headers = {"Authorization": f"Bearer {token}"}
        assert member.get(address(project, job), headers=headers).status_code == 401

    def test_a_workload_that_talks_too_much_is_slowed(self, lab, monkeypatch):
        member, project = lab
        job = run(submitted(member, project))
        monkeypatch.setitem(api_settings.DEFAULT_THROTTLE_RATES, "report", "3/min")

        answers = [self._post(member, report_token(job), {"progress": 0.5}) for _ in range(8)]

        assert 429 in [answer.status_code for answer in answers]
        assert int(answers[-1].headers["Retry-After"]) > 0

    def test_a_session_does_not_report(self, lab):
        member, _ = lab

        assert member.post("/api/v1/report/", {"progress": 0.5}).status_code == 401

    @pytest.mark.parametrize(
        "body",
        [
            {"progress": 2},
            {"progress": "x"},
            {"metrics": {"loss": "low"}},
            {"metrics": []},
            {"metrics": {"lo\nss": 0.3}},
            {"metrics": {"\u202eloss": 0.3}},
            {"advance": 1},
        ],
    )
    def test_what_makes_no_sense_is_refused(self, lab, body):
        member, project = lab
        job = run(submitted(member, project))

        assert self._post(member, report_token(job), body).status_code == 422


class TestProgress:
    def test_the_newest_word_stands_whatever_the_order(self, lab):
        client, project = lab
        job = run(submitted(client, project))
        late, early = timezone.now(), timezone.now() - timezone.timedelta(seconds=5)

        def say(progress, at):
            services.report_progress(
                job_id=job.pk, attempt=1, progress=progress, eta_seconds=None, metrics={"step": progress}, at=at
            )

        say(0.8, late)
        say(0.4, early)

        assert (fresh(job).progress, fresh(job).metrics) == (0.8, {"step": 0.8})

    def test_numbers_that_are_none_are_left_out(self, lab):
        client, project = lab
        job = run(submitted(client, project))

        services.report_progress(
            job_id=job.pk,
            attempt=1,
            progress=math.nan,
            eta_seconds=math.inf,
            metrics={"loss": math.nan, "": 1.0, "accuracy": 0.9},
            at=timezone.now(),
        )

        assert (fresh(job).progress, fresh(job).eta_seconds, fresh(job).metrics) == (None, None, {"accuracy": 0.9})

    def test_last_words_count_after_the_end(self, lab):
        client, project = lab
        job = observe(run(submitted(client, project)), seen(0, "succeeded"), seen(1, "succeeded"))

        services.report_progress(
            job_id=job.pk, attempt=1, progress=0.98, eta_seconds=3.0, metrics={"accuracy": 0.97}, at=timezone.now()
        )

        assert (fresh(job).metrics, fresh(job).eta_seconds, fresh(job).progress) == ({"accuracy": 0.97}, None, 1.0)
