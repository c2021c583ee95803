"""Where a new job starts from, by framework, and the JSON Schema that editors check against."""

from functools import cache
from typing import Any

from apps.jobs.spec import Framework, JobSpec

_SCRIPT = ["python", "train.py"]
_TWO_WORKERS = {"name": "worker", "replicas": 2, "cpu_millicores": 2000, "memory_bytes": "4Gi"}

_ROLES: dict[Framework, list[dict[str, Any]]] = {
    Framework.PYTORCH: [{**_TWO_WORKERS, "command": ["torchrun", "train.py"]}],
    Framework.TENSORFLOW: [
        {**_TWO_WORKERS, "command": _SCRIPT},
        {"name": "ps", "serves": True, "command": _SCRIPT, "memory_bytes": "2Gi"},
    ],
    Framework.MPI: [
        {"name": "launcher", "command": ["mpirun", *_SCRIPT], "memory_bytes": "1Gi"},
        {**_TWO_WORKERS, "serves": True, "command": ["/usr/sbin/sshd", "-De"]},
    ],
    Framework.XGBOOST: [{**_TWO_WORKERS, "command": _SCRIPT}],
    Framework.SPARK: [
        {"name": "driver", "command": ["spark-submit", "train.py"], "memory_bytes": "2Gi"},
        {
            **_TWO_WORKERS,
            "name": "executor",
            "serves": True,
            "command": ["spark-class", "org.apache.spark.deploy.worker.Worker"],
        },
    ],
    Framework.CUSTOM: [{**_TWO_WORKERS, "replicas": 1, "command": _SCRIPT}],
}


@cache
def preset(framework: Framework) -> JobSpec:
    """A whole, valid specification to begin with."""
    return JobSpec.model_validate(
        {
            "name": f"{framework.value}-job",
            "framework": framework,
            "roles": _ROLES[framework],
            "fault_policy": {"restart": "on-failure", "backoff_limit": 3},
        }
    )


@cache
def json_schema() -> dict[str, Any]:
    """The JSON Schema of a job specification; `examples` holds the preset of each framework."""
    schema = JobSpec.model_json_schema(mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = "/api/v1/job-schema/"
    schema["examples"] = [preset(framework).as_short_json() for framework in Framework]
    return schema
