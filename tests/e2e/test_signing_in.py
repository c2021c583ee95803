"""Signing in, in a real browser: second factors with a virtual authenticator, single sign-on, a forgotten password."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accounts.conftest import AuthenticatorApp
from tests.e2e.test_main_paths import read_in, serious_findings
from tests.testbed.oidc_provider import OidcProvider, oidc_provider_running
from tests.testbed.stack import RunningStack

pytestmark = pytest.mark.browser

PASSKEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
# Nobody else's tests sign in as they.
LOGIN = "iris@hanse.example"


@pytest.fixture
def page(browser: Browser, running_stack: RunningStack) -> Iterator[Page]:
    """A page of a machine that holds passkeys, by its name: they are not for addresses of numbers."""
    by_name = running_stack.address.replace("127.0.0.1", "localhost")
    context = browser.new_context(
        base_url=by_name, viewport={"width": 1360, "height": 900}, locale="en-GB", reduced_motion="reduce"
    )
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEY})
    yield page
    context.close()


@pytest.fixture
def no_second_factors(running_stack: RunningStack) -> Iterator[Callable[[], None]]:
    """Takes them away again, for the next test and the tests of others."""

    def clear() -> None:
        running_stack.ask(
            "from allauth.mfa.models import Authenticator; from django.core.cache import cache;"
            f"Authenticator.objects.filter(user__email='{LOGIN}').delete(); cache.clear()"
        )

    clear()
    yield clear
    clear()


def type_password(page: Page, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(LOGIN)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def is_in(page: Page) -> None:
    page.wait_for_url(lambda address: "/sign-in" not in address)
    expect(page.get_by_label("Password", exact=True)).to_have_count(0)


@pytest.mark.usefixtures("no_second_factors")
class TestSecondFactors:
    def test_an_authenticator_app_is_added_and_then_asked_for(self, page: Page, running_stack: RunningStack):
        type_password(page, running_stack.password)
        is_in(page)
        page.goto("/me/security")
        page.get_by_role("button", name="Add an authenticator app").click()
        app = AuthenticatorApp(page.get_by_test_id("totp-key").inner_text().replace(" ", ""))
        assert serious_findings(page) == []
        page.get_by_label("Six digits").fill(app.code())
        page.get_by_role("button", name="Add it").click()
        codes = page.get_by_role("list", name="Recovery codes").locator("li")
        expect(codes).to_have_count(10)
        code = codes.first.inner_text()
        page.get_by_role("button", name="I have kept them").click()
        expect(page.get_by_text("10 left")).to_be_visible()

        page.context.clear_cookies()
        type_password(page, running_stack.password)
        expect(page.get_by_role("heading", name="Second step")).to_be_visible()
        assert serious_findings(page) == []
        page.get_by_label("Code").fill("000000")
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("This code does not fit")
        page.get_by_label("Code").fill(code)
        page.get_by_role("button", name="Sign in", exact=True).click()
        is_in(page)

    def test_a_passkey_signs_in_alone_and_after_the_password(self, page: Page, running_stack: RunningStack):
        type_password(page, running_stack.password)
        is_in(page)
        page.goto("/me/security")
        page.get_by_role("button", name="Add a passkey").click()
        page.get_by_role("textbox", name="Name").fill("Laptop")
        page.get_by_role("button", name="Ask the browser for it").click()
        page.get_by_role("button", name="I have kept them").click()
        expect(page.get_by_text("Laptop")).to_be_visible()

        page.context.clear_cookies()
        page.goto("/sign-in")
        page.get_by_role("button", name="Sign in with a passkey").click()
        is_in(page)

        page.context.clear_cookies()
        type_password(page, running_stack.password)
        page.get_by_role("button", name="Use a passkey").click()
        is_in(page)

        page.goto("/me/security")
        expect(page.get_by_text("password and a second factor").first).to_be_visible()
        page.get_by_role("button", name="Rename").click()
        page.get_by_role("textbox", name="Name").fill("Old laptop")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Old laptop")).to_be_visible()

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_the_page_holds_nothing_that_keeps_somebody_out(self, page: Page, running_stack: RunningStack, language: str):
        type_password(page, running_stack.password)
        is_in(page)
        page.goto("/me/security")
        read_in(page, language)
        expect(page.get_by_role("table")).to_be_visible()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)

        assert serious_findings(page) == []
        read_in(page, "en")


class TestSessions:
    def test_one_that_is_ended_elsewhere_is_asked_to_sign_in(
        self, page: Page, browser: Browser, running_stack: RunningStack
    ):
        type_password(page, running_stack.password)
        is_in(page)
        page.goto("/me/security")
        there = running_stack.portal("iris")
        page.get_by_role("button", name="End all others").click()
        page.get_by_role("dialog").get_by_role("button", name="End all others").click()
        expect(page.get_by_text("All other sessions have ended.")).to_be_visible()

        assert there.http.get("/api/v1/me/").status_code == 401


class TestSingleSignOn:
    @pytest.fixture
    def oidc(self, tmp_path, running_stack: RunningStack) -> Iterator[OidcProvider]:
        callback = f"{running_stack.address}/sign-in/harbour/callback/"
        with oidc_provider_running(tmp_path, redirects=[callback]) as provider:
            provider.say(mia={"email": "mia@harbour.example", "email_verified": True, "name": "Mia Maas"})
            yield provider

    def test_a_provider_is_added_in_the_console_and_lets_its_people_in(
        self, oidc: OidcProvider, signed_in: Callable[..., Page], browser: Browser, running_stack: RunningStack
    ):
        admin = signed_in("admin", path="/platform/single-sign-on")
        admin.get_by_role("button", name="New provider").first.click()
        for label, text in (
            ("Name on the sign-in page", "Harbour"),
            ("Name in addresses", "harbour"),
            ("Issuer", oidc.issuer),
            ("Client id", "hanse"),
            ("Client secret", oidc.secret),
        ):
            admin.get_by_label(label, exact=True).fill(text)
        admin.get_by_label("Speaks for addresses of").fill("harbour.example,")
        admin.get_by_role("button", name="Add the provider").click()
        expect(admin.get_by_role("cell", name="Harbour", exact=True)).to_be_visible()
        assert serious_findings(admin) == []

        page = browser.new_context(base_url=running_stack.address, locale="en-GB").new_page()
        page.goto("/sign-in")
        expect(page.get_by_role("button", name="Sign in with Harbour")).to_be_visible()
        assert serious_findings(page) == []
        page.get_by_role("button", name="Sign in with Harbour").click()
        page.wait_for_url(re.compile(re.escape(oidc.issuer)))
        page.locator("input[name=login]").fill("mia")
        page.locator("input[name=password]").fill("any")
        page.locator("button[type=submit]").click()
        page.wait_for_url(re.compile(f"{re.escape(oidc.issuer)}|{re.escape(running_stack.address)}"))
        if page.url.startswith(oidc.issuer):
            page.locator("button[type=submit]").click()
        page.wait_for_url(re.compile(re.escape(running_stack.address)))

        expect(page.get_by_role("button", name="Account of Mia Maas")).to_be_visible()


class TestForgottenPassword:
    def test_without_mail_the_page_says_whom_to_ask(self, page: Page):
        page.goto("/sign-in")

        expect(page.get_by_text("No mail is sent here")).to_be_visible()

    def test_a_link_that_is_spent_says_so(self, page: Page):
        page.goto("/reset-password#made-up")
        expect(page).not_to_have_url(re.compile("made-up"))
        page.get_by_label("New password").fill("quite-another-horse")
        page.get_by_role("button", name="Set the password").click()

        expect(page.get_by_role("alert")).to_contain_text("no longer sets a password")
        assert serious_findings(page) == []
