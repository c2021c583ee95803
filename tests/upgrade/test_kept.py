"""What was kept for the upgrade test is of the past of these migrations."""

from django.db.migrations.loader import MigrationLoader

from tests.upgrade.keep import KEPT, Scene


class TestKept:
    def test_every_migration_of_it_is_still_there_and_none_was_put_before_it(self):
        """One that was renamed, removed or slipped in below what is landed would never run where Hanse is installed."""
        loader = MigrationLoader(None, ignore_no_migrations=True)
        kept = {(app, name) for app, name in Scene.read().migrations}

        assert kept - set(loader.graph.nodes) == set()
        for migration in kept:
            assert set(loader.graph.forwards_plan(migration)) <= kept, migration

    def test_it_holds_jobs_that_wait_run_and_ended(self):
        dumped = (KEPT / "database.sql").read_text()

        assert {"running", "queued", "succeeded", "failed", "cancelled"} <= set(Scene.read().jobs)
        for job in Scene.read().jobs.values():
            assert job in dumped
