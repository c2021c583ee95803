"""manage.py doctor: is everything there and at work, and if not, what to do."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core.health import Finding, State, examine, worst


class Command(BaseCommand):
    help = "Examine the database, Redis, processes, disk, clock and settings. Exit status 1 when something is down."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="One JSON document instead of a page.")

    def handle(self, *args: Any, json: bool, **options: Any) -> None:
        examined = examine()
        state = worst(examined)
        if json:
            self.stdout.write(_document(state, examined))
        else:
            for name, findings in examined:
                for finding in findings:
                    self._say(name, finding)
        if state is State.DOWN:
            raise CommandError("Something is down; what to do stands with it.")

    def _say(self, name: str, finding: Finding) -> None:
        styled = {State.HEALTHY: self.style.SUCCESS, State.DEGRADED: self.style.WARNING, State.DOWN: self.style.ERROR}
        self.stdout.write(f"{styled[finding.state](f'{finding.state:<9}')} {name:<10} {finding.text}")
        if finding.fix:
            self.stdout.write(f"{'':<20} {finding.fix}")


def _document(state: State, examined: Any) -> str:
    found = [{"check": name, **asdict(finding)} for name, findings in examined for finding in findings]
    return json.dumps({"state": state, "findings": found}, indent=2)
