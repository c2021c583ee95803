"""Removal of what is in use, carried out by workers that may be killed at any moment."""

import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from apps.jobs.models import Job
from apps.storage import locks, objects
from apps.storage.models import StoredObject
from apps.tenants import services as tenants
from apps.tenants.models import Project, Tenant
from celery_workers import removal
from celery_workers.local import replicas
from tests.celery_workers.conftest import Portal
from tests.celery_workers.scenes.portal import furnish
from tests.celery_workers.scenes.scene import FOREVER
from tests.eventually import eventually
from tests.factories import make_invitation, make_token

pytestmark = pytest.mark.django_db(transaction=True)


def remove(portal: Portal) -> Project:
    return tenants.remove_project(actor=portal.actor, project=portal.project, confirm=portal.project.slug)


def gone(portal: Portal) -> bool:
    portal.work()
    removal.remove_project(portal.project.pk)
    return not Project.objects.filter(pk=portal.project.pk).exists()


def rows_that_name(column: str, value: object) -> dict[str, int]:
    """Tables that still hold rows of a tenant or project, but for what is kept of everybody."""
    kept = {"audit_auditentry", "audit_auditchain", "quotas_ledgerentry", "core_outboxevent", "core_outboxnotification"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = %s", [column]
        )
        tables = [table for (table,) in cursor.fetchall() if table not in kept]
        found = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [value])  # noqa: S608
            found[table] = cursor.fetchone()[0]
    return {table: count for table, count in found.items() if count}


def files() -> list[Path]:
    root = Path(settings.OBJECTS_URL.removeprefix("file://"))
    return [path for path in root.rglob("*") if path.is_file()]


class TestRemoveProject:
    def test_what_runs_is_stopped_and_nothing_of_it_is_left(self, portal):
        furnish(portal, portal.project)
        make_invitation(portal.project.tenant, _owner(portal), project=portal.project)
        make_token(_owner(portal), "jobs.view", tenant=portal.project.tenant, project=portal.project)
        portal.until(portal.submit(*FOREVER, replicas=2), "running")
        assert files()

        remove(portal)
        eventually(lambda: gone(portal), within=30, what="the project to be gone")

        assert rows_that_name("project_id", portal.project.pk) == {}
        eventually(lambda: not files(), what="the last lines of a follower to be dropped")
        assert replicas.kept_jobs() == []

    def test_it_goes_on_from_wherever_a_worker_died(self, portal, monkeypatch):
        furnish(portal, portal.project)
        remove(portal)
        monkeypatch.setattr(removal, "MOST_PIECES", 1)

        rounds = 0
        while not gone(portal):
            rounds += 1

        assert rounds >= len(removal.KINDS) - 2  # buckets and datasets lie in a store, which there is none of here
        assert rows_that_name("project_id", portal.project.pk) == {}

    def test_it_says_what_the_store_refuses_and_goes_on_when_it_does_not(self, portal, monkeypatch):
        furnish(portal, portal.project)
        remove(portal)

        def refuses(path: str) -> None:
            raise PermissionError("read-only")

        with monkeypatch.context() as store:
            store.setattr(objects, "delete", refuses)
            removal.remove_project(portal.project.pk)
            waiting = Project.objects.get(pk=portal.project.pk)

        assert waiting.removal["said"][0]["code"] == "removal-store"
        assert "read-only" in waiting.removal_progress["why"]
        assert (waiting.failed_tries, Project.objects.to_remove().count()) == (1, 0)
        removal.remove_project(portal.project.pk)
        assert not Project.objects.filter(pk=portal.project.pk).exists()

    def test_it_waits_for_a_backup(self, portal):
        furnish(portal, portal.project)
        remove(portal)
        held, go_on = threading.Event(), threading.Event()

        def back_up() -> None:
            with transaction.atomic():
                locks.keep_all()
                held.set()
                go_on.wait(30)
            connection.close()

        thread = threading.Thread(target=back_up)
        thread.start()
        try:
            assert held.wait(30)
            removal.remove_project(portal.project.pk)
            waiting = Project.objects.get(pk=portal.project.pk).removal
        finally:
            go_on.set()
            thread.join()

        assert [one["code"] for one in waiting["said"]] == ["removal-backup"]
        assert StoredObject.objects.exists()
        assert gone(portal)


class TestRemoveTenant:
    def test_nothing_of_it_is_left_but_its_trail_and_what_it_used(self, portal):
        tenant = portal.project.tenant
        furnish(portal, portal.project)
        portal.until(portal.submit(sys.executable, "-c", "import time; time.sleep(600)"), "running")
        Tenant.objects.filter(pk=tenant.pk).update(phase="draining")

        tenants.remove_tenant(actor=portal.actor, tenant=tenant, confirm=tenant.slug)
        removal.remove_tenant(tenant.pk)
        eventually(lambda: gone(portal), within=30, what="the project to be gone")
        removal.remove_tenant(tenant.pk)

        assert rows_that_name("tenant_id", tenant.pk) == {}
        assert not Tenant.objects.filter(pk=tenant.pk).exists()
        assert not Job.objects.exists()


def _owner(portal: Portal):
    return portal.project.tenant.members.first().user
