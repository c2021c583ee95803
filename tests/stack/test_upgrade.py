"""A portal that was stopped in the middle of its work, migrated to this release: it goes on, and nothing is missing."""

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from apps.core.walls import WEB
from tests.testbed.stack import Portal, RunningStack, eventually
from tests.upgrade.keep import ENDED, SECRET, Scene, stack_with_kept_keys
from tests.upgrade.load import load

pytestmark = pytest.mark.stack

PENDING = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
print(len(executor.migration_plan(executor.loader.graph.leaf_nodes())))
"""
AUDIT = """
from apps.audit.models import AuditChain, AuditEntry
from apps.audit.services import breaks
print(sum(1 for chain in AuditChain.objects.all() for _ in breaks(chain.pk)), AuditEntry.objects.count())
"""
RECOUNT = """
from apps.quotas.ledger import recount
from apps.quotas.models import LedgerEntry, Workload
print(recount(), LedgerEntry.objects.filter(until=None).count(), Workload.objects.filter(state="admitted").count())
"""
# As web connects: before anybody has entered, and as whoever owns one tenant and not the other.
WALLS = """
from apps.accounts.models import User
from apps.core import walls
from apps.jobs.models import Job
from apps.tenants import access
for person in (None, "otto@aurora.example", "ben@borealis.example"):
    with walls.transaction():
        if person:
            access.enter(User.objects.get(email=person).pk)
        print(Job.objects.count())
"""


@dataclass(frozen=True)
class Upgraded:
    running: RunningStack
    scene: Scene
    ann: Portal

    def path(self, job: str, below: str = "") -> str:
        return f"/api/v1/projects/{self.scene.project}/jobs/{self.scene.jobs[job]}/{below}"

    def ended(self, job: str) -> dict[str, object]:
        """The job, when it has come to its end."""

        def found() -> dict[str, object] | None:
            document = self.ann.get(self.path(job))
            return document if document["phase"] in ENDED else None

        return eventually(found, seconds=90, every=0.5)

    def lines(self, job: str, *, attempt: int = 1) -> list[str]:
        return [text for _, _, _, text in self.ann.get(self.path(job, "logs/"), attempt=attempt, rank=0)["lines"]]


@pytest.fixture(scope="module")
def upgraded() -> Iterator[Upgraded]:
    with stack_with_kept_keys() as stack:
        scene = load(stack)
        stack.migrate()
        stack.start_portal()
        stack.wait_until_ready()
        running = RunningStack(stack)
        yield Upgraded(running, scene, running.portal("ann"))


class TestUpgrade:
    def test_every_migration_has_run(self, upgraded: Upgraded):
        assert upgraded.running.ask(PENDING) == "0"

    def test_a_job_that_ran_is_tried_again_with_its_secret_and_ends(self, upgraded: Upgraded):
        job = upgraded.ended("running")

        assert (job["phase"], job["attempt"]) == ("succeeded", 2)
        eventually(lambda: "try 2 ***" in upgraded.lines("running", attempt=2))

    def test_a_job_that_waited_whose_hint_was_never_sent_ends(self, upgraded: Upgraded):
        assert upgraded.ended("queued")["phase"] == "succeeded"

    def test_a_job_that_was_suspended_goes_on_when_it_is_told(self, upgraded: Upgraded):
        upgraded.ann.post(upgraded.path("suspended", "resume/"))

        assert upgraded.ended("suspended")["phase"] == "succeeded"

    def test_a_draft_can_be_submitted(self, upgraded: Upgraded):
        upgraded.ann.post(upgraded.path("draft", "submit/"))

        assert upgraded.ended("draft")["phase"] == "succeeded"

    def test_what_ended_is_as_it_was(self, upgraded: Upgraded):
        for job in ("succeeded", "failed", "cancelled"):
            assert upgraded.ended(job)["phase"] == job
        assert "step 5 of 5" in upgraded.lines("succeeded")
        assert any("***" in line for line in upgraded.lines("masked"))
        assert not any(SECRET in line for line in upgraded.lines("masked"))
        [artifact] = upgraded.ann.get(upgraded.path("succeeded", "artifacts/"))["results"]
        kept = upgraded.ann.http.get(
            upgraded.path("succeeded", f"artifacts/{artifact['id']}/download/"), follow_redirects=True
        )
        assert kept.text == "rows\n5000\n"

    def test_a_submit_that_is_repeated_with_its_key_makes_no_second_job(self, upgraded: Upgraded):
        answer = upgraded.ann.try_post(f"/api/v1/projects/{upgraded.scene.project}/jobs/", {}, key=upgraded.scene.key)

        assert answer.status_code == 409  # the key is known, with another body

    def test_a_token_still_opens_what_it_opened(self, upgraded: Upgraded):
        headers = {"Authorization": f"Bearer {upgraded.scene.token}"}

        found = httpx.get(f"{upgraded.running.address}{upgraded.path('succeeded')}", headers=headers)

        assert (found.status_code, found.json()["name"]) == (200, "nightly-report")

    def test_a_share_still_shows_its_job_and_no_other(self, upgraded: Upgraded):
        ben = upgraded.running.portal("ben")

        assert ben.http.get(upgraded.path("succeeded")).status_code == 200
        assert ben.http.get(upgraded.path("failed")).status_code == 404

    def test_the_walls_stand(self, upgraded: Upgraded):
        web = upgraded.running.stack.database_url(WEB)
        nobody, owner, stranger = upgraded.running.ask(WALLS, HANSE_DATABASE_URL=web).split()

        assert nobody == "0"
        assert int(owner) >= len(upgraded.scene.jobs)
        assert stranger == "1"  # what is shared with him

    def test_quotas_equal_a_recount_and_are_given_back(self, upgraded: Upgraded):
        for job in ("running", "queued"):
            upgraded.ended(job)

        eventually(lambda: upgraded.running.ask(RECOUNT) == "[] 0 0", seconds=30, every=1)

    def test_the_trail_holds_across_the_upgrade(self, upgraded: Upgraded):
        broken, entries = upgraded.running.ask(AUDIT).split()

        assert broken == "0"
        assert int(entries) > 20
