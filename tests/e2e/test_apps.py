"""An app, from the form to its answer and its keys, in a real browser with a real server answering."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_main_paths import VISION, read_in, serious_findings

pytestmark = pytest.mark.browser
PATIENCE = 120_000


def test_an_app_is_deployed_called_and_given_a_key_in_the_browser(signed_in: Callable[..., Page]):
    page = signed_in("ann", path=f"{VISION}/apps")
    read_in(page, "en")
    name = f"files-{uuid4().hex[:8]}"
    page.get_by_role("link", name="Deploy an app").first.click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("radio", name="With a key").check()
    page.get_by_role("button", name="Deploy", exact=True).click()

    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.locator(".page-facts").get_by_text("ready", exact=True)).to_be_visible(timeout=PATIENCE)
    findings = serious_findings(page)

    page.get_by_role("tab", name="Keys").click()
    page.get_by_role("button", name="Make a key").click()
    page.get_by_label("Consumer").fill("shop")
    page.get_by_role("button", name="Make", exact=True).click()
    key = page.get_by_role("dialog").get_by_label("Key or API token").input_value()
    page.get_by_role("button", name="I have kept it").click()
    findings += serious_findings(page)

    page.get_by_role("tab", name="Try it").click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("401 in")).to_be_visible()
    page.get_by_label("Key or API token").fill(key)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("200 in")).to_be_visible()
    findings += serious_findings(page)

    page.get_by_role("button", name="Stop").click()
    page.get_by_role("dialog").get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped: no replica runs.")).to_be_visible(timeout=PATIENCE)
    assert findings == []
