"""Job specifications of the demonstration: the gallery's templates, and a few jobs that show what may become of one."""

from typing import Any

DIGITS = "digits-data-parallel"

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
        "The same training with one to four ranks: it starts with as many as there is room for.",
        {
            "name": "digits-elastic",
            "priority": "low",
            "roles": [
                {
                    "name": "worker",
                    "replicas": 4,
                    "min_replicas": 1,
                    "command": ["python", "-m", "demonstration.digits", "--epochs", "12"],
                    "cpu_millicores": 250,
                    "memory_bytes": "512Mi",
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


def unwanted_job() -> dict[str, Any]:
    """Would run for an hour; it is cancelled."""
    return _one_process("wrong-settings", "import time; time.sleep(3600)")
