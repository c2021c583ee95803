"""A shell in a replica, from the page of its job to the program and back."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.test_main_paths import VISION, SignedIn, read_in, serious_findings
from tests.testbed.stack import RunningStack, eventually

pytestmark = pytest.mark.browser


class TestShell:
    def test_is_a_terminal_that_the_keyboard_can_leave(self, signed_in: SignedIn, running_stack: RunningStack):
        ann = running_stack.portal("ann")
        jobs = f"/api/v1/projects/{ann.project('vision')['id']}/jobs/"
        role = {"command": ["sleep", "600"], "cpu_millicores": 100, "memory_bytes": "128Mi"}
        job = ann.post(jobs, {"name": "moored", "roles": [role]})
        eventually(lambda: ann.get(f"{jobs}{job['id']}/")["phase"] == "running", seconds=90)
        page = signed_in("ann", path=f"{VISION}/jobs/{job['id']}")
        read_in(page, "en")

        expect(page.get_by_role("region", name="Until it ran")).to_contain_text("queue")
        page.get_by_role("tab", name="Shell").click()
        page.get_by_role("button", name="Open a shell").click()
        terminal = page.get_by_role("textbox", name="Shell in worker-0")
        expect(terminal).to_be_focused()
        page.keyboard.type("echo $((6*7)) knots\n")
        expect(page.locator(".xterm")).to_contain_text(re.compile("42 knots"))
        assert serious_findings(page) == []

        page.keyboard.press("F6")
        expect(page.get_by_role("button", name="Close the shell")).to_be_focused()
        terminal.focus()
        page.keyboard.type("exit 3\n")
        expect(page.get_by_text("The shell ended with exit code 3.")).to_be_visible()
        theirs = signed_in("vera", path=f"{VISION}/jobs/{job['id']}?tab=shell")
        expect(theirs.get_by_role("tab", name="Replicas")).to_be_visible()
        expect(theirs.get_by_role("tab", name="Shell")).to_have_count(0)
        # An address that somebody else sent, of a tab that is not hers: she sees the first.
        expect(theirs.get_by_role("tabpanel").get_by_text("worker-0").first).to_be_visible()
        ann.post(f"{jobs}{job['id']}/cancel/", {})
