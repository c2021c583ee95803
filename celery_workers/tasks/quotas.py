import structlog

from apps.quotas import ledger
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
