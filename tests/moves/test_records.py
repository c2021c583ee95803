"""An operator brings records of moves, and is told how long the next one takes, and its machine stands still."""

import csv
import io

import numpy as np
import pytest
from django.db import connection

from apps.core.models import Operation
from apps.moves.models import Place, Record
from celery_workers.prediction.migrations import Move, Rates, physics
from celery_workers.tasks import moves as tasks

GIB = 2**30
HERE = Rates(orchestration=8.0, memory=4.0, tunnel=0.0, disk=0.0)


def records(count: int, *, stood: bool = True) -> list[dict[str, object]]:
    """What came of moves in a place twice as slow as usual, where machines stand still three times as long as simulated."""
    random = np.random.default_rng(7)
    found = []
    for at in range(count):
        move = Move(memory_gib=(4, 8, 16)[at % 3])
        parts, still, _ = physics(move, HERE)
        row = {"key": f"mig-{at}", "memory_bytes": int(move.memory_gib * GIB), "duration_seconds": sum(parts.values())}
        row["duration_seconds"] *= float(np.exp(random.normal(0, 0.02)))
        if stood:
            row["downtime_seconds"] = 3 * still * float(np.exp(random.normal(0, 0.1)))
        found.append(row)
    return found


def learned(client, rows: list[dict[str, object]], place: str = "zone-a"):
    """What the import was answered, after a worker has learned."""
    answer = client.post("/api/v1/move-records/", {"place": place, "records": rows}).json()
    tasks.learn(operation_id=answer["operation"]["id"])
    return answer


def estimate(client, **move) -> dict[str, object]:
    operation = client.post("/api/v1/move-estimates/", {"place": "zone-a", **move}).json()
    tasks.estimate(operation_id=operation["id"])
    return client.get(f"/api/v1/operations/{operation['id']}/").json()["result"]


class TestRecords:
    def test_until_there_are_enough_the_physics_speak_and_downtime_is_simulated(self, as_role):
        operator, _ = as_role("operator")

        answer = learned(operator, records(5))
        said = estimate(operator, memory_bytes="16Gi")

        assert (answer["added"], answer["changed"]) == (5, 0)
        assert said["moves"] == 0
        assert said["downtime_from"] == "simulated"
        assert said["downtime_low"] is None
        assert said["dominant"] == "memory"
        assert said["halved_by"] > 2

    def test_twenty_of_ones_own_are_learned_from_and_calibrate_the_downtime(self, as_role):
        operator, _ = as_role("operator")

        learned(operator, records(60))
        said = estimate(operator, memory_bytes="16Gi")

        expected, still, _ = physics(Move(memory_gib=16), HERE)
        assert said["seconds"] == pytest.approx(sum(expected.values()), rel=0.05)
        assert said["low"] < said["seconds"] < said["high"] < 1.2 * said["seconds"]
        assert said["downtime_from"] == "records"
        assert said["downtime_low"] < 3 * still < said["downtime_high"]
        (place,) = operator.get("/api/v1/move-places/").json()["results"]
        assert (place["moves"], place["downtimes"]) == (60, 60)
        assert place["error"] < 0.05
        assert place["error_beyond"] < 0.1

    def test_while_a_worker_learns_what_came_meanwhile_waits_and_is_learned_from_last(self, as_role):
        operator, _ = as_role("operator")
        answer = operator.post("/api/v1/move-records/", {"place": "zone-a", "records": records(20)}).json()
        operation_id = answer["operation"]["id"]
        other_worker = connection.copy()
        with other_worker.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [answer["place"]["id"]])
        try:
            tasks.learn(operation_id=operation_id)
            assert Operation.objects.get().state == "pending"
            assert Place.objects.get().moves == 0
        finally:
            # By itself: a connection that is closed lets go of it only once the server has noticed.
            with other_worker.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [answer["place"]["id"]])
            other_worker.close()

        tasks.learn(operation_id=operation_id)

        assert Operation.objects.get().state == "succeeded"
        assert Place.objects.get().moves == 20

    def test_what_was_made_up_teaches_nothing(self, as_role):
        operator, _ = as_role("operator")

        learned(operator, [{**row, "simulated": True} for row in records(60)])

        assert Place.objects.get().moves == 0

    def test_a_key_that_is_known_is_changed_and_a_record_can_be_forgotten(self, as_role):
        operator, _ = as_role("operator")
        learned(operator, records(20))

        again = learned(operator, [{**records(1)[0], "machine": "mail-1"}])
        (row,) = operator.get("/api/v1/move-records/?place=zone-a&limit=1&order=created").json()["results"]
        operator.delete(f"/api/v1/move-records/{row['id']}/")
        tasks.learn(operation_id=str(Operation.objects.latest("created_at").pk))

        assert (again["added"], again["changed"]) == (0, 1)
        assert row["machine"] == "mail-1"
        assert Place.objects.get().learned is None  # nineteen are left

    def test_comes_as_csv_too(self, as_role):
        operator, _ = as_role("operator")
        table = io.StringIO()
        writer = csv.DictWriter(table, ["key", "memory_bytes", "duration_seconds", "downtime_seconds"])
        writer.writeheader()
        writer.writerows([{**records(1)[0], "memory_bytes": "4Gi"}, {**records(2, stood=False)[1], "memory_bytes": "8Gi"}])

        answer = operator.post(
            "/api/v1/move-records/?place=zone-a", table.getvalue().encode(), content_type="text/csv; charset=utf-8"
        )

        assert answer.status_code == 201, answer.content
        assert list(Record.objects.order_by("id").values_list("memory_bytes", "downtime_seconds")) == [
            (4 * GIB, pytest.approx(records(1)[0]["downtime_seconds"])),
            (8 * GIB, None),
        ]

    def test_csv_that_names_a_field_twice_is_refused(self, as_role):
        operator, _ = as_role("operator")
        table = b"key,memory_bytes,duration_seconds,memory_bytes\nmig-1,4Gi,20,8Gi\n"

        answer = operator.post("/api/v1/move-records/?place=zone-a", table, content_type="text/csv")

        assert answer.status_code == 400
        assert "'memory_bytes' is there twice" in answer.json()["detail"]
        assert not Record.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "where"),
        [
            ({"duration_seconds": -1}, "duration_seconds"),
            ({"downtime_seconds": 9_000}, "downtime_seconds"),
            ({"memory_bytes": "a lot"}, "memory_bytes"),
            ({"memory_gb": 4}, "memory_gb"),
            ({"key": "mig-0"}, "/records"),
        ],
    )
    def test_one_wrong_record_refuses_all_by_its_name(self, as_role, wrong, where):
        operator, _ = as_role("operator")

        answer = operator.post(
            "/api/v1/move-records/", {"place": "zone-a", "records": [*records(1), {**records(2)[1], **wrong}]}
        )

        assert answer.status_code == 422
        assert where in answer.json()["errors"][0]["pointer"]
        assert not Record.objects.exists()
        assert not Place.objects.exists()

    def test_tenants_see_nothing_of_it(self, as_role):
        owner, _ = as_role("owner")

        assert owner.get("/api/v1/move-records/").status_code == 403
