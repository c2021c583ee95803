"""Which images a tenant may run: rules over their names, without a table."""

import re
from collections.abc import Iterable

# What is a registry, or a path in one: registry.example.org, registry.example.org:5000/team, docker.io/library.
_HOST = r"(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|[a-z0-9-]+(?=:))(?::\d{1,5})?"
REGISTRY = re.compile(rf"{_HOST}(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*")


def full_name(image: str) -> str:
    """The image with its registry, which names of Docker's own leave out."""
    first, slash, _ = image.partition("/")
    if slash and ("." in first or ":" in first or first == "localhost" or first != first.lower()):
        return image
    return f"docker.io/{image}" if slash else f"docker.io/library/{image}"


def is_permitted(image: str, registries: Iterable[str] | None) -> bool:
    """Whether it comes from one of them; None: from wherever it wants."""
    return registries is None or any(full_name(image).startswith(f"{registry}/") for registry in registries)
