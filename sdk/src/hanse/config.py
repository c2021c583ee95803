"""Where the portal is and who asks: from arguments, else the environment, else what `hanse login` stored.

$XDG_CONFIG_HOME/hanse/contexts.json holds the contexts; nobody else may read it.
"""

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile

from hanse.errors import NotConfigured


@dataclass(frozen=True)
class Context:
    """A portal, with a token for it; `project` is the id of the one in use, `project_label` is how people call it."""

    address: str
    token: str
    project: str = ""
    project_label: str = ""


@dataclass
class Contexts:
    """All that are stored. `current` is the name of the one in use, or empty."""

    current: str
    known: dict[str, Context]

    @classmethod
    def load(cls) -> "Contexts":
        try:
            stored = json.loads(path().read_text())
            return cls(stored["current"], {name: Context(**one) for name, one in stored["contexts"].items()})
        except FileNotFoundError:
            return cls("", {})
        except (ValueError, KeyError, TypeError) as error:
            raise NotConfigured(f"{path()} cannot be read ({error}); remove it and log in again.") from error

    def save(self) -> None:
        file = path()
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        document = {"current": self.current, "contexts": {name: asdict(one) for name, one in self.known.items()}}
        # A temporary file is made for its owner alone (0600), and replaces the old one whole.
        with NamedTemporaryFile("w", dir=file.parent, delete=False) as written:
            json.dump(document, written, indent=2)
        Path(written.name).replace(file)

    def named(self, name: str) -> Context:
        """Raises NotConfigured when there is none of that name."""
        if name not in self.known:
            known = ", ".join(sorted(self.known)) or "none"
            raise NotConfigured(f"There is no context {name!r}; known are: {known}.")
        return self.known[name]


def path() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "hanse" / "contexts.json"


def find(
    *, address: str | None = None, token: str | None = None, context: str | None = None, project: str | None = None
) -> Context:
    """The context to use. Raises NotConfigured, saying how to name a portal."""
    environment = os.environ
    name = context or environment.get("HANSE_CONTEXT", "")
    # A token of the environment belongs to the address of the environment, never to a stored one.
    given = Context(address or environment.get("HANSE_ADDRESS", ""), token or environment.get("HANSE_TOKEN", ""), project="")
    if given.address and (given.token or not name):
        found = given
    else:
        contexts = Contexts.load()
        name = name or contexts.current
        if not name:
            raise NotConfigured("No portal is known. Run `hanse login ADDRESS`, or set HANSE_ADDRESS and HANSE_TOKEN.")
        found = contexts.named(name)
    if wanted := project or environment.get("HANSE_PROJECT", ""):
        found = replace(found, project=wanted, project_label="")
    return found
