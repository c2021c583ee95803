"""What an empty portal is filled with, so that each page has something to show."""

import pytest

from apps.accounts.models import User
from apps.tenants.models import Member, Project
from celery_workers.local import machine
from demonstration.hardware import DEVICES
from demonstration.templates import GALLERY
from demonstration.world import seed
from tests.conftest import Client
from tests.factories import make_priorities

pytestmark = pytest.mark.django_db


class TestDemonstration:
    def test_groups_have_roles_in_tenants_and_in_a_project(self):
        seed(password="correct-horse-battery")

        given = Member.objects.filter(group__isnull=False).select_related("group", "tenant", "project")

        assert {(one.group.name, one.tenant.slug, one.project.slug if one.project else None) for one in given} == {
            ("reviewers", "aurora", None),
            ("reviewers", "borealis", None),
            ("perception", "aurora", "vision"),
        }

    def test_a_need_for_gpus_is_resolved_to_simulated_ones_and_said_to_fit(self, settings):
        client = Client()
        settings.LOCAL_COMPUTE = True
        settings.SIMULATED_DEVICES = {flavor: count for flavor, (count, _) in DEVICES.items()}
        make_priorities()
        seed(password="correct-horse-battery")
        machine.record_machine()
        client.force_login(User.objects.get(email="ann@aurora.example"))
        project = Project.objects.get(slug="vision")

        path = f"/api/v1/projects/{project.pk}/jobs/?dry_run=true"
        answer = client.post(path, GALLERY["digits-on-gpus"][1]).json()

        (here,) = answer["clusters"]
        assert [(one["flavor"], one["count"]) for one in here["resolved"]] == [("l40s", 1)]
        assert {"flavor": "l40s", "resource": "gpu", "amount": 2} in here["asked"]
        assert "refuse" not in here["verdict"]
