"""Single sign-on against a real OpenID Connect provider."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.core.cache import cache

from apps.accounts.models import OpenSession, Provider, ProviderAccount, User
from apps.audit.models import AuditEntry
from tests.accounts.conftest import Browser
from tests.factories import PASSWORD, make_group, make_member, make_tenant, make_user
from tests.testbed.oidc_provider import oidc_provider_running

PROVIDERS = "/api/v1/sign-in-providers/"
BEGIN = "auth/provider/begin"
ANN = {"email": "ann@aurora.example", "email_verified": True, "name": "Ann Arbor"}


@pytest.fixture(scope="session")
def running_provider(tmp_path_factory):
    redirects = [f"http://127.0.0.1:8000/sign-in/{slug}/callback/" for slug in ("aurora", "borealis")]
    with oidc_provider_running(tmp_path_factory.mktemp("oidc"), redirects=redirects) as provider:
        yield provider


@pytest.fixture
def oidc(running_provider, settings):
    from ipaddress import ip_network

    settings.ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    running_provider.people.clear()
    running_provider.say(**{"subject-ann": ANN})
    return running_provider


@pytest.fixture
def provider(db, oidc) -> Provider:
    return Provider.objects.create(
        slug="aurora",
        name="Aurora",
        issuer=oidc.issuer,
        client_id="hanse",
        secret=oidc.secret,
        domains=["aurora.example"],
        groups_claim="groups",
    )


def sign_in(oidc, subject: str = "subject-ann", *, slug: str = "aurora", **asked: str):
    """A browser that has signed in by the provider (or was refused), and where it was sent."""
    browser = Browser()
    begun = browser.send(BEGIN, {"provider": slug, **asked})
    assert begun.status_code == 200, begun.content
    back = urlsplit(oidc.answer_for(begun.json()["address"], subject))
    browser.came_back_with = f"{back.path}?{back.query}"
    return browser, browser.get(browser.came_back_with)


def refusal(answer) -> str:
    [reason] = parse_qs(urlsplit(answer["Location"]).query)["refused"]
    return reason


class TestFirstSignIn:
    def test_makes_an_account_for_an_address_of_its_domains(self, provider, oidc):
        browser, answer = sign_in(oidc, next="/t/aurora")

        assert (answer.status_code, answer["Location"]) == (302, "/t/aurora")
        me = browser.ask("/api/v1/me/").json()["user"]
        assert (me["email"], me["name"]) == ("ann@aurora.example", "Ann Arbor")
        assert not User.objects.get().has_usable_password()
        assert OpenSession.objects.get().opened_with == "single-sign-on"
        actions = list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))
        assert actions == ["user.create", "user.link-provider", "session.open"]

    def test_finds_the_account_that_has_the_verified_address(self, provider, oidc, ann):
        browser, _ = sign_in(oidc)

        assert browser.ask("/api/v1/me/").json()["user"]["id"] == str(ann.pk)
        assert User.objects.count() == 1

    def test_later_it_is_the_subject_that_counts(self, provider, oidc, ann):
        sign_in(oidc)
        oidc.say(**{"subject-ann": {**ANN, "email": "ann.arbor@elsewhere.example"}})

        browser, _ = sign_in(oidc)

        assert browser.ask("/api/v1/me/").json()["user"]["email"] == "ann@aurora.example"

    @pytest.mark.parametrize(
        ("claims", "reason"),
        [
            ({"email_verified": False}, "no-verified-address"),
            ({"email": ""}, "no-verified-address"),
            ({"email": "root@hanse.example"}, "other-domain"),
            ({"email": "ann@evil-aurora.example"}, "other-domain"),
            ({"email": "ann@aurora.example.evil.example"}, "other-domain"),
        ],
    )
    def test_lets_nobody_in_whom_it_may_not_name(self, provider, oidc, claims, reason):
        make_user("Root", email="root@hanse.example", password=PASSWORD)
        oidc.say(**{"subject-ann": {**ANN, **claims}})

        browser, answer = sign_in(oidc)

        assert refusal(answer) == reason
        assert not browser.may_ask
        assert not ProviderAccount.objects.exists()
        assert AuditEntry.objects.get().action == "session.refuse-provider"

    def test_makes_no_account_where_administrators_do(self, provider, oidc):
        Provider.objects.update(creates_accounts=False)

        assert refusal(sign_in(oidc)[1]) == "no-account"
        assert not User.objects.exists()

    def test_an_address_that_went_to_somebody_else_does_not_open_the_leavers_account(self, provider, oidc, ann):
        sign_in(oidc)
        oidc.say(**{"subject-new-ann": ANN})

        browser, answer = sign_in(oidc, "subject-new-ann")

        assert refusal(answer) == "address-of-another"
        assert not browser.may_ask

    def test_a_leaver_stays_out(self, provider, oidc, ann):
        sign_in(oidc)
        User.objects.update(is_active=False)

        assert refusal(sign_in(oidc)[1]) == "inactive"


class TestToken:
    @pytest.mark.parametrize(
        "fault",
        [
            "nonce",
            "audience",
            "issuer",
            "expired",
            "party",
            "subject",
            "signature",
            "unsigned",
            "shared-secret",
        ],
    )
    def test_that_is_not_right_in_every_way_opens_nothing(self, provider, oidc, fault):
        oidc.say(fault=fault)

        browser, answer = sign_in(oidc)

        assert refusal(answer) == "refused"
        assert not browser.may_ask
        assert not User.objects.exists()

    def test_an_answer_counts_once(self, provider, oidc):
        browser, _ = sign_in(oidc)
        browser.send("auth/session", method="delete")

        assert refusal(browser.get(browser.came_back_with)) == "expired"
        assert not browser.may_ask

    def test_an_answer_to_another_browser_opens_nothing(self, provider, oidc):
        browser = Browser()
        address = browser.send(BEGIN, {"provider": "aurora"}).json()["address"]
        back = urlsplit(oidc.answer_for(address, "subject-ann"))
        victim = Browser()

        assert refusal(victim.get(f"{back.path}?{back.query}")) == "expired"
        assert not victim.may_ask

    def test_an_answer_to_another_provider_opens_nothing(self, provider, oidc):
        Provider.objects.create(
            slug="borealis", name="B", issuer=oidc.issuer, client_id="hanse", secret=oidc.secret, domains=["b.example"]
        )
        browser = Browser()
        address = browser.send(BEGIN, {"provider": "aurora"}).json()["address"]
        back = urlsplit(oidc.answer_for(address, "subject-ann"))

        assert refusal(browser.get(f"/sign-in/borealis/callback/?{back.query}")) == "expired"

    @pytest.mark.parametrize(
        ("query", "reason"), [("error=access_denied", "cancelled"), ("code=made-up", "refused"), ("iss=evil", "refused")]
    )
    def test_an_answer_that_is_none_opens_nothing(self, provider, oidc, query, reason):
        browser = Browser()
        asked = urlsplit(browser.send(BEGIN, {"provider": "aurora"}).json()["address"])
        [state] = parse_qs(asked.query)["state"]

        assert refusal(browser.get(f"/sign-in/aurora/callback/?state={state}&{query}")) == reason

    def test_beginning_needs_the_csrf_token(self, provider):
        answer = Browser().post(f"/_allauth/browser/v1/{BEGIN}", {"provider": "aurora"}, content_type="application/json")

        assert answer.status_code == 403

    @pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "javascript:alert(1)", "\\\\evil.example"])
    def test_it_leads_to_no_other_site(self, provider, oidc, path):
        assert sign_in(oidc, next=path)[1]["Location"] == "/"


class TestGroups:
    @pytest.fixture
    def vision(self, provider):
        group = make_group(name="vision")
        provider.group_rules = [{"value": "cn=vision", "group": str(group.pk)}]
        provider.save()
        return group

    def test_follow_what_the_provider_says_at_each_sign_in(self, provider, oidc, ann, vision):
        tenant = make_tenant()
        make_member("viewer", group=vision, tenant=tenant)
        oidc.say(**{"subject-ann": {**ANN, "groups": ["cn=vision", "cn=others"]}})

        browser, _ = sign_in(oidc)
        assert browser.ask(f"/api/v1/tenants/{tenant.pk}/").status_code == 200
        ann.refresh_from_db()
        version = ann.access_version

        oidc.say(**{"subject-ann": {**ANN, "groups": ["cn=others"]}})
        browser, _ = sign_in(oidc)

        assert browser.ask(f"/api/v1/tenants/{tenant.pk}/").status_code == 404
        ann.refresh_from_db()
        assert ann.access_version > version  # open sockets are closed
        assert {"group.add-user", "group.remove-user"} <= set(AuditEntry.objects.values_list("action", flat=True))

    def test_no_claim_is_no_group(self, provider, oidc, ann, vision):
        vision.users.add(ann)

        sign_in(oidc)

        assert not vision.users.exists()

    def test_that_no_rule_names_are_left_alone(self, provider, oidc, ann, vision):
        own = make_group(ann, name="own")

        sign_in(oidc)

        assert list(own.users.all()) == [ann]


class TestSecondFactor:
    def test_of_the_account_is_asked_for_after_it_too(self, provider, oidc, browser, ann):
        app = browser.add_authenticator_app()

        other, answer = sign_in(oidc, next="/t/aurora")

        assert answer["Location"] == "/sign-in?next=%2Ft%2Faurora"
        assert not other.may_ask
        assert other.send("auth/2fa/authenticate", {"code": app.code()}).status_code == 200
        assert other.may_ask

    @pytest.mark.parametrize(("asks", "status"), [(True, 200), (False, 403)])
    def test_that_the_provider_asks_for_satisfies_a_tenant(self, provider, oidc, ann, asks, status):
        Provider.objects.update(asks_second_factor=asks)
        tenant = make_tenant(requires_second_factor=True)
        make_member("viewer", user=ann, tenant=tenant)

        browser, _ = sign_in(oidc)

        assert browser.ask(f"/api/v1/tenants/{tenant.pk}/").status_code == status


class TestProviders:
    @pytest.fixture
    def body(self, oidc):
        return {
            "slug": "aurora",
            "name": "Aurora",
            "issuer": oidc.issuer,
            "client_id": "hanse",
            "secret": "very-secret",
            "domains": ["Aurora.example"],
        }

    def test_are_added_and_shown_on_the_sign_in_page_without_their_secret(self, as_role, body):
        admin, _ = as_role("platform-admin")

        made = admin.post(PROVIDERS, body)

        assert made.status_code == 201, made.json()
        assert made.json()["domains"] == ["aurora.example"]
        assert made.json()["callback_url"] == "http://127.0.0.1:8000/sign-in/aurora/callback/"
        shown = str(made.json()) + str(admin.get(PROVIDERS).json()) + str(AuditEntry.objects.get().after)
        assert "very-secret" not in shown
        assert Browser().ask("/api/v1/sign-in/").json()["providers"] == [{"slug": "aurora", "name": "Aurora"}]

    @pytest.mark.parametrize("moved", [{"client_id": "other"}, {"issuer": "http://localhost:1"}])
    def test_with_another_address_the_secret_is_asked_for_again(self, as_role, provider, moved):
        admin, _ = as_role("platform-admin")

        refused = admin.change("PATCH", f"{PROVIDERS}{provider.pk}/", moved)

        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == "/secret"
        provider.refresh_from_db()
        assert provider.generation == 1

    @pytest.mark.parametrize(
        "issuer",
        [
            "http://10.0.0.1",
            "https://169.254.169.254",
            "http://[::1]:9",
            "https://user:password@aurora.example",
            "ftp://aurora.example",
            "http://127.0.0.1:1",
        ],
    )
    def test_that_do_not_answer_or_must_not_be_asked_are_refused(self, as_role, body, issuer):
        admin, _ = as_role("platform-admin")

        refused = admin.post(PROVIDERS, {**body, "issuer": issuer})

        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == "/issuer"
        assert not Provider.objects.exists()

    def test_that_are_switched_off_let_nobody_in(self, as_role, provider, oidc):
        admin, _ = as_role("platform-admin")
        browser = Browser()
        begun = browser.send(BEGIN, {"provider": "aurora"}).json()["address"]
        back = urlsplit(oidc.answer_for(begun, "subject-ann"))

        assert admin.change("PATCH", f"{PROVIDERS}{provider.pk}/", {"is_active": False}).status_code == 200

        assert refusal(browser.get(f"{back.path}?{back.query}")) == "expired"
        assert Browser().send(BEGIN, {"provider": "aurora"}).status_code == 404
        assert Browser().ask("/api/v1/sign-in/").json()["providers"] == []

    def test_a_token_cannot_change_them(self, as_role, provider):
        cache.clear()
        admin, _ = as_role("platform-admin")
        from tests.conftest import Client
        from tests.factories import in_time

        token = admin.post(
            "/api/v1/me/tokens/", {"name": "ci", "permissions": ["sign-in.manage"], "expires_at": in_time(days=1)}
        ).json()["token"]
        program = Client(headers={"Authorization": f"Bearer {token}"})

        answer = program.change("PATCH", f"{PROVIDERS}{provider.pk}/", {"name": "New"})

        assert answer.json()["type"] == "/problems/needs-session"


class TestSigningOut:
    """Of the browser's session with the provider too, where that is wanted."""

    @pytest.fixture
    def wanted(self, provider):
        provider.signs_out_there = True
        provider.save()
        return provider

    def _sign_out(self, browser):
        return browser.send("auth/session", method="delete")

    def test_leads_to_the_provider_which_sends_back_to_the_sign_in_page(self, wanted, oidc):
        browser, _ = sign_in(oidc)

        answer = self._sign_out(browser)

        assert answer.status_code == 401
        assert not browser.may_ask
        address = answer.json()["data"]["address"]
        asked = parse_qs(urlsplit(address).query)
        assert address.startswith(oidc.issuer)
        assert asked["post_logout_redirect_uri"] == ["http://127.0.0.1:8000/sign-in"]
        with httpx.Client() as elsewhere:
            assert oidc.leave(address, elsewhere) == "http://127.0.0.1:8000/sign-in"

    def test_the_token_is_kept_encrypted(self, wanted, oidc):
        browser, _ = sign_in(oidc)

        kept = browser.session["came_by"]["id_token"]

        assert kept.startswith("gAAAA")
        assert kept not in self._sign_out(browser).json()["data"]["address"]

    def test_stays_here_where_it_is_not_wanted_or_the_provider_does_not_answer(self, provider, oidc):
        browser, _ = sign_in(oidc)
        assert "address" not in self._sign_out(browser).json()["data"]

        other, _ = sign_in(oidc)
        Provider.objects.update(signs_out_there=True, issuer="http://127.0.0.1:1")
        cache.clear()
        answer = self._sign_out(other)
        assert "address" not in answer.json()["data"]
        assert not other.may_ask

    def test_whoever_came_by_password_leaves_nothing_but_this(self, wanted, ann):
        browser = Browser()
        browser.sign_in(ann)

        assert "address" not in self._sign_out(browser).json()["data"]


class TestRules:
    def test_one_whose_group_is_gone_is_shown_as_broken_and_changes_nothing(self, provider, oidc, as_role):
        crew, gone = make_group(name="crew"), make_group(name="gone")
        rules = [{"value": "crew", "group": str(crew.pk)}, {"value": "gone", "group": str(gone.pk)}]
        Provider.objects.update(group_rules=rules)
        oidc.say(**{"subject-ann": {**ANN, "groups": ["crew", "gone"]}})
        admin, _ = as_role("platform-admin")
        assert admin.change("DELETE", f"/api/v1/groups/{gone.pk}/").status_code == 204

        for shown in (admin.get(PROVIDERS).json()["results"][0], admin.get(f"{PROVIDERS}{provider.pk}/").json()):
            assert [rule["group_name"] for rule in shown["group_rules"]] == ["crew", None]
        sign_in(oidc)
        assert list(User.objects.get(email="ann@aurora.example").member_groups.all()) == [crew]
