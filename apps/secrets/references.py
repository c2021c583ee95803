"""How specifications name secrets of their project, and the variables that they give to programs."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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


def checked_names(env: dict[str, str], *, is_reserved: Callable[[str], bool]) -> dict[str, str]:
    """The variables as they are. Raises ValueError for a name that is none, or that Hanse sets itself."""
    for name in env:
        if not ENV_NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of an environment variable")
        _require_free(name, is_reserved)
    return env


def require_distinct(env: Mapping[str, str], env_from: Sequence[EnvFrom], *, is_reserved: Callable[[str], bool]) -> None:
    """Raises ValueError when two of them give the same variable, or one that Hanse sets itself."""
    given = set(env)
    for name in (one.name or one.key for one in env_from if one.key):
        if name is None or name in given:
            raise ValueError(f"{name} is given twice, in env or env_from")
        _require_free(name, is_reserved)
        given.add(name)


def wrong_entries(
    env: Iterable[str],
    env_from: Sequence[EnvFrom],
    keys_of: Mapping[str, Collection[str]],
    *,
    at: str,
    is_reserved: Callable[[str], bool],
) -> Iterator[dict[str, str]]:
    """What is wrong with variables from secrets whose entries are known (`keys_of`), with pointers below `at`."""
    given = {*env, *(one.name or one.key for one in env_from if one.key)}
    for number, one in enumerate(env_from):
        pointer, keys = f"{at}/env_from/{number}", keys_of.get(one.secret)
        if keys is None:
            continue
        if one.key is not None:
            if one.key not in keys:
                yield {"pointer": f"{pointer}/key", "detail": f"The secret {one.secret} has no entry {one.key}."}
            continue
        for key in keys:
            if not ENV_NAME.fullmatch(key) or is_reserved(key) or key in given:
                detail = f"{key} cannot be a variable here; name it by key, with a name of its own."
                yield {"pointer": pointer, "detail": detail}
            given.add(key)


def _require_free(name: str, is_reserved: Callable[[str], bool]) -> None:
    if is_reserved(name):
        raise ValueError(f"{name} is set by Hanse and cannot be given")
