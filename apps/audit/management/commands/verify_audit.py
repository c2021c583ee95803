"""manage.py verify_audit: walk every chain of the audit trail."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from apps.audit.models import AuditChain, AuditEntry
from apps.audit.services import breaks


class Command(BaseCommand):
    help = "Check that no audit entry was changed, and that none is missing. Exit status 1 when the trail is broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", type=UUID, help="Only the chain of this tenant (the nil id: the platform's own).")

    def handle(self, *args: Any, tenant: UUID | None, **options: Any) -> None:
        chains = AuditChain.objects.values_list("pk", flat=True)
        written = AuditEntry.objects.order_by().values_list("tenant_id", flat=True).distinct()
        chosen = [tenant] if tenant else sorted({*chains, *written})
        found = [broken for chain in chosen for broken in breaks(chain)]
        for broken in found:
            self.stdout.write(f"chain {broken.tenant_id}, entry {broken.sequence}: {broken.what}")
        if found:
            raise CommandError(f"the audit trail is broken in {len(found)} places")
        self.stdout.write(f"{len(chosen)} chains hold")
