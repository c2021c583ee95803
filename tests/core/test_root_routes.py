"""What lies beside the API: health, metrics, problems, the console."""

import re

import pytest
from django.test import Client

from apps.core.errors import Problem, known_problems
from embedded.console import switch


def _below(problem: type[Problem]) -> list[type[Problem]]:
    return [found for below in problem.__subclasses__() for found in (below, *_below(below))]


class TestHealth:
    def test_the_process_says_that_it_is_up_without_asking_anybody(self, client, settings):
        settings.REDIS_URL = "redis://127.0.0.1:1/0"

        assert client.get("/healthz").status_code == 200

    def test_it_is_ready_when_all_answer(self, client, db):
        assert client.get("/readyz").json()["status"] == "ready"

    def test_it_names_what_is_missing(self, client, db, settings):
        settings.REDIS_URL = "redis://127.0.0.1:1/0"

        response = client.get("/readyz")

        assert response.status_code == 503
        assert response.json()["missing"] == ["redis"]
        assert response["Retry-After"]

    def test_it_may_be_asked_for_some_alone_and_names_what_there_is(self, client, db, settings):
        settings.REDIS_URL = "redis://127.0.0.1:1/0"

        assert client.get("/readyz?only=database").status_code == 200
        assert client.get("/readyz?only=database,redis").json()["missing"] == ["redis"]
        refused = client.get("/readyz?only=weather")
        assert refused.status_code == 422
        assert "database, redis, objects" in refused.json()["errors"][0]["detail"]

    def test_metrics_hold_the_outbox(self, client, db, as_role):
        client, project = as_role("owner")
        client.change("patch", f"/api/v1/tenants/{project.tenant_id}/", {"name": "New"})

        text = client.get("/metrics").content.decode()

        assert 'hanse_outbox_rows{what="events"} 1.0' in text
        assert 'hanse_outbox_age_seconds{what="hints"} 0.0' in text
        assert "django_http_requests_total_by_method_total" in text

    def test_metrics_are_for_named_networks(self, client, db):
        assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 403


class TestProblemPages:
    @pytest.mark.parametrize("code", sorted(known_problems()))
    def test_each_problem_says_what_to_do(self, client, code):
        response = client.get(f"/problems/{code}")

        assert response.status_code == 200
        assert known_problems()[code].advice
        assert "<h1>" in response.content.decode()

    def test_no_two_problems_share_a_code(self):
        classes = [problem for problem in _below(Problem) if "code" in vars(problem)]

        assert sorted(problem.code for problem in classes) == sorted(known_problems())

    def test_the_index_lists_them(self, client):
        assert "/problems/changed-meanwhile" in client.get("/problems/").content.decode()

    def test_one_that_does_not_exist_is_not_found(self, client):
        assert client.get("/problems/no-such").status_code == 404


class TestContentSecurityPolicy:
    """Scripts come from files of this origin, or with the nonce of this answer; on pages of failures, too."""

    PAGES = {
        "/": 200,
        "/t/aurora/jobs": 200,
        "/problems/": 200,
        "/problems/not-found": 200,
        "/problems/no-such": 404,
        "/api/v1/docs/": 200,
        "/api/v1/nothing/": 404,
        "/api/v1/me/": 401,
        "/_allauth/nothing": 404,
        "/sign-in/nobody/callback/": 302,
        "/healthz": 200,
    }

    @pytest.mark.parametrize(("path", "status"), PAGES.items())
    def test_no_page_runs_what_was_written_into_it(self, client, db, settings, tmp_path, path, status):
        (tmp_path / "index.html").write_text("<!doctype html><title>Hanse</title>")
        settings.CONSOLE_DIRECTORY = tmp_path

        response = client.get(path)

        assert response.status_code == status
        self._strict(response)

    def test_nor_does_one_of_a_host_that_is_not_ours_or_of_a_missing_csrf_token(self, db):
        strict = Client(enforce_csrf_checks=True, raise_request_exception=False)

        for response in (
            strict.get("/problems/", headers={"Host": "evil.example"}),
            strict.post("/_allauth/browser/v1/auth/login", {}, content_type="application/json"),
        ):
            assert response.status_code in (400, 403)
            self._strict(response)

    def _strict(self, response) -> None:
        policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'self'"
        assert "unsafe" not in policy["script-src"]
        assert policy["object-src"] == policy["base-uri"] == "'none'"
        text = response.content.decode()
        for attributes, content in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL):
            assert not content.strip() or f"'{_nonce(attributes)}'" in policy["script-src"]
        if response["Content-Type"].startswith("text/html"):
            assert not re.search(r"<[^>]+\son\w+\s*=", text)


def _nonce(attributes: str) -> str:
    found = re.search(r'nonce="([^"]+)"', attributes)
    return f"nonce-{found[1]}" if found else "none"


class TestConsole:
    @pytest.fixture
    def built(self, settings, tmp_path):
        (tmp_path / "index.html").write_text("<!doctype html><title>Hanse</title>")
        settings.CONSOLE_DIRECTORY = tmp_path

    @pytest.mark.parametrize("path", ["/", "/sign-in", "/t/aurora/p/vision/jobs", "/t/<script>"])
    def test_every_other_address_is_the_console_with_the_csrf_cookie(self, client, built, path):
        response = client.get(path)

        assert response.status_code == 200
        assert response["Content-Type"].startswith("text/html")
        assert response["Cache-Control"] == "no-cache"
        assert "hanse_csrf" in response.cookies
        assert "script-src 'self'" in response["Content-Security-Policy"]

    @pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/v2/", "/assets/gone-12345678.js", "/_allauth/nothing"])
    def test_programs_and_files_are_not_answered_with_a_page(self, client, built, path):
        response = client.get(path)

        assert response.status_code == 404
        assert response["Content-Type"] == "application/problem+json"

    def test_what_is_built_under_a_running_portal_is_served_and_what_open_tabs_need_of_before_too(
        self, client, settings, tmp_path
    ):
        settings.CONSOLE_DIRECTORY, settings.CONSOLE_OLDER_ASSETS = tmp_path / "dist", tmp_path / "older"

        def build(name: str) -> None:
            fresh = tmp_path / "fresh"
            (fresh / "assets").mkdir(parents=True)
            (fresh / "assets" / f"{name}.js").write_text(name)
            (fresh / "assets" / "same-12345678.js").write_text("same")
            (fresh / ".sources").write_text(name)
            (fresh / "icon.svg").write_text(f"<svg>{name}</svg>")
            (fresh / "index.html").write_text(f"/assets/{name}.js")
            switch(fresh, built=settings.CONSOLE_DIRECTORY, older=settings.CONSOLE_OLDER_ASSETS)

        def body(address: str) -> str:
            response = client.get(address)
            assert response.status_code == 200
            return b"".join(response).decode()

        build("before-abcdefgh")
        assert body("/assets/before-abcdefgh.js") == "before-abcdefgh"
        build("afterwards-abcdefgh")

        assert body("/") == "/assets/afterwards-abcdefgh.js"
        assert body("/assets/afterwards-abcdefgh.js") == "afterwards-abcdefgh"
        assert body("/assets/before-abcdefgh.js") == "before-abcdefgh"
        assert body("/icon.svg") == "<svg>afterwards-abcdefgh</svg>"
        assert "immutable" in client.get("/assets/same-12345678.js")["Cache-Control"]
        assert [path.name for path in (tmp_path / "dist" / "assets").glob("before*")] == []

    @pytest.mark.parametrize("path", ["/assets/../index.html", "/assets/%2e%2e/index.html", "/.sources"])
    def test_only_files_of_a_build_are_served(self, client, built, path):
        assert client.get(path).get("Cache-Control") in (None, "no-cache")

    def test_a_missing_slash_is_pointed_out(self, client, built):
        assert "slash" in client.get("/api/v1/me").json()["detail"]

    def test_it_is_only_read(self, client, built):
        response = client.post("/")

        assert response.status_code == 405
        assert response.json()["type"] == "/problems/method-not-allowed"

    def test_it_says_so_when_it_is_not_built(self, client, settings, tmp_path):
        settings.CONSOLE_DIRECTORY = tmp_path

        response = client.get("/")

        assert response.status_code == 503
        assert "not built" in response.content.decode()


class TestDocumentation:
    def test_the_schema_says_nothing_that_is_for_who_writes_endpoints(self, client):
        text = client.get("/api/v1/schema/", headers={"Accept": "application/json"}).content.decode()

        assert "self." not in text
        assert "Base" not in text

    def test_the_schema_describes_every_address_of_the_api(self, client):
        document = client.get("/api/v1/schema/", headers={"Accept": "application/json"}).json()

        assert document["openapi"].startswith("3.1")
        assert document["paths"]["/api/v1/tenants/{tenant_id}/members/"]["post"]["x-permission"] == "members.manage"
        assert "Problem" in document["components"]["schemas"]

    def test_the_page_runs_no_inline_script(self, client):
        html = client.get("/api/v1/docs/").content.decode()

        assert "<script>" not in html
        assert "/static/drf_spectacular_sidecar/" in html
        assert client.get("/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js").status_code == 200
