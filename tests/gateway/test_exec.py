"""A shell in a replica from the browser: REST, the process `gateway`, and a real terminal on this machine."""

import psutil
import pytest
from websockets.exceptions import InvalidStatus

from apps.audit.models import AuditEntry
from apps.jobs import services
from apps.tenants.access import actor_of_user
from apps.tenants.models import Member
from apps.tenants.services import remove_member
from celery_workers.local import replicas
from tests.conftest import Client
from tests.eventually import eventually
from tests.factories import make_member
from tests.gateway.conftest import end
from tests.jobs.jobs import address

DONE, NOT_SIGNED_IN, ACCESS_CHANGED = 1000, 4401, 4403


def ticket_for(client: Client, job, *command: str) -> str:
    answer = client.post(address(job.project, job, "replicas/0/exec/"), {"command": command})
    assert answer.status_code == 201, answer.json()
    return answer.json()["ticket"]


def trail() -> list[tuple[str, dict]]:
    entries = AuditEntry.objects.filter(action__startswith="job.exec").order_by("sequence")
    return [(entry.action, entry.after) for entry in entries]


def processes_of(job) -> list[psutil.Process]:
    """What runs in the shells of its replica: whatever is not below the runner that started its command."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.cmdline()[-1:] == ["4711"]:
                found.append(process)
        except psutil.Error:
            continue
    return found


@pytest.fixture
def developer(running, as_role) -> Client:
    client, _ = as_role("developer", project=running.project)
    return client


class TestShell:
    def test_it_is_the_replica_s_own_and_the_trail_says_who_had_it(self, gateway, running, developer):
        ticket = ticket_for(developer, running)

        terminal = gateway.open(ticket)
        terminal.resize(97, 31)
        terminal.type('stty size; echo "$GREETING, $(id -un) in $PWD"; exit 3\n')
        closed_with = terminal.until_closed()

        directory = replicas.ReplicaDirectory(running.pk, 1, 0).path / "work"
        assert "31 97" in terminal.shown
        assert f"ahoy, {replicas.compute_account().pw_name} in {directory}" in terminal.shown
        assert terminal.told[0] == {"is": "open", "replica": "worker-0", "idle_seconds": 1800}
        assert terminal.told[-1] == {"is": "ended", "code": "exited", "exit_code": 3, "message": ""}
        assert closed_with == DONE
        eventually(lambda: len(trail()) == 2)
        (began, first), (over, last) = trail()
        assert (began, over) == ("job.exec", "job.exec-end")
        assert first == {"replica": "worker-0", "attempt": 1, "command": "shell"}
        assert last == {**first, "ended": "exited", "seconds": last["seconds"]}
        assert {entry.actor_id for entry in AuditEntry.objects.filter(action__startswith="job.exec")} == {developer.user.pk}
        assert gateway.open(ticket).until_closed() == NOT_SIGNED_IN, "a ticket opens one shell"
        own = gateway.open(ticket_for(developer, running, "python3", "-c", "import sys; print(sys.stdout.isatty())"))
        assert own.until_closed() == DONE
        assert "True" in own.shown
        assert own.told[-1]["exit_code"] == 0

    def test_what_was_started_in_it_ends_with_it(self, gateway, running, developer):
        terminal = gateway.open(ticket_for(developer, running))
        terminal.type("trap '' HUP; setsid nohup sleep 4711 & echo sta''rted\n")
        terminal.until_shown("started")
        eventually(lambda: processes_of(running))

        terminal.connection.close()

        eventually(lambda: not processes_of(running))
        eventually(lambda: trail()[-1][1].get("ended") == "closed")

    def test_it_ends_with_the_replica(self, gateway, running, developer, portal):
        terminal = gateway.open(ticket_for(developer, running))
        terminal.type("echo he''re\n")
        terminal.until_shown("here")

        portal.until_settled(end(portal, running))

        assert terminal.until_closed() == DONE
        assert terminal.told[-1]["code"] == "replica-ended"

    def test_whoever_loses_the_role_loses_the_shell(self, gateway, running, developer):
        terminal = gateway.open(ticket_for(developer, running))
        terminal.type("sleep 4711\n")
        eventually(lambda: processes_of(running))
        member = Member.objects.get(user=developer.user)
        an_owner = actor_of_user(make_member("owner", tenant=running.tenant).user)

        remove_member(actor=an_owner, member=member)

        assert terminal.until_closed() == ACCESS_CHANGED
        eventually(lambda: not processes_of(running))
        eventually(lambda: trail()[-1][1].get("ended") == "access-changed")

    def test_a_ticket_of_another_kind_or_page_or_time_opens_nothing(self, gateway, running, developer, portal):
        """Between the ticket and the shell everything is asked again."""
        live = developer.post("/api/v1/tickets/", {}).json()["ticket"]

        assert gateway.open(live).until_closed() == NOT_SIGNED_IN
        assert gateway.open("").until_closed() == NOT_SIGNED_IN
        with pytest.raises(InvalidStatus):
            gateway.open(ticket_for(developer, running), origin="https://evil.example")
        late, demoted = ticket_for(developer, running), ticket_for(developer, running)
        Member.objects.filter(user=developer.user).update(role="viewer")

        refused = gateway.open(demoted)

        assert refused.until_closed() == DONE
        assert refused.told[0]["problem"]["status"] == 404
        Member.objects.filter(user=developer.user).update(role="developer")
        services.cancel_job(actor=portal.actor, job=running)
        portal.until_settled(running)
        refused = gateway.open(late)
        assert refused.until_closed() == DONE
        assert refused.told[0]["problem"]["type"] == "/problems/replica-not-running"
        assert not trail()
