"""How requests are read and refused, whatever they are about."""

import base64
import json

import pytest

from apps.accounts.models import User
from apps.tenants.models import Project
from tests.factories import make_project, make_tenant

ME = "/api/v1/me/"


def projects(project) -> str:
    return f"/api/v1/tenants/{project.tenant_id}/projects/"


class TestBodies:
    def test_yaml_means_the_same_as_json(self, as_role):
        client, project = as_role("owner")

        response = client.post(projects(project), data="slug: norway\nname: no\n", content_type="application/yaml")

        assert response.status_code == 201
        assert response.json()["name"] == "no"

    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            (b'{"slug": ', "application/json"),
            (b"\xff\xfe", "application/json"),
            (b'{"slug": "a", "name": "\\u0000"}', "application/json"),
            (b'{"slug": "a", "name": "\\ud800"}', "application/json"),
            (b'{"slug": "a", "name": "a", "name": "b"}', "application/json"),
            (b'{"slug": "a", "name": 1e999}', "application/json"),
            (b'{"slug": "a", "name": NaN}', "application/json"),
            (b'{"slug": "a", "name": 9999999999999999999}', "application/json"),
            (b'{"slug": "a", "name": "\xc3\x28"}', "application/json"),
            (b"[" * 5000, "application/json"),
            (b'{"a":' * 60 + b"1" + b"}" * 60, "application/json"),
            (b"a: &x [1]\nb: *x", "application/yaml"),
            (b"a: !!python/object/apply:os.system [ls]", "application/yaml"),
            (b"slug: a\nslug: b", "application/yaml"),
            (b"slug: [", "application/yaml"),
            (b"1: a", "application/yaml"),
            (b"a: !!binary aGk=", "application/yaml"),
            (b"a: 99999999999999999999999", "application/yaml"),
        ],
    )
    def test_what_cannot_be_read_is_refused_and_leaves_nothing(self, as_role, body, kind):
        client, project = as_role("owner")

        response = client.post(projects(project), data=body, content_type=kind)

        assert response.status_code == 400
        assert response.json()["type"] == "/problems/malformed-request"
        assert Project.objects.count() == 1

    @pytest.mark.parametrize("body", ["[]", "3", '"text"', "null"])
    def test_a_body_that_is_no_object_is_refused(self, as_role, body):
        client, project = as_role("owner")

        response = client.post(projects(project), data=body, content_type="application/json")

        assert response.status_code == 422

    def test_a_body_of_another_kind_is_refused(self, as_role):
        client, project = as_role("owner")

        response = client.post(projects(project), data="slug=a", content_type="application/x-www-form-urlencoded")

        assert response.status_code == 415
        assert response.json()["type"] == "/problems/unsupported-media-type"

    def test_a_body_that_is_too_large_is_refused(self, as_role):
        client, project = as_role("owner")

        response = client.post(projects(project), {"slug": "a", "name": "x" * 2**20})

        assert response.status_code == 413

    def test_unknown_fields_are_refused_by_name_and_the_known_ones_are_told(self, as_role):
        client, project = as_role("owner")

        response = client.post(projects(project), {"slug": "a", "name": "A", "nmae": "B"})

        (error,) = response.json()["errors"]
        assert error["pointer"] == "/nmae"
        assert "slug, name, description" in error["detail"]

    @pytest.mark.parametrize(
        "name",
        [
            "<script>alert(1)</script>",
            "\x1b[31mred\x1b[0m",
            "\u202egnp.exe",
            "a\u0000b".replace("\u0000", "\u0001"),
            "'; DROP TABLE tenants_project; --",
            "{{ 7 * 7 }}",
            "𝕳𝖆𝖓𝖘𝖊 🚢 漢薩",
        ],
    )
    def test_hostile_names_are_kept_as_they_are_and_sent_as_data(self, as_role, name):
        client, project = as_role("owner")

        response = client.post(projects(project), {"slug": "a", "name": name})

        assert response.status_code == 201
        assert response["Content-Type"] == "application/json"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert client.get(f"/api/v1/projects/{response.json()['id']}/").json()["name"] == name

    @pytest.mark.parametrize("query", ["q=%00", "limit=%00", "cursor=%00", "q=%ff%fe", "cursor=W10", "limit=1e9"])
    def test_hostile_queries_are_answered(self, as_role, query):
        client, _ = as_role("owner")

        assert client.get(f"/api/v1/tenants/?{query}").status_code in (200, 422)

    @pytest.mark.parametrize("order", ["created", "slug"])
    @pytest.mark.parametrize(
        "place", [{"pk": "x"}, {"pk": "a\0"}, {"pk": [1]}, {"pk": None}, {"value": "a\0"}, {"value": None}]
    )
    def test_a_cursor_of_ones_own_making_is_refused_by_name(self, as_role, order, place):
        client, _ = as_role("owner")
        whole = {"pk": "0190f5fe-7c00-7a00-8000-000000000001", "value": "a", "back": False, **place}
        cursor = base64.urlsafe_b64encode(json.dumps(whole).encode()).decode().rstrip("=")

        response = client.get(f"/api/v1/tenants/?order={order}&cursor={cursor}")

        if order == "created" and "pk" not in place:  # such a list does not read the value
            assert response.status_code == 200
        else:
            assert response.status_code == 422
            assert [wrong["pointer"] for wrong in response.json()["errors"]] == ["?cursor"]

    def test_a_limit_of_any_length_is_refused(self, as_role):
        client, _ = as_role("owner")

        assert client.get(f"/api/v1/tenants/?limit={'9' * 5000}").status_code == 422


class TestRefusals:
    def test_each_says_its_request_id_which_the_answer_and_the_log_have_too(self, as_role):
        client, _ = as_role("viewer")

        response = client.get("/api/v1/audit/", headers={"X-Request-Id": "trace-12345678"})

        assert response.status_code == 403
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["request_id"] == response["X-Request-Id"] == "trace-12345678"
        assert response.json()["permission"] == "audit.view"

    def test_a_request_id_that_could_hurt_is_replaced(self, as_role):
        client, _ = as_role("viewer")

        response = client.get(ME, headers={"X-Request-Id": "<b>bold</b>"})

        assert "<" not in response["X-Request-Id"]

    @pytest.mark.parametrize(
        ("method", "path", "status", "code"),
        [
            ("get", "/api/v1/nothing/", 404, "not-found"),
            ("put", ME, 405, "method-not-allowed"),
            ("options", ME, 405, "method-not-allowed"),
            ("get", "/api/v1/tenants/not-an-id/", 404, "not-found"),
        ],
    )
    def test_whatever_refuses_it_is_a_problem(self, as_role, method, path, status, code):
        client, _ = as_role("viewer")

        response = getattr(client, method)(path)

        assert response.status_code == status
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["type"] == f"/problems/{code}"

    def test_what_only_other_answers_would_satisfy_is_refused(self, as_role):
        client, _ = as_role("viewer")

        assert client.get(ME, headers={"Accept": "text/csv"}).json()["type"] == "/problems/not-acceptable"

    def test_what_nobody_expected_is_a_problem_that_gives_nothing_away(self, as_role, monkeypatch):
        client, _ = as_role("viewer")
        client.raise_request_exception = False
        monkeypatch.setattr(User.objects, "get", lambda **_: 1 / 0)

        response = client.get(ME)

        assert response.status_code == 500
        assert response.json()["type"] == "/problems/internal-error"
        assert "division" not in response.content.decode()
        assert response.json()["request_id"] == response["X-Request-Id"]

    def test_too_many_requests_say_when_to_come_back(self, as_role, settings):
        client, _ = as_role("viewer")
        settings.REST_FRAMEWORK = {
            **settings.REST_FRAMEWORK,
            "DEFAULT_THROTTLE_RATES": {"actor": "2/min", "anonymous": "2/min"},
        }

        answers = [client.get(ME) for _ in range(5)]

        refused = answers[-1]
        assert refused.status_code == 429
        assert refused.json()["type"] == "/problems/too-many-requests"
        assert 1 <= int(refused["Retry-After"]) <= 61

    def test_strangers_are_counted_by_address(self, client, db, settings):
        settings.REST_FRAMEWORK = {
            **settings.REST_FRAMEWORK,
            "DEFAULT_THROTTLE_RATES": {"actor": "2/min", "anonymous": "2/min"},
        }
        here, there = ({"X-Forwarded-For": address} for address in ("192.0.2.1", "192.0.2.2"))

        assert [client.get(ME, headers=here).status_code for _ in range(5)][-1] == 429
        assert client.get(ME, headers=there).status_code == 401
        wrong = {**here, "Authorization": "Bearer hns_guess"}
        assert client.get(ME, headers=wrong).status_code == 429


class TestSearch:
    def test_it_finds_what_one_may_see_and_leads_there(self, as_role):
        client, project = as_role("viewer")
        Project.objects.filter(pk=project.pk).update(name="Lighthouse")
        make_project(make_tenant(name="Lighthouse Inc"), name="Lighthouse")

        found = client.get("/api/v1/search/", {"q": "lightho"}).json()["results"]

        assert [(hit["kind"], hit["path"]) for hit in found] == [
            ("project", f"/t/{project.tenant.slug}/p/{project.slug}/jobs")
        ]

    @pytest.mark.parametrize("text", ["", "a", "x" * 101])
    def test_it_needs_a_few_characters(self, as_role, text):
        client, _ = as_role("viewer")

        assert client.get("/api/v1/search/", {"q": text}).status_code == 422
