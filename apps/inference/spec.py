"""What an app runs and how it is known to be well: one definition for REST, the form and the database."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from apps.core.strict import NAME, MemoryBytes, Name, Strict
from apps.quotas.devices import Devices
from apps.secrets.references import EnvFrom, checked_names, require_distinct
from apps.storage.names import wrong_with

# What Hanse sets itself, and what would change the runner instead of the server.
_RESERVED_ENV = re.compile(r"(PORT|HOST|HANSE_.*|LD_.*|PYTHONSTARTUP)")
MOST_REPLICAS = 100
_PATH = r"^/[!-~]{0,500}$"


def is_reserved(name: str) -> bool:
    """Whether a variable is Hanse's own."""
    return _RESERVED_ENV.fullmatch(name) is not None


class Probe(Strict):
    """The request that an app answers with 2xx when it can serve: its model is loaded. Only then it is given requests."""

    path: str = Field("/", pattern=_PATH)
    timeout_seconds: float = Field(2, ge=0.1, le=30)
    start_seconds: int = Field(120, ge=1, le=3600, description="A replica that has not answered by then is ended.")


class Rollout(Strict):
    """How a new revision takes over, in Kubernetes' words."""

    max_surge: int = Field(1, ge=0, le=MOST_REPLICAS, description="So many replicas more than wanted, meanwhile.")
    max_unavailable: int = Field(0, ge=0, le=MOST_REPLICAS, description="So many fewer that are ready, meanwhile.")

    @model_validator(mode="after")
    def something_moves(self) -> Self:
        if not self.max_surge and not self.max_unavailable:
            raise ValueError("with neither max_surge nor max_unavailable no replica could ever be exchanged")
        return self


class Autoscaling(Strict):
    """How far an app grows by itself with its load; `replicas` is what it has at least."""

    max_replicas: int = Field(ge=1, le=MOST_REPLICAS)
    cpu_percent: int = Field(70, ge=1, le=100, description="Of the processors asked for: what it keeps in use.")


class Endpoint(Strict):
    """One of the app's APIs, for whoever calls it."""

    name: Name = Field(pattern=NAME, max_length=40)
    method: str = Field("POST", pattern="^(GET|POST|PUT|PATCH|DELETE)$")
    path: str = Field("/", pattern=_PATH)
    description: str = Field("", max_length=500)
    example: str = Field("", max_length=20_000, description="A body to try it with.")


class AppFiles(Strict):
    """Files that each replica finds below $HANSE_FILES, such as they are when the revision is made.

    They lie in a bucket of the project, or were left by a job of it.
    """

    bucket: Name | None = Field(None, pattern=NAME, max_length=40)
    key: str = Field("", max_length=900, description="Of the bucket: a file, or a folder with a slash at its end.")
    job: UUID | None = None
    artifact: str = Field("", max_length=300, description="Of what the job left: a file, or a folder likewise.")
    to: str = Field(
        "", max_length=300, description="Where: the path of a file, or of what a folder becomes. As it is called, if empty."
    )

    @field_validator("to")
    @classmethod
    def below(cls, to: str) -> str:
        if to and (wrong := wrong_with(to.rstrip("/"))):
            raise ValueError(wrong)
        return to.rstrip("/")

    @model_validator(mode="after")
    def one_source(self) -> Self:
        if (self.bucket is None) == (self.job is None):
            raise ValueError("give either bucket, or job")
        if (self.artifact and self.bucket) or (self.key and self.job):
            raise ValueError("key goes with bucket, artifact with job")
        return self

    @property
    def named(self) -> str:
        return self.artifact if self.job else self.key

    @property
    def is_folder(self) -> bool:
        return self.named.endswith("/") or not self.named

    def place(self, name: str) -> str:
        """Where a file lies that is called so at its source."""
        if not self.is_folder:
            return self.to or PurePosixPath(name).name
        return str(PurePosixPath(self.to) / name.removeprefix(self.named))


class AppSpec(Strict):
    """What one revision runs."""

    image: str = Field("", max_length=500, description="Needed in a Kubernetes cluster; the kind local runs none.")
    command: list[Annotated[str, Field(max_length=8000)]] = Field(
        default_factory=list,
        max_length=200,
        description="The server and its arguments, each its own entry; no shell. It listens on $HOST and $PORT; these and "
        "$HANSE_FILES are replaced. Empty: what the image says.",
    )
    port: int = Field(
        8080, ge=1024, le=65_535, description="$PORT in a Kubernetes cluster; elsewhere each replica has one of its own."
    )
    env: dict[str, Annotated[str, Field(max_length=8000)]] = Field(default_factory=dict, max_length=200)
    env_from: list[EnvFrom] = Field(default_factory=list, max_length=100, description="Variables from secrets.")
    files: list[AppFiles] = Field(default_factory=list, max_length=20, description="What is read from $HANSE_FILES.")
    cpu_millicores: int = Field(500, ge=10, le=1_000_000, description="Thousandths of a core, for each replica.")
    memory_bytes: MemoryBytes = Field(2**29, description='Bytes, or a quantity such as "2Gi".')
    devices: list[Devices] = Field(default_factory=list, max_length=8)
    probe: Probe = Field(default_factory=Probe)
    rollout: Rollout = Field(default_factory=Rollout)
    drain_seconds: int = Field(
        30, ge=0, le=3600, description="How long requests under way may take when a replica goes; new ones it gets none."
    )
    endpoints: list[Endpoint] = Field(default_factory=list, max_length=50)

    @field_validator("command")
    @classmethod
    def a_program(cls, command: list[str]) -> list[str]:
        if command and not command[0].strip():
            raise ValueError("the first entry of the command is the program; it is empty")
        return command

    @field_validator("env")
    @classmethod
    def env_names(cls, env: dict[str, str]) -> dict[str, str]:
        return checked_names(env, is_reserved=is_reserved)

    @model_validator(mode="after")
    def holds_together(self) -> Self:
        if not self.command and not self.image:
            raise ValueError("give a command, or an image that says what it runs")
        names = [one.name for one in self.endpoints]
        if len(set(names)) < len(names):
            raise ValueError("endpoints must have different names")
        require_distinct(self.env, self.env_from, is_reserved=is_reserved)
        versions: dict[str, int | None] = {}
        for one in self.env_from:
            if versions.setdefault(one.secret, one.version) != one.version:
                raise ValueError(f"name one version of the secret {one.secret}, the same everywhere in the app")
        return self

    def named_secrets(self) -> Iterator[tuple[str, int | None, str]]:
        """(name, version or None for the newest, where it is named as a JSON pointer) of every secret in it."""
        for number, one in enumerate(self.env_from):
            yield one.secret, one.version, f"/spec/env_from/{number}"

    def command_with(self, own: Mapping[str, str]) -> list[str]:
        """The command, with what Hanse gives each replica in the places of `$NAME`."""
        command = self.command
        for name, value in own.items():
            command = [word.replace(f"${name}", value) for word in command]
        return command

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json")


def without_values(spec: dict[str, Any]) -> dict[str, Any]:
    """A stored specification with its variables by name only: null stands for a value that the reader may not see."""
    return {**spec, "env": dict.fromkeys(spec["env"])}
