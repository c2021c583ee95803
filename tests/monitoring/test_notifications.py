"""What people are told: whom, how often, in which words, by bell and mail."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from apps.clusters import services as clusters
from apps.core.models import OutboxEvent, OutboxMail, OutboxNotification
from apps.core.notifications import known_kinds, notify
from apps.core.sentences import say
from apps.jobs.models import Job
from apps.jobs.services import purge
from apps.monitoring.models import Mute, Notification
from apps.monitoring.services import deliver_notifications, forget_old_notifications, send_digests
from apps.monitoring.services.inbox import KEPT_A_USER
from apps.tenants.models import Member
from apps.tenants.services import tell_of_ends
from celery_workers.tasks.mail import deliver_mail
from tests.factories import make_cluster, make_group, make_member, make_project, make_user
from tests.jobs.jobs import bring_to

LIST = "/api/v1/me/notifications/"
CHOICES = "/api/v1/me/notification-choices/"


def tell(client: Any, project: Any, name: str = "digits", *, code: str = "job.failed", **fields: Any) -> None:
    """As if a job of the client had failed."""
    with transaction.atomic():
        notify(
            code,
            object_kind="job",
            object_id=fields.pop("object_id", None) or project.pk,
            path=f"/t/{project.tenant.slug}/p/{project.slug}/jobs/1",
            to=[client.user.pk],
            tenant_id=project.tenant_id,
            project_id=project.pk,
            name=name,
            tenant=project.tenant.slug,
            project=project.slug,
            **{"message": "It ended with exit code 1.", "reason": "error-exit", **fields},
        )


def deliver(**later: int) -> None:
    deliver_notifications(now=timezone.now() + timedelta(**later))


def told(client: Any, query: str = "") -> list[dict[str, Any]]:
    return client.get(f"{LIST}{query}").json()["results"]


def unread(client: Any) -> Any:
    return client.get(f"{LIST}unread/").json()


def choose(client: Any, code: str, **choice: Any) -> None:
    assert client.change("PATCH", CHOICES, {"choices": [{"code": code, **choice}]}).status_code == 200


class TestWhoIsTold:
    @pytest.mark.parametrize(("phase", "code"), [("succeeded", "job.succeeded"), ("failed", "job.failed")])
    def test_the_submitter_of_a_job_that_ends(self, as_role, phase, code):
        client, project = as_role("developer", equipped=True)
        colleague, _ = as_role("developer", project=project)
        job = bring_to(phase, client, project)
        deliver()

        [notification] = told(client)
        assert (notification["code"], notification["object_id"]) == (code, str(job.pk))
        assert notification["path"].endswith(f"/jobs/{job.pk}")
        assert job.name in notification["said"]["en"]["title"]
        assert job.name in notification["said"]["zh_hans"]["title"]
        assert told(colleague) == []

    def test_the_submitter_when_somebody_else_cancels_and_not_when_they_do_it(self, as_role):
        client, project = as_role("developer", equipped=True)
        admin, _ = as_role("admin", project=project)
        for actor, expected in ((client, []), (admin, ["job.stopped"])):
            job = bring_to("queued", client, project)
            actor.post(f"/api/v1/projects/{project.pk}/jobs/{job.pk}/cancel/")
            deliver()
            assert [one["code"] for one in told(client)] == expected

    def test_all_members_of_a_suspended_tenant_each_once(self, as_role):
        viewer, project = as_role("viewer")
        on_project, _ = as_role("developer", project=project, on="project")
        in_group = make_user()
        make_member("viewer", group=make_group(in_group, viewer.user), tenant=project.tenant)
        stranger, _ = as_role("owner")
        admin, _ = as_role("platform-admin")

        admin.post(f"/api/v1/tenants/{project.tenant_id}/suspend/", {"reason": "Unpaid."})
        deliver()

        for client in (viewer, on_project):
            [notification] = told(client)
            assert notification["said"]["en"]["text"].endswith("Unpaid.")
        assert Notification.objects.filter(user=in_group).count() == 1
        assert told(stranger) == []

    def test_whoever_is_given_a_role(self, as_role):
        owner, project = as_role("owner")
        newcomer, _ = as_role("viewer", project=project)

        owner.post(f"/api/v1/tenants/{project.tenant_id}/members/", {"email": newcomer.user.email, "role": "developer"})
        deliver()

        assert [one["code"] for one in told(newcomer)] == ["member.added"]
        assert told(owner) == []

    def test_those_who_run_clusters_when_one_goes_down_and_comes_back(self, as_role):
        operator, _ = as_role("operator")
        owner, _ = as_role("owner")
        cluster = make_cluster()

        for health in ("down", "down", "healthy"):
            clusters.record_health(cluster=cluster, health=health, said=[say("cluster-no-answer", reason="No answer.")])
        deliver()

        assert [one["code"] for one in told(operator)] == ["cluster.up", "cluster.down"]
        assert told(owner) == []

    def test_the_owner_of_a_token_a_week_before_it_ends_once(self, as_role):
        client, _ = as_role("developer")
        body = {"name": "nightly", "permissions": ["jobs.view"], "expires_at": (timezone.now() + timedelta(days=20))}
        client.post("/api/v1/me/tokens/", {**body, "expires_at": body["expires_at"].isoformat()})
        for days in (5, 14, 14, 15):
            tell_of_ends(now=timezone.now() + timedelta(days=days))
        deliver()

        assert [one["code"] for one in told(client)] == ["token.expiring"]

    def test_nobody_who_was_deactivated(self, as_role):
        client, project = as_role("developer")
        client.user.is_active = False
        client.user.save()
        tell(client, project)
        deliver()

        assert not Notification.objects.exists()


class TestList:
    def test_an_act_that_is_rolled_back_tells_nobody(self, as_role):
        client, project = as_role("developer")
        with transaction.atomic():
            tell(client, project)
            transaction.set_rollback(True)
        deliver()

        assert told(client) == []

    def test_reading_one_and_all_counts_down(self, as_role):
        client, project = as_role("developer")
        for name in ("one", "two", "three"):
            tell(client, project, name, code="workload.place-kept")
        deliver()
        assert unread(client) == {"unread": 3, "more": False}
        newest, middle, _ = told(client)

        assert client.post(f"{LIST}{middle['id']}/read/").json() == {"read": 1}
        assert client.post(f"{LIST}{middle['id']}/read/").json() == {"read": 0}
        assert [one["id"] for one in told(client, "?unread=true")] == [newest["id"], told(client)[2]["id"]]
        assert client.post(f"{LIST}read-all/", {"until": middle["id"]}).json() == {"read": 1}
        assert unread(client) == {"unread": 1, "more": False}
        assert client.post(f"{LIST}read-all/").json() == {"read": 1}
        assert unread(client) == {"unread": 0, "more": False}

    def test_it_is_counted_exactly_to_99(self, as_role):
        client, project = as_role("developer")
        for count, expected in ((99, {"unread": 99, "more": False}), (1, {"unread": 99, "more": True})):
            for _ in range(count):
                tell(client, project, code="workload.place-kept")
            deliver()
            assert unread(client) == expected

    def test_filters_and_pages(self, as_role):
        client, project = as_role("developer")
        for code in ("workload.place-kept", "job.stopped", "workload.place-kept"):
            tell(client, project, code=code)
        deliver()

        assert len(told(client, "?severity=warning")) == 1
        assert len(told(client, "?code=workload.place-kept")) == 2
        assert len(told(client, f"?project={project.pk}")) == 3
        page = client.get(f"{LIST}?limit=2").json()
        assert (len(page["results"]), page["count"]) == (2, 3)
        assert len(client.get(f"{LIST}?limit=2&cursor={page['next']}").json()["results"]) == 1
        assert client.get(f"{LIST}?user=x").status_code == 422

    def test_what_is_somebody_elses_is_not_found(self, as_role):
        client, project = as_role("developer")
        other, _ = as_role("developer", project=project)
        tell(client, project)
        deliver()
        path = f"{LIST}{told(client)[0]['id']}"

        assert other.post(f"{path}/read/").status_code == 404
        assert other.post(f"{path}/mute/", {"what": "object"}).status_code == 404
        assert unread(client)["unread"] == 1

    def test_of_what_one_may_no_longer_see_nothing_is_shown_or_counted(self, as_role):
        client, project = as_role("developer")
        tell(client, project)
        deliver()
        assert unread(client)["unread"] == 1

        Member.objects.filter(user=client.user).delete()

        assert told(client) == []
        assert unread(client)["unread"] == 0

    def test_a_token_is_shown_what_its_scope_sees_and_changes_nothing(self, as_role):
        client, project = as_role("developer")
        mine = make_project()
        make_member("developer", user=client.user, project=mine)
        body = {"name": "n", "permissions": ["jobs.view"], "expires_at": (timezone.now() + timedelta(days=1)).isoformat()}
        secret = client.post("/api/v1/me/tokens/", {**body, "project": str(mine.pk)}).json()["token"]
        tell(client, project)
        tell(client, mine)
        deliver()

        client.logout()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        assert [one["project_id"] for one in told(client)] == [str(mine.pk)]
        assert client.post(f"{LIST}read-all/").status_code == 403

    def test_what_was_told_of_a_purged_job_goes_with_it(self, as_role):
        client, project = as_role("developer", equipped=True)
        job = bring_to("failed", client, project)
        deliver()
        assert len(told(client)) == 1

        Job.objects.filter(pk=job.pk).update(purge_at=timezone.now(), quota_held=False)
        assert purge(job_id=job.pk, now=timezone.now())

        assert told(client) == []

    def test_three_months_and_a_thousand_are_kept(self, as_role):
        client, project = as_role("developer")
        tell(client, project)
        deliver()
        [template] = Notification.objects.all()
        copies = [Notification(**{**row_of(template), "id": None}) for _ in range(KEPT_A_USER + 5)]
        for copy in copies:
            copy.id = Notification._meta.pk.get_default()
        Notification.objects.bulk_create(copies)

        forget_old_notifications(now=timezone.now())
        assert Notification.objects.count() == KEPT_A_USER
        forget_old_notifications(now=timezone.now() + timedelta(days=91))
        assert Notification.objects.count() == 0


def row_of(notification: Notification) -> dict[str, Any]:
    return {field.attname: getattr(notification, field.attname) for field in Notification._meta.concrete_fields}


class TestFolding:
    def test_five_hundred_failures_within_a_minute_are_one_with_a_count(self, as_role, django_assert_max_num_queries):
        client, project = as_role("developer")
        for number in range(500):
            tell(client, project, f"job-{number}")

        with django_assert_max_num_queries(80):
            deliver()

        [notification] = told(client)
        assert notification["count"] == 500
        assert notification["said"]["en"]["title"] == f"500 jobs failed in {project.tenant.slug}/{project.slug}"
        assert notification["path"].endswith("/jobs?phase=failed")
        assert unread(client)["unread"] == 1

    def test_what_was_read_or_is_older_than_a_minute_is_not_folded_into(self, as_role):
        client, project = as_role("developer")
        tell(client, project)
        deliver()
        client.post(f"{LIST}read-all/")
        tell(client, project)
        deliver()
        Notification.objects.update(created_at=timezone.now() - timedelta(minutes=2))
        tell(client, project)
        deliver()

        assert [one["count"] for one in told(client)] == [1, 1, 1]

    def test_other_projects_and_other_kinds_are_apart(self, as_role):
        client, project = as_role("developer")
        second = make_project(project.tenant)
        for where in (project, second):
            for code in ("job.failed", "job.succeeded", "job.failed"):
                tell(client, where, code=code)
        deliver()

        assert sorted(one["count"] for one in told(client)) == [1, 1, 2, 2]


class TestLive:
    def test_the_own_stream_says_that_something_changed(self, as_role):
        client, project = as_role("developer")
        OutboxEvent.objects.all().delete()
        for name in ("one", "two"):
            tell(client, project, name)
        deliver()
        client.post(f"{LIST}read-all/")

        events = OutboxEvent.objects.filter(kind="inbox")
        assert {(event.user_id, event.tenant_id) for event in events} == {(client.user.pk, None)}
        assert [event.version for event in events.order_by("id")] == [2, 3]


class TestChoices:
    def test_everybody_chooses_among_what_concerns_them(self, as_role):
        developer, _ = as_role("developer")
        operator, _ = as_role("operator")

        for client, has, has_not in ((developer, "job.failed", "cluster.down"), (operator, "cluster.down", "job.failed")):
            answer = client.get(CHOICES)
            codes = [kind["code"] for kind in answer.json()["kinds"]]
            assert has in codes
            assert has_not not in codes

    def test_off_is_off_and_comes_back(self, as_role):
        client, project = as_role("developer")
        choose(client, "job.failed", bell=False, mail="never")
        tell(client, project)
        deliver()
        assert told(client) == []

        choose(client, "job.failed", bell=True)
        tell(client, project)
        deliver()
        assert len(told(client)) == 1

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"choices": [{"code": "job.exploded", "bell": True}]}, "/choices/0/code"),
            ({"choices": [{"code": "job.failed", "mail": "hourly"}]}, "/choices/0/mail"),
        ],
    )
    def test_what_does_not_exist_is_refused(self, as_role, body, pointer):
        client, _ = as_role("developer")

        answer = client.change("PATCH", CHOICES, body)

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == pointer

    def test_a_change_by_somebody_who_read_an_older_version_is_refused(self, as_role):
        client, _ = as_role("developer")
        tag = client.get(CHOICES)["ETag"]
        choose(client, "job.failed", mail="daily")

        answer = client.change("PATCH", CHOICES, {"choices": [{"code": "job.failed", "bell": False}]}, match=tag)

        assert answer.status_code == 412

    @pytest.mark.parametrize("what", ["object", "project"])
    def test_a_muted_project_or_object_is_silent_until_unmuted(self, as_role, what):
        client, project = as_role("developer")
        tell(client, project)
        deliver()
        muted = client.post(f"{LIST}{told(client)[0]['id']}/mute/", {"what": what})
        assert muted.status_code == 201
        tell(client, project)
        deliver()
        assert [one["count"] for one in told(client)] == [1]

        [shown] = client.get("/api/v1/me/mutes/").json()["results"]
        assert client.delete(f"/api/v1/me/mutes/{shown['id']}/").status_code == 204
        assert not Mute.objects.exists()
        tell(client, project)
        deliver()
        assert [one["count"] for one in told(client)] == [2]


@pytest.mark.usefixtures("mail_server")
class TestMail:
    def test_a_failure_is_mailed_in_the_readers_language(self, as_role, mail_server):
        client, project = as_role("developer")
        client.user.language = "zh-hans"
        client.user.save()
        tell(client, project, "digits")
        deliver()
        assert OutboxMail.objects.count() == 1

        OutboxMail.objects.update(due_at=timezone.now())
        deliver_mail()

        [message] = mail_server.messages
        assert message["Subject"] == "作业 digits 失败"
        text = message.get_body(("plain",)).get_content()
        assert f"/t/{project.tenant.slug}/p/{project.slug}/jobs/1" in text
        assert message["List-Unsubscribe"].endswith("/me/notifications/preferences>")

    def test_a_flood_is_one_mail_that_counts(self, as_role, mail_server):
        client, project = as_role("developer")
        for number in range(3):
            tell(client, project, f"job-{number}")
        deliver()
        for number in range(4):
            tell(client, project, f"later-{number}")
        deliver()
        deliver_mail()
        assert not mail_server.messages  # it waits for the minute to be over

        OutboxMail.objects.update(due_at=timezone.now())
        deliver_mail()

        [message] = mail_server.messages
        assert message["Subject"].startswith("7 jobs failed")

    def test_who_wants_it_daily_gets_one_at_eight_in_their_zone(self, as_role, mail_server):
        client, project = as_role("developer")
        client.user.time_zone = "Asia/Shanghai"
        client.user.save()
        choose(client, "job.failed", mail="daily")
        tell(client, project, "one")
        tell(client, project, "two", code="job.failed")
        tell(client, project, "three", code="job.stopped")
        choose(client, "job.stopped", mail="daily")
        deliver()
        [due] = Notification.objects.filter(code="job.failed").values_list("digest_at", flat=True)
        assert (due + timedelta(hours=8)).hour == 8

        send_digests(now=due - timedelta(seconds=1))
        assert not OutboxMail.objects.exists()
        send_digests(now=due)
        send_digests(now=due)
        deliver_mail()

        [message] = mail_server.messages
        text = message.get_body(("plain",)).get_content()
        assert "2 jobs failed" in text
        assert "three" in text

    def test_more_than_twenty_an_hour_go_into_the_daily_one(self, as_role):
        client, project = as_role("developer")
        choose(client, "workload.place-kept", mail="at-once")
        for number in range(25):
            tell(client, project, f"job-{number}", code="workload.place-kept")
        deliver()

        assert OutboxMail.objects.count() == 20
        assert Notification.objects.filter(digest_at__isnull=False).count() == 5

    def test_nobody_gets_mail_of_what_they_may_not_see_any_more(self, as_role, mail_server):
        client, project = as_role("developer")
        choose(client, "job.failed", mail="daily")
        tell(client, project)
        deliver()
        Member.objects.filter(user=client.user).delete()
        send_digests(now=timezone.now() + timedelta(days=2))
        tell(client, project)
        deliver()

        assert not OutboxMail.objects.exists()

    def test_a_refused_mail_is_shown_to_platform_admins_who_may_try_again(self, as_role, mail_server):
        client, project = as_role("developer")
        admin, _ = as_role("platform-admin")
        mail_server.answers[client.user.email] = "550 5.1.1 No such user"
        tell(client, project)
        deliver()
        OutboxMail.objects.update(due_at=timezone.now())
        deliver_mail()
        deliver()

        [notification] = told(admin)
        assert notification["code"] == "mail.failed"
        [shown] = admin.get("/api/v1/platform/mail/?phase=failed").json()["results"]
        assert "No such user" in shown["error"]
        mail_server.answers.clear()
        assert admin.post(f"/api/v1/platform/mail/{shown['id']}/retry/").json()["phase"] == "waiting"
        deliver_mail()
        assert len(mail_server.to(client.user.email)) == 1
        assert admin.post(f"/api/v1/platform/mail/{shown['id']}/retry/").status_code == 409


class TestKinds:
    @pytest.mark.parametrize("kind", known_kinds(), ids=lambda kind: kind.code)
    def test_each_says_something_in_every_language_whatever_is_missing(self, kind):
        for language in ("en", "zh-hans"):
            title, _ = kind.said(language, {})
            assert title
            assert kind.said(language, {"tenant": "{evil}", "project": "p"}, count=3)[0]

    def test_each_that_is_told_of_is_known(self, as_role):
        client, project = as_role("developer")
        with transaction.atomic():
            tell(client, project, code="of.another-release")
        deliver()

        assert not OutboxNotification.objects.exists()
        assert told(client) == []
