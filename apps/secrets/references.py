"""How specifications name secrets of their project."""

import re
from typing import Self

from pydantic import Field, model_validator

from apps.core.strict import NAME, Name, Strict

_KEY = r"^[A-Za-z0-9_.-]{1,128}$"
ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}")


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
