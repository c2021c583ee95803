"""Files of a volume, walked in a real browser: they lie in a directory of this machine."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_main_paths import VISION, serious_findings

pytestmark = pytest.mark.browser


@pytest.fixture
def page(signed_in: Callable[..., Page]) -> Page:
    """Of a volume of its own, on this machine."""
    page = signed_in("otto", path=f"{VISION}/volumes")
    name = f"scratch-{uuid4().hex[:6]}"
    page.get_by_role("button", name="New volume").first.click()
    form = page.get_by_role("dialog")
    form.get_by_role("textbox", name="Name").fill(name)
    form.get_by_role("button", name="Create volume").click()
    page.get_by_role("link", name=name).click()
    expect(page.get_by_text("Nothing here yet")).to_be_visible()
    return page


def test_a_file_is_uploaded_into_a_folder_fetched_replaced_and_deleted(page: Page, tmp_path: Path):
    folder, file = f"runs-{uuid4().hex[:6]}", tmp_path / "model.txt"
    file.write_text("first")
    page.get_by_role("button", name="New folder").click()
    page.get_by_role("textbox", name="Name").fill(folder)
    page.get_by_role("button", name="Make folder").click()
    page.get_by_role("button", name=folder, exact=True).click()
    expect(page.get_by_text("Nothing here yet")).to_be_visible()

    chooser = page.locator("input[type=file][aria-label='Upload files']")
    chooser.set_input_files(file)
    download = page.get_by_role("link", name="Download model.txt")
    expect(download).to_be_visible()
    file.write_text("second")
    chooser.set_input_files(file)
    page.get_by_role("button", name="Replace").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("cell", name="6 B")).to_be_visible()
    with page.expect_download() as got:
        download.click()
    assert got.value.path().read_text() == "second"
    assert serious_findings(page) == []

    page.get_by_role("navigation", name="Where you are").get_by_role("button").first.click()
    page.get_by_role("button", name=f"Delete {folder}").click()
    expect(page.get_by_text("It goes with all that is in it")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("button", name=folder, exact=True)).to_have_count(0)
