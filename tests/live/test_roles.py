"""What each role may follow, by WebSocket and by requests that wait: the areas `sockets` and `live` of permissions.csv."""

from typing import Any, get_args

import pytest

from apps.inference.models import App
from apps.jobs.models import JobPhase
from apps.monitoring import consumers
from apps.tenants.models import Project
from tests.conftest import Client
from tests.factories import make_cluster, make_user
from tests.live.conftest import LiveProcess
from tests.monitoring.logs import make_job
from tests.test_permissions import DECISIONS, ROLES

SOCKETS = [row for row in DECISIONS if row["area"] == "sockets"]
WAITING = [row for row in DECISIONS if row["area"] == "live"]
# What anybody who was let in may say: it shows nothing.
HARMLESS = {"ping", "unsubscribe"}


class TestDecisions:
    def test_every_request_that_shows_something_is_decided(self):
        frames = [frame for frame in vars(consumers).values() if "do" in getattr(frame, "__annotations__", {})]
        offered = {do for frame in frames for do in get_args(frame.__annotations__["do"])}

        assert {row["route"].partition(" ")[0] for row in SOCKETS} == offered - HARMLESS

    @pytest.mark.parametrize("decision", SOCKETS, ids=lambda row: row["route"])
    def test_each_role_is_answered_as_decided(self, live, as_role, decision):
        _, project = as_role("owner")
        job = make_job(project)
        do, _, what = decision["route"].format(tenant_id=project.tenant_id, job_id=job.id).partition(" ")
        frame = {"tenant": what, "kinds": ["member"]} if do == "subscribe" else {"subject_kind": "job", "subject_id": what}

        answers = {role: answer(live, as_role(role, project=project)[0], do=do, id="x", **frame) for role in ROLES}

        assert answers == {role: int(decision[role]) for role in ROLES}

    @pytest.mark.parametrize("decision", WAITING, ids=lambda row: row["route"])
    def test_each_role_is_answered_as_decided_where_answers_wait(self, live, as_role, decision):
        _, project = as_role("owner")
        job = make_job(project, phase=JobPhase.SUCCEEDED)
        subject = stopped_app(project) if "/apps/" in decision["route"] else job
        names = {"tenant_id": project.tenant_id, "project_id": project.id, "job_id": job.id, "subject_id": subject.id}
        address = "/" + decision["route"].format(**names)

        answers = {role: live.http(as_role(role, project=project)[0]).get(address).status_code for role in ROLES}

        assert answers == {role: int(decision[role]) for role in ROLES}


def stopped_app(project: Project) -> App:
    """One of whose log no more comes."""
    place = {"tenant": project.tenant, "project": project, "cluster": make_cluster(), "owner": make_user()}
    return App.objects.create(**place, name="digits", priority="low", replicas=1, stopped=True)


def answer(live: LiveProcess, client: Client, **frame: Any) -> int:
    """200, the status of the refusal, or the code with which the socket was closed."""
    socket = live.open(client)
    if client.user is None:
        return socket.closed_with()
    socket.say(**frame)
    refused = [said for said in socket.all_until_pong() if said["is"] == "refused"]
    return refused[0]["problem"]["status"] if refused else 200
