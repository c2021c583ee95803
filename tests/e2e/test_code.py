"""Code of a job, from git and from an archive, chosen in a real browser."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from demonstration.templates import DIGITS
from tests.e2e.test_main_paths import VISION, serious_findings
from tests.factories import tar_of
from tests.git_server import Repository, git_server

pytestmark = pytest.mark.browser

SignedIn = Callable[..., Page]


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Repository]:
    with git_server(tmp_path) as server:
        yield server.repository()


@pytest.fixture
def editor(signed_in: SignedIn) -> Page:
    page = signed_in("ann", path=f"{VISION}/jobs/new")
    page.get_by_role("button", name=f"Use {DIGITS} for a job").click()
    expect(page.get_by_role("group", name="Code")).to_be_visible()
    return page


def submit(page: Page) -> None:
    page.get_by_role("button", name="Submit job").click()
    expect(page).to_have_url(re.compile(rf"{VISION}/jobs/[0-9a-f-]{{36}}"))
    page.get_by_role("tab", name="Spec").click()


class TestGit:
    def test_a_branch_becomes_the_commit_that_the_job_names(self, editor: Page, repository: Repository):
        repository.commit({"train.py": b"print('main')"})
        commit = repository.commit({"train.py": b"print('harbour')"}, ref="refs/heads/harbour")

        editor.get_by_text("From git", exact=True).click()
        editor.get_by_label("Repository").fill(repository.url)
        editor.get_by_label("Branch, tag or commit").fill("harbour")
        assert serious_findings(editor) == []
        submit(editor)

        expect(editor.get_by_text(commit).first).to_be_visible(timeout=60_000)


class TestArchive:
    def test_is_uploaded_and_named_by_the_job(self, editor: Page, tmp_path: Path):
        archive = tmp_path / "harbour.tar.gz"
        archive.write_bytes(tar_of({"train.py": b"print('harbour')"}))

        editor.get_by_text("An archive", exact=True).click()
        editor.locator("input[type=file][aria-label='Upload an archive']").set_input_files(archive)
        expect(editor.get_by_text(re.compile("^harbour.tar.gz · ")).first).to_be_visible()
        submit(editor)

        expect(editor.get_by_text("harbour.tar.gz").first).to_be_visible(timeout=60_000)

    def test_that_would_leave_its_directory_is_refused_in_words(self, editor: Page, tmp_path: Path):
        archive = tmp_path / "bomb.tar.gz"
        archive.write_bytes(tar_of({"../escaped.py": b""}))

        editor.get_by_text("An archive", exact=True).click()
        editor.locator("input[type=file][aria-label='Upload an archive']").set_input_files(archive)

        expect(editor.get_by_role("alert").filter(has_text="escaped.py")).to_be_visible()
