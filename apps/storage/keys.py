"""Keys of the store for attempts of jobs: made when the first replica starts, ended when the attempt is over."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from apps.storage import iam
from apps.storage.iam import Allowed, Key
from apps.storage.models import StoreKey


def key_for(*, tenant_id: UUID, project_id: UUID, job_id: UUID, attempt: int, allowed: Sequence[Allowed]) -> Key:
    """The key of an attempt; the same for all its replicas, whoever asks first. Raises Unavailable."""
    StoreKey.objects.get_or_create(
        job_id=job_id, attempt=attempt, defaults={"tenant_id": tenant_id, "project_id": project_id}
    )
    with transaction.atomic():
        row = StoreKey.objects.select_for_update().get(job_id=job_id, attempt=attempt)
        if not row.access_key:
            made = iam.make_user(row.user, allowed)
            row.access_key, row.secret_key = made.access_key, made.secret_key
            row.save(update_fields=["access_key", "secret_key"])
    return Key(row.access_key, row.secret_key)


def end(*, key: StoreKey) -> None:
    """Let the store refuse it from now on; doing it twice changes nothing. Raises Unavailable."""
    iam.remove_user(key.user)
    key.delete()
