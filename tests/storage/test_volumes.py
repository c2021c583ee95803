"""Volumes of a project: what may be asked for, by whom, and how much of it."""

import threading

import pytest
from django.db import connection

from apps.audit.models import AuditEntry
from apps.clusters.models import Cluster
from apps.core.errors import Problem
from apps.storage import volumes
from apps.storage.models import Volume, VolumeLimit
from apps.tenants.access import actor_of_user
from tests.factories import GIB, equip, make_flavor, make_kubernetes, make_quota, make_user, make_volume

FAST = {
    "name": "fast",
    "provisioner": "csi.example.org",
    "default": True,
    "expandable": True,
    "reclaim_policy": "Delete",
    "waits": True,
}
FIXED = {**FAST, "name": "fixed", "default": False, "expandable": False}


@pytest.fixture
def admin(as_role):
    client, project = as_role("admin", equipped=True)
    client.project = project
    client.cluster = Cluster.objects.get()
    return client


@pytest.fixture
def lab(admin) -> Cluster:
    """A cluster with classes of storage in which the project's tenant has quota."""
    cluster = make_kubernetes("lab", storage_classes=[FAST, FIXED])
    make_quota(admin.project.tenant, cluster, {make_flavor(cluster, "lab-cpu"): {"cpu": 8000}})
    return cluster


def address(project, rest: str = "") -> str:
    return f"/api/v1/projects/{project.pk}/volumes/{rest}"


def asked(client, **fields):
    body = {"name": "scratch", "cluster": client.cluster.slug, "size_bytes": GIB, **fields}
    return client.post(address(client.project), body)


def limit(project, **limits: int | None) -> None:
    VolumeLimit.objects.update_or_create(tenant=project.tenant, defaults=limits)


class TestAVolume:
    def test_is_asked_for_listed_and_written_into_the_trail(self, admin):
        made = asked(admin)

        assert made.status_code == 201, made.json()
        shown = admin.get(made["Location"]).json()
        assert (shown["phase"], shown["size_bytes"], shown["mounted_by"]) == ("pending", GIB, [])
        assert (shown["capacity_bytes"], shown["used_bytes"], shown["size_enforced"]) == (None, None, None)
        (listed,) = admin.get(address(admin.project)).json()["results"]
        assert (listed["name"], listed["cluster"]) == ("scratch", admin.cluster.slug)
        assert AuditEntry.objects.filter(action="volume.create").count() == 1

    def test_has_a_name_of_its_own_in_the_project(self, admin):
        asked(admin)

        again = asked(admin)

        assert (again.status_code, again.json()["type"]) == (409, "/problems/name-taken")

    @pytest.mark.parametrize(
        ("wrong", "pointer"),
        [
            ({"cluster": "elsewhere"}, "/cluster"),
            ({"storage_class": "fast"}, "/storage_class"),
            ({"access_mode": "WriteOnly"}, "/access_mode"),
            ({"reclaim_policy": "Recycle"}, "/reclaim_policy"),
            ({"size_bytes": 7}, "/size_bytes"),
            ({"name": "Not_A_Label"}, "/name"),
        ],
    )
    def test_that_cannot_be_is_refused_by_the_field_that_is_wrong(self, admin, wrong, pointer):
        answer = asked(admin, **wrong)

        assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, [pointer])
        assert not Volume.objects.exists()

    def test_lies_in_no_cluster_where_its_tenant_has_no_quota(self, admin):
        theirs = make_kubernetes("theirs", storage_classes=[FAST])

        answer = asked(admin, cluster=theirs.slug)

        assert answer.json()["errors"][0]["pointer"] == "/cluster"

    def test_takes_the_clusters_own_class_when_none_is_named(self, admin, lab):
        assert asked(admin, cluster="lab").json()["storage_class"] == "fast"
        assert asked(admin, cluster="lab", name="other", storage_class="fixed").json()["storage_class"] == "fixed"

    def test_is_refused_a_class_that_the_cluster_has_not_and_told_which_it_has(self, admin, lab):
        (wrong,) = asked(admin, cluster="lab", storage_class="slow").json()["errors"]

        assert wrong == {"pointer": "/storage_class", "detail": "lab has no storage class slow; it has: fast, fixed."}

    def test_grows_where_its_class_lets_it_and_never_shrinks_in_a_cluster(self, admin, lab):
        place = asked(admin, cluster="lab")["Location"]
        Volume.objects.update(phase="bound")

        assert admin.change("patch", place, {"size_bytes": 2 * GIB}).json()["size_bytes"] == 2 * GIB
        shrunk = admin.change("patch", place, {"size_bytes": GIB})

        assert (shrunk.status_code, shrunk.json()["errors"][0]["pointer"]) == (422, "/size_bytes")

    def test_of_a_class_that_does_not_let_it_stays_as_it_was_made(self, admin, lab):
        place = asked(admin, cluster="lab", storage_class="fixed")["Location"]

        answer = admin.change("patch", place, {"size_bytes": 2 * GIB})

        assert answer.json()["errors"][0]["detail"] == "Volumes of the class fixed keep the size that they were made with."

    def test_of_a_machine_is_not_made_smaller_than_what_it_holds(self, admin):
        place = asked(admin)["Location"]
        Volume.objects.update(used_bytes=2**29)

        assert admin.change("patch", place, {"size_bytes": 2**28}).status_code == 422
        assert admin.change("patch", place, {"size_bytes": 2**29}).status_code == 200

    def test_that_is_to_go_says_so_until_it_is_gone(self, admin):
        place = asked(admin)["Location"]

        answer = admin.change("delete", place)

        assert (answer.status_code, answer.json()["phase"]) == (202, "deleting")
        assert admin.change("patch", place, {"size_bytes": 2 * GIB}).status_code == 409

    def test_is_nobody_elses(self, admin, as_role):
        place = asked(admin)["Location"]
        stranger, _ = as_role("other-tenant-owner")

        assert stranger.get(place).status_code == 404

    def test_may_lie_where_the_places_say(self, admin, lab):
        told = admin.get(f"/api/v1/projects/{admin.project.pk}/volume-places/").json()

        places = {place["cluster"]: [one["name"] for one in place["storage_classes"]] for place in told["places"]}
        assert places == {admin.cluster.slug: [], "lab": ["fast", "fixed"]}
        assert told["limit"] == {"most_bytes": None, "most_volumes": None, "size_bytes": 0, "volumes": 0, "generation": 1}


class TestTheLimitOfATenant:
    def test_is_set_by_the_platform_and_seen_by_the_tenant(self, admin, as_role):
        asked(admin)
        platform, _ = as_role("platform-admin", project=admin.project)
        place = f"/api/v1/tenants/{admin.project.tenant_id}/volume-limit/"

        answer = platform.change("put", place, {"most_bytes": 3 * GIB, "most_volumes": 2})

        assert answer.status_code == 200, answer.json()
        told = {"most_bytes": 3 * GIB, "most_volumes": 2, "size_bytes": GIB, "volumes": 1, "generation": 2}
        assert admin.get(place).json() == told

    def test_keeps_out_what_would_exceed_it(self, admin):
        limit(admin.project, most_bytes=2 * GIB, most_volumes=2)

        assert asked(admin, size_bytes=3 * GIB).json()["type"] == "/problems/volume-limit-reached"
        place = asked(admin)["Location"]
        assert admin.change("patch", place, {"size_bytes": 3 * GIB}).status_code == 409
        assert asked(admin, name="second").status_code == 201
        assert asked(admin, name="third", size_bytes=2**20).status_code == 409
        assert Volume.objects.count() == 2

    @pytest.mark.django_db(transaction=True)
    def test_holds_for_many_who_ask_at_once(self, as_role):
        _, project = as_role("admin")
        equip(project.tenant)
        limit(project, most_volumes=3)
        actor, answers = actor_of_user(make_user()), []

        def ask(number: int) -> None:
            try:
                volumes.create_volume(
                    actor=actor,
                    project=project,
                    name=f"volume-{number}",
                    cluster=project.tenant.quotas.get().cluster.slug,
                    size_bytes=GIB,
                )
                answers.append("made")
            except Problem as problem:
                answers.append(problem.code)
            finally:
                connection.close()

        asking = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()

        assert sorted(answers) == ["made"] * 3 + ["volume-limit-reached"] * 5

    def test_of_one_tenant_is_not_anothers(self, admin, as_role):
        limit(admin.project, most_volumes=0)
        _, other = as_role("admin", equipped=True)

        assert make_volume(other).pk
