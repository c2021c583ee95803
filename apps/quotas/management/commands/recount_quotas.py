"""manage.py recount_quotas: do the ledger and the workloads tell the same story?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.quotas.ledger import recount


class Command(BaseCommand):
    help = "Compares the usage ledger with the workloads that hold quota; fails when they differ."

    def handle(self, *args: Any, **options: Any) -> None:
        found = recount()
        for discrepancy in found:
            self.stderr.write(f"{discrepancy.workload_id}: {discrepancy.what}")
        if found:
            raise CommandError(f"{len(found)} discrepancies")
        self.stdout.write("Ledger and workloads agree.")
