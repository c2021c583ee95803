"""What a job brings along besides its command: code, and secrets of its project."""

import re
from typing import Self
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from apps.jobs.strict import NAME, Name, Strict

_KEY = r"^[A-Za-z0-9_.-]{1,128}$"
ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}")
# git@example.org:team/trainer.git, as people copy it.
_SCP = re.compile(r"([A-Za-z0-9._-]+@[A-Za-z0-9.-]+):(?!//)(?!\d+/)(/?[^/].*)")
_REF = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}")


class EnvFrom(Strict):
    """An entry of a secret as a variable; without `key`, every entry, each under its own name."""

    secret: Name = Field(pattern=NAME, max_length=63, description="Name of a secret of the project.")
    key: str | None = Field(None, pattern=_KEY, description="Which entry; all when left out.")
    name: str | None = Field(
        None, pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,127}$", description="With `key`: the variable; else called as the key."
    )
    version: int | None = Field(None, ge=1, description="The newest, as it is when the job is admitted, when left out.")

    @model_validator(mode="after")
    def variables(self) -> Self:
        if self.name is not None and self.key is None:
            raise ValueError("name goes with key; without key, each entry is called as its own key")
        if self.key is not None and self.name is None and not ENV_NAME.fullmatch(self.key):
            raise ValueError(f"{self.key} is no name of an environment variable; give one as name")
        return self


class SecretFiles(Strict):
    """Entries of a secret as files that only the replica reads: $HANSE_SECRETS/<secret>/<key>."""

    secret: Name = Field(pattern=NAME, max_length=63, description="Name of a secret of the project.")
    key: str | None = Field(None, pattern=_KEY, description="Which entry; all when left out.")
    version: int | None = Field(None, ge=1, description="The newest, as it is when the job is admitted, when left out.")


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
