from uuid import UUID

import structlog
from django.utils import timezone

from apps.quotas import ledger, services
from portal.celery import app

_log = structlog.get_logger(__name__)


@app.task(name="quotas.sweep", acks_late=True)
def sweep(**_newer_arguments: object) -> None:
    """Prove that the ledger counts what is held, and log each place where it does not."""
    found = ledger.recount()
    # Something may have been admitted between the two halves of a count; what is still so after another is wrong.
    lasting = set(found) & set(ledger.recount()) if found else ()
    for discrepancy in lasting:
        _log.error("ledger-differs", workload_id=str(discrepancy.workload_id), what=discrepancy.what)


@app.task(name="quotas.end_grants", acks_late=True)
def end_grants(**_newer_arguments: object) -> None:
    """Let go back what was granted until a moment that has passed, and tell of what soon will."""
    services.end_grants(now=timezone.now())
    services.tell_of_ends_of_grants(now=timezone.now())


@app.task(name="quotas.announce_cohort", acks_late=True)
def announce_cohort(*, quota_id: str, **_newer_arguments: object) -> None:
    """Tell the other tenants of a cohort what one of them gave back. Lost, their pages are a reload behind."""
    services.announce_cohort(quota_id=UUID(quota_id))
