"""Every page of the console, found in the console's own table of addresses, in both languages and on both grounds."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from demonstration.templates import DIGITS, GALLERY
from tests.bodies import APP
from tests.e2e.test_main_paths import read_in, serious_findings
from tests.testbed.stack import RunningStack

pytestmark = pytest.mark.browser

ELSEWHERE = ("/$", "/sign-in", "/reset-password", "/second-factor", "/invitation", "/shared/jobs/$project/$job")
WALK = """async (path) => {
  const router = window.__TSR_ROUTER__;
  await router.navigate({ href: path });
  await router.latestLoadPromise;
}"""


# Of each a row as a busy installation has them, with what its page draws beside it.
ROWS = """
import json
from apps.tenants.models import Tenant
from tests import factories as make
tenant = Tenant.objects.get(slug="aurora")
project = tenant.projects.get(slug="vision")
target, partner = make.make_target(tenant, memory_bytes=2**32), make.make_partner(make.make_party(tenant))
contract = make.make_contract(partner)
make.make_load(target)
rows = {
    "bucket": make.make_bucket(project), "dataset": make.make_dataset(project, "scans"), "target": target,
    "plan": make.make_plan(), "partner": partner, "contract": contract,
    "volume": make.make_volume(project), "federated": make.make_federated_job(contract),
}
print(json.dumps({name: str(row.pk) for name, row in rows.items()}))
"""


@pytest.fixture(scope="module")
def places(running_stack: RunningStack) -> dict[str, str]:
    """What stands for each part of an address."""
    otto, admin = running_stack.portal("otto"), running_stack.portal("admin")
    project = otto.project("vision")["id"]
    job = otto.post(f"/api/v1/projects/{project}/jobs/", {**GALLERY[DIGITS][1], "name": "digits-on-every-page"})
    app = otto.post(f"/api/v1/projects/{project}/apps/", {"name": "app-on-every-page", "spec": APP})
    tenant = next(one["id"] for one in otto.get("/api/v1/me/")["tenants"] if one["slug"] == "aurora")
    first = {
        "schedule": otto.get(f"/api/v1/projects/{project}/schedules/"),
        "account": otto.get(f"/api/v1/tenants/{tenant}/service-accounts/"),
        "quota": admin.get("/api/v1/quotas/"),
    }
    known = {name: rows["results"][0]["id"] for name, rows in first.items()}
    made = {**json.loads(running_stack.ask(ROWS)), "job": job["id"], "app": app["id"]}
    return {**known, **made, "tenant": "aurora", "project": "vision", "cluster": "harbour"}


def addresses(page: Page, places: dict[str, str], *, of_platform: bool) -> Iterator[str]:
    """All of the table, but for what only strangers see, or only those whom a job was shared with.

    A new one is walked as it comes; for one with a part of its own (`$thing`), `places` must say what stands for that.
    """
    for pattern in page.evaluate("Object.keys(window.__TSR_ROUTER__.routesByPath)"):
        if pattern not in ELSEWHERE and pattern.startswith(("/platform", "/clusters")) == of_platform:
            yield re.sub(r"\$(\w+)", lambda part: places[part[1]], pattern)


class TestEveryPage:
    @pytest.mark.parametrize(("who", "of_platform"), [("otto", False), ("admin", True)])
    def test_holds_nothing_that_keeps_somebody_out(
        self, signed_in: Callable[..., Page], places: dict[str, str], who: str, of_platform: bool
    ):
        page = signed_in(who)
        findings: list[str] = []
        for language, scheme in (("zh", "dark"), ("en", "light")):
            page.emulate_media(color_scheme=scheme)
            read_in(page, language)
            for path in addresses(page, places, of_platform=of_platform):
                page.evaluate(WALK, path)
                expect(page.get_by_role("heading", level=1).first).to_be_visible()
                expect(page.locator("[aria-busy=true]")).to_have_count(0)
                findings += serious_findings(page)

        assert findings == []
