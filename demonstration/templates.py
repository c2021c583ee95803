"""Job specifications of the demonstration: the gallery's templates, and a few jobs that show what may become of one."""

import gzip
import io
import tarfile
from typing import Any

DIGITS, DIGITS_APP = "digits-data-parallel", "digits"

GALLERY: dict[str, tuple[str, dict[str, Any]]] = {
    DIGITS: (
        "Two ranks train a small network on the digits images and average their gradients over TCP.",
        {
            "name": "digits",
            "description": "Data-parallel training on scikit-learn's digits; reports loss and held-out accuracy.",
            "roles": [
                {
                    "name": "worker",
                    "replicas": 2,
                    "command": ["python", "-m", "demonstration.digits"],
                    "cpu_millicores": 500,
                    "memory_bytes": "512Mi",
                }
            ],
            "fault_policy": {"restart": "on-failure", "backoff_limit": 2, "deadline_seconds": 900},
        },
    ),
    "elastic-digits": (
        "The same training with one to four ranks: it fills what is idle, gives way to others, and goes on where it was.",
        {
            "name": "digits-elastic",
            "priority": "low",
            "resize_pause_seconds": 60,
            "roles": [
                {
                    "name": "worker",
                    "replicas": 4,
                    "min_replicas": 1,
                    "command": ["python", "-m", "demonstration.digits", "--epochs", "60"],
                    "cpu_millicores": 250,
                    "memory_bytes": "512Mi",
                }
            ],
        },
    ),
    "sweep-of-seeds": (
        "Eight independent runs of the training, each from another seed: they start one by one, as there is room.",
        {
            "name": "digits-sweep",
            "priority": "low",
            "gang": False,
            "roles": [
                {
                    "name": "run",
                    "replicas": 8,
                    "command": ["python", "-m", "demonstration.digits", "--epochs", "8", "--pace", "0.5"],
                    "cpu_millicores": 500,
                    "memory_bytes": "512Mi",
                }
            ],
            "fault_policy": {"restart": "on-failure", "backoff_limit": 1},
        },
    ),
    "digits-on-gpus": (
        "Two ranks that each need a GPU with at least 40 GiB: a need, which the portal resolves to a flavor with room.",
        {
            "name": "digits-gpus",
            "priority": "low",
            "roles": [
                {
                    "name": "worker",
                    "replicas": 2,
                    "command": ["python", "-m", "demonstration.digits", "--epochs", "8"],
                    "cpu_millicores": 250,
                    "memory_bytes": "512Mi",
                    "devices": [{"kind": "gpu", "unit_memory_bytes": "40Gi", "count": 1}],
                }
            ],
        },
    ),
    "retry-on-exit-code": (
        "A process that now and then ends with exit code 75; only that one is tried again.",
        {
            "name": "retry",
            "roles": [
                {
                    "name": "worker",
                    "command": [
                        "python",
                        "-c",
                        "import random, sys; print('thinking'); sys.exit(random.choice([0, 75, 75]))",
                    ],
                    "cpu_millicores": 100,
                    "memory_bytes": "128Mi",
                }
            ],
            "fault_policy": {"restart": "on-exit-codes", "exit_codes": [75], "backoff_limit": 5},
        },
    ),
    "pytorchjob": (
        "Four ranks of eight GPUs as one PyTorchJob, whose pods the training operator of a Kubernetes cluster makes.",
        {
            "name": "resnet",
            "framework": "pytorch",
            "kind": "PyTorchJob",
            "roles": [
                {
                    "name": "worker",
                    "replicas": 4,
                    "image": "registry.example.org/train:1",
                    "command": ["torchrun", "--nproc-per-node=8", "train.py"],
                    "cpu_millicores": 8000,
                    "memory_bytes": "64Gi",
                    "devices": [{"kind": "gpu", "count": 8}],
                }
            ],
            "fault_policy": {
                "restart": "on-failure",
                "rules": [
                    {"event": "out-of-memory", "action": "fail"},
                    {"event": "exit-code", "exit_codes": [2], "action": "fail"},
                ],
            },
        },
    ),
    "mpijob": (
        "Four replicas as one MPIJob of a Kubernetes cluster; the first launches, and works on its GPUs as the others do.",
        {
            "name": "allreduce",
            "framework": "mpi",
            "kind": "MPIJob",
            "roles": [
                {
                    "name": "worker",
                    "replicas": 4,
                    "image": "registry.example.org/train-mpi:1",
                    "command": ["mpirun", "-n", "32", "python", "train.py"],
                    "cpu_millicores": 8000,
                    "memory_bytes": "64Gi",
                    "devices": [{"kind": "gpu", "count": 8}],
                }
            ],
            "fault_policy": {"restart": "on-failure"},
        },
    ),
}

_REPORT = """
import json, os, pathlib, time
for step in range(1, 6):
    print(f"step {step} of 5", flush=True)
    print(json.dumps({"progress": step / 5, "metrics": {"rows": step * 1000}}), flush=True)
    time.sleep(0.3)
(pathlib.Path(os.environ["HANSE_ARTIFACTS"]) / "report.csv").write_text("rows\\n5000\\n")
"""
_FAULTY = """
import sys
print("reading the data", flush=True)
print("data/train.csv: row 1207 has 12 columns, 13 are expected", file=sys.stderr, flush=True)
sys.exit(3)
"""


def _one_process(name: str, code: str, **more: Any) -> dict[str, Any]:
    role = {"name": "worker", "command": ["python", "-c", code], "cpu_millicores": 100, "memory_bytes": "128Mi", **more}
    return {"name": name, "priority": "low", "roles": [role]}


def report_job() -> dict[str, Any]:
    """Succeeds within seconds and leaves an artifact."""
    return _one_process("nightly-report", _REPORT)


def faulty_job() -> dict[str, Any]:
    """Ends with exit code 3, and says why."""
    return _one_process("faulty-import", _FAULTY)


def large_job(cpu_millicores: int) -> dict[str, Any]:
    """Waits until `cpu_millicores` are free at once, then runs for some seconds."""
    return _one_process("large-sweep", "import time; time.sleep(15); print('done')", cpu_millicores=cpu_millicores)


_SENDS = """
import os, publish
print("sends the report to the tracker, with the header", "Authorization: Bearer " + os.environ["TRACKER_TOKEN"], flush=True)
publish.send("nightly-report", rows=5000)
"""
_PUBLISH = """
def send(report, *, rows):
    print(f"{report}: {rows} rows published")
"""


def publishing_code() -> bytes:
    """An archive of code, the same bytes each time."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as zipped, tarfile.open(fileobj=zipped, mode="w") as tar:
        for name, text in (("main.py", _SENDS), ("publish.py", _PUBLISH)):
            header = tarfile.TarInfo(name)
            header.size = len(text.encode())
            tar.addfile(header, io.BytesIO(text.encode()))
    return packed.getvalue()


def publishing_job(archive: str) -> dict[str, Any]:
    """Runs code from an archive with a secret; where it prints that, its log says ***."""
    job = _one_process(
        "publish-report",
        "",
        env_from=[{"secret": "tracker", "key": "token", "name": "TRACKER_TOKEN"}],
        env={"REGION": "north"},
    )
    job["roles"][0]["command"] = ["python", "main.py"]
    return {**job, "source": {"archive": archive}}


def counting_job() -> dict[str, Any]:
    """Reads a version of a dataset, with a key that opens nothing else."""
    job = _one_process("count-pictures", "")
    job["roles"][0]["command"] = ["python", "-m", "demonstration.counting"]
    return {**job, "datasets": [{"name": "digits", "version": 1}]}


def keeping_job() -> dict[str, Any]:
    """Adds a line to a file of a volume, so that whoever runs it again finds the lines of the runs before."""
    job = _one_process("keep-notes", "")
    job["roles"][0]["command"] = ["sh", "-c", 'date >> "$HANSE_VOLUME_NOTES/runs.txt"; cat "$HANSE_VOLUME_NOTES/runs.txt"']
    return {**job, "volumes": [{"name": "notes", "access": "write"}]}


def unwanted_job() -> dict[str, Any]:
    """Would run for an hour; it is cancelled."""
    return _one_process("wrong-settings", "import time; time.sleep(3600)")


def together_job(contract: str, digits: str) -> dict[str, Any]:
    """One house's part of what the contract between the parties is for."""
    return _under_contract(
        contract,
        "digits-together",
        f"Trains with another party under a contract. This house has the {digits} digits.",
        command=["python", "-m", "demonstration.together", "--digits", digits],
        cpu_millicores=200,
        memory_bytes="512Mi",
    )


def vertical_job(contract: str, table: str) -> dict[str, Any]:
    """One house's part of a training on different columns of the same patients; needs requirements-federation.txt."""
    return _under_contract(
        contract,
        "diagnosis-together",
        f"Trains with another party on what each measured of the same patients. This house is the {table}.",
        command=["python", "-m", "demonstration.vertical", "--table", table],
        cpu_millicores=500,
        memory_bytes="1Gi",
    )


def _under_contract(contract: str, name: str, description: str, **worker: Any) -> dict[str, Any]:
    return {
        "name": name,
        "description": description,
        "contract": contract,
        "roles": [{"name": "worker", **worker}],
        "fault_policy": {"restart": "on-failure", "backoff_limit": 3, "deadline_seconds": 1800},
    }


def digits_app(job_id: str, example: str) -> dict[str, Any]:
    """Serves the network that a job left. `example`: a request to try it with."""
    infer = {
        "name": "infer",
        "method": "POST",
        "path": "/v2/models/digits/infer",
        "description": "Which digit 64 grey values (8 by 8, 0 to 1, row by row) are.",
        "example": example,
    }
    about = {"name": "describe", "method": "GET", "path": "/v2/models/digits", "description": "What it takes and gives."}
    return {
        "name": DIGITS_APP,
        "description": "Reads handwritten digits with the network that the demonstration job trained.",
        "access": "public",
        "note": "The first one.",
        "spec": {
            "command": ["python", "-m", "model_server", "--name", "digits", "--model", "$HANSE_FILES/model.npz"],
            "files": [{"job": job_id, "artifact": "model.npz"}],
            "cpu_millicores": 100,
            "memory_bytes": "256Mi",
            "probe": {"path": "/v2/health/ready"},
            "endpoints": [infer, about],
        },
    }
