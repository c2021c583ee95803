"""Fills an empty portal with the demonstration: two tenants that share this machine, their people, quotas, templates.

Run as `python -m demonstration.seed` in the environment of the installation, with the password of the demonstration's
logins in DEMONSTRATION_PASSWORD. Through services only, in one transaction; done twice it changes nothing.
"""

import os
import sys
from typing import Any

import django
import psutil


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from apps.accounts.models import User
    from demonstration.people import ADMIN

    if not User.objects.filter(email=ADMIN.email).exists():
        seed(password=os.environ["DEMONSTRATION_PASSWORD"])
    return 0


def seed(*, password: str) -> None:
    from uuid import UUID

    from django.db import transaction

    from apps.accounts.services import create_user
    from apps.clusters.services import register_local_cluster
    from apps.jobs.services import create_template
    from apps.jobs.spec import JobSpec
    from apps.quotas.services import create_cohort, onboard_tenant
    from apps.tenants.access import actor_of_user
    from apps.tenants.actor import Actor
    from apps.tenants.permissions import Role, permissions_of
    from apps.tenants.services import add_member, create_project
    from demonstration.people import ADMIN, BEN, LOGINS, OTTO
    from demonstration.templates import GALLERY

    with transaction.atomic():
        beginning = Actor(UUID(int=0), "demonstration", on_platform=permissions_of(Role.PLATFORM_ADMIN))
        users = {
            login: create_user(actor=beginning, email=login.email, name=login.name, password=password)[0] for login in LOGINS
        }
        for login, user in users.items():
            if login.tenant is None:
                add_member(actor=beginning, role=Role(login.role), user=user)
        admin = actor_of_user(users[ADMIN])
        cluster = register_local_cluster(actor=admin, slug="harbour", name="This machine")
        cohort = create_cohort(actor=admin, cluster=cluster, name="commons", description="All who share this machine.")
        tenants = {}
        for slug, name, owner, project, part in (
            ("aurora", "Aurora Robotics", OTTO, ("vision", "Vision"), 0.6),
            ("borealis", "Borealis Bank", BEN, ("risk", "Risk models"), 0.4),
        ):
            tenants[slug] = onboard_tenant(
                actor=admin,
                slug=slug,
                name=name,
                project_slug=project[0],
                project_name=project[1],
                owner_email=owner.email,
                cluster=cluster,
                cohort=cohort,
                lines=_part_of_this_machine(part),
            )
        create_project(actor=admin, tenant=tenants["aurora"], slug="speech", name="Speech")
        for login, user in users.items():
            if login.tenant is not None and login.role != Role.OWNER:
                add_member(actor=admin, role=Role(login.role), user=user, tenant=tenants[login.tenant])
        for name, (description, spec) in GALLERY.items():
            create_template(
                actor=admin, tenant_id=None, name=name, description=description, spec=JobSpec.model_validate(spec)
            )


def _part_of_this_machine(part: float) -> list[dict[str, Any]]:
    """Quota lines of the flavor `cpu`: so much is guaranteed, all else may be borrowed while it is idle."""
    cpu_millicores = int((psutil.cpu_count() or 1) * 1000 * part) // 100 * 100
    memory_bytes = int(psutil.virtual_memory().total * 0.8 * part) // 2**20 * 2**20
    return [
        {"flavor": "cpu", "resource": "cpu", "nominal": cpu_millicores, "borrowing_limit": None, "lending_limit": None},
        {"flavor": "cpu", "resource": "memory", "nominal": memory_bytes, "borrowing_limit": None, "lending_limit": None},
    ]


if __name__ == "__main__":
    sys.exit(main())
