"""The programs of a cluster, and the manifests that belong to them: built once from the Go module proxy, then kept.

They lie in ~/.cache/hanse, in a folder named for what they are built of, so another version never meets them, and
nothing but this folder is needed to start a cluster.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.testbed.cluster.golang import Go, find_go

_MODULES = Path(__file__).parent / "modules"
KUBECTL = Path(sys.executable).parent / "kubectl"

KUBERNETES, KUEUE = "1.36.3", "0.19.2"
# All that is not Kubernetes ignores them. Kueue's visibility server would keep its certificate in the root directory.
_SET = {
    "k8s.io/component-base/version.gitVersion": f"v{KUBERNETES}",
    "k8s.io/component-base/version.gitMajor": KUBERNETES.split(".")[0],
    "k8s.io/component-base/version.gitMinor": KUBERNETES.split(".")[1],
    "sigs.k8s.io/kueue/pkg/version.GitVersion": f"v{KUEUE}",
    "sigs.k8s.io/kueue/pkg/visibility.certDir": "visibility",
}


class NotBuilt(Exception):
    """Programs are missing, or could not be built; the message says what to do."""


@dataclass(frozen=True)
class Program:
    """`made_as`: what `go build` calls it. `manifests`: `module:path`, folders (kustomize) or files, to install with it."""

    name: str
    package: str
    made_as: str = ""
    manifests: Sequence[str] = ()


KWOK = Program(
    "kwok",
    "sigs.k8s.io/kwok/cmd/kwok",
    manifests=(
        "sigs.k8s.io/kwok:kustomize/crd",
        "sigs.k8s.io/kwok:kustomize/stage/node/fast",
        "sigs.k8s.io/kwok:kustomize/stage/node/heartbeat-with-lease",
        "sigs.k8s.io/kwok:kustomize/stage/node/chaos/node-not-ready.yaml",
        "sigs.k8s.io/kwok:kustomize/stage/pod/fast/pod-ready.yaml",
        "sigs.k8s.io/kwok:kustomize/stage/pod/fast/pod-delete.yaml",
        "sigs.k8s.io/kwok:kustomize/metrics/usage",
    ),
)
PLANE = (
    Program("etcd", "go.etcd.io/etcd/server/v3", made_as="server"),
    Program("kube-apiserver", "k8s.io/kubernetes/cmd/kube-apiserver"),
    Program("kube-controller-manager", "k8s.io/kubernetes/cmd/kube-controller-manager"),
    Program("kube-scheduler", "k8s.io/kubernetes/cmd/kube-scheduler"),
    KWOK,
)
METRICS_SERVER = Program("metrics-server", "sigs.k8s.io/metrics-server/cmd/metrics-server")
KUEUE = Program("kueue", "sigs.k8s.io/kueue/cmd/kueue", manifests=("sigs.k8s.io/kueue:config/default",))
JOBSET = Program("jobset", "sigs.k8s.io/jobset", manifests=("sigs.k8s.io/jobset:config/default",))
# The training operator's MPIJob is another version of what the MPI operator serves, and of the same name.
_TRAINING = "github.com/kubeflow/training-operator:manifests/base/crds/kubeflow.org_{}.yaml"
KUBEFLOW = Program(
    "kubeflow",
    "./kubeflow",
    manifests=(
        "github.com/kubeflow/mpi-operator:manifests/base/kubeflow.org_mpijobs.yaml",
        *(_TRAINING.format(kind) for kind in ("pytorchjobs", "tfjobs", "xgboostjobs", "paddlejobs", "jaxjobs")),
        # Described, so that what is made of them can be checked (dry run); nothing acts on them.
        "github.com/kubeflow/spark-operator/v2:config/crd/bases/sparkoperator.k8s.io_sparkapplications.yaml",
        "github.com/kubeflow/trainer/v2:manifests/base/crds",
    ),
)
# What tests need. It is built where a test may build, and by `make cluster`.
WANTED = (*PLANE, METRICS_SERVER, JOBSET, KUBEFLOW, KUEUE)


def may_build() -> bool:
    """Whether this run of tests may build: it is CI, or was told so by `FULL=1`, for it takes long."""
    return os.environ.get("CI") == "true" or os.environ.get("FULL", "") not in ("", "0")


class Programs:
    """Where built programs and their manifests are."""

    def __init__(self, cache: Path | None = None) -> None:
        digest = hashlib.sha256()
        for file in (_MODULES / "go.mod", _MODULES / "go.sum", *sorted(_MODULES.glob("*/*.go"))):
            digest.update(file.read_bytes())
        digest.update(repr(_SET).encode())
        cache = cache or Path.home() / ".cache" / "hanse"
        self.folder = cache / f"cluster-{digest.hexdigest()[:16]}"

    def path(self, name: str) -> Path:
        return self.folder / name

    def manifests(self, program: Program) -> Path:
        digest = hashlib.sha256(repr(program.manifests).encode()).hexdigest()[:8]
        return self.folder / f"{program.name}-{digest}.json"

    def documents(self, program: Program) -> list[dict[str, Any]]:
        """The objects of its manifests."""
        return list(json.loads(self.manifests(program).read_text()))

    def missing(self, wanted: Sequence[Program]) -> list[Program]:
        return [one for one in wanted if not (self.path(one.name).exists() and self._has_manifests(one))]

    def _has_manifests(self, program: Program) -> bool:
        return not program.manifests or self.manifests(program).exists()

    def build(self, wanted: Sequence[Program], *, say: Callable[[str], None]) -> None:
        """Build what is missing of `wanted`; takes minutes. `say` is told how far it is. Raises NotBuilt."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone(say):
            if missing := self.missing(wanted):
                go = find_go(say)
                with self._unfinished() as folder:
                    _compile(go, missing, folder, say)
                    for program in missing:
                        made = folder / (program.made_as or program.package.rsplit("/", 1)[1])
                        if program.manifests:
                            self._replace(self.manifests(program), _rendered(go, program))
                        made.rename(self.path(program.name))

    @contextlib.contextmanager
    def _alone(self, say: Callable[[str], None]) -> Iterator[None]:
        """One build at a time: a second one waits, and finds everything there."""
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("waiting for another build")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextlib.contextmanager
    def _unfinished(self) -> Iterator[Path]:
        folder = self.folder / "unfinished"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder)

    @staticmethod
    def _replace(file: Path, text: str) -> None:
        new = file.with_suffix(".new")
        new.write_text(text)
        new.rename(file)


def _compile(go: Go, programs: Sequence[Program], folder: Path, say: Callable[[str], None]) -> None:
    packages = [program.package for program in programs]
    say("fetching modules")
    total = len(go.run("list", "-deps", *packages, directory=_MODULES).split())
    linked = " ".join(f"-X {variable}={value}" for variable, value in _SET.items())
    command = ["build", "-v", "-trimpath", "-ldflags", f"-s -w {linked}", "-o", f"{folder}{os.sep}", *packages]
    say(f"compiling at most {total} packages")
    done, lines = 0, []
    with go.started(*command, directory=_MODULES) as process:
        assert process.stdout is not None
        # With -v it names each package that it compiles; those found in Go's own cache are passed over in silence.
        for line in process.stdout:
            lines.append(line)
            done += 1
            say(f"compiled {done} of at most {total} packages")
    if process.returncode:
        raise NotBuilt(f"`go {' '.join(command[:1])}` failed:\n{''.join(lines[-20:])}")


def _rendered(go: Go, program: Program) -> str:
    documents = []
    for source in program.manifests:
        module, _, inside = source.partition(":")
        path = Path(go.run("list", "-m", "-f", "{{.Dir}}", module, directory=_MODULES).strip()) / inside
        if path.is_file():
            documents.append(path.read_text())
            continue
        result = subprocess.run([KUBECTL, "kustomize", path], capture_output=True, text=True, check=False)
        if result.returncode:
            raise NotBuilt(f"`kubectl kustomize` of {source} failed:\n{result.stderr[-2000:]}")
        documents.append(result.stdout)
    # As JSON, which is read in no time when a cluster starts.
    loaded = (yaml.load_all(text, Loader=yaml.CSafeLoader) for text in documents)
    return json.dumps([document for of_source in loaded for document in of_source if document])
