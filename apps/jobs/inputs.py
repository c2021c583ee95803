"""What a job brings along besides its command: code, secrets, buckets, volumes and datasets of its project."""

import re
from typing import Literal, Self
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from apps.core.strict import NAME, Name, Strict
from apps.storage.names import wrong_with_folder

# git@example.org:team/trainer.git, as people copy it.
_SCP = re.compile(r"([A-Za-z0-9._-]+@[A-Za-z0-9.-]+):(?!//)(?!\d+/)(/?[^/].*)")
_MOUNT = re.compile(r"(/[A-Za-z0-9._@+-]+)+")
_OF_THE_SYSTEM = frozenset({"hanse", "proc", "sys", "dev", "etc", "bin", "sbin", "lib", "lib64", "usr", "boot", "run"})
_REF = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}")


class BucketUse(Strict):
    """A bucket of the project that the replicas use, by S3: $HANSE_BUCKET_<NAME> says where it is."""

    name: Name = Field(pattern=NAME, max_length=40, description="Name of a bucket of the project.")
    access: Literal["read", "write"] = Field("read", description="write: reading as well.")
    prefix: str = Field(
        "",
        max_length=500,
        # A policy of the store reads the others as patterns.
        pattern=r"^([^*?$\\]+/)?$",
        description="Only what is below this folder, which ends with a slash; empty: the whole bucket.",
    )

    @field_validator("prefix")
    @classmethod
    def plain_folder(cls, prefix: str) -> str:
        if wrong := wrong_with_folder(prefix):
            raise ValueError(wrong)
        return prefix

    @property
    def writes(self) -> bool:
        return self.access == "write"

    @property
    def variable(self) -> str:
        return f"HANSE_BUCKET_{self.name.upper().replace('-', '_')}"


class DatasetUse(Strict):
    """A version of a dataset of the project that the replicas read, by S3: $HANSE_DATASET_<NAME> says where it is."""

    name: Name = Field(pattern=NAME, max_length=40, description="Name of a dataset of the project.")
    version: int | None = Field(None, ge=1, description="The newest that is ready when the job is submitted, if left out.")

    @property
    def variable(self) -> str:
        return f"HANSE_DATASET_{self.name.upper().replace('-', '_')}"


class VolumeUse(Strict):
    """A volume of the project that the replicas mount: $HANSE_VOLUME_<NAME> says where. It decides the job's cluster."""

    name: Name = Field(pattern=NAME, max_length=40, description="Name of a volume of the project.")
    access: Literal["read", "write"] = Field("read", description="write: reading as well.")
    path: str = Field(
        "",
        max_length=200,
        description="Where it is mounted in a cluster, from the root on; empty: /volumes/<name>. A machine mounts nothing "
        "there, so programs read the variable.",
    )

    @field_validator("path")
    @classmethod
    def where_nothing_else_is(cls, path: str) -> str:
        if not path:
            return path
        path = path.rstrip("/")
        if not path.startswith("/") or not _MOUNT.fullmatch(path) or any(part in (".", "..") for part in path.split("/")):
            raise ValueError("give a directory from the root on, such as /data/scratch")
        if path.split("/")[1] in _OF_THE_SYSTEM:
            raise ValueError(f"/{path.split('/')[1]} is the system's own, or Hanse's; give another directory")
        return path

    @property
    def writes(self) -> bool:
        return self.access == "write"

    @property
    def mounted_at(self) -> str:
        return self.path or f"/volumes/{self.name}"

    @property
    def variable(self) -> str:
        return f"HANSE_VOLUME_{self.name.upper().replace('-', '_')}"


class GitSource(Strict):
    """A tree of a repository. The commit is resolved once and is the same in every attempt and replica."""

    url: str = Field(max_length=500, description="https://, ssh://, or git@host:path.")
    ref: str = Field("HEAD", max_length=200, description="A branch, a tag or a whole commit id.")
    commit: str | None = Field(
        None, pattern="^[0-9a-f]{40}([0-9a-f]{24})?$", description="Exactly this; `ref` then only says where it came from."
    )
    path: str = Field("", max_length=500, description="Only what is below this directory of the repository.")
    secret: Name | None = Field(
        None, pattern=NAME, max_length=63, description="Credentials: a secret of the kind basic-auth or ssh-auth."
    )
    secret_version: int | None = Field(None, ge=1, description="The newest when left out.")

    @field_validator("url")
    @classmethod
    def plain_address(cls, url: str) -> str:
        if scp := _SCP.fullmatch(url):
            url = f"ssh://{scp[1]}/{scp[2].lstrip('/')}"
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError as error:
            raise ValueError("this is no address") from error
        if parts.scheme not in ("https", "http", "ssh") or not host or not url.isprintable() or " " in url:
            raise ValueError("write an address such as https://example.org/team/trainer.git or git@example.org:team/trainer")
        if parts.password or (parts.username and parts.scheme != "ssh"):
            raise ValueError("an address holds no password or token; name a secret of the project instead")
        if host.startswith("-") or (parts.username or "").startswith("-") or parts.query or parts.fragment:
            raise ValueError("an address has no query, no fragment, and no part that begins with a hyphen")
        return url

    @field_validator("ref")
    @classmethod
    def plain_ref(cls, ref: str) -> str:
        if not _REF.fullmatch(ref) or ".." in ref or ref.endswith((".", "/", ".lock")):
            raise ValueError("give the name of a branch or tag, or the whole id of a commit")
        return ref

    @field_validator("path")
    @classmethod
    def below(cls, path: str) -> str:
        path = path.strip("/")
        if any(part in ("", ".", "..", ".git") for part in path.split("/")) and path:
            raise ValueError("give a directory of the repository, such as training/digits")
        if not path.isprintable() or ":" in path or path.startswith("-"):
            raise ValueError("the path holds characters that are not taken here")
        return path

    @model_validator(mode="after")
    def version_of_a_secret(self) -> Self:
        if self.secret_version is not None and self.secret is None:
            raise ValueError("secret_version goes with secret")
        return self


class Source(Strict):
    """Where the code comes from. It lies in $HANSE_CODE, where the command starts."""

    git: GitSource | None = None
    archive: UUID | None = Field(None, description="Id of an archive that was uploaded to the project.")

    @model_validator(mode="after")
    def one_of_them(self) -> Self:
        if (self.git is None) == (self.archive is None):
            raise ValueError("give either git or archive")
        return self
