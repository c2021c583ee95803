"""One tenant with a bit of everything, and what a request to each address looks like that only a right could refuse."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apps.clusters.models import Cluster
from apps.jobs.models import Job
from apps.jobs.services import add_artifact
from apps.quotas.models import Cohort, PriorityClass, Quota, UserCap
from apps.tenants.models import Project, Tenant
from tests.conftest import AsRole, Client
from tests.factories import (
    PASSWORD,
    equip,
    in_time,
    make_cohort,
    make_flavor,
    make_group,
    make_member,
    make_tenant,
    make_user,
)
from tests.jobs.jobs import bring_to, spec

LINES = [
    {"flavor": "cpu", "resource": "cpu", "nominal": 8000},
    {"flavor": "cpu", "resource": "memory", "nominal": 2**34},
]
# What a job must be for its acts to be possible.
PHASES = {
    "submit": "draft",
    "resume": "suspended",
    "retry": "cancelled",
    "restore": "cancelled",
    "DELETE": "cancelled",
}


@dataclass
class World:
    """`owner` made it; `newcomer` has an account and no role; the rest is what addresses name."""

    owner: Client
    project: Project
    cluster: Cluster
    cohort: Cohort
    quota: Quota
    directory: Path
    newcomer: Any = field(default_factory=lambda: make_user("Nell", email="nell@aurora.example", password=PASSWORD))

    @classmethod
    def make(cls, as_role: AsRole, directory: Path, **fields: Any) -> "World":
        owner, project = as_role("owner")
        make_member("owner", tenant=project.tenant)
        cluster = equip(project.tenant)
        quota = project.tenant.quotas.get()
        quota.cohort = make_cohort(cluster)
        quota.save()
        return cls(owner, project, cluster, quota.cohort, quota, directory, **fields)

    def fill(self) -> None:
        """One of what lists show: a cap, a template, jobs, an entry of the trail, a token."""
        UserCap.objects.create(tenant=self.project.tenant, user=self.newcomer, running_workloads=9)
        self._template("Tides")
        self.job("GET", "")
        self.owner.post("/api/v1/me/tokens/", self.body("POST", "api/v1/me/tokens/"))

    def address(self, method: str, route: str) -> str:
        """The route with its names replaced by rows, in the state that the request needs; {token_id} is left."""
        values: dict[str, object] = {
            "tenant_id": self.project.tenant_id,
            "project_id": self.project.pk,
            "cluster_id": self.cluster.pk,
            "quota_id": self.quota.pk,
            "user_id": self.newcomer.pk,
            "token_id": "{token_id}",
            "code": "not-found",
            "path": "t/aurora",
        }
        if "{job_id}" in route or "{subject_id}" in route:
            job = self.job(method, route)
            values |= {"job_id": job.pk, "subject_id": job.pk}
            values |= self._below_job(job, route)
        for name, make in MADE.items():
            if f"{{{name}}}" in route:
                values[name] = make(self, method, route)
        self._bring_about(method, route)
        return "/" + route.format(**values) + QUERIES.get(f"{method} {route}", "")

    def job(self, method: str, route: str) -> Job:
        act = route.rstrip("/").rpartition("/")[2]
        job = bring_to(PHASES.get(act) or PHASES.get(method, "queued"), self.owner, self.project)
        if act == "restore":
            self.owner.change("delete", f"/api/v1/projects/{self.project.pk}/jobs/{job.pk}/")
        return job

    def _below_job(self, job: Job, route: str) -> dict[str, object]:
        if "{artifact_id}" in route:
            source = self.directory / "model.npz"
            source.write_bytes(b"weights")
            return {"artifact_id": add_artifact(job_id=job.pk, attempt=1, rank=0, name="model.npz", source=source).pk}
        if "{share_id}" in route:
            shares = f"/api/v1/projects/{self.project.pk}/jobs/{job.pk}/shares/"
            return {"share_id": self.owner.post(shares, {"email": self.newcomer.email}).json()["id"]}
        return {}

    def _bring_about(self, method: str, route: str) -> None:
        """What the rest of the world must be like for the request to succeed."""
        if route.endswith("{tenant_id}/resume/"):
            Tenant.objects.update(phase="suspended")
        elif route.endswith("{tenant_id}/close/") or (method, route) == ("DELETE", "api/v1/tenants/{tenant_id}/"):
            Tenant.objects.update(phase="draining")
        elif (method, route) == ("POST", "api/v1/clusters/"):
            Cluster.objects.update(kind="kubernetes")  # this machine is a cluster once

    def _template(self, name: str = "Digits") -> str:
        path = f"/api/v1/tenants/{self.project.tenant_id}/templates/"
        return self.owner.post(path, {"name": name, "spec": spec()}).json()["id"]

    def body(self, method: str, route: str) -> Any:
        """A body that is right in itself."""
        make = BODIES.get(f"{method} {route.removeprefix('api/v1/')}")
        if make is not None:
            return make(self)
        return {} if method == "POST" else None


BODIES: dict[str, Callable[[World], Any]] = {
    "PATCH me/": lambda _: {"theme": "dark"},
    "POST me/tokens/": lambda _: {"name": "new", "permissions": ["tenants.view"], "expires_at": in_time(days=1)},
    "POST tenants/": lambda world: {
        "slug": "cygnus",
        "name": "Cygnus",
        "owner": {"email": world.newcomer.email, "name": "Nell"},
        "project": {"slug": "first", "name": "First"},
    },
    "PATCH tenants/{tenant_id}/": lambda _: {"description": "New."},
    "DELETE tenants/{tenant_id}/": lambda world: {"confirm": world.project.tenant.slug},
    "POST tenants/{tenant_id}/projects/": lambda _: {"slug": "second", "name": "Second"},
    "PATCH projects/{project_id}/": lambda _: {"description": "New."},
    "DELETE projects/{project_id}/": lambda world: {"confirm": world.project.slug},
    "POST tenants/{tenant_id}/members/": lambda world: {"email": world.newcomer.email, "role": "viewer"},
    "POST platform/members/": lambda world: {"email": world.newcomer.email, "role": "auditor"},
    "POST users/": lambda _: {"email": "new@aurora.example", "name": "New"},
    "PATCH users/{user_id}/": lambda _: {"name": "Nelly"},
    "POST groups/": lambda _: {"name": "perception"},
    "PATCH groups/{group_id}/": lambda _: {"name": "perception"},
    "POST groups/{group_id}/users/": lambda world: {"email": world.newcomer.email},
    "POST clusters/": lambda _: {"slug": "second", "name": "Second", "kind": "local"},
    "PATCH clusters/{cluster_id}/": lambda _: {"name": "Renamed"},
    "POST clusters/{cluster_id}/flavors/": lambda _: {"name": "a100", "kind": "gpu"},
    "PATCH flavors/{flavor_id}/": lambda _: {"description": "New."},
    "POST cohorts/": lambda world: {"cluster": world.cluster.slug, "name": "second"},
    "PATCH cohorts/{cohort_id}/": lambda _: {"description": "New."},
    "POST quotas/": lambda world: {"tenant": make_tenant().slug, "cluster": world.cluster.slug, "lines": LINES},
    "PUT quotas/{quota_id}/": lambda world: {"cohort": world.cohort.name, "lines": LINES},
    "POST tenants/{tenant_id}/caps/": lambda _: {"running_workloads": 3},
    "PATCH caps/{cap_id}/": lambda _: {"running_workloads": 4},
    "PUT projects/{project_id}/shares/": lambda _: {"shares": []},
    "POST priorities/": lambda _: {"name": "nightly", "value": 50},
    "PATCH priorities/{priority_id}/": lambda _: {"description": "New."},
    "POST projects/{project_id}/jobs/": lambda _: spec(),
    "POST projects/{project_id}/jobs/bulk/": lambda world: {"act": "cancel", "ids": [str(world.job("GET", "").pk)]},
    "PATCH projects/{project_id}/jobs/{job_id}/": lambda _: {"description": "New."},
    "POST projects/{project_id}/jobs/{job_id}/clone/": lambda _: {"name": "again"},
    "POST projects/{project_id}/jobs/{job_id}/template/": lambda _: {"name": "Saved"},
    "POST projects/{project_id}/jobs/{job_id}/shares/": lambda world: {"email": world.newcomer.email},
    "POST templates/": lambda _: {"name": "Fresh", "spec": spec()},
    "POST tenants/{tenant_id}/templates/": lambda _: {"name": "Fresh", "spec": spec()},
    "PATCH templates/{template_id}/": lambda _: {"description": "New."},
}
MADE: dict[str, Callable[[World, str, str], object]] = {
    "member_id": lambda world, _, route: (
        make_member("auditor").pk if "platform" in route else make_member("viewer", tenant=world.project.tenant).pk
    ),
    "group_id": lambda world, *_: make_group(world.newcomer).pk,
    "flavor_id": lambda world, *_: make_flavor(world.cluster, "spare").pk,
    "cohort_id": lambda world, method, _: make_cohort(world.cluster, "spare").pk if method == "DELETE" else world.cohort.pk,
    "cap_id": lambda world, *_: UserCap.objects.create(tenant=world.project.tenant, running_workloads=9).pk,
    "priority_id": lambda *_: PriorityClass.objects.create(name="spare", value=7).pk,
    "template_id": lambda world, *_: world._template(),
}
QUERIES = {
    "GET api/v1/search/": "?q=aurora",
    "GET api/v1/tenants/{tenant_id}/preview/": "?act=remove",
    "GET api/v1/projects/{project_id}/jobs/{subject_id}/logs/search/": "?q=loss",
}
