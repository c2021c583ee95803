"""Apps that really run: processes, their probes, and requests through what stands before them."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from apps.inference import services
from apps.inference.models import App, AppReplica
from apps.monitoring.models import LogChunk
from apps.quotas import services as quotas
from apps.quotas.models import LedgerEntry, Workload
from celery_workers.local import replicas
from celery_workers.local.apps import directory_of
from celery_workers.local.serving import Serving
from celery_workers.tasks import inference as tasks
from tests.eventually import eventually
from tests.inference.conftest import Apps, kill

CALLERS, LEAST_REQUESTS = 4, 1000


class Load:
    """Callers that ask one thing after another and write down what they were answered, each over its own connection."""

    def __init__(self, address: str) -> None:
        self._address, self._stop = address, threading.Event()
        self.answers: Counter[tuple[int, str]] = Counter()
        self.failures: list[str] = []
        self._pool = ThreadPoolExecutor(CALLERS)

    def __enter__(self) -> "Load":
        for _ in range(CALLERS):
            self._pool.submit(self._call)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._pool.shutdown()

    @property
    def count(self) -> int:
        return sum(self.answers.values())

    def _call(self) -> None:
        with httpx.Client(trust_env=False, timeout=30) as client:
            while not self._stop.is_set():
                try:
                    echo = client.post(f"{self._address}/echo", content=b"x")
                    hello = client.get(f"{self._address}/hello")
                    self.answers[echo.status_code, echo.text] += 1
                    self.answers[hello.status_code, hello.text.partition("/")[0]] += 1
                except httpx.HTTPError as error:
                    self.failures.append(repr(error))


class Meanwhile(threading.Event):
    """Lets something happen in the middle of a step, when that asks whether to go on."""

    def __init__(self, happen: Callable[[], None]) -> None:
        super().__init__()
        self._happen = happen

    def is_set(self) -> bool:
        self._happen()
        return False


@pytest.mark.django_db
class TestServing:
    def test_an_app_answers_at_its_address_when_it_answers_its_probe_and_holds_its_quota(self, apps: Apps):
        app = apps.deploy(replicas=2, greeting="ahoy")
        before = httpx.get(apps.address(app))
        apps.until(app, "ready")

        cookies = {"hanse_session": "a secret of the portal"}
        answer = httpx.get(f"{apps.address(app)}/hello?name=ann", cookies=cookies)
        headers = httpx.get(f"{apps.address(app)}/headers", cookies=cookies).text

        assert before.status_code in (404, 503)
        assert answer.text.startswith("ahoy/hello?name=ann")
        assert "cookie" not in headers
        assert "x-forwarded-prefix" in headers
        assert "set-cookie" not in answer.headers
        assert "sandbox" in answer.headers["content-security-policy"]
        assert Workload.objects.filter(subject_kind="app-replica", state="admitted").count() == 2
        assert app.message == "All replicas are ready (2)."
        assert httpx.get(f"{apps.front.address}/nobody/nothing/").json()["type"] == "/problems/not-found"

    def test_while_nobody_can_say_who_may_call_nobody_may(self, apps: Apps):
        app = apps.until(apps.deploy(access="key"), "ready")

        refused = httpx.get(apps.address(app) + "/", headers={"Authorization": "Bearer hnk_whatever"}, timeout=30)
        services.change_app(actor=apps.actor, app=_locked(app), access="public")
        eventually(lambda: apps.work() or httpx.get(apps.address(app) + "/").status_code == 200, what="an open app")
        headers = httpx.get(apps.address(app) + "/headers", headers={"X-Hanse-Consumer": "somebody"}).text

        assert refused.status_code == 502
        assert "x-hanse-consumer" not in headers

    def test_a_killed_replica_is_replaced_and_what_it_printed_stays(self, apps: Apps):
        app = apps.until(apps.deploy(replicas=2), "ready")
        killed = apps.going(app)[0]
        kill(killed)
        apps.until(app, "ready", what=lambda _: killed.pk not in {one.pk for one in apps.going(app)})
        killed.refresh_from_db()

        assert killed.phase == "failed"
        assert killed.said == [{"code": "replica-killed", "arguments": {"signal": 9}}]
        assert [one.number for one in apps.going(app)] == [2, 3]
        assert not Workload.objects.filter(subject_id=killed.pk).exists()
        assert LedgerEntry.objects.filter(until=None).count() == 2
        eventually(lambda: apps.work() or LogChunk.objects.filter(subject_id=app.pk, rank=1).exists(), what="its log")

    def test_a_new_revision_takes_over_and_no_request_is_lost(self, apps: Apps):
        app = apps.until(apps.deploy(replicas=2, greeting="one"), "ready")
        with Load(apps.address(app)) as load:
            slow = _ask_slowly(f"{apps.address(app)}/slow?seconds=2")
            services.change_app(actor=apps.actor, app=_locked(app), spec=apps.spec(greeting="two"))
            apps.until(app, "ready", what=lambda app: app.serving_revision == 2 and len(apps.going(app)) == 2)
            eventually(lambda: apps.work() or load.count > LEAST_REQUESTS, within=60, what="enough requests")

        assert load.failures == []
        assert {status for status, _ in load.answers} == {200}
        assert {greeting for _, greeting in load.answers} == {"x", "one", "two"}
        assert slow.result().startswith("one/slow")

    def test_a_revision_that_does_not_come_up_leaves_the_old_one_serving_and_is_rolled_back(self, apps: Apps):
        app = apps.until(apps.deploy(greeting="one"), "ready")
        services.change_app(actor=apps.actor, app=_locked(app), spec=apps.spec(greeting="broken"))
        apps.until(app, "degraded")
        said, still = app.message, httpx.get(f"{apps.address(app)}/x").text
        services.roll_back(actor=apps.actor, app=app, revision=1)
        apps.until(app, "ready")

        assert said.startswith("Revision 2 does not stay up: 3 of its replicas have ended by themselves.")
        assert "exit code 7" in said
        assert "Revision 1 goes on serving." in said
        assert still.startswith("one/x")
        assert (app.revision, app.serving_revision) == (3, 3)

    def test_a_stopped_app_gives_its_quota_back_and_a_deleted_one_is_gone(self, apps: Apps):
        app = apps.until(apps.deploy(), "ready")
        services.stop_app(actor=apps.actor, app=app)
        apps.until(app, "stopped", what=lambda app: not apps.going(app))
        stopped = httpx.get(apps.address(app) + "/")
        held = Workload.objects.count()
        services.start_app(actor=apps.actor, app=app)
        apps.until(app, "ready")
        services.delete_app(actor=apps.actor, app=app)
        eventually(lambda: apps.work() or not App.objects.exists(), within=30, what="gone")

        assert stopped.status_code == 503
        assert held == 0
        assert not AppReplica.objects.exists()

    def test_of_a_probe_s_answer_only_the_status_is_read(self, apps: Apps):
        apps.until(apps.deploy(probe={"path": "/endless"}), "ready")

    def test_nobody_waits_for_the_probe_of_another(self, apps: Apps):
        app = apps.until(apps.deploy(), "ready")
        slow = apps.deploy(name="slow", probe={"path": "/slow?seconds=20", "timeout_seconds": 30})
        apps.until(slow, "deploying", what=lambda _: any(one.port for one in apps.going(slow)))
        began = time.monotonic()
        kill(apps.going(app)[0])
        apps.until(app, "ready", what=lambda _: [one.number for one in apps.going(app)] == [2])

        assert time.monotonic() - began < 20

    def test_one_that_is_stopped_before_it_had_a_process_gives_its_quota_back(self, apps: Apps):
        app = apps.deploy()
        tasks.reconcile(app_id=str(app.pk))
        quotas.admit(cluster_id=app.cluster_id)
        (replica,) = apps.going(app)
        services.stop_app(actor=apps.actor, app=app)
        apps.until(app, "stopped", what=lambda app: not apps.going(app))

        assert (replica.phase, replica.port) == ("starting", None)
        assert not Workload.objects.exists()

    def test_one_that_starts_while_others_are_looked_at_is_not_taken_for_left_over(self, apps: Apps):
        apps.until(apps.deploy(name="first"), "ready")
        second = apps.deploy(name="second")
        tasks.reconcile(app_id=str(second.pk))
        quotas.admit(cluster_id=second.cluster_id)

        Serving().step(Meanwhile(lambda: tasks.reconcile(app_id=str(second.pk))))

        (replica,) = apps.going(second)
        assert directory_of(replica) in replicas.opened(shelf=replicas.APPS)
        apps.until(second, "ready")
        assert [one.number for one in apps.going(second)] == [1]

    def test_one_that_waits_for_quota_says_so_and_starts_when_there_is_room(self, apps: Apps):
        first = apps.until(apps.deploy(name="first", cpu_millicores=6000), "ready")
        second = apps.deploy(name="second", cpu_millicores=6000)
        apps.until(second, "deploying", what=lambda app: "Waits for" in app.message)
        services.stop_app(actor=apps.actor, app=first)
        apps.until(second, "ready")


def _locked(app: App) -> App:
    return App.objects.select_related("project__tenant", "cluster", "owner").get(pk=app.pk)


def _ask_slowly(address: str) -> Any:
    return ThreadPoolExecutor(1).submit(lambda: httpx.get(address, timeout=30).text)
