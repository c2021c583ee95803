"""What a job is: one definition for REST, YAML, the form, templates and the database.

Unknown fields are refused, so that a misspelt one is never silently ignored.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from apps.core.strict import NAME, MemoryBytes, Name, Strict
from apps.jobs.fault_policy import FaultAction, FaultPolicy
from apps.jobs.inputs import BucketUse, DatasetUse, Source, VolumeUse
from apps.jobs.kinds import Kind, refusal
from apps.quotas.devices import Devices
from apps.secrets.references import EnvFrom, SecretFiles, checked_names, require_distinct

# What Hanse sets itself (apps/jobs/placement.py), and what would change the runner instead of the workload.
_RESERVED_ENV = re.compile(
    r"(RANK|WORLD_SIZE|LOCAL_RANK|MASTER_ADDR|MASTER_PORT|TF_CONFIG|SPARK_MASTER_URL|PET_NNODES|PET_NODE_RANK"
    r"|PET_MASTER_ADDR|PET_MASTER_PORT|DMLC_TRACKER_URI|DMLC_TRACKER_PORT|DMLC_TASK_ID|DMLC_NUM_WORKER"
    r"|OMPI_MCA_orte_default_hostfile|HANSE_.*|LD_.*|PYTHONSTARTUP)"
)
# What Hanse sets besides, in a job that names buckets or datasets.
_OF_BUCKETS = frozenset(
    {
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_ENDPOINT_URL",
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
    }
)
MOST_REPLICAS = 10_000


def is_reserved(name: str) -> bool:
    """Whether a variable is Hanse's own."""
    return _RESERVED_ENV.fullmatch(name) is not None


class Framework(StrEnum):
    PYTORCH = "pytorch"
    TENSORFLOW = "tensorflow"
    MPI = "mpi"
    XGBOOST = "xgboost"
    SPARK = "spark"
    CUSTOM = "custom"


class ReplicaRole(Strict):
    """Replicas that are alike."""

    name: Name = Field("worker", pattern=NAME, max_length=40)
    replicas: int = Field(1, ge=1, le=MOST_REPLICAS)
    min_replicas: int | None = Field(None, ge=1, description="Elastic: the job may run with as few as this.")
    serves: bool = Field(
        False, description="Serves the others (a parameter server): stopped once all others have succeeded."
    )
    image: str | None = Field(None, min_length=1, max_length=300)
    command: list[Annotated[str, Field(max_length=8000)]] = Field(
        default_factory=list, max_length=200, description="The program and its arguments, each its own entry; no shell."
    )
    env: dict[str, Annotated[str, Field(max_length=8000)]] = Field(default_factory=dict, max_length=200)
    env_from: list[EnvFrom] = Field(default_factory=list, max_length=100, description="Variables from secrets.")
    secret_files: list[SecretFiles] = Field(
        default_factory=list, max_length=50, description="Files from secrets, below $HANSE_SECRETS."
    )
    cpu_millicores: int = Field(1000, ge=10, le=1_000_000, description="Thousandths of a core, for each replica.")
    memory_bytes: MemoryBytes = Field(2**30, description='Bytes, or a quantity such as "2Gi".')
    devices: list[Devices] = Field(default_factory=list, max_length=8)

    @field_validator("env")
    @classmethod
    def env_names(cls, env: dict[str, str]) -> dict[str, str]:
        return checked_names(env, is_reserved=is_reserved)

    @model_validator(mode="after")
    def variables_differ(self) -> Self:
        require_distinct(self.env, self.env_from, is_reserved=is_reserved)
        return self

    @model_validator(mode="after")
    def something_to_run(self) -> Self:
        if not self.image and not self.command:
            raise ValueError("give an image, a command, or both")
        if self.command and not self.command[0].strip():
            raise ValueError("the first entry of the command is the program; it is empty")
        if self.min_replicas is not None and self.min_replicas > self.replicas:
            raise ValueError("min_replicas must not exceed replicas")
        return self


class JobSpec(Strict):
    """A whole job."""

    name: Name = Field(pattern=NAME, max_length=63, description="Lower-case letters, digits, hyphens.")
    description: str = Field("", max_length=2000)
    framework: Framework = Field(Framework.CUSTOM, description="Which environment the replicas get to find one another.")
    kind: Kind = Field(
        Kind.PODS, description="What it is on Kubernetes: pods of Hanse's, or an object of the operator that makes them."
    )
    cluster: str = Field("any", min_length=1, max_length=40, description="Slug of a cluster, or any.")
    priority: str = Field("low", min_length=1, max_length=40, description="Name of a priority class.")
    gang: bool = Field(
        True,
        description=(
            "true: all replicas start together or none does; with min_replicas, so many of them. "
            "false: the replicas are independent of one another; each starts as soon as there is room for it."
        ),
    )
    resize_pause_seconds: int = Field(
        300, ge=1, le=30 * 86_400, description="Elastic: it grows no sooner than this after it started or changed its size."
    )
    labels: dict[
        Annotated[str, Field(pattern=r"^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$")],
        Annotated[str, Field(max_length=63)],
    ] = Field(default_factory=dict, max_length=50)
    source: Source | None = Field(None, description="Code, beside what the image or machine has.")
    buckets: list[BucketUse] = Field(
        default_factory=list,
        max_length=8,
        description="Buckets that all replicas use, with a key that ends with the attempt.",
    )
    contract: UUID | None = Field(
        None,
        description="A contract with another party, by the id that both sides know: $HANSE_CHANNELS is for hanse.channels.",
    )
    datasets: list[DatasetUse] = Field(
        default_factory=list,
        max_length=8,
        description="Versions of datasets that all replicas read; which they are is written down when it is submitted.",
    )
    volumes: list[VolumeUse] = Field(
        default_factory=list, max_length=8, description="Volumes that all replicas mount; the job runs where they lie."
    )
    roles: list[ReplicaRole] = Field(min_length=1, max_length=10)
    fault_policy: FaultPolicy = Field(default_factory=FaultPolicy)

    @model_validator(mode="after")
    def roles_differ(self) -> Self:
        names = [role.name for role in self.roles]
        if len(set(names)) < len(names):
            raise ValueError("roles must have different names")
        if all(role.serves for role in self.roles):
            raise ValueError("at least one role must do the work that the others serve")
        if self.replicas > MOST_REPLICAS:
            raise ValueError(f"all roles together must not have more than {MOST_REPLICAS} replicas")
        return self

    @model_validator(mode="after")
    def one_version_of_a_secret(self) -> Self:
        versions: dict[str, int | None] = {}
        for name, version, _ in self.named_secrets():
            if versions.setdefault(name, version) != version:
                raise ValueError(f"name one version of the secret {name}, the same everywhere in the job")
        return self

    def named_secrets(self) -> Iterator[tuple[str, int | None, str]]:
        """(name, version or None for the newest, where it is named as a JSON pointer) of every secret in it."""
        for place, role in enumerate(self.roles):
            for number, one in enumerate(role.env_from):
                yield one.secret, one.version, f"/roles/{place}/env_from/{number}"
            for number, files in enumerate(role.secret_files):
                yield files.secret, files.version, f"/roles/{place}/secret_files/{number}"
        if self.source and self.source.git and self.source.git.secret:
            yield self.source.git.secret, self.source.git.secret_version, "/source/git"

    @model_validator(mode="after")
    def each_bucket_once(self) -> Self:
        names = [use.name for use in self.buckets]
        if len(set(names)) < len(names):
            raise ValueError("name each bucket once")
        return self

    @model_validator(mode="after")
    def each_dataset_once(self) -> Self:
        names = [use.name for use in self.datasets]
        if len(set(names)) < len(names):
            raise ValueError("name each dataset once")
        return self

    @model_validator(mode="after")
    def each_volume_once_and_beside_the_others(self) -> Self:
        names = [use.name for use in self.volumes]
        if len(set(names)) < len(names):
            raise ValueError("name each volume once")
        places = sorted(f"{use.mounted_at}/" for use in self.volumes)
        if inside := next((lower for upper, lower in pairwise(places) if lower.startswith(upper)), None):
            raise ValueError(f"{inside[:-1]} is where another volume is mounted, or within it")
        return self

    @model_validator(mode="after")
    def keys_of_buckets_are_given(self) -> Self:
        given = {name for role in self.roles for name in (*role.env, *(one.name or one.key for one in role.env_from))}
        for name in sorted(_OF_BUCKETS if self.buckets or self.datasets else ()):
            if name in given:
                raise ValueError(f"{name} is set by Hanse in a job that names buckets or datasets, and cannot be given")
        return self

    @model_validator(mode="after")
    def independent_replicas_need_nobody(self) -> Self:
        if self.gang:
            return self
        if self.framework is not Framework.CUSTOM:
            raise ValueError(f"with gang: false replicas do not find one another, as {self.framework} needs; use custom")
        if any(role.serves for role in self.roles):
            raise ValueError("with gang: false no role can serve the others")
        if any(role.min_replicas is not None for role in self.roles):
            raise ValueError("min_replicas goes with gang: true; with gang: false each replica starts by itself")
        return self

    @model_validator(mode="after")
    def rules_speak_of_what_is_there(self) -> Self:
        names = {role.name for role in self.roles}
        for number, rule in enumerate(self.fault_policy.rules, start=1):
            if rule.role is not None and rule.role not in names:
                raise ValueError(f"rule {number} of the fault policy speaks of a role {rule.role} that the job has not")
            if rule.action is FaultAction.COMPLETE and not self.gang:
                raise ValueError("with gang: false each replica ends by itself, so no rule can complete the whole job")
        return self

    @model_validator(mode="after")
    def of_the_shape_of_its_kind(self) -> Self:
        if why := refusal(self.kind, framework=self.framework, gang=self.gang, roles=self.roles):
            raise ValueError(why)
        return self

    @property
    def replicas(self) -> int:
        return sum(role.replicas for role in self.roles)

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json")

    def as_short_json(self) -> dict[str, Any]:
        """Without what has its default value: as people write it."""
        return self.model_dump(mode="json", exclude_defaults=True)


def without_values(spec: dict[str, Any]) -> dict[str, Any]:
    """A stored specification with its variables by name only: null stands for a value that the reader may not see."""
    roles = [{**role, "env": dict.fromkeys(role["env"])} if role.get("env") else role for role in spec["roles"]]
    return {**spec, "roles": roles}
