"""What a kill costs where jobs run in a Kubernetes cluster: of the cluster's own processes, and of those of the portal.

`KILLED_JOBS=1000 pytest tests/stack/test_kills_beside_a_cluster.py` is the same with more of them.
"""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from kubernetes import client as official

from tests.stack.kills import kill
from tests.testbed.cluster.fixture import Kubernetes, cluster_running
from tests.testbed.cluster.nodes import MODELS
from tests.testbed.cluster.registration import register
from tests.testbed.stack import Portal, RunningStack, eventually

pytestmark = [pytest.mark.stack, pytest.mark.kubernetes]

JOBS, JOBS_A_SECOND, AT_ONCE = int(os.environ.get("KILLED_JOBS", "150")), 12, 6
NODES = 4
OURS, OF_THE_CLUSTER = ("watch", "worker"), ("kube-apiserver", "etcd")
ENDED = {"succeeded", "failed", "cancelled"}
LABEL = "hanse.dev/job"
# Where ledger and workloads differ; what is held; how often jobs ended other than once, or were tried other than once.
ACCOUNTS = """
from django.db.models import Count
from apps.jobs.models import Job, TimelineEntry
from apps.quotas.ledger import recount
from apps.quotas.models import LedgerEntry, Workload
ours = Job.objects.filter(name__startswith="{prefix}")
held = LedgerEntry.objects.filter(until=None).count(), Workload.objects.filter(state="admitted").count()
ends = TimelineEntry.objects.filter(phase__in=["succeeded", "failed", "cancelled"], job__in=ours)
counted = ends.values("job").annotate(times=Count("pk"))
tried = list(ours.exclude(attempt=1).values_list("name", "attempt", "reason"))
print(recount(), held, len(counted), [row for row in counted if row["times"] != 1], tried)
"""


class Lab:
    """A cluster in which the tenant of the demonstration has quota."""

    def __init__(self, stack: RunningStack, cluster: Kubernetes) -> None:
        self.stack, self.cluster, self.slug = stack, cluster, f"lab-{uuid4().hex[:6]}"
        self.admin, self.ann = stack.portal("admin"), stack.portal("ann")
        self.project = self.ann.project("vision")["id"]

    def equip(self) -> None:
        """Register it, and give the tenant all of its processors."""
        register(self.stack.stack, self.slug, self.cluster.kubeconfig)
        self.id = self._registered()["id"]
        flavors = f"/api/v1/clusters/{self.id}/flavors/"
        self.admin.post(flavors, {"name": "cpu", "kind": "cpu"})
        eventually(lambda: len(self.admin.get(f"/api/v1/clusters/{self.id}/nodes/")["results"]) == NODES)
        tenant = next(one["slug"] for one in self.ann.get("/api/v1/me/")["tenants"] if one["projects"])
        whole = {"cpu": MODELS["cpu"].cpu * NODES * 1000, "memory": MODELS["cpu"].memory_gib * NODES * 2**30}
        lines = [{"flavor": "cpu", "resource": resource, "nominal": amount} for resource, amount in whole.items()]
        self.admin.post("/api/v1/quotas/", {"tenant": tenant, "cluster": self.slug, "lines": lines})

    def let_admit(self, admission: str) -> None:
        """Let the portal or Kueue decide what starts."""
        path = f"/api/v1/clusters/{self.id}/admission/"
        headers = {"X-CSRFToken": self.admin.http.cookies.get("hanse_csrf", ""), "If-Match": "*"}
        eventually(lambda: "kueue" in self._registered()["capabilities"])
        answer = self.admin.http.patch(path, json={"admission": admission}, headers=headers)
        assert answer.is_success, answer.text

    def kill(self, process: str) -> None:
        """At once, and return when there is a new one."""
        if process in OURS:
            kill(self.stack, process)
            eventually(lambda: self.stack.stack.pid(process))
        else:
            killed = eventually(lambda: self.cluster.pid(process))
            os.kill(killed, signal.SIGKILL)
            eventually(lambda: self.cluster.pid(process) not in (0, killed))
            # A Kueue that finds no API server when it starts hangs until a probe, which nobody makes here, ends it.
            eventually(self.cluster.answers)
            self.cluster.until_operators_are_ready()

    def _registered(self) -> Any:
        found = self.admin.get("/api/v1/clusters/", limit=200)["results"]
        return next(one for one in found if one["slug"] == self.slug)


@pytest.fixture(scope="module")
def lab(running_stack: RunningStack) -> Iterator[Lab]:
    with cluster_running() as cluster:
        cluster.add_nodes("cpu", NODES)
        lab = Lab(running_stack, cluster)
        lab.equip()
        yield lab


class Load:
    """Submits jobs at a steady rate; what is not answered is asked again with the same key.

    Every third is a gang of two, every fifth an operator's, every seventh fails.
    """

    def __init__(self, lab: Lab) -> None:
        self._lab, self._path = lab, f"/api/v1/projects/{lab.project}/jobs/"
        self.prefix = f"kill-{uuid4().hex[:8]}"
        self.accepted: dict[int, str] = {}
        self._numbers = iter(range(JOBS))
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(AT_ONCE)]

    def start(self) -> None:
        self._began = time.monotonic()
        for thread in self._threads:
            thread.start()

    def has_accepted(self, count: int) -> None:
        eventually(lambda: len(self.accepted) >= count, seconds=120, every=0.02)

    def join(self) -> None:
        for thread in self._threads:
            thread.join(180)
        assert len(set(self.accepted.values())) == JOBS

    def end_of(self, number: int) -> str:
        return "failed" if number % 7 == 3 else "succeeded"

    def pods_of(self, number: int) -> int:
        return 2 if number % 3 == 1 else 1

    def is_operated(self, number: int) -> bool:
        return number % 5 == 2

    def _run(self) -> None:
        for number in self._numbers:
            time.sleep(max(0.0, self._began + number / JOBS_A_SECOND - time.monotonic()))
            self.accepted[number] = eventually(self._once(number), every=0.3)

    def _once(self, number: int) -> Callable[[], str | None]:
        name = f"{self.prefix}-{number}"
        code = "3" if self.end_of(number) == "failed" else "0"
        role = {
            "replicas": self.pods_of(number),
            "command": ["train"],
            "image": "registry.example.org/train:3",
            "env": {"TESTBED_RUN_FOR": "3s", "TESTBED_EXIT_CODE": code},
            "cpu_millicores": 100,
            "memory_bytes": "64Mi",
        }
        kind = {"kind": "PyTorchJob", "framework": "pytorch"} if self.is_operated(number) else {}
        job = {"name": name, "cluster": self._lab.slug, "fault_policy": {"restart": "never"}, "roles": [role], **kind}

        def submit() -> str | None:
            try:
                answer = self._lab.ann.try_post(self._path, job, key=name)
            except httpx.HTTPError:
                return None
            assert answer.status_code == 201 or answer.status_code >= 500, answer.text
            return str(answer.json()["id"]) if answer.status_code == 201 else None

        return submit


BESIDE_KUEUE = pytest.mark.skipif(
    "KILLED_JOBS" not in os.environ, reason="has not been seen to end well yet: KILLED_JOBS=150 runs it, for some minutes"
)


@pytest.mark.parametrize("admission", ["portal", pytest.param("kueue", marks=BESIDE_KUEUE)])
class TestKillsBesideACluster:
    def test_lose_and_double_nothing(self, lab: Lab, running_stack: RunningStack, admission: str):
        lab.let_admit(admission)
        victims = (*OURS, *OF_THE_CLUSTER, *(("kueue",) if admission == "kueue" else ()))
        chance = random.Random(admission)  # noqa: S311 - the same moments each time
        load = Load(lab)

        load.start()
        moments = sorted(chance.sample(range(5, JOBS - 5), 2 * len(victims)))
        struck = chance.sample(victims, len(victims)) + chance.sample(victims, len(victims))
        for victim, accepted in zip(struck, moments, strict=True):
            load.has_accepted(accepted)
            lab.kill(victim)
        load.join()

        wanted = {load.accepted[number]: load.end_of(number) for number in range(JOBS)}
        assert eventually(lambda: ends(lab.ann, lab.project, load.prefix), seconds=180, every=1) == wanted
        asked = ACCOUNTS.replace("{prefix}", load.prefix)
        assert eventually(lambda: running_stack.ask(asked) == f"[] (0, 0) {JOBS} [] []", seconds=60, every=1)
        with lab.cluster.admin() as api:
            pods = of_jobs(official.CoreV1Api(api).list_pod_for_all_namespaces(label_selector=LABEL).to_dict()["items"])
            operated = of_jobs(objects(api, "kubeflow.org", "v1", "pytorchjobs"))
            asked_of_kueue = Counter(
                one["metadata"]["labels"]["hanse.dev/workload"]
                for one in objects(api, "kueue.x-k8s.io", "v1beta2", "workloads")
                if "hanse.dev/workload" in one["metadata"].get("labels", {})
            )
        mine = set(load.accepted.values())
        assert {job: count for job, count in pods.items() if job in mine} == {
            load.accepted[number]: load.pods_of(number) for number in range(JOBS)
        }
        assert {job: count for job, count in operated.items() if job in mine} == {
            load.accepted[number]: 1 for number in range(JOBS) if load.is_operated(number)
        }
        assert sorted(asked_of_kueue.values()) == ([1] * JOBS if admission == "kueue" else [])


def ends(portal: Portal, project: str, prefix: str) -> dict[str, str] | None:
    """The phase of every job, once all have ended."""
    found: dict[str, str] = {}
    cursor: dict[str, str] = {}
    while True:
        page = portal.get(f"/api/v1/projects/{project}/jobs/", q=prefix, limit=200, **cursor)
        found |= {job["id"]: job["phase"] for job in page["results"]}
        if not page["next"]:
            return found if set(found.values()) <= ENDED else None
        cursor = {"cursor": page["next"]}


def objects(api: official.ApiClient, group: str, version: str, plural: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = official.CustomObjectsApi(api).list_cluster_custom_object(
        group, version, plural, label_selector="app.kubernetes.io/managed-by=hanse"
    )["items"]
    return found


def of_jobs(found: list[dict[str, Any]]) -> Counter[str]:
    """How many there are of each job."""
    return Counter(one["metadata"]["labels"][LABEL] for one in found if LABEL in (one["metadata"]["labels"] or {}))
