"""The property that makes live pages right: what a page had, with the events since, is what a fresh read gives."""

from random import Random
from typing import Any

import orjson
import pytest
from django.db import transaction

from apps.core import live as kinds
from apps.core.outbox import publish
from apps.core.written import encoded
from apps.jobs.models import Job, JobPhase
from apps.monitoring.subscriptions import may_see
from apps.tenants.access import actor_of_user
from apps.tenants.models import Member, Project, Tenant
from tests.factories import make_member, make_project
from tests.live.conftest import Socket
from tests.monitoring.logs import make_job

FOLLOWED = {"tenant": Tenant, "project": Project, "member": Member, "job": Job}
ACTS = 60


class Page:
    """A page in small: documents by id, changed by events as the console does it."""

    def __init__(self, documents: dict[tuple[str, str], Any]) -> None:
        self.documents = documents

    def apply(self, event: dict[str, Any]) -> None:
        key = (event["kind"], event["object_id"])
        known = self.documents.get(key)
        if known and event["version"] <= known["version"]:
            return
        if event["op"] == "removed":
            self.documents.pop(key, None)
        else:
            self.documents[key] = event["object"]


def fresh(actor, tenant) -> dict[tuple[str, str], Any]:
    """Everything that the actor may see in the tenant, as it is now."""
    found = {}
    for kind, model in FOLLOWED.items():
        rows = model.objects.filter(pk=tenant.pk) if model is Tenant else model.objects.filter(tenant=tenant)
        visible = [row.pk for row in rows if may_see(actor, kind, tenant.pk, row.live_project_id)]
        for pk, document in kinds.renderer(kind)(visible).items():
            found[kind, str(pk)] = plain(document)
    return found


def plain(document: Any) -> Any:
    """The document as it looks after a journey."""
    return orjson.loads(encoded(document))


class World:
    """One tenant, changed at random, each change with its event, as services do it."""

    def __init__(self, random: Random, tenant: Tenant) -> None:
        self.random, self.tenant = random, tenant

    def act(self) -> None:
        with transaction.atomic():
            acts = [self.add_project, self.rename, self.add_member, self.drop_member, self.add_job, self.move_job]
            self.random.choice(acts)()

    def add_project(self) -> None:
        publish(op="added", subject=make_project(self.tenant))

    def rename(self) -> None:
        subject = self.random.choice([self.tenant, *self.tenant.projects.all()])
        type(subject).objects.filter(pk=subject.pk).update(name=f"Name {self.random.random()}")
        publish(op="changed", subject=subject)

    def add_member(self) -> None:
        project = self.random.choice([None, *self.tenant.projects.all()])
        publish(op="added", subject=make_member("viewer", tenant=self.tenant, project=project))

    def drop_member(self) -> None:
        if member := self.tenant.members.filter(role="viewer").exclude(user__email__startswith="reader").first():
            publish(op="removed", subject=member)
            member.delete()

    def add_job(self) -> None:
        publish(op="added", subject=make_job(self.random.choice(self.tenant.projects.all())))

    def move_job(self) -> None:
        if jobs := list(Job.objects.filter(tenant=self.tenant).order_by("pk")):
            job = self.random.choice(jobs)
            Job.objects.filter(pk=job.pk).update(phase=self.random.choice(JobPhase.values), message="moved")
            publish(op="changed", subject=job)


def read_until(socket: Socket, page: Page) -> None:
    for frame in socket.all_until_pong():
        assert frame["is"] in ("event", "subscribed"), frame
        if frame["is"] == "event":
            page.apply(frame)


def publish_last(project: Project) -> None:
    """A change that everybody here sees; what comes before it in the stream has been seen with it."""
    with transaction.atomic():
        publish(op="changed", subject=project)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("on", ["tenant", "project"])
def test_old_state_and_events_are_the_fresh_state(live, as_role, relay, relayed, seed, on):
    client, project = as_role("viewer", on=on)
    client.user.email = f"reader-{client.user.email}"
    client.user.save()
    actor = actor_of_user(client.user)
    random = Random(seed)  # noqa: S311 (the same acts for the same seed)
    world = World(random, project.tenant)
    for _ in range(10):
        world.act()
    relayed()
    socket = live.open(client)
    socket.say(do="subscribe", id="s", tenant=project.tenant_id, kinds=list(FOLLOWED))
    at = socket.until("subscribed")["at"]
    page = Page(fresh(actor, project.tenant))
    begun_with = len(page.documents)

    for _ in range(ACTS):
        world.act()
        match random.randrange(6):
            case 0:
                relay.move_events()
            case 1:
                read_until(socket, page)
            case 2:
                # The socket breaks; the page comes back with the last seq that it saw.
                socket.connection.close()
                seen = [frame for frame in socket.seen if frame["is"] == "event"]
                at = {name: seen[-1][name] for name in ("epoch", "seq")} if seen else at
                socket = live.open(client)
                socket.say(do="subscribe", id="s", tenant=project.tenant_id, kinds=list(FOLLOWED), after=at)
    publish_last(project)
    relayed()
    while page.documents["project", str(project.pk)]["version"] < project.version:
        read_until(socket, page)

    assert page.documents == fresh(actor, project.tenant)
    assert begun_with
