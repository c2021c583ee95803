"""One tenant with a bit of everything, and what a request to each address looks like that only a right could refuse."""

import hashlib
import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.utils import timezone

from apps.accounts.models import Provider
from apps.clusters.models import KUEUE_VERSION, Cluster, NodePool
from apps.core.ids import new_id
from apps.core.models import OutboxMail
from apps.federation.models import Party
from apps.forecasts.models import Run
from apps.isolation.models import TenantIsolation
from apps.jobs.models import Job, Schedule
from apps.jobs.services import add_artifact
from apps.jobs.spec import JobSpec
from apps.moves.models import Place
from apps.quotas.models import Cohort, PriorityClass, Quota, UserCap
from apps.storage import s3
from apps.storage.models import (
    Bucket,
    Dataset,
    DatasetVersion,
    FileRemoval,
    Unpacking,
    UploadGrant,
    Volume,
    store_of_datasets,
)
from apps.storage.volume_files import directory_of
from apps.tenants.models import Project, Tenant
from apps.tenants.services.invitations import link_secret
from tests.bodies import APP, BODIES, MOVED, PROVIDER
from tests.conftest import AsRole, Client
from tests.factories import (
    PASSWORD,
    equip,
    in_time,
    make_bucket,
    make_cluster,
    make_code,
    make_cohort,
    make_contract,
    make_dataset,
    make_exception,
    make_federated_job,
    make_flavor,
    make_group,
    make_invitation,
    make_kubernetes,
    make_load,
    make_member,
    make_node,
    make_partner,
    make_party,
    make_plan,
    make_quota,
    make_secret,
    make_service_account,
    make_target,
    make_token,
    make_user,
    make_volume,
)
from tests.jobs.jobs import bring_to, spec

# What a job must be for its acts to be possible.
PHASES = {
    "submit": "draft",
    "resume": "suspended",
    "retry": "cancelled",
    "restore": "cancelled",
    "exec": "running",
    "manifests": "running",
    "DELETE": "cancelled",
}
# What an agreement must be for its acts to be possible.
PARTNER_PHASES = {"accept": "asked", "refuse": "asked", "confirm": "answered", "resume": "suspended"}


@dataclass
class World:
    """`owner` made it; `newcomer` has an account and no role; the rest is what addresses name."""

    owner: Client
    project: Project
    cluster: Cluster
    cohort: Cohort
    quota: Quota
    directory: Path
    files: Path | None = None  # of the volume that addresses name
    somebody: Any = None  # whom addresses of people name; else the newcomer
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
        """One of what lists show: a cap, a template, jobs, an entry of the trail, tokens, a program, an invitation."""
        make_token(make_service_account(self.project.tenant).user)
        make_invitation(self.project.tenant, self.owner.user)
        UserCap.objects.create(tenant=self.project.tenant, user=self.newcomer, running_workloads=9)
        self._template("Tides")
        make_secret(self.project)
        make_federated_job(make_contract(make_partner(self.party())))
        make_exception(self.project, "models")
        TenantIsolation.objects.create(tenant=self.project.tenant)
        UploadGrant.objects.create(bucket=self.bucket(), size_bytes=1, expires_at=in_time(minutes=9))
        FileRemoval.objects.create(bucket=self.bucket(), keys=["a"], due_at=in_time(minutes=9))
        self.unpacking()
        self.dataset("")
        make_volume(self.project, f"made-{uuid4().hex[:8]}")
        make_load(make_target(self.project.tenant))
        self.quota_request("")
        self._schedule()
        self.app()
        self.job("GET", "")
        self.owner.post("/api/v1/me/tokens/", self.body("POST", "api/v1/me/tokens/"))

    def address(self, method: str, route: str) -> str:
        """The route with its names replaced by rows, in the state that the request needs; what the asker owns is left."""
        values: dict[str, object] = {
            "tenant_id": self.project.tenant_id,
            "project_id": self.project.pk,
            "cluster_id": self._cluster(method, route).pk,
            "quota_id": self.quota.pk,
            "user_id": (self.somebody or self.newcomer).pk,
            **{name: f"{{{name}}}" for name in OF_WHOEVER_ASKS},
            "code": "not-found",
            "slug": "aurora",
            "path": "t/aurora",
        }
        if "{app_id}" in route or "/apps/{subject_id}" in route:
            app = self.app(route)
            values |= {"app_id": app, "subject_id": app}
            if "{key_id}" in route:
                keys = f"/api/v1/projects/{self.project.pk}/apps/{app}/keys/"
                values["key_id"] = self.owner.post(keys, {"consumer": "shop"}).json()["id"]
        elif "{job_id}" in route or "{subject_id}" in route:
            job = self.job(method, route)
            values |= {"job_id": job.pk, "subject_id": job.pk}
            values |= self._below_job(job, route)
        if "/access/{user_id}" in route:
            values["user_id"] = make_member("viewer", tenant=self.project.tenant).user.pk
        if "{account_id}" in route:
            account = make_service_account(self.project.tenant)
            values["account_id"] = account.pk
            values["token_id"] = make_token(account.user).pk
        if "{node_id}" in route:
            cluster = make_kubernetes()
            values |= {"cluster_id": cluster.pk, "node_id": make_node(cluster).pk}
        for name, make in MADE.items():
            if f"{{{name}}}" in route:
                values[name] = make(self, method, route)
        self._bring_about(method, route)
        return "/" + route.format(**values) + QUERIES.get(f"{method} {route}", "")

    def _cluster(self, method: str, route: str) -> Cluster:
        """Ours; to be removed, one to which nothing refers; for its connection, one that has one; for Kueue, one with it."""
        if (method, route) == ("DELETE", "api/v1/clusters/{cluster_id}/"):
            return make_cluster()
        if "admission" in route:
            return make_kubernetes(capabilities={"kueue": KUEUE_VERSION})
        if (method, route) == ("POST", "api/v1/clusters/{cluster_id}/node-pools/"):
            cluster = make_kubernetes()
            make_flavor(cluster)
            make_node(cluster, "spare", cpu={"cpu": 8000, "memory": 2**34})
            return cluster
        return make_kubernetes() if any(act in route for act in ("connection", "preflight", "drift")) else self.cluster

    def volume(self) -> Volume:
        volume = make_volume(self.project, f"made-{uuid4().hex[:8]}")
        self.files = directory_of(volume.pk)
        self.restore()
        return volume

    def restore(self) -> None:
        """What requests changed on the disk, where no transaction undoes it: a volume holds the file `a` again."""
        if self.files:
            shutil.rmtree(self.files, ignore_errors=True)
            self.files.mkdir(parents=True)
            (self.files / "a").write_bytes(b"a")

    def job(self, method: str, route: str) -> Job:
        act = route.rstrip("/").rpartition("/")[2]
        job = bring_to(PHASES.get(act) or PHASES.get(method, "queued"), self.owner, self.project)
        if act == "manifests":
            job.cluster = make_kubernetes()
            job.save(update_fields=["cluster"])
        if act == "restore":
            self.owner.change("delete", f"/api/v1/projects/{self.project.pk}/jobs/{job.pk}/")
        return job

    def app(self, route: str = "") -> str:
        """An app; to be rolled back, one that has an earlier revision."""
        apps = f"/api/v1/projects/{self.project.pk}/apps/"
        body = {"name": f"digits-{uuid4().hex[:8]}", "spec": APP}
        app_id: str = self.owner.post(apps, body).json()["id"]
        if route.endswith("/rollback/"):
            self.owner.change("patch", f"{apps}{app_id}/", {"spec": {**APP, "cpu_millicores": 20}})
        return app_id

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
        elif (method, route) in (("POST", "api/v1/clusters/"), ("POST", "api/v1/projects/{project_id}/kubeconfigs/")):
            Cluster.objects.update(kind="kubernetes")  # this machine is a cluster once
        elif (method, route) == ("POST", "api/v1/tenants/{tenant_id}/party/"):
            Party.objects.filter(tenant=self.project.tenant).delete()
        elif (method, route) == ("DELETE", "api/v1/tenants/{tenant_id}/party/"):
            self.party().partners.all().delete()
        elif "/party/" in route or route.endswith("/partners/"):
            self.party()

    def bucket(self) -> Bucket:
        """One a world: it lies in a store, where nothing is undone."""
        return Bucket.objects.filter(project=self.project).first() or make_bucket(self.project)

    def archive(self) -> str:
        """The name of a file in it."""
        s3.put(self.bucket().store_name, "a.zip", io.BytesIO(), size_bytes=0, sha256=hashlib.sha256().digest())
        return "a.zip"

    def unpacking(self) -> Unpacking:
        bucket = self.bucket()
        place = {"tenant": self.project.tenant, "project": self.project, "created_by": self.owner.user}
        return Unpacking.objects.create(bucket=bucket, key="a.zip", **place)

    def dataset(self, route: str) -> Dataset:
        """With a version 1 that holds the archive; without versions for who removes it."""
        found = make_dataset(self.project, f"made-{uuid4().hex[:8]}")
        if route != "DELETE api/v1/projects/{project_id}/datasets/{dataset_id}/":
            s3.make_bucket(store_of_datasets(self.project.pk))
            place = {"tenant": self.project.tenant, "project": self.project, "created_by": self.owner.user}
            made_of = {"bucket": self.bucket(), "bucket_name": "images", "phase": "ready", "parts": 1}
            version = DatasetVersion.objects.create(dataset=found, number=1, **made_of, **place)
            Dataset.objects.filter(pk=found.pk).update(newest=1)
            line = b'{"path": "a.zip", "size_bytes": 0, "sha256": ""}\n'
            for key, content in ((version.part(1), line), (version.manifest, line), (f"{version.place_of_files}a.zip", b"")):
                digest = hashlib.sha256(content).digest()
                s3.put(version.store_name, key, io.BytesIO(content), size_bytes=len(content), sha256=digest)
        return found

    def party(self) -> Party:
        return Party.objects.filter(tenant=self.project.tenant).first() or make_party(self.project.tenant)

    def secret(self) -> str:
        """Of an invitation to an address that has no account."""
        return link_secret(make_invitation(self.project.tenant, self.owner.user))

    def image_pull(self) -> dict[str, str]:
        """What the tenant may have pulled where it has quota in a Kubernetes cluster."""
        cluster = make_kubernetes()
        make_quota(self.project.tenant, cluster, {make_flavor(cluster, "v100", "gpu"): {"gpu": 8}})
        return {"image": "registry.example.org/train:3", "cluster": cluster.slug, "flavor": "v100"}

    def _template(self, name: str = "Digits") -> str:
        path = f"/api/v1/tenants/{self.project.tenant_id}/templates/"
        return self.owner.post(path, {"name": name, "spec": spec()}).json()["id"]

    def wish(self) -> dict[str, Any]:
        return {"cluster": self.cluster.slug, "flavor": "cpu", "resource": "cpu", "amount": 1000, "reason": "A deadline."}

    def quota_request(self, route: str) -> str:
        """A request of the owner for more of the project's guarantee, or (to be ended) one that was granted."""
        path = f"/api/v1/tenants/{self.project.tenant_id}/quota-requests/"
        body = {**self.wish(), "asks": "guarantee", "project": self.project.slug, "until": in_time(days=1)}
        request_id: str = self.owner.post(path, body).json()["id"]
        if route.endswith("/end/"):
            assert self.owner.post(f"/api/v1/quota-requests/{request_id}/approve/").status_code == 200
        return request_id

    def _schedule(self, state: str = "active") -> object:
        whole = JobSpec.model_validate(spec()).as_json()
        fields = {"name": f"every-hour-{new_id().hex}", "cron": "0 * * * *", "spec": whole, "state": state}
        owner = {"tenant": self.project.tenant, "project": self.project, "owner": self.owner.user}
        return Schedule.objects.create(**owner, **fields).pk

    def body(self, method: str, route: str) -> Any:
        """A body that is right in itself."""
        make = BODIES.get(f"{method} {route.removeprefix('api/v1/')}")
        if make is not None:
            return make(self)
        return {} if method == "POST" else None


MADE: dict[str, Callable[[World, str, str], object]] = {
    "member_id": lambda world, _, route: (
        make_member("auditor").pk if "platform" in route else make_member("viewer", tenant=world.project.tenant).pk
    ),
    "invitation_id": lambda world, *_: make_invitation(world.project.tenant, world.owner.user).pk,
    "provider_id": lambda *_: Provider.objects.create(**{**PROVIDER, "slug": "spare"}).pk,
    "mail_id": lambda *_: OutboxMail.objects.create(purpose="test", address="x@example.org", phase="failed").pk,
    "group_id": lambda world, *_: make_group(world.newcomer).pk,
    "flavor_id": lambda world, *_: make_flavor(world.cluster, "spare").pk,
    "pool_id": lambda world, *_: NodePool.objects.create(cluster=world.cluster, name="spare", node_names=["spare"]).pk,
    "cohort_id": lambda world, method, _: make_cohort(world.cluster, "spare").pk if method == "DELETE" else world.cohort.pk,
    "cap_id": lambda world, *_: UserCap.objects.create(tenant=world.project.tenant, running_workloads=9).pk,
    "priority_id": lambda *_: PriorityClass.objects.create(name="spare", value=7).pk,
    "template_id": lambda world, *_: world._template(),
    "secret_id": lambda world, *_: make_secret(world.project, "spare", versions=2).pk,
    "number": lambda *_: 1,
    "rank": lambda *_: 0,
    "partner_id": lambda world, _, route: make_partner(world.party(), PARTNER_PHASES.get(route.split("/")[-2], "ready")).pk,
    "contract_id": lambda world, _, route: (
        make_contract(make_partner(world.party()), "offered" if route.endswith(("sign/", "decline/")) else "agreed").pk
    ),
    "federated_job_id": lambda world, _, route: (
        make_federated_job(
            make_contract(make_partner(world.party())),
            "offered" if route.endswith(("accept/", "refuse/")) else "ready",
        ).pk
    ),
    "exception_id": lambda world, *_: make_exception(world.project, "spare").pk,
    "bucket_id": lambda world, *_: world.bucket().pk,
    "volume_id": lambda world, *_: world.volume().pk,
    "dataset_id": lambda world, method, route: world.dataset(f"{method} {route}").pk,
    "unpacking_id": lambda world, *_: world.unpacking().pk,
    "removal_id": lambda world, *_: (
        FileRemoval.objects.create(bucket=world.bucket(), keys=["a"], due_at=in_time(minutes=9)).pk
    ),
    "request_id": lambda world, _, route: world.quota_request(route),
    "target_id": lambda world, *_: make_target(world.project.tenant, memory_bytes=2**32).pk,
    "run_id": lambda *_: Run.objects.create(issued_at=timezone.now(), engine="xgboost", horizon_hours=48).pk,
    "plan_id": lambda *_: make_plan().pk,
    "record_id": lambda *_: Place.objects.create(slug="zone-c").records.create(key="1", **MOVED).pk,
    "code_id": lambda world, *_: make_code(world.project).pk,
    "schedule_id": lambda world, _, route: world._schedule("paused" if "resume" in route else "active"),
}
OF_WHOEVER_ASKS = ("token_id", "session_id", "notification_id", "mute_id", "operation_id")
QUERIES = {
    "GET api/v1/schedule-times/": "?cron=0+2+*+*+*",
    "GET api/v1/projects/{project_id}/volumes/{volume_id}/content/": "?path=a",
    "PUT api/v1/projects/{project_id}/volumes/{volume_id}/content/": "?path=b",
    "DELETE api/v1/projects/{project_id}/volumes/{volume_id}/content/": "?path=a",
    "GET api/v1/search/": "?q=aurora",
    "GET api/v1/tenants/{tenant_id}/preview/": "?act=remove",
    "GET api/v1/projects/{project_id}/jobs/{subject_id}/logs/search/": "?q=loss",
    "GET api/v1/projects/{project_id}/apps/{subject_id}/logs/search/": "?q=loss",
}
