"""The bench takes a folder as it is: what is not there, or is no such file, is skipped and said."""

import json

from benches.forecast_accuracy import measured
from celery_workers.prediction.migrations import Move, Rates, physics

HEADER = "storage,tunneling,variant,flavor,vcpu,ram_gb,disk_gb,iteration,vm,duration_s"


def recorded(run: int, ram: int, storage: str) -> str:
    move = Move(memory_gib=ram, disk_gib=ram * 10, local_disk=storage == "local")
    seconds = sum(physics(move, Rates())[0].values()) * (1 + 0.01 * (run % 5 - 2))
    return f"{storage},off,base,x,2,{ram},{ram * 10},{run},VM1,{seconds}"


class TestTheBench:
    def test_measures_what_is_there_and_says_what_is_not(self, tmp_path):
        lines = [recorded(run, ram, storage) for run in range(20) for ram in (4, 8, 16) for storage in ("local", "shared")]
        (tmp_path / "osic_live_migration_durations.csv").write_text("\n".join([HEADER, *lines]))
        (tmp_path / "nab_of_something_else.csv").write_text("a,b\n1,2\n")

        report = json.loads(json.dumps(measured(tmp_path, 3), allow_nan=False))

        assert report["data"]["used"] == ["osic_live_migration_durations.csv"]
        skipped = {each["file"]: each["why"] for each in report["data"]["skipped"]}
        assert skipped["azure_v1_cpu_avg.parquet"] == "not there"
        assert "value" in skipped["nab_of_something_else.csv"]
        assert report["migrations"]["moves"] == 120
        assert report["migrations"]["mape"] < 0.02
        assert report["migrations"]["mape_unseen_size"] < 0.02
        assert "vms" not in report
