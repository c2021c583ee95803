"""Shares: whoever has an address, or is in a group, may read one job, its timeline, logs and metrics.

Kept by django-guardian.
"""

from typing import Any

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q

from apps.accounts import services as accounts
from apps.accounts.models import Group, User
from apps.jobs.models import Job, JobShare
from apps.jobs.services._life import audit
from apps.tenants.actor import Actor


@transaction.atomic
def share_job(*, actor: Actor, job: Job, email: str) -> JobShare:
    """Let whoever has the address read a job, also when they get an account only later. Twice changes nothing.

    Whether the address has an account is not told: all that is done and answered is alike.
    """
    email = email.lower()
    user = User.objects.people().filter(email=email, is_active=True).first()
    return _share(actor, job, {"email": email, "group": None}, {"user": user})


@transaction.atomic
def share_job_with_group(*, actor: Actor, job: Job, group: Group) -> JobShare:
    """Let everybody read a job who is in the group, now or later. Twice changes nothing."""
    return _share(actor, job, {"email": "", "group": group}, {"user": None})


@transaction.atomic
def unshare_job(*, actor: Actor, share: JobShare) -> None:
    """Take the permission back: what they have open of it is closed."""
    reading = Q(pk=share.user_id) | Q(email=share.email) if share.group is None else Q(member_groups=share.group)
    accounts.raise_access(User.objects.filter(reading).values_list("pk", flat=True))
    audit(share.content_object, "unshare", actor=actor, before=_describe(share), after=None)
    share.delete()


def _share(actor: Actor, job: Job, principal: dict[str, Any], known: dict[str, Any]) -> JobShare:
    permission = Permission.objects.get(content_type__app_label="jobs", codename="read_job")
    share: JobShare
    share, made = JobShare.objects.get_or_create(
        content_object=job, **principal, defaults={**known, "permission": permission}
    )
    if made:
        audit(job, "share", actor=actor, before=None, after=_describe(share))
    return share


def _describe(share: JobShare) -> dict[str, str]:
    return {"group": share.group.name} if share.group else {"user": share.email}
