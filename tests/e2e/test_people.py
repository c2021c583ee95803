"""How people come in, get in again, end what is open elsewhere, hold tokens and look as others: in a real browser."""

import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_main_paths import read_in, serious_findings
from tests.testbed.stack import Portal, RunningStack

pytestmark = pytest.mark.browser

SignedIn = Callable[..., Page]
PASSWORD = "a-horse-of-the-baltic"
CHANGES_THE_THEME = """async () => (await fetch("/api/v1/me/", {
    method: "PATCH",
    headers: {
        "Content-Type": "application/json",
        "If-Match": "*",
        "X-CSRFToken": document.cookie.match(/hanse_csrf=([^;]+)/)[1],
    },
    body: '{"theme": "dark"}',
})).status"""


@pytest.fixture
def stranger(browser: Browser, running_stack: RunningStack) -> Iterator[Page]:
    """A page of a browser in which nobody is signed in."""
    context = browser.new_context(
        base_url=running_stack.address, viewport={"width": 1360, "height": 900}, locale="en-GB", reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def join(running_stack: RunningStack, name: str) -> str:
    """The address of a new viewer of Aurora, invited by its owner and accepted, all by REST."""
    owner, email = running_stack.portal("otto"), f"{name.lower()}@aurora.example"
    (tenant,) = [one for one in owner.get("/api/v1/me/")["tenants"] if one["slug"] == "aurora"]
    link = owner.post(f"/api/v1/tenants/{tenant['id']}/invitations/", {"email": email, "role": "viewer"})["link"]
    with httpx.Client(base_url=running_stack.address, headers={"Origin": running_stack.address}) as newcomer:
        newcomer.get("/_allauth/browser/v1/auth/session")
        given = {"secret": link.partition("#")[2], "name": name, "password": PASSWORD}
        token = {"X-CSRFToken": newcomer.cookies["hanse_csrf"]}
        assert newcomer.post("/api/v1/invitations/accept/", json=given, headers=token).is_success
    return email


def sign_in(page: Page, email: str, password: str, *, path: str = "/") -> None:
    page.goto(f"/sign-in?next={path}")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def is_in(page: Page) -> None:
    page.wait_for_url(lambda address: "/sign-in" not in address)
    expect(page.get_by_label("Password", exact=True)).to_have_count(0)


class TestInvitation:
    def test_leads_who_has_its_link_into_the_tenant_once(self, signed_in: SignedIn, stranger: Page):
        owner = signed_in("otto", path="/t/aurora/members/invitations")
        read_in(owner, "en")
        owner.get_by_role("button", name="Invite").first.click()
        owner.get_by_label("E-mail address").fill("nina@aurora.example")
        owner.get_by_role("button", name="Make the invitation").click()
        link = owner.get_by_label("The link").input_value()
        assert serious_findings(owner) == []
        owner.get_by_role("button", name="Done").click()
        expect(owner.get_by_label("The link")).not_to_be_visible()

        stranger.goto(link)
        expect(stranger.get_by_role("heading", name="You are invited to Aurora Robotics")).to_be_visible()
        assert serious_findings(stranger) == []
        stranger.get_by_label("Your name").fill("Nina Novak")
        stranger.get_by_label("Choose a password").fill("short")
        stranger.get_by_role("button", name="Make my account and join").click()
        expect(stranger.get_by_text(re.compile("too short", re.IGNORECASE)).first).to_be_visible()
        stranger.get_by_label("Choose a password").fill(PASSWORD)
        stranger.get_by_role("button", name="Make my account and join").click()

        expect(stranger.get_by_role("button", name="Account of Nina Novak")).to_be_visible()
        expect(stranger).to_have_url(re.compile("/t/aurora"))
        stranger.context.clear_cookies()
        stranger.goto("about:blank")
        stranger.goto(link)
        expect(stranger.get_by_role("heading", name="This invitation cannot be accepted any more")).to_be_visible()


class TestForgottenPassword:
    def test_is_replaced_by_the_link_of_the_mail(self, stranger: Page, running_stack: RunningStack):
        email, another = join(running_stack, "Rita"), "quite-another-horse"
        there = Portal(running_stack.address, email=email, password=PASSWORD)
        key = running_stack.ask(
            "from apps.accounts.models import User; from django.contrib.auth.tokens import default_token_generator;"
            f"user = User.objects.get(email='{email}');"
            "print(f'{user.pk.hex}-{default_token_generator.make_token(user)}')"
        )

        stranger.goto(f"/reset-password#{key}")
        stranger.get_by_label("New password").fill(another)
        stranger.get_by_role("button", name="Set the password").click()
        expect(stranger.get_by_text("The password is set. Sign in with it.")).to_be_visible()

        assert there.http.get("/api/v1/me/").status_code == 401
        sign_in(stranger, email, PASSWORD)
        expect(stranger.get_by_text("No active account has this address and password")).to_be_visible()
        sign_in(stranger, email, another)
        is_in(stranger)


class TestSessions:
    def test_each_is_listed_and_ended_by_itself(self, stranger: Page, running_stack: RunningStack):
        email = join(running_stack, "Sven")
        there = Portal(running_stack.address, email=email, password=PASSWORD)
        sign_in(stranger, email, PASSWORD, path="/me/security")
        sessions = stranger.get_by_role("region", name="Where you are signed in").get_by_role("row")
        expect(sessions.filter(has_text="this one")).to_have_count(1)

        stranger.get_by_role("button", name="End the session of").first.click()
        expect(stranger.get_by_text("The session has ended.")).to_be_visible()
        expect(stranger.get_by_role("button", name="End the session of")).to_have_count(0)

        assert there.http.get("/api/v1/me/").status_code == 401
        stranger.reload()
        expect(sessions.filter(has_text="this one")).to_have_count(1)


class TestTokens:
    def test_are_shown_once_and_refused_once_revoked(self, stranger: Page, running_stack: RunningStack):
        sign_in(stranger, join(running_stack, "Tove"), PASSWORD, path="/me/tokens")
        is_in(stranger)
        stranger.get_by_role("button", name="New token").first.click()
        stranger.get_by_label("Name", exact=True).fill("nightly")
        stranger.get_by_text("only reading").click()
        stranger.get_by_role("button", name="Make the token").click()
        token = stranger.get_by_label("The token").input_value()
        assert asks_with(running_stack, token) == 200
        stranger.get_by_role("button", name="I have kept it").click()
        expect(stranger.get_by_role("cell", name="nightly")).to_be_visible()

        stranger.reload()
        expect(stranger.get_by_role("cell", name="nightly")).to_be_visible()
        assert token not in stranger.content()

        stranger.get_by_role("button", name="Revoke").click()
        stranger.get_by_role("dialog").get_by_role("button", name="Revoke").click()
        expect(stranger.get_by_text("The token is revoked.")).to_be_visible()
        assert asks_with(running_stack, token) == 401


def asks_with(running_stack: RunningStack, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.get(f"{running_stack.address}/api/v1/me/", headers=headers, timeout=30).status_code


class TestLookingAsSomebody:
    def test_shows_what_they_see_and_changes_nothing(self, signed_in: SignedIn, running_stack: RunningStack):
        email = join(running_stack, "Wilma")
        page = signed_in("admin", path=f"/platform/users?q={email}")
        page.get_by_role("button", name="More for Wilma").click()
        page.get_by_role("menuitem", name="Look as Wilma").click()
        page.get_by_label("Reason").fill("Ticket 4711.")
        page.get_by_role("button", name="Look", exact=True).click()

        banner = page.get_by_text(f"You look as Wilma ({email}): read-only")
        expect(banner).to_be_visible()
        page.goto("/platform/users")
        expect(page.get_by_role("button", name="More for")).to_have_count(0)
        page.goto("/t/aurora/p/vision/jobs")
        expect(page.get_by_role("heading", name="Jobs", exact=True)).to_be_visible()
        expect(banner).to_be_visible()
        assert serious_findings(page) == []
        refused = page.evaluate(CHANGES_THE_THEME)
        assert refused == 403

        page.get_by_role("button", name="Look as yourself").click()
        expect(page.get_by_role("button", name="Account of Ada Marchetti")).to_be_visible()
        expect(banner).to_have_count(0)
