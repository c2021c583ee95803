"""A harbour with two tenants in one cohort, and a subject that remembers what it was told."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from apps.clusters.models import Cluster, Flavor, FlavorKind
from apps.core.ids import new_id
from apps.core.registries import workload_subjects
from apps.quotas import services
from apps.quotas.models import Cohort, Workload
from apps.quotas.services import DeviceNeed, PodRequest
from apps.tenants.access import actor_of_user
from apps.tenants.actor import Actor
from apps.tenants.models import Project
from tests.factories import (
    GIB,
    make_cluster,
    make_cohort,
    make_flavor,
    make_member,
    make_node,
    make_priorities,
    make_project,
    make_quota,
    make_tenant,
    make_user,
)


@dataclass
class Subjects:
    """What quotas told of workloads of the kind "experiment"."""

    told: list[tuple[Any, ...]] = field(default_factory=list)

    def admitted(self, workload: Workload) -> None:
        self.told.append(("admitted", workload.subject_name))

    def evicted(self, workload: Workload, *, reason: str, message: str, said: list[Any]) -> None:
        self.told.append(("evicted", workload.subject_name, reason))

    def may_grow(self, workload: Workload) -> bool:
        return True

    def grown(self, workload: Workload) -> None:
        self.told.append(("grown", workload.subject_name, dict(workload.admitted_counts)))

    def shrinking(self, workload: Workload, *, message: str) -> None:
        self.told.append(("shrinking", workload.subject_name, dict(workload.shrinking_to["counts"])))

    def path(self, workload: Workload) -> str:
        return f"/{workload.subject_kind}/{workload.subject_id}"

    def waiting(self, workload: Workload) -> None:
        self.told.append(("waiting", workload.subject_name, services.explain(workload)["position"]))


@pytest.fixture
def subjects() -> Iterator[Subjects]:
    told = Subjects()
    workload_subjects.register("experiment", told)
    yield told
    del workload_subjects._answers["experiment"]


@dataclass
class Harbour:
    """Cluster `harbour`: two nodes, each 8 cores, 16 GiB, 4 A100; `ours` and `theirs` hold half each, in one cohort."""

    cluster: Cluster
    cpu: Flavor
    a100: Flavor
    cohort: Cohort
    ours: Project
    theirs: Project
    owner: Actor
    their_owner: Actor

    def ask(
        self, name: str = "job", *, project: Project | None = None, actor: Actor | None = None, **options: Any
    ) -> Workload:
        project = project or self.ours
        actor = actor or (self.owner if project.tenant_id == self.ours.tenant_id else self.their_owner)
        with transaction.atomic():
            return services.enqueue(
                actor=actor,
                project=project,
                subject_kind="experiment",
                subject_id=options.pop("subject_id", None) or new_id(),
                subject_name=name,
                priority=options.pop("priority", "low"),
                gang=options.pop("gang", True),
                resize_pause_seconds=options.pop("resize_pause_seconds", 300),
                cluster=options.pop("cluster", "harbour"),
                pods=[pod(**options)],
            )

    def admit(self) -> list[UUID]:
        return services.admit(cluster_id=self.cluster.pk)


def pod(*, count: int = 1, least: int | None = None, cpu: int = 100, gpus: int = 0, **need: Any) -> PodRequest:
    devices = (DeviceNeed(count=gpus, **(need or {"flavor": "a100"})),) if gpus else ()
    return PodRequest("worker", count, count if least is None else least, cpu, 2**28, devices)


@pytest.fixture
def harbour(db, subjects) -> Harbour:
    make_priorities()
    cluster = make_cluster("harbour")
    cpu = make_flavor(cluster)
    a100 = make_flavor(cluster, "a100", FlavorKind.GPU, unit_memory_bytes=80 * GIB, model="NVIDIA A100")
    for name in ("node-1", "node-2"):
        make_node(cluster, name, cpu={"cpu": 8000, "memory": 16 * GIB}, a100={"gpu": 4})
    cohort = make_cohort(cluster)
    projects, owners = [], []
    for slug in ("ours", "theirs"):
        tenant = make_tenant(slug)
        make_quota(tenant, cluster, {cpu: {"cpu": 8000, "memory": 16 * GIB}, a100: {"gpu": 4}}, cohort=cohort)
        projects.append(make_project(tenant, "vision"))
        owner = make_user()
        make_member("owner", user=owner, tenant=tenant)
        owners.append(actor_of_user(owner))
    return Harbour(cluster, cpu, a100, cohort, *projects, *owners)
