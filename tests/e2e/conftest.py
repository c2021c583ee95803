"""A real Chromium against the running portal: the machine's, else Playwright's own."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.testbed.stack import RunningStack

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def playwright_here() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright_here: Playwright) -> Iterator[Browser]:
    """Skips with the reason where there is no browser; in CI (CI=true) that is a failure."""
    machine = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    own = Path(playwright_here.chromium.executable_path)
    if not machine and not own.exists():
        reason = "no Chromium: install Debian's chromium, or run `.venv/bin/playwright install chromium`"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    # Chromium's sandbox refuses root.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright_here.chromium.launch(executable_path=machine or own, args=arguments)
    yield browser
    browser.close()


@pytest.fixture
def signed_in(browser: Browser, running_stack: RunningStack) -> Iterator[Callable[..., Page]]:
    """`signed_in("ann")` -> a page of the console as Ann, who signed in by typing."""
    contexts = []

    def sign_in(name: str, *, path: str = "/") -> Page:
        context = browser.new_context(
            base_url=running_stack.address, viewport={"width": 1360, "height": 900}, locale="en-GB", reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/sign-in" if path == "/" else f"/sign-in?next={path}")
        page.get_by_label("E-mail address").fill(next(login for login in EMAILS if login.startswith(f"{name}@")))
        page.get_by_label("Password", exact=True).fill(running_stack.password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda address: "/sign-in" not in address)
        # The address changes first: the form stays until the next page is loaded.
        expect(page.get_by_label("Password", exact=True)).to_have_count(0)
        return page

    yield sign_in
    for context in contexts:
        context.close()


EMAILS = ("ann@aurora.example", "otto@aurora.example", "vera@aurora.example", "admin@hanse.example")
