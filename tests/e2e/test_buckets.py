"""Buckets and their files, walked in a real browser against the real store."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import httpx
import numpy as np
import pytest
from playwright.sync_api import Page, expect

from demonstration.pictures import png
from tests.e2e.test_main_paths import VISION, serious_findings

pytestmark = pytest.mark.browser

SignedIn = Callable[..., Page]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "digits"
    (folder / "more").mkdir(parents=True)
    for number in range(6):
        (folder / f"{number}.png").write_bytes(png(np.full((8, 8), 40 * number)))
    (folder / "more" / "page.html").write_text("<script>document.title = 'taken over'</script>")
    return folder


@pytest.fixture
def page(signed_in: SignedIn) -> Page:
    """An empty bucket of its own."""
    page = signed_in("otto", path=f"{VISION}/buckets")
    name = f"pictures-{uuid4().hex[:6]}"
    page.get_by_role("button", name="New bucket").first.click()
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("button", name="Create bucket").click()
    page.get_by_role("link", name=name).click()
    expect(page.get_by_text("No files here")).to_be_visible()
    return page


def upload(page: Page, folder: Path) -> None:
    page.locator("input[type=file][aria-label='Upload folder']").set_input_files(folder)


class TestAFolder:
    def test_is_uploaded_once_looked_at_deleted_and_taken_back(self, page: Page, folder: Path):
        upload(page, folder)

        tray = page.get_by_role("region", name="Uploads")
        expect(tray.get_by_text("7 files are uploaded")).to_be_visible()
        upload(page, folder)
        expect(tray.get_by_text("7 were there already")).to_be_visible()
        tray.get_by_role("button", name="Close").click()
        page.get_by_role("button", name="digits/", exact=True).click()
        page.get_by_text("Pictures", exact=True).click()
        picture = page.get_by_role("img", name="3.png")
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 8
        assert serious_findings(page) == []

        page.get_by_text("List", exact=True).click()
        page.get_by_role("checkbox", name="Choose 3.png").check()
        page.get_by_role("button", name="Delete 1").click()
        expect(page.get_by_text("3.png", exact=True)).to_have_count(0)
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("3.png", exact=True)).to_be_visible()

    def test_goes_on_elsewhere_and_after_a_reload(self, page: Page, folder: Path):
        store = "**/*X-Amz-Signature*"
        page.route(store, lambda route: route.abort())
        upload(page, folder)
        tray = page.get_by_role("region", name="Uploads")
        expect(tray.get_by_text("Uploading 0 of 7 files")).to_be_visible()

        page.get_by_role("navigation", name="Main").get_by_text("Jobs", exact=True).click()
        expect(tray).to_be_visible()
        page.unroute(store)
        page.reload()

        expect(tray.get_by_text("7 files are uploaded")).to_be_visible(timeout=30_000)

    def test_shows_nothing_of_what_was_written_as_a_page(self, page: Page, folder: Path):
        upload(page, folder)
        expect(page.get_by_text("7 files are uploaded")).to_be_visible()
        page.get_by_role("button", name="digits/", exact=True).click()
        page.get_by_role("button", name="more/", exact=True).click()

        with page.expect_download() as download:
            page.get_by_role("button", name="Download page.html").click()

        answer = httpx.get(download.value.url)
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["content-security-policy"].startswith("sandbox")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert httpx.URL(download.value.url).port != httpx.URL(page.url).port


class TestAnArchive:
    def test_is_unpacked_and_says_what_it_did_not_take(self, page: Page, tmp_path: Path):
        with zipfile.ZipFile(tmp_path / "digits.zip", "w") as archive:
            archive.writestr("train/0.txt", "zero")
            archive.writestr("../1.txt", "one")
        page.locator("input[type=file][aria-label='Upload files']").set_input_files(tmp_path / "digits.zip")
        page.get_by_role("region", name="Uploads").get_by_role("button", name="Close").click()

        page.get_by_role("button", name="Unpack digits.zip").click()
        expect(page.get_by_role("textbox", name="Into")).to_have_value("digits/")
        page.get_by_role("dialog").get_by_role("button", name="Unpack").click()

        unpacked = page.get_by_role("region", name="Unpacked archives")
        expect(unpacked.get_by_text("Succeeded")).to_be_visible()
        unpacked.get_by_role("button", name="1 entry").click()
        expect(page.get_by_role("row", name="../1.txt Its path leaves the archive.")).to_be_visible()
        assert serious_findings(page) == []
        page.keyboard.press("Escape")
        unpacked.get_by_role("button", name="digits/").click()
        expect(page.get_by_role("button", name="train/", exact=True)).to_be_visible()
