"""Idempotency-Key: done once, answered alike, also when two come at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest
from django.db import connection

from apps.audit.models import AuditEntry
from apps.core.models import IdempotencyRecord
from apps.tenants.models import Project
from tests.factories import in_time
from tests.testbed.web import WebProcess

BODY = {"slug": "speech", "name": "Speech"}


def projects(project) -> str:
    return f"/api/v1/tenants/{project.tenant_id}/projects/"


class TestIdempotencyKey:
    def test_the_same_request_is_done_once_and_answered_alike(self, as_role):
        client, project = as_role("owner")

        first, again = (client.once(projects(project), BODY, key="k") for _ in range(2))

        assert (first.status_code, again.status_code) == (201, 201)
        assert again.json() == first.json()
        assert again["ETag"] == first["ETag"]
        assert again["Idempotency-Replayed"] == "true"
        assert AuditEntry.objects.count() == 1

    def test_another_body_is_refused(self, as_role):
        client, project = as_role("owner")
        client.once(projects(project), BODY, key="k")

        response = client.once(projects(project), {**BODY, "name": "Other"}, key="k")

        assert response.status_code == 409
        assert response.json()["type"] == "/problems/idempotency-key-reused"

    def test_keys_of_different_people_do_not_meet(self, as_role):
        client, project = as_role("owner")
        colleague, _ = as_role("owner", project=project)
        client.once(projects(project), BODY, key="k")

        response = colleague.once(projects(project), {**BODY, "slug": "other"}, key="k")

        assert response.status_code == 201

    def test_what_was_refused_may_be_tried_again_with_the_same_key(self, as_role):
        client, project = as_role("owner")
        client.post(projects(project), BODY)
        assert client.once(projects(project), BODY, key="k").status_code == 409
        Project.objects.filter(slug="speech").delete()

        assert client.once(projects(project), BODY, key="k").status_code == 201

    @pytest.mark.parametrize("key", ["x" * 201, "a\tb"])
    def test_a_bad_key_is_refused(self, as_role, key):
        client, project = as_role("owner")

        assert client.once(projects(project), BODY, key=key).status_code == 422

    def test_whoever_lost_the_right_is_not_shown_the_answer(self, as_role):
        client, project = as_role("owner")
        client.once(projects(project), BODY, key="k")
        client.user.roles.update(role="viewer")

        assert client.once(projects(project), BODY, key="k").status_code == 403

    @pytest.mark.django_db(transaction=True)
    def test_of_two_at_the_same_moment_one_is_done_and_both_are_answered(self, as_role):
        client, project = as_role("owner")
        together = Barrier(4)

        def post(_: int):
            together.wait()
            try:
                return client.once(projects(project), BODY, key="k")
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(post, range(4)))

        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.json()["id"] for answer in answers}) == 1
        assert sum("Idempotency-Replayed" in answer for answer in answers) == 3
        assert Project.objects.filter(slug="speech").count() == 1
        assert IdempotencyRecord.objects.count() == 1


@pytest.mark.django_db(transaction=True)
class TestAThousand:
    """At the real process, as a client that repeats whatever it is not sure of."""

    COUNT = 1000

    def test_posted_twice_at_once_make_a_thousand(self, as_role):
        client, project = as_role("owner")
        body = {
            "name": "ci",
            "permissions": ["tenants.view", "projects.view", "projects.create"],
            "expires_at": in_time(days=1),
        }
        token = client.post("/api/v1/me/tokens/", body).json()["token"]
        web = WebProcess()
        web.start()
        limits = httpx.Limits(max_connections=8, max_keepalive_connections=8)
        headers = {"Authorization": f"Bearer {token}"}
        together = Barrier(2)
        try:
            with httpx.Client(base_url=web.address, headers=headers, limits=limits, timeout=30) as program:

                def post(number: int, name: str = "Same") -> httpx.Response:
                    return program.post(
                        projects(project),
                        json={"slug": f"p-{number}", "name": name},
                        headers={"Idempotency-Key": f"k-{number}"},
                    )

                def all_of_them(_: int) -> list[httpx.Response]:
                    answers = []
                    for number in range(self.COUNT):
                        together.wait(60)
                        answers.append(post(number))
                    return answers

                with ThreadPoolExecutor(2) as pool:
                    ours, theirs = pool.map(all_of_them, range(2))
                others = [post(number, "Other") for number in range(0, self.COUNT, 100)]
                again = [post(number) for number in range(0, self.COUNT, 100)]
        finally:
            web.stop()

        assert {answer.status_code for answer in (*ours, *theirs)} == {201}
        assert [answer.json() for answer in ours] == [answer.json() for answer in theirs]
        assert Project.objects.filter(slug__startswith="p-").count() == self.COUNT
        assert sum("Idempotency-Replayed" in answer.headers for answer in (*ours, *theirs)) == self.COUNT
        assert {answer.status_code for answer in others} == {409}
        assert [answer.json() for answer in again] == [answer.json() for answer in ours[::100]]


class TestIfMatch:
    @pytest.mark.django_db(transaction=True)
    def test_of_two_changes_of_the_same_version_one_wins(self, as_role):
        client, project = as_role("owner")
        path = f"/api/v1/projects/{project.id}/"
        together = Barrier(4)

        def change(number: int):
            together.wait()
            try:
                return client.change("patch", path, {"name": f"Name {number}"}, match='"1"').status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            statuses = sorted(pool.map(change, range(4)))

        assert statuses == [200, 412, 412, 412]
        project.refresh_from_db()
        assert project.generation == 2

    def test_one_of_several_tags_is_enough(self, as_role):
        client, project = as_role("owner")
        path = f"/api/v1/projects/{project.id}/"

        assert client.change("patch", path, {"name": "New"}, match='"7", W/"1"').status_code == 200

    def test_what_one_may_not_see_is_not_found_whatever_the_version(self, as_role):
        client, _ = as_role("owner")
        _, theirs = as_role("owner")

        assert client.change("patch", f"/api/v1/projects/{theirs.id}/", {"name": "Mine"}).status_code == 404
        assert client.patch(f"/api/v1/projects/{theirs.id}/", {"name": "Mine"}).status_code == 404
