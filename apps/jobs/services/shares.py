"""Shares: one person of elsewhere may read one job, its timeline, logs and metrics. Kept by django-guardian."""

from django.db import transaction
from guardian.shortcuts import assign_perm

from apps.accounts.models import User
from apps.jobs.errors import NobodyThere
from apps.jobs.models import Job, JobShare
from apps.jobs.services._life import audit
from apps.tenants.actor import Actor


@transaction.atomic
def share_job(*, actor: Actor, job: Job, email: str) -> JobShare:
    """Let somebody read a job. Doing it twice changes nothing. Raises NobodyThere for an address without an account."""
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    if user is None:
        raise NobodyThere(f"Nobody has an account as {email}; an administrator of the platform can make one.")
    shares = JobShare.objects.filter(user=user, content_object=job)
    if not shares.exists():
        assign_perm("read_job", user, job)
        audit(job, "share", actor=actor, before=None, after={"user": user.email})
    share: JobShare = shares.get()
    return share


@transaction.atomic
def unshare_job(*, actor: Actor, share: JobShare) -> None:
    """Take the permission back; whoever reads it at this moment is refused from the next request on."""
    audit(share.content_object, "unshare", actor=actor, before={"user": share.user.email}, after=None)
    share.delete()
