"""The API's description as a promise: kept in the repository, current, and never broken without a word.

`python -m docs.contract write` writes docs/reference/openapi.yaml (`npm run types` calls it).
`python -m docs.contract check` fails when that file is not what the code says, and when it breaks what was landed before:
the newest version in the history of the main branch that differs. What is meant to break is declared, sentence and reason,
in docs/reference/breaking-changes.yaml.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import django
import yaml

from docs.breaks import breaks

REPOSITORY = Path(__file__).resolve().parents[1]
DOCUMENT = REPOSITORY / "docs" / "reference" / "openapi.yaml"
DECLARED = REPOSITORY / "docs" / "reference" / "breaking-changes.yaml"
_MAIN = ("origin/main", "main", "HEAD")


def main() -> int:
    os.environ.setdefault("HANSE_MODE", "development")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    match sys.argv[1:]:
        case ["write"]:
            DOCUMENT.write_text(described())
            return 0
        case ["check"]:
            complaints = list(
                check(DOCUMENT.read_text(), described(), landed(REPOSITORY), yaml.safe_load(DECLARED.read_text()))
            )
            sys.stderr.writelines(f"{complaint}\n" for complaint in complaints)
            return 1 if complaints else 0
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return 2


def described() -> str:
    """The description of the code as it is."""
    from drf_spectacular.renderers import OpenApiYamlRenderer

    from apps.core.web.openapi import document

    text: bytes = OpenApiYamlRenderer().render(document(), renderer_context={})
    return text.decode()


def check(committed: str, current: str, before: str | None, declared: list[dict[str, str]]) -> Iterator[str]:
    """What is wrong, a sentence each. before: what was landed last; None when nothing was."""
    if committed != current:
        yield f"{DOCUMENT.relative_to(REPOSITORY)} is not what the code says: run `npm run types` in frontend/, and commit."
    for entry in declared:
        if not entry.get("reason", "").strip():
            yield f"{DECLARED.name} declares {entry.get('break')!r} without a reason."
    if before is None:
        return
    meant = {entry.get("break") for entry in declared}
    for sentence in breaks(yaml.safe_load(before), yaml.safe_load(current)):
        if sentence not in meant:
            yield (
                f"The API breaks: {sentence}\n  Keep the old way beside the new one; or, if it is meant, declare this "
                f"sentence with a reason in {DECLARED.relative_to(REPOSITORY)}."
            )


def landed(repository: Path) -> str | None:
    """The description as the main branch has it; where that is the one at hand, the one before.

    Raises SystemExit when the history that would tell is not here, for what cannot be checked is not good.
    """
    name = DOCUMENT.relative_to(REPOSITORY).as_posix()
    base = next((found for main in _MAIN if (found := _git(repository, "merge-base", "HEAD", main))), "")
    if not base:
        raise SystemExit("No history here: clone the repository with git to check the API against what was landed.")
    at_hand = (repository / name).read_text()
    for commit in _git(repository, "log", "-n", "2", "--format=%H", base, "--", name).split():
        text = _git(repository, "show", f"{commit}:{name}", strip=False)
        if text != at_hand:
            return text
    if _git(repository, "rev-parse", "--is-shallow-repository") == "true":
        raise SystemExit("The history here is cut off: `git fetch --unshallow`, to check the API against what was landed.")
    return None


def _git(repository: Path, *arguments: str, strip: bool = True) -> str:
    answer = subprocess.run(["git", *arguments], cwd=repository, capture_output=True, text=True, check=False)
    return (answer.stdout.strip() if strip else answer.stdout) if answer.returncode == 0 else ""


if __name__ == "__main__":
    sys.exit(main())
