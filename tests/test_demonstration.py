"""What an empty portal is filled with, so that each page has something to show."""

import pytest

from apps.tenants.models import Member
from demonstration.world import seed

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
