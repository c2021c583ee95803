"""manage.py simulate_fleet: a made-up cloud, to show, to try and to measure with."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.core.errors import Problem
from apps.forecasts.models import KEPT
from apps.forecasts.services.runs import begin_standing
from apps.forecasts.simulator.fleet import Wanted
from apps.forecasts.simulator.writing import simulate
from apps.tenants.actor import system_actor
from apps.tenants.models import Tenant

_MOST_DAYS = KEPT.days - 1
# Where nothing was forecast yet, first as of then: so that it can be seen what came of it. Two days before are needed.
_FIRST_FORECAST = timedelta(hours=30)
_LEAST_DAYS = 4


class Command(BaseCommand):
    help = (
        "Bring a made-up fleet with its loads, labelled synthetic. The same seed makes the same fleet; done again later, "
        "it goes on where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--hosts", type=int, default=20)
        parser.add_argument("--vms", type=int, default=200)
        parser.add_argument("--days", type=int, default=15, help=f"How many days before today: 1 to {_MOST_DAYS}.")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--prefix", default="sim", help="What all names begin with: another one makes another fleet.")
        parser.add_argument("--tenant", action="append", default=[], help="Slug of a tenant whose VMs some are; repeatable.")

    def handle(
        self, *args: Any, hosts: int, vms: int, days: int, seed: int, prefix: str, tenant: list[str], **_: Any
    ) -> None:
        if hosts < 1 or vms < 0 or seed < 0:
            raise CommandError("--hosts must be at least 1, --vms and --seed at least 0")
        if not 1 <= days <= _MOST_DAYS:
            raise CommandError(f"--days must be 1 to {_MOST_DAYS}: samples are not kept for longer")
        if missing := set(tenant) - set(Tenant.objects.filter(slug__in=tenant).values_list("slug", flat=True)):
            raise CommandError(f"there is no tenant {', '.join(sorted(missing))}")
        wanted = Wanted(hosts=hosts, vms=vms, seed=seed, prefix=prefix, tenants=tenant)
        actor = system_actor("manage.py simulate_fleet")
        now = timezone.now()
        try:
            written = simulate(actor=actor, wanted=wanted, days=days, now=now, say=self.stdout.write)
        except Problem as problem:
            raise CommandError(str(problem)) from problem
        if days >= _LEAST_DAYS:
            begin_standing(now=now - _FIRST_FORECAST)
        self.stdout.write(
            f"{written.targets:,} targets and {written.samples:,} samples are new, after {written.seconds:.1f} s; all of "
            "them synthetic."
        )
