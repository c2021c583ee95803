import pytest
from django.db import transaction
from django.utils import timezone

from apps.core.ids import new_id
from apps.core.notifications import notify
from apps.core.outbox import publish
from apps.monitoring import streams
from apps.monitoring.services import deliver_notifications, inboxes_of
from tests.factories import make_member, make_project, make_tenant, make_user
from tests.live.conftest import Socket

KINDS = ["tenant", "project", "member", "job"]


def change(*subjects, op="changed"):
    with transaction.atomic():
        for subject in subjects:
            publish(op=op, subject=subject)


def subscribe(socket: Socket, tenant, *, after=None, projects=None, kinds=KINDS, id_="s") -> dict:
    socket.say(do="subscribe", id=id_, tenant=getattr(tenant, "id", tenant), projects=projects, kinds=kinds, after=after)
    return socket.next()


def events(frames):
    return [(frame["kind"], frame["object_id"], frame["op"]) for frame in frames if frame["is"] == "event"]


class TestSubscribe:
    def test_a_member_sees_what_changes(self, live, as_role, relayed):
        client, project = as_role("viewer")
        socket = live.open(client)
        assert subscribe(socket, project.tenant)["is"] == "subscribed"

        change(project)
        relayed()
        event = socket.until("event")

        assert (event["kind"], event["object_id"], event["op"]) == ("project", str(project.id), "changed")
        assert (event["version"], event["object"]["version"]) == (2, 2)
        assert event["project_id"] == str(project.id)
        assert "can" not in event["object"]

    def test_many_changes_of_one_object_are_one_event(self, live, as_role, relayed):
        client, project = as_role("viewer")
        socket = live.open(client)
        subscribe(socket, project.tenant)

        for _ in range(5):
            change(project)
        relayed()

        assert socket.until("event")["version"] == 6
        assert socket.all_until_pong() == []

    def test_seqs_are_continuous(self, live, as_role, relayed):
        client, project = as_role("viewer")
        socket = live.open(client)
        subscribe(socket, project.tenant)

        seqs = []
        for _ in range(3):
            change(project)
            relayed()
            seqs.append(socket.until("event")["seq"])

        assert seqs == [seqs[0], seqs[0] + 1, seqs[0] + 2]

    def test_only_kinds_and_projects_that_were_asked_for_come(self, live, as_role, relayed):
        client, project = as_role("viewer")
        other = make_project(project.tenant)
        socket = live.open(client)
        subscribe(socket, project.tenant, kinds=["project"], projects=[project.id])

        change(other, project.tenant, project)
        relayed()

        assert events([socket.until("event")]) == [("project", str(project.id), "changed")]
        assert socket.all_until_pong() == []

    def test_what_is_gone_is_told_without_its_content(self, live, as_role, relayed):
        client, project = as_role("viewer")
        gone = make_project(project.tenant)
        socket = live.open(client)
        subscribe(socket, project.tenant)

        with transaction.atomic():
            publish(op="removed", subject=gone)
            gone.delete()
        relayed()

        event = socket.until("event")
        assert (event["op"], event["object"], event["version"]) == ("removed", None, 2)

    def test_unsubscribe_ends_it(self, live, as_role, relayed):
        client, project = as_role("viewer")
        socket = live.open(client)
        subscribe(socket, project.tenant)

        socket.say(do="unsubscribe", id="s")
        socket.all_until_pong()
        witness = live.open(client)
        subscribe(witness, project.tenant)
        change(project)
        relayed()

        witness.until("event")
        assert socket.all_until_pong() == []

    @pytest.mark.parametrize(
        ("frame", "pointer"),
        [
            ({"do": "subscribe", "id": "s", "tenant": "x", "kinds": ["job"]}, "/tenant"),
            ({"do": "subscribe", "id": "s", "tenant": str(new_id()), "kinds": ["rumour"]}, "/kinds"),
            ({"do": "subscribe", "id": "s", "tenant": str(new_id()), "kinds": []}, "/kinds"),
            ({"do": "dance", "id": "s"}, ""),
            ({"do": "ping", "extra": 1}, "/extra"),
        ],
    )
    def test_what_is_not_understood_is_refused_with_the_reason(self, live, as_role, frame, pointer):
        client, _ = as_role("viewer")
        socket = live.open(client)

        socket.say(**frame)

        refused = socket.next()
        assert (refused["is"], refused["id"]) == ("refused", frame.get("id"))
        assert pointer in [error["pointer"] for error in refused["problem"]["errors"]]

    def test_what_is_no_json_is_refused_and_the_socket_lives_on(self, live, as_role):
        client, _ = as_role("viewer")
        socket = live.open(client)

        socket.connection.send("{")
        assert socket.next()["is"] == "refused"
        socket.say(do="ping")
        assert socket.next()["is"] == "pong"


class TestResume:
    def test_a_client_that_comes_back_gets_what_it_missed_once_and_in_order(self, live, as_role, relayed):
        client, project = as_role("viewer")
        others = [make_project(project.tenant) for _ in range(20)]
        socket = live.open(client)
        at = subscribe(socket, project.tenant)["at"]
        change(project)
        relayed()
        seen = socket.until("event")
        socket.connection.close()
        for other in others:
            change(other)
            relayed()

        socket = live.open(client)
        again = subscribe(socket, project.tenant, after={"epoch": seen["epoch"], "seq": seen["seq"]})
        came = [socket.until("event")["object_id"] for _ in others]

        assert again["at"] == {"epoch": seen["epoch"], "seq": seen["seq"]}
        assert came == [str(other.id) for other in others]
        assert socket.all_until_pong() == []
        assert at["seq"] < seen["seq"]

    @pytest.mark.parametrize("after", [{"epoch": "other", "seq": 5}, {"epoch": "", "seq": 0}])
    def test_a_client_of_another_epoch_is_told_that_it_lost_track(self, live, as_role, relayed, after):
        client, project = as_role("viewer")
        change(project)
        relayed()
        socket = live.open(client)

        assert subscribe(socket, project.tenant, after=after)["is"] == "subscribed"
        assert socket.next()["is"] == "lost"

    def test_a_seq_of_the_future_or_of_the_forgotten_past_is_lost(self, live, as_role, monkeypatch):
        monkeypatch.setattr(streams, "EVENTS_KEPT", 1)
        client, project = as_role("viewer")
        streams.add_events(
            streams.events_key(project.tenant_id),
            [streams.Event("project", project.id, project.id, 1, "changed", None) for _ in range(300)],
        )
        socket = live.open(client)
        at = subscribe(socket, project.tenant)["at"]

        for seq in (at["seq"] + 1, at["seq"] - 250):
            subscribe(socket, project.tenant, after={**at, "seq": seq})
            assert socket.next()["is"] == "lost"

    def test_when_redis_forgets_open_sockets_are_told_and_go_on(self, live, as_role, relayed):
        client, project = as_role("viewer")
        socket = live.open(client)
        subscribe(socket, project.tenant)
        change(project)
        relayed()
        before = socket.until("event")

        streams.store().delete(
            streams.events_key(project.tenant_id), streams.head_key(streams.events_key(project.tenant_id))
        )
        change(project)
        relayed()

        lost = socket.until("lost")
        after = socket.until("event")
        assert lost["at"]["epoch"] == after["epoch"] != before["epoch"]
        assert (after["seq"], after["version"]) == (lost["at"]["seq"] + 1, 3)


class TestSlowViewer:
    def test_is_told_that_it_lost_track_and_holds_up_nobody(self, live, as_role):
        client, project = as_role("viewer")
        slow, quick = live.open(client, queue=4), live.open(client)
        subscribe(slow, project.tenant)
        subscribe(quick, project.tenant)
        large = {"id": str(project.id), "version": 2, "description": "x" * 60_000}

        for _ in range(40):
            events_ = [streams.Event("project", project.id, project.id, 2, "changed", large) for _ in range(10)]
            last = streams.add_events(streams.events_key(project.tenant_id), events_).seq
            while quick.until("event")["seq"] < last:
                pass
        lost = slow.until("lost")

        assert len([frame for frame in quick.seen if frame["is"] == "event"]) == 400
        streams.add_events(
            streams.events_key(project.tenant_id), [streams.Event("project", project.id, project.id, 3, "changed", None)]
        )
        while (event := slow.until("event"))["version"] < 3:
            pass
        assert event["seq"] == last + 1
        assert lost["at"]["epoch"] == event["epoch"]


class TestForeignTenant:
    def test_gets_nothing_of_another(self, live, as_role, relayed):
        theirs, project = as_role("other-tenant-owner")
        own = make_member("owner", user=theirs.user, tenant=make_tenant())
        socket = live.open(theirs)
        assert subscribe(socket, own.tenant, projects=[project.id])["is"] == "subscribed"

        insider, _ = as_role("owner", project=project)
        witness = live.open(insider)
        subscribe(witness, project.tenant)
        change(project, project.tenant)
        change(own.tenant)
        relayed()

        assert len([witness.until("event"), witness.until("event")]) == 2
        assert events([socket.until("event")]) == [("tenant", str(own.tenant_id), "changed")]
        assert socket.all_until_pong() == []

    @pytest.mark.parametrize("asked", ["theirs", "guessed", "platform"])
    def test_cannot_tell_another_tenant_from_none(self, live, as_role, asked):
        client, project = as_role("other-tenant-owner")
        socket = live.open(client)

        refused = subscribe(socket, {"theirs": project.tenant_id, "guessed": new_id(), "platform": "platform"}[asked])

        assert refused["problem"]["type"] == "/problems/not-found"

    def test_a_role_on_one_project_shows_only_that(self, live, as_role, relayed):
        client, project = as_role("developer", on="project")
        other = make_project(project.tenant)
        member = make_member("viewer", tenant=project.tenant)
        socket = live.open(client)
        subscribe(socket, project.tenant)

        change(other, member, project.tenant, project)
        relayed()

        assert events([socket.until("event"), socket.until("event")]) == [
            ("tenant", str(project.tenant_id), "changed"),
            ("project", str(project.id), "changed"),
        ]
        assert socket.all_until_pong() == []

    def test_platform_roles_see_the_platform_and_every_tenant(self, live, as_role, relayed):
        client, project = as_role("auditor")
        member = make_member("operator", user=make_user())
        socket = live.open(client)
        subscribe(socket, "platform", id_="p")
        subscribe(socket, project.tenant, id_="t")

        change(member, project)
        relayed()

        assert sorted(events([socket.until("event"), socket.until("event")])) == [
            ("member", str(member.id), "changed"),
            ("project", str(project.id), "changed"),
        ]


class TestOwnStream:
    """What concerns one user in all their tenants: `tenant: me`."""

    def test_its_user_hears_of_their_notifications_and_nobody_else(self, live, as_role, relayed):
        client, project = as_role("viewer")
        other, _ = as_role("platform-admin")
        sockets = {"mine": live.open(client), "theirs": live.open(other)}
        for socket in sockets.values():
            socket.say(do="subscribe", id="me", tenant="me", kinds=["inbox", "job"])
            socket.until("subscribed")

        with transaction.atomic():
            about = {"object_kind": "tenant", "object_id": project.tenant_id, "path": "/", "name": "Aurora"}
            notify("tenant.suspended", tenant_id=project.tenant_id, **about)
        deliver_notifications(now=timezone.now())
        relayed()

        event = sockets["mine"].until("event")
        assert (event["kind"], event["op"], event["object"]["version"]) == ("inbox", "changed", event["version"])
        assert not [frame for frame in sockets["theirs"].all_until_pong() if frame["is"] == "event"]

    def test_it_resumes_like_any_other(self, live, as_role, relayed):
        client, _ = as_role("viewer")
        socket = live.open(client)
        socket.say(do="subscribe", id="me", tenant="me", kinds=["inbox"])
        socket.until("subscribed")
        for _ in range(2):
            with transaction.atomic():
                publish(op="changed", subject=inboxes_of([client.user.pk])[client.user.pk])
            relayed()
        first = socket.until("event")

        later = live.open(client)
        after = {"epoch": first["epoch"], "seq": first["seq"]}
        later.say(do="subscribe", id="me", tenant="me", kinds=["inbox"], after=after)

        assert later.until("subscribed")["is"] == "subscribed"
        assert later.until("event")["version"] == 3

    def test_nothing_of_a_user_is_in_the_stream_of_a_tenant(self, live, as_role, relayed):
        client, project = as_role("owner")
        socket = live.open(client)
        socket.say(do="subscribe", id="x", tenant=project.tenant_id, kinds=["inbox"])
        socket.until("subscribed")
        with transaction.atomic():
            publish(op="changed", subject=inboxes_of([client.user.pk])[client.user.pk])
        relayed()

        assert not [frame for frame in socket.all_until_pong() if frame["is"] == "event"]
