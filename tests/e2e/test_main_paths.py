"""The main paths of the console, walked in a real browser on the running portal."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from demonstration.templates import DIGITS, GALLERY
from tests.testbed.stack import RunningStack, eventually

pytestmark = pytest.mark.browser

SignedIn = Callable[..., Page]
VISION = "/t/aurora/p/vision"


def serious_findings(page: Page) -> list[str]:
    """What axe finds that keeps somebody from using the page."""
    page.add_style_tag(content="* { transition: none !important; animation: none !important }")  # colours at rest
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url} {finding['id']}: {[(node['target'], node['failureSummary']) for node in finding['nodes']]}"
        for finding in found
        if finding["impact"] in ("serious", "critical")
    ]


def read_in(page: Page, language: str) -> None:
    """Switch the console's language, unless it is that: the choice is kept with the account."""
    own_word = {"en": "English", "zh": "中文"}[language]
    expect(page.get_by_role("button", name=re.compile("^(English|中文)$"))).to_be_visible()
    if page.get_by_role("button", name=own_word).is_visible():
        page.get_by_role("button", name=own_word).click()
    expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"))


@pytest.fixture(scope="module")
def digits(running_stack: RunningStack) -> dict[str, str]:
    """A demonstration job, submitted by REST."""
    ann = running_stack.portal("ann")
    project = ann.project("vision")["id"]
    spec = {**GALLERY[DIGITS][1], "name": "digits-watched"}
    return {"project": project, **ann.post(f"/api/v1/projects/{project}/jobs/", spec)}


class TestSigningIn:
    def test_refuses_a_wrong_password_in_words(self, signed_in: SignedIn, running_stack: RunningStack, browser):
        page = browser.new_context(base_url=running_stack.address, locale="en-GB").new_page()
        page.goto("/sign-in")
        page.get_by_label("E-mail address").fill("ann@aurora.example")
        page.get_by_label("Password", exact=True).fill("not the password")
        page.get_by_role("button", name="Sign in", exact=True).click()

        expect(page.get_by_text("No active account has this address and password")).to_be_visible()
        assert serious_findings(page) == []

    def test_leads_to_where_one_wanted_to_go(self, signed_in: SignedIn):
        page = signed_in("ann", path=f"{VISION}/jobs")

        expect(page).to_have_url(re.compile(rf"{VISION}/jobs"))
        expect(page.get_by_role("heading", name="Jobs", exact=True)).to_be_visible()


class TestWatchingAJob:
    def test_shows_it_run_to_its_end_without_a_reload(self, signed_in: SignedIn, digits: dict[str, str]):
        page = signed_in("vera", path=f"{VISION}/jobs/{digits['id']}")

        expect(page.get_by_role("heading", name="digits-watched")).to_be_visible()
        expect(page.get_by_text("succeeded", exact=False).first).to_be_visible(timeout=90_000)

    def test_shows_the_lines_of_all_ranks(self, signed_in: SignedIn, digits: dict[str, str]):
        page = signed_in("vera", path=f"{VISION}/jobs/{digits['id']}")

        page.get_by_role("tab", name="Logs").click()

        expect(page.get_by_text("all ranks are there, training begins").first).to_be_visible()

    def test_offers_the_model_for_download(self, signed_in: SignedIn, running_stack: RunningStack, digits: dict[str, str]):
        vera = running_stack.portal("vera")
        job = f"/api/v1/projects/{digits['project']}/jobs/{digits['id']}/"
        eventually(lambda: vera.get(job)["phase"] == "succeeded", seconds=90)
        page = signed_in("vera", path=f"{VISION}/jobs/{digits['id']}")

        page.get_by_role("tab", name="Artifacts").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="Download model.npz").or_(
                page.get_by_role("button", name="Download model.npz")
            ).first.click()

        assert download.value.suggested_filename == "model.npz"

    def test_is_offered_to_those_who_may_act_only(self, signed_in: SignedIn, digits: dict[str, str]):
        theirs, hers = signed_in("vera", path=f"{VISION}/jobs"), signed_in("ann", path=f"{VISION}/jobs")

        expect(
            hers.get_by_role("link", name="New job").or_(hers.get_by_role("button", name="New job")).first
        ).to_be_visible()
        expect(theirs.get_by_text("digits-watched").first).to_be_visible()
        expect(theirs.get_by_role("link", name="New job").or_(theirs.get_by_role("button", name="New job"))).to_have_count(0)


class TestSubmitting:
    def test_from_a_template_says_whether_it_fits_and_opens_the_job(self, signed_in: SignedIn):
        page = signed_in("ann", path=f"{VISION}/jobs/new")

        page.get_by_role("button", name=f"Use {DIGITS} for a job").click()
        expect(page.get_by_text("Will it fit?").first).to_be_visible()
        page.get_by_role("button", name="Submit job").click()

        expect(page).to_have_url(re.compile(rf"{VISION}/jobs/[0-9a-f-]{{36}}"))

    def test_a_need_for_gpus_is_shown_as_the_flavor_it_is_resolved_to(self, signed_in: SignedIn):
        page = signed_in("ann", path=f"{VISION}/jobs/new")

        page.get_by_role("button", name="Use digits-on-gpus for a job").click()

        expect(page.get_by_role("region", name="Will it fit?").get_by_role("row", name="l40s")).to_be_visible()


class TestClusters:
    def test_simulated_devices_are_called_so(self, signed_in: SignedIn):
        page = signed_in("admin", path="/clusters/harbour")

        expect(page.get_by_text("Simulated devices, which no program finds: a100, alveo, infiniband, l40s.")).to_be_visible()


class TestPages:
    @pytest.mark.usefixtures("digits")  # a list of nothing has no filters
    def test_open_menus_in_sight_on_a_narrow_screen_and_with_less_motion(self, signed_in: SignedIn):
        page = signed_in("ann", path=f"{VISION}/jobs")
        read_in(page, "en")
        page.set_viewport_size({"width": 390, "height": 844})

        page.get_by_role("combobox", name="State").click()

        expect(page.locator(".ant-select-item-option").first).to_be_in_viewport()

    def test_open_from_a_link_that_says_what_nobody_asked_for(self, signed_in: SignedIn):
        page = signed_in("ann", path=f"{VISION}/jobs?utm_source=mail&order=name")
        expect(page.get_by_role("table")).to_be_visible()

    def test_are_dark_when_asked(self, signed_in: SignedIn):
        page = signed_in("ann", path=f"{VISION}/jobs")

        page.get_by_role("button", name="Search or do").click()
        page.keyboard.type("Theme: dark")
        page.get_by_role("option", name="Theme: dark").click()

        background = eventually(
            lambda: [
                colour
                for colour in [page.evaluate("getComputedStyle(document.body).backgroundColor")]
                if max(map(int, re.findall(r"\d+", colour)[:3])) < 80
            ],
            seconds=10,
        )
        assert background
        assert serious_findings(page) == []
