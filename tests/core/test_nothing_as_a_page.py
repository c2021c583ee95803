"""Whatever users wrote, no browser that opens an address of the portal runs it: it is no page on the console's origin.

Every address is opened as a browser opens a link, in a world whose names are markup.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import transaction

from apps.accounts.models import User
from apps.clusters.models import Cluster
from apps.jobs import services
from apps.jobs.models import Job, Template
from apps.tenants.models import Project, Tenant
from tests.conftest import AsRole, Client, File
from tests.factories import tar_of
from tests.jobs.jobs import run, spec, submitted
from tests.test_permissions import HTTP, OWN
from tests.world import World

MARKUP = "<script>alert(1)</script><svg onload=alert(1)>"
OF_A_BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/svg+xml,*/*;q=0.8"}
# Types that browsers show or keep, and run nothing of, when they do not guess.
SHOWN = {"application/json", "application/problem+json", "application/vnd.oai.openapi", "application/yaml", "text/plain"}
OUR_PAGES = {"", "{path}", "problems/", "problems/{code}", "api/v1/docs/"}
FILES = [
    "page.html",
    "picture.svg",
    "feed.xml",
    "page.xhtml",
    "module.mjs",
    "paper.pdf",
    "archive.mhtml",
    "Ünïcödé <script>.html",
    '"; filename="page.html',
    "a;b='c'%22%0d%0aSet-Cookie: x=y.html",
    "\N{HEBREW LETTER ALEF}lmth.html",
    "out/<img src=x onerror=alert(1)>.htm",
]


@pytest.fixture
def world(as_role: AsRole, tmp_path, settings, store) -> World:
    cache.clear()
    (tmp_path / "index.html").write_text("<!doctype html><title>Hanse</title>")
    settings.CONSOLE_DIRECTORY = tmp_path
    world = World.make(as_role, tmp_path)
    world.fill()
    for model in (Tenant, Project, User, Cluster, Template):
        model.objects.update(name=MARKUP)
    Tenant.objects.update(description=MARKUP)
    Job.objects.update(message=MARKUP)
    return world


def test_no_address_answers_a_browser_with_a_page_that_holds_it(world: World):
    wrong = [said for decision in HTTP if decision["method"] == "GET" for said in wrong_with(world, decision["route"])]

    assert not wrong, "\n".join(wrong)


def wrong_with(world: World, route: str) -> Iterator[str]:
    with transaction.atomic():
        address = world.address("GET", route)
        owned = {name: make(world.owner) for name, make in OWN.items() if f"{{{name}}}" in address}
        answer = world.owner.get(address.format(**owned), headers=OF_A_BROWSER)
        if answer.status_code == 200 and route not in OUR_PAGES and not harmless(answer):
            yield f"{route}: {answer.headers}"
        if MARKUP in content(answer) and answer["Content-Type"].startswith("text/html"):
            yield f"{route}: what users wrote is in the page"
        transaction.set_rollback(True)


def harmless(answer: Any) -> bool:
    """Nothing that a browser runs, nor anything that it could take for that."""
    shown = answer["Content-Type"].partition(";")[0] in SHOWN
    kept = answer.get("Content-Disposition", "").startswith("attachment")
    return (shown or kept) and answer["X-Content-Type-Options"] == "nosniff"


def content(answer: Any) -> str:
    whole: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return whole.decode(errors="replace")


@pytest.mark.parametrize(
    "address",
    [
        "/{}",
        "/t/{}/p/{}/jobs?q={}",
        "/problems/{}",
        "/api/v1/{}/",
        "/api/v1/docs/?{}",
        "/api/v1/jobs/?q={}&{}=1",
        "/api/v1/jobs/?cursor={}",
        "/_allauth/{}",
        "/sign-in/{}/callback/?error={}",
        "/assets/{}.js",
        "/invitations/{}",
    ],
)
def test_nor_is_what_stands_in_an_address_written_into_an_answer_that_runs(client: Client, db, settings, tmp_path, address):
    (tmp_path / "index.html").write_text("<!doctype html><title>Hanse</title>")
    settings.CONSOLE_DIRECTORY = tmp_path

    answer = client.get(address.replace("{}", MARKUP), headers=OF_A_BROWSER)

    assert answer["X-Content-Type-Options"] == "nosniff"
    if answer.get("Content-Type", "").startswith("text/html"):
        assert "<script>alert(1)" not in content(answer)
        assert "<svg onload" not in content(answer)


class TestFiles:
    """Of every name, with every content: an attachment of no particular type, whose name breaks out of nothing."""

    @pytest.fixture
    def lab(self, as_role: AsRole) -> tuple[Client, Project]:
        return as_role("developer", equipped=True)

    def test_that_a_job_left(self, lab, tmp_path):
        client, project = lab
        job = run(submitted(client, project))
        (tmp_path / "left").write_text(f"<!doctype html>{MARKUP}")
        address = f"/api/v1/projects/{project.pk}/jobs/{job.pk}/artifacts"
        for name in FILES:
            left = services.add_artifact(job_id=job.pk, attempt=1, rank=0, name=name, source=tmp_path / "left")

            self._is_an_attachment(client.get(f"{address}/{left.pk}/download/", headers=OF_A_BROWSER))

    def test_that_were_uploaded_as_code(self, lab):
        client, project = lab
        address = f"/api/v1/projects/{project.pk}/code/"
        for name in FILES:
            answer = client.post(f"{address}?{urlencode({'name': name})}", File(tar_of({"train.html": name.encode()})))
            if answer.status_code == 201:
                self._is_an_attachment(client.get(f"{address}{answer.json()['id']}/download/", headers=OF_A_BROWSER))
            else:
                assert answer.json()["type"] == "/problems/invalid-request", name

    def test_even_when_their_kept_type_is_one_that_runs(self, lab, tmp_path):
        client, project = lab
        job = run(submitted(client, project, **spec(name="drawing")))
        (tmp_path / "left").write_text(MARKUP)
        left = services.add_artifact(job_id=job.pk, attempt=1, rank=0, name="drawing.svg", source=tmp_path / "left")
        assert left.stored.media_type == "image/svg+xml"

        self._is_an_attachment(client.get(f"/api/v1/projects/{project.pk}/jobs/{job.pk}/artifacts/{left.pk}/download/"))

    def _is_an_attachment(self, answer: Any) -> None:
        assert answer.status_code == 200
        assert content(answer)
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"].startswith("attachment; filename")
        assert "sandbox" in answer["Content-Security-Policy"]
        assert not answer.has_header("Set-Cookie")
